from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from ui_views import BIG, SMALL, TALL, dialog, framed, label, sample, views

from simphone.ui import raster
from simphone.ui.frame import Frame, Metrics
from simphone.ui.icons import UnknownIconError, icon_mask
from simphone.ui.icons.library import ALIASES, ICONS
from simphone.ui.ops import Fill
from simphone.ui.paint import display_list
from simphone.ui.pictures import UnknownPictureError, register_picture
from simphone.ui.png import adler32_combine
from simphone.ui.render import band_keys, render_png, render_rgba
from simphone.ui.text import font_of, line_height, measure
from simphone.ui.vector import PathError, mask_of
from simphone.ui.view import MATCH, Edit, Paint, Picture, TextStyle, View, Window

SHAPES = ["switch_on", "switch_off", "slider", "progress", "ring", "clock_hand", "divider", "cursor"]


def opened(data: bytes) -> Image.Image:
    Image.open(io.BytesIO(data)).verify()
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def whole(frame: Frame, cursor: tuple[str, int] | None = None) -> Image.Image:
    """The screen drawn in one piece, without bands."""
    image = Image.new("RGB", (frame.metrics.width, frame.metrics.height), frame.background)
    for top, _, op in display_list(frame, cursor):
        op.draw(image, top)
    return image


@pytest.mark.parametrize("metrics", [SMALL, TALL, BIG])
def test_a_png_holds_exactly_what_is_drawn(metrics: Metrics) -> None:
    frame = framed(sample(), dialog(), metrics=metrics)
    image = opened(render_png(frame, ("name", 2)))
    assert (image.mode, image.size) == ("RGB", (metrics.width, metrics.height))
    assert image.tobytes() == whole(frame, ("name", 2)).tobytes()
    assert render_rgba(frame, ("name", 2)) == image.convert("RGBA").tobytes()


