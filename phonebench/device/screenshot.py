"""Screenshots as a phone gives them: PNG, raw frames, or a refusal. All of it is untrusted input."""

from __future__ import annotations

import io
import struct
from typing import Final

from PIL import Image, ImageChops
from zlib_ng import zlib_ng

from phonebench.device.parse import png_size
from phonebench.schema.errors import DeviceError

PNG_COMMAND: Final = "screencap -p"
RAW_COMMAND: Final = "screencap"
# Pixel formats of android.graphics.PixelFormat that a display has, and Pillow's names of their byte orders.
_ORDERS: Final = {1: "RGBX", 2: "RGBX", 5: "BGRX"}
_HEADERS: Final = (16, 12)  # width, height, format, and since Android 9 the colour space; u32 little-endian
_PNG_MAGIC: Final = b"\x89PNG\r\n\x1a\n"
_MAX_SIDE: Final = 32_768
_REFUSALS: Final = (b"Status: -1", b"Failed")
# An all-black PNG: a thousandth of its pixels' bytes, and the frame.
_BLACK_SHARE: Final = 1 / 150


def png_in(data: bytes) -> bytes:
    """The PNG without what some phones with several displays print before it."""
    start = data.find(_PNG_MAGIC, 0, 2048)
    return data[start:] if start > 0 else data


def png_of_raw(frame: bytes) -> bytes:
    """What `screencap` writes without -p, as PNG; the same bytes for the same frame. Raises DeviceError."""
    if len(frame) < _HEADERS[1]:
        raise DeviceError(f"a raw frame of {len(frame)} bytes is none", why=repr(frame[:40]))
    width, height, form = struct.unpack_from("<3I", frame)
    if not (0 < width <= _MAX_SIDE and 0 < height <= _MAX_SIDE):
        raise DeviceError("the screenshot is no raw frame", why=f"It begins with {frame[:24]!r} ({len(frame)} bytes).")
    if form not in _ORDERS:
        raise DeviceError(f"raw frames of pixel format {form} are not known", next_step="Set phone.screenshot: png")
    header = next((size for size in _HEADERS if len(frame) == size + width * height * 4), None)
    if header is None:
        raise DeviceError(f"the screenshot was cut off after {len(frame)} bytes")
    return encode(Image.frombytes("RGB", (width, height), frame[header:], "raw", _ORDERS[form]))


def encode(image: Image.Image) -> bytes:
    """PNG of an RGB image (PNG 1.2: 8 bits, colour type 2, filter Up), deflated fast."""
    width, height = image.size
    above = Image.new("RGB", image.size)
    above.paste(image, (0, 1))
    rows = memoryview(ImageChops.subtract_modulo(image, above).tobytes())
    stride = width * 3
    filtered = b"".join(b"\x02" + rows[start : start + stride] for start in range(0, height * stride, stride))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib_ng.compress(filtered, 2)),
        (b"IEND", b""),
    )
    parts = [_PNG_MAGIC]
    for kind, data in chunks:
        checksum = zlib_ng.crc32(data, zlib_ng.crc32(kind))
        parts += [struct.pack(">I", len(data)), kind, data, struct.pack(">I", checksum)]
    return b"".join(parts)


def png_of_image(data: bytes) -> bytes:
    """Any image that Pillow reads, as PNG. Raises DeviceError."""
    try:
        with Image.open(io.BytesIO(data)) as image:
            return encode(image.convert("RGB"))
    except (OSError, SyntaxError, ValueError) as error:
        raise DeviceError("the screenshot is no image", why=str(error)) from error


def black(width: int, height: int) -> bytes:
    """A black PNG, in place of a screen that may not be captured."""
    return encode(Image.new("RGB", (width, height)))


def refused(data: bytes, complaint: bytes) -> bool:
    """Whether screencap wrote no image because the window in front may not be captured."""
    return len(data) < 1000 and any(word in data + complaint for word in _REFUSALS)


def is_black(png: bytes) -> bool:
    """Whether every pixel is black; quick for any other picture, since nothing else is so small."""
    width, height = png_size(png)
    if len(png) > width * height * _BLACK_SHARE + 2000:
        return False
    try:
        with Image.open(io.BytesIO(png)) as image:
            return image.convert("L").getextrema() == (0, 0)
    except (OSError, SyntaxError, ValueError):
        return False
