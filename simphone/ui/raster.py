"""Display list -> pixels, in horizontal bands that are kept.

The screen is cut into bands of `BAND` rows. What a band shows is decided by the operations that touch it and where
they stand in it: that is its key. A bounded cache, shared by all phones of the process, keeps each band as a finished
deflate segment, so a screenshot costs what has changed since any phone showed the same. No phone keeps a frame buffer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PIL import Image
from zlib_ng import zlib_ng

from simphone.ui.cache import SizedLru
from simphone.ui.color import Rgb
from simphone.ui.ops import Entry, Fill, Op
from simphone.ui.png import Segment, assemble

BAND: Final = 96
"""Rows. Fewer make a small change cheaper, more make a whole screen cheaper."""
_LEVEL: Final = 2
"""Of zlib-ng: the smallest files for the time. isal is faster still, but its levels 1 and 2 read uninitialised memory,
so that equal pixels sometimes become different bytes."""
_CHUNK: Final = 65536
"""Pillow packs an image at most this long in one piece (Image.tobytes), which is several times as fast as in pieces."""

Placed = tuple[int, Op]
BandKey = tuple[int, int, tuple[Placed, ...]]
"""Width, height, operations with their row in the band; the first one covers the band."""

_segments: SizedLru[Segment] = SizedLru(24 << 20, lambda segment: len(segment.data) + 1024)


def band_keys(entries: Sequence[Entry], width: int, height: int, background: Rgb) -> list[BandKey]:
    """The keys of all bands of a screen, from the top."""
    starts = range(0, height, BAND)
    heights = [min(BAND, height - start) for start in starts]
    bands: list[list[Placed]] = [[(0, Fill(0, width, high, background, 255))] for high in heights]
    for top, bottom, op in entries:
        for number in range(max(0, top // BAND), min(len(bands), -(-bottom // BAND))):
            row = top - starts[number]
            if isinstance(op, Fill):
                row, end = max(row, 0), min(bottom - starts[number], heights[number])
                part = op._replace(height=end - row)
                if part.covers(width, heights[number]):
                    bands[number].clear()
                bands[number].append((row, part))
            else:
                bands[number].append((row, op))
    return [(width, high, tuple(band)) for high, band in zip(heights, bands, strict=True)]


def draw_band(key: BandKey) -> Image.Image:
    """The pixels of a band (mode RGB)."""
    width, height, placed = key
    image = Image.new("RGB", (width, height))
    for row, op in placed:
        op.draw(image, row)
    return image


def _rows(image: Image.Image) -> bytes:
    """RGB rows, each led by the filter byte 0 (PNG filter type None)."""
    width, height = image.size
    stride = 3 * width
    rows: list[bytes] = []
    step = max(1, _CHUNK // stride)
    for top in range(0, height, step):
        piece = image.crop((0, top, width, min(height, top + step))).tobytes()
        rows += [piece[at : at + stride] for at in range(0, len(piece), stride)]
    return b"\0" + b"\0".join(rows)


def _segment(key: BandKey) -> Segment:
    kept = _segments.get(key)
    if kept is not None:
        return kept
    raw = _rows(draw_band(key))
    deflate = zlib_ng.compressobj(_LEVEL, zlib_ng.DEFLATED, -15)
    data = deflate.compress(raw) + deflate.flush(zlib_ng.Z_FULL_FLUSH)
    return _segments.put(key, Segment(data, zlib_ng.adler32(raw), len(raw)))


def png(keys: Sequence[BandKey], width: int, height: int) -> bytes:
    """A screenshot as PNG."""
    return assemble(width, height, [_segment(key) for key in keys])


def rgba(keys: Sequence[BandKey]) -> bytes:
    """A screenshot as raw RGBA rows, for the framebuffer service."""
    return b"".join(draw_band(key).convert("RGBA").tobytes() for key in keys)


def forget() -> None:
    """Empty the cache of bands (benchmarks, tests)."""
    _segments.clear()