def test_a_png_follows_the_standard_to_the_byte() -> None:
    data = render_png(framed(sample()))
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    kinds, at, body = [], 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        content = data[at + 8 : at + 8 + length]
        assert struct.unpack(">I", data[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + content)
        kinds.append(kind)
        body += content if kind == b"IDAT" else b""
        at += 12 + length
    assert kinds == [b"IHDR", b"IDAT", b"IEND"]
    stream = zlib.decompressobj()
    rows = stream.decompress(body)
    assert stream.eof and not stream.unused_data
    stride = 3 * SMALL.width + 1
    assert len(rows) == stride * SMALL.height and set(rows[::stride]) == {0}


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_checksums_of_parts_combine(first: bytes, second: bytes) -> None:
    assert adler32_combine(zlib.adler32(first), zlib.adler32(second), len(second)) == zlib.adler32(first + second)


@settings(max_examples=25, deadline=None)
@given(views)
def test_any_screen_is_the_same_in_bands_as_in_one_piece(view: View) -> None:
    frame = framed(Window(view, background="#fefbff"))
    assert opened(render_png(frame)).tobytes() == whole(frame).tobytes()


def test_what_the_bands_remember_does_not_show() -> None:
    steps = [framed(sample(text="x" * n), offsets={"list": 13 * n}) for n in range(6)]
    steps += [framed(sample(), dialog()), framed(sample())]
    raster.forget()
    running = [render_png(frame) for frame in steps]
    fresh = []
    for frame in steps:
        raster.forget()
        fresh.append(render_png(frame))
    assert running == fresh
    assert len({*running[:6]}) == 6 and running[-1] != running[-2]


def test_a_small_change_leaves_most_bands_alone() -> None:
    before, after = band_keys(framed(sample(text="a"), metrics=TALL)), band_keys(framed(sample(text="b"), metrics=TALL))
    changed = [number for number, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]
    assert 1 <= len(changed) <= 2


def test_scrim_alpha_and_secret_windows() -> None:
    page = Window(View(width=MATCH, height=MATCH), background="#ffffff")
    image = opened(render_png(framed(page, dialog())))
    assert image.getpixel((2, 600)) == (173, 173, 173)
    half = Window(View(width=MATCH, height=MATCH, paint=Paint(fill="#000000", alpha=0.5)), background="#ffffff")
    assert opened(render_png(framed(half))).getpixel((5, 600)) == (127, 127, 127)
    secret = Window(View(width=MATCH, height=MATCH, children=[label("PIN"), View(secure=True)]), background="#ffffff")
    assert opened(render_png(framed(secret))).getcolors() == [(SMALL.width * SMALL.height, (0, 0, 0))]


def test_rounded_boxes_are_round_smooth_and_symmetric() -> None:
    box = View(width=100, height=60, paint=Paint(fill="#ff0000", radius=20, border="#0000ff", border_width=3))
    image = opened(render_png(framed(Window(View(width=MATCH, height=MATCH, children=[box]), background="#ffffff"))))
    cut = image.crop((0, SMALL.status_bar, SMALL.px(100), SMALL.status_bar + SMALL.px(60)))
    assert cut.getpixel((0, 0)) == (255, 255, 255)
    assert cut.getpixel((cut.width // 2, 0)) == (0, 0, 255)
    assert cut.getpixel((cut.width // 2, cut.height // 2)) == (255, 0, 0)
    assert len(cut.getcolors(100000) or []) > 10
    assert cut.transpose(Image.Transpose.ROTATE_180).tobytes() == cut.tobytes()


def test_content_of_a_scroller_stays_in_it() -> None:
    frame = framed(sample(40), offsets={"list": 777})
    scroller = next(box for box in frame.windows[0].root.walk() if box.view.scroll is not None)
    still, moved = opened(render_png(framed(sample(40)))), opened(render_png(frame))
    for outside in ((0, 0, SMALL.width, scroller.rect[1]), (0, scroller.rect[3], SMALL.width, SMALL.height)):
        assert moved.crop(outside).tobytes() == still.crop(outside).tobytes()
    assert moved.crop(scroller.rect).tobytes() != still.crop(scroller.rect).tobytes()


def test_the_cursor_follows_its_index_and_marks_the_border() -> None:
    frame = framed(sample(text="typed"))
    shots = {render_png(frame, ("name", index)) for index in range(6)} | {render_png(frame)}
    assert len(shots) == 7
    assert render_png(frame, ("other", 1)) == render_png(frame)


@pytest.mark.parametrize(("index", "line", "before"), [
    (0, 0, ""), (2, 0, "ab"), (3, 1, ""), (4, 2, ""), (7, 2, "  c"), (8, 3, ""), (99, 3, "d"),
])  # fmt: skip
def test_the_cursor_finds_its_line(index: int, line: int, before: str) -> None:
    style = TextStyle(size=16)
    field = View(text="ab\n\n  c\nd", style=style, edit=Edit("f", ("f",), multiline=True), width=MATCH)
    frame = framed(Window(View(width=MATCH, height=MATCH, children=[field])))
    (bar,) = [entry for entry in display_list(frame, ("f", index)) if isinstance(entry.op, Fill)]
    assert (bar.top - SMALL.status_bar) // line_height(style, SMALL) == line
    assert bar.op.left == measure(before, font_of(style, SMALL))


def test_larger_type_grows() -> None:
    large = replace(SMALL, font_scale=1.5)
    sizes = [
        framed(sample(), metrics=metrics).windows[0].root.children[2].children[0].rect for metrics in (SMALL, large)
    ]
    assert sizes[1][3] - sizes[1][1] > sizes[0][3] - sizes[0][1]


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_draws_within_its_box(name: str) -> None:
    mask = icon_mask(name, 72)
    extent = mask.getbbox()
    assert extent is not None and sum(mask.histogram()[128:]) > 80
    assert max(extent[2] - extent[0], extent[3] - extent[1]) >= 30


def test_icon_names_are_unique_and_a_wrong_one_is_answered_with_near_ones() -> None:
    assert not ALIASES.keys() & ICONS.keys()
    assert set(ALIASES.values()) <= ICONS.keys()
    drawings = list(ICONS.values())
    assert len(set(drawings)) == len(drawings)
    with pytest.raises(UnknownIconError, match="arrow_back"):
        icon_mask("arrow_bakc", 24)


@pytest.mark.parametrize("element", ["", "M0 0L1 1", "f M1", "f X1 1", "f 1 2", "f M1 2L3", "g M1 1L2 2"])
def test_a_wrong_outline_is_refused(element: str) -> None:
    with pytest.raises(PathError):
        mask_of([element], 24, 24, 24)


def test_outlines_of_every_command() -> None:
    square = mask_of(["f M4 4H20V20H4Z"], 24, 24, 24)
    assert square.crop((4, 4, 20, 20)).getextrema() == (255, 255)
    assert (square.getpixel((2, 12)), square.getpixel((21, 12))) == (0, 0)
    assert mask_of(["f m4 4h16v16h-16z"], 24, 24, 24).tobytes() == square.tobytes()
    assert mask_of(["f R4 4 16 16 0"], 24, 24, 24).tobytes() == square.tobytes()
    ring = mask_of(["f O12 12 10", "-f O12 12 5"], 24, 240, 240)
    assert (ring.getpixel((120, 120)), ring.getpixel((120, 40))) == (0, 255)
    assert mask_of(["f O12 12 10 O12 12 5"], 24, 240, 240).getpixel((120, 120)) == 0
    arc = mask_of(["s2 M4 12A8 8 0 0 1 20 12"], 24, 240, 240)
    assert arc.getpixel((120, 40)) > 200 and arc.getpixel((120, 200)) == 0
    curve = mask_of(["s2 M2 20C2 4 22 4 22 20", "s1 M2 22Q12 22 22 22"], 24, 48, 48, rotate=180)
    assert curve.getbbox() is not None


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_draws(name: str) -> None:
    picture = Picture("shape", name, "#0b57d0", size=0, args=(0.3, 0.4) if name == "clock_hand" else ())
    view = View(width=100, height=40, picture=picture)
    image = opened(render_png(framed(Window(View(width=MATCH, height=MATCH, children=[view]), background="#ffffff"))))
    assert len(image.crop((0, 31, 140, 90)).getcolors(100000) or []) >= 2


def test_pictures_are_registered_drawn_once_and_rounded() -> None:
    calls = []

    def draw(args: tuple[object, ...], width: int, height: int) -> Image.Image:
        calls.append(args)
        return Image.new("RGB", (width, height), "#00ff00")

    register_picture("test cover", draw)
    picture = Picture("image", "test cover", size=0, args=("song", 3))
    cover = View(width=80, height=80, paint=Paint(radius=16), picture=picture)
    frame = framed(Window(View(width=MATCH, height=MATCH, children=[cover]), background="#ffffff"))
    image = opened(render_png(frame))
    assert image.getpixel((0, SMALL.status_bar)) == (255, 255, 255)
    assert image.getpixel((50, SMALL.status_bar + 50)) == (0, 255, 0)
    raster.forget()
    render_png(frame)
    assert calls == [("song", 3)]
    with pytest.raises(UnknownPictureError, match="test cover"):
        render_png(framed(Window(View(width=10, height=10, picture=Picture("image", "nothing", size=0)))))
