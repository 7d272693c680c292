"""Screenshots as models get them: format, size limit, data URL."""

from __future__ import annotations

import base64
import io
import math
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


def sent_size(size: tuple[int, int], config: ImageConfig) -> tuple[int, int]:
    """The (width, height) in which a picture of this size is sent: within the limits, both multiples of `multiple_of`.

    The rule is Qwen2-VL's published "smart resize": round both edges to the multiple; if these are more pixels than
    `max_pixels`, shrink both by the same factor and round down.
    """
    width, height = size
    unit = config.multiple_of
    scale = min(1.0, config.max_side / max(size)) if config.max_side else 1.0
    wanted = tuple(max(unit, round(edge * scale / unit) * unit) for edge in size)
    if config.max_pixels is not None and wanted[0] * wanted[1] > config.max_pixels:
        scale = math.sqrt(config.max_pixels / (width * height))
        wanted = tuple(max(unit, math.floor(edge * scale / unit) * unit) for edge in size)
    return wanted[0], wanted[1]


def encode(png: bytes, size: tuple[int, int], config: ImageConfig) -> Picture:
    """A PNG screenshot in the configured format and size; passed on untouched when nothing is to be changed."""
    wanted = sent_size(size, config)
    if config.format == "png" and wanted == size:
        return Picture("image/png", png, *size)
    image = open_png(png)
    if image.size != wanted:
        image = image.resize(wanted, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    if config.format == "jpeg":
        image.save(out, "JPEG", quality=config.quality)
    else:
        image.save(out, "PNG", compress_level=1)
    return Picture(f"image/{config.format}", out.getvalue(), image.width, image.height)
