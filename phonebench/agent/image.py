"""Screenshots as models get them: format, size limit, data URL."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass

from PIL import Image

from phonebench.config import ImageConfig
from phonebench.schema.errors import DeviceError


@dataclass(frozen=True, slots=True)
class Picture:
    """An encoded image of width x height pixels."""

    mime: str
    data: bytes
    width: int
    height: int

    @property
    def url(self) -> str:
        """The image as a data URL."""
        return f"data:{self.mime};base64,{base64.b64encode(self.data).decode('ascii')}"


def open_png(png: bytes) -> Image.Image:
    """A screenshot as RGB pixels; raises DeviceError when it is none."""
    try:
        with Image.open(io.BytesIO(png), formats=["PNG"]) as image:
            return image.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise DeviceError("the screenshot cannot be read", why=str(problem)) from problem


def encode(png: bytes, size: tuple[int, int], config: ImageConfig) -> Picture:
    """A PNG screenshot in the configured format and size; passed on untouched when nothing is to be changed."""
    width, height = size
    scale = min(1.0, config.max_side / max(width, height)) if config.max_side else 1.0
    if config.format == "png" and scale == 1.0:
        return Picture("image/png", png, width, height)
    image = open_png(png)
    if scale < 1.0:
        small = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(small, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if config.format == "jpeg":
        image.save(out, "JPEG", quality=config.quality)
    else:
        image.save(out, "PNG", compress_level=1)
    return Picture(f"image/{config.format}", out.getvalue(), image.width, image.height)
