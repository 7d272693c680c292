"""Pictures that are neither text nor icon: registered procedural images, and shapes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from PIL import Image, ImageChops

from simphone.ui import masks, shapes
from simphone.ui.cache import SizedLru
from simphone.ui.view import Scalar

Draw = Callable[[tuple[Scalar, ...], int, int], Image.Image]
"""draw(args, width_px, height_px) -> an image of that size, RGB or RGBA; the same for the same arguments."""


class UnknownPictureError(LookupError):
    """No picture of that name is registered."""


class Drawn(NamedTuple):
    """Pixels ready to paste: RGB, and a mask where they are not opaque."""

    rgb: Image.Image
    mask: Image.Image | None


_registered: Final[dict[str, Draw]] = {}
_drawn: SizedLru[Drawn] = SizedLru(40 << 20, lambda drawn: drawn.rgb.width * drawn.rgb.height * 5 + 512)


def register_picture(name: str, draw: Draw) -> None:
    """Make a procedural picture known as Picture(kind="image", name=name). Registering a name again replaces it."""
    _registered[name] = draw


def _draw(kind: str, name: str, args: tuple[Scalar, ...], color: str, width: int, height: int) -> Image.Image:
    if kind == "shape":
        return shapes.draw(name, args, color, width, height)
    draw = _registered.get(name)
    if draw is None:
        known = ", ".join(sorted(_registered)) or "none"
        raise UnknownPictureError(f"picture {name!r} is not registered (known: {known}). Next: register_picture")
    return draw(args, width, height)


def picture(
    kind: str,
    name: str,
    args: tuple[Scalar, ...],
    color: str,
    size: tuple[int, int],
    radii: tuple[int, int, int, int],
    rotate: float,
) -> Drawn:
    """A picture of the given size in px, its corners rounded. Raises UnknownPictureError."""
    key = (kind, name, args, color, size, radii, rotate)
    kept = _drawn.get(key)
    if kept is not None:
        return kept
    image = _draw(kind, name, args, color, *size)
    if image.size != size:
        image = image.resize(size, Image.Resampling.BILINEAR)
    mask = image.getchannel("A") if image.mode == "RGBA" else None
    rgb = image.convert("RGB")
    if rotate:
        mask = (mask or Image.new("L", size, 255)).rotate(-rotate, Image.Resampling.BILINEAR)
        rgb = rgb.rotate(-rotate, Image.Resampling.BILINEAR)
    if any(radii):
        corners = masks.rounded(*size, radii)
        mask = corners if mask is None else ImageChops.multiply(mask, corners)
    return _drawn.put(key, Drawn(rgb, mask))
