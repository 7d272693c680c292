"""PNG files from ready-made deflate segments (PNG, third edition, W3C; RFC 1950, RFC 1951)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from typing import Final, NamedTuple

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_ZLIB_HEADER: Final = b"\x78\x01"
_LAST_BLOCK: Final = b"\x03\x00"
"""An empty final deflate block with fixed codes."""
_ADLER_BASE: Final = 65521
RGB8: Final = 2
"""PNG colour type: truecolour."""


class Segment(NamedTuple):
    """Rows as raw deflate data that ends on a byte boundary and refers to nothing outside; with what they expand to."""

    data: bytes
    adler: int
    length: int


def adler32_combine(first: int, second: int, length: int) -> int:
    """Adler-32 of two pieces from the checksums of each; `length` is that of the second (zlib, adler32_combine_)."""
    low = (first & 0xFFFF) + (second & 0xFFFF) - 1
    high = (first >> 16) + (second >> 16) + length * ((first & 0xFFFF) - 1)
    return (high % _ADLER_BASE) << 16 | low % _ADLER_BASE


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join((struct.pack(">I", len(data)), kind, data, struct.pack(">I", zlib.crc32(data, zlib.crc32(kind)))))


def assemble(width: int, height: int, segments: Iterable[Segment]) -> bytes:
    """A PNG of 8-bit RGB rows, each led by a filter byte, given as segments from top to bottom."""
    parts, adler = [_ZLIB_HEADER], 1
    for segment in segments:
        parts.append(segment.data)
        adler = adler32_combine(adler, segment.adler, segment.length)
    parts += (_LAST_BLOCK, struct.pack(">I", adler))
    header = struct.pack(">IIBBBBB", width, height, 8, RGB8, 0, 0, 0)
    return b"".join((_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", b"".join(parts)), _chunk(b"IEND", b"")))
