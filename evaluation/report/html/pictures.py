"""The screenshots of an episode, as the report needs them: small copies, whole copies, or links to the trace."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path
from typing import Final, Literal

from PIL import Image, UnidentifiedImageError

from phonebench.schema.errors import TraceError
from phonebench.trace import Episode

Screens = Literal["small", "full", "link"]

WIDTH: Final = 360
"""Pixels that a small copy has at least, where the screenshot has them."""
QUALITY: Final = 80


class Pictures:
    """Copies screenshots of one episode into a folder; equal screenshots share one copy."""

    def __init__(self, episode: Episode, folder: Path, screens: Screens) -> None:
        self._episode = episode
        self._folder = folder
        self._screens = screens
        self._copies: dict[bytes, str] = {}
        self.size: tuple[int, int] | None = None
        """Width and height in pixels of the last screenshot that was copied."""

    def copy(self, path: str | None) -> str | None:
        """File name of the copy; None when links suffice, or when there is no such picture."""
        if path is None or self._screens == "link":
            return None
        try:
            png = self._episode.read_bytes(path)
        except (OSError, TraceError):
            return None
        digest = hashlib.blake2b(png, digest_size=16).digest()
        if digest not in self._copies:
            made = self._made(png)
            if made is None:
                return None
            name = f"{len(self._copies):03d}.{'png' if self._screens == 'full' else 'webp'}"
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(made)
            self._copies[digest] = name
        return self._copies[digest]

    def _made(self, png: bytes) -> bytes | None:
        """The copy's bytes; None for what is no picture, as a damaged trace may hold."""
        try:
            with Image.open(io.BytesIO(png), formats=("PNG", "JPEG", "WEBP")) as picture:
                self.size = picture.size
                return png if self._screens == "full" else _small(picture)
        except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
            return None


def _small(picture: Image.Image) -> bytes:
    """WebP of a whole fraction of the size: box averages are sharp enough here, and by far the quickest."""
    smaller = picture.convert("RGB").reduce(max(1, picture.width // WIDTH))
    out = io.BytesIO()
    smaller.save(out, "WEBP", quality=QUALITY, method=0)
    return out.getvalue()
