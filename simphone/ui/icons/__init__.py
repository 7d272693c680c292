"""Icons: outlines in a grid of 24 units, drawn at any size."""

from __future__ import annotations

from difflib import get_close_matches

from PIL import Image

from simphone.ui.cache import SizedLru
from simphone.ui.icons.library import ALIASES, ICONS
from simphone.ui.vector import mask_of

_masks: SizedLru[Image.Image] = SizedLru(8 << 20, lambda mask: mask.width * mask.height + 256)


class UnknownIconError(LookupError):
    """There is no icon of that name."""


def outlines(name: str) -> tuple[str, ...]:
    """The elements of an icon (see simphone.ui.vector). Raises UnknownIconError."""
    elements = ICONS.get(ALIASES.get(name, name))
    if elements is None:
        near = get_close_matches(name, [*ICONS, *ALIASES], 3)
        raise UnknownIconError(f"icon {name!r} does not exist" + (f"; like it: {', '.join(near)}" if near else ""))
    return elements


def icon_mask(name: str, size: int, rotate: float = 0.0) -> Image.Image:
    """An icon as a mask (mode L) of size x size px, turned clockwise by `rotate` degrees. Raises UnknownIconError."""
    key = (name, size, rotate)
    kept = _masks.get(key)
    return kept if kept is not None else _masks.put(key, mask_of(outlines(name), 24.0, size, size, rotate))
