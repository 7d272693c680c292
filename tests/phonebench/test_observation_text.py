"""What models read of a screen: the compressed tree, names of apps, marks, and the size in which a picture is sent."""

from __future__ import annotations

import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageFont
from screens import SIZE, app_screens

from phonebench.agent import marks
from phonebench.agent.image import encode, open_png, sent_size
from phonebench.config import ImageConfig
from phonebench.schema.observation import Bounds, UiNode
from phonebench.uitree import app_name, compressed, lines
from phonebench.uitree.compress import MAX_LINES, MAX_TEXT


def node(box: tuple[int, int, int, int], *children: UiNode, **fields: Any) -> UiNode:
    return UiNode(Bounds(*box), children=children, **fields)


def test_the_tree_keeps_what_an_agent_needs_and_nothing_else() -> None:
    button = node((900, 50, 1200, 150), cls="android.widget.Button", text="Save", clickable=True)
    off = node((0, 200, 100, 300), cls="android.widget.Switch", desc="Alarm", checkable=True, clickable=True)
    pin = node((0, 300, 100, 400), cls="android.widget.EditText", resource_id="a:id/pin", password=True, focused=True)
    grey = node((0, 400, 100, 500), cls="android.widget.Button", text="Next", clickable=True, enabled=False)
    row = node((0, 500, 1000, 600), node((0, 500, 9, 600), text="Tab", selected=True), clickable=True)
    both = node((0, 600, 1000, 700), text="7:30", desc="half past seven", long_clickable=True)
    unseen = (
        node((0, 0, 0, 0), text="nowhere"),
        node((0, 2000, 100, 2100), text="below"),
        node((0, 700, 100, 800), cls="android.widget.ImageView", resource_id="a:id/decoration"),
    )
    wrapper = node((0, 0, 1000, 2000), node((0, 0, 1000, 2000), button, off, pin, grey, row, both, *unseen))
    root = node((0, 0, 1000, 2000), wrapper, cls="android.widget.ListView", scrollable=True)
    assert compressed(root, 1000, 2000).splitlines() == [
        "ListView scroll [0,0][1000,2000]",
        '  Button "Save" tap [900,50][1000,150]',
        '  Switch "Alarm" off tap [0,200][100,300]',
        "  EditText #pin focused password edit [0,300][100,400]",
        '  Button "Next" disabled [0,400][100,500]',
        "  View tap [0,500][1000,600]",
        '    View "Tab" selected [0,500][9,600]',
        '  View "7:30" / "half past seven" long [0,600][1000,700]',
    ]
    assert compressed(None, 1000, 2000) == ""


@given(st.text(max_size=600))
def test_no_text_poses_as_a_line(text: str) -> None:
    shown = compressed(node((0, 0, 10, 10), text=text), 10, 10)
    assert len(shown.splitlines()) <= 1
    if text.strip():
        quoted = shown.removeprefix("View ").removesuffix(" [0,0][10,10]")
        assert len(json.loads(quoted)) <= MAX_TEXT


def test_a_hostile_tree_stays_small() -> None:
    deep = node((0, 0, 10, 10), text="x")
    for _ in range(5000):
        deep = node((0, 0, 10, 10), deep, text="x")
    assert len(lines(deep, 10, 10)) == MAX_LINES
    assert len(compressed(deep, 10, 10)) < 60_000


def test_the_tree_is_about_a_tenth_of_the_dump() -> None:
    sizes: dict[str, list[int]] = {}
    for screen in app_screens():
        seen = screen.observation
        text = compressed(seen.ui, *SIZE)
        raw, short = sizes.setdefault(screen.where.split()[0], [0, 0])
        sizes[screen.where.split()[0]] = [raw + len(seen.xml), short + len(text)]
        assert text, screen.where
    assert len(sizes) >= 13
    assert sum(short for _, short in sizes.values()) / sum(raw for raw, _ in sizes.values()) < 0.13
    assert max(short / raw for raw, short in sizes.values()) < 0.2


def test_whatever_can_be_touched_is_in_the_tree() -> None:
    for screen in app_screens():
        seen = screen.observation
        assert seen.ui is not None
        kept = {id(line.node) for line in lines(seen.ui, *SIZE)}
        for touched in seen.ui.walk():
            if touched.clickable and touched.enabled and not touched.bounds.clipped(*SIZE).empty:
                assert id(touched) in kept, (screen.where, touched)


def test_names_of_apps() -> None:
    assert app_name("com.google.android.deskclock") == "Clock"
    assert app_name("com.example.unknown") == "com.example.unknown"
    assert all(app_name(screen.observation.package) != screen.observation.package for screen in app_screens())


def test_tags_stand_clear() -> None:
    """No tag on another; none on a label while a place by the mark is free of labels; nearly all hide nothing."""
    clear, count = 0, 0
    for screen in app_screens():
        seen = screen.observation
        chosen = marks.choose(seen.ui, *SIZE)
        image = open_png(seen.png)
        ink = marks._ink(image)
        tags = marks.place(image, chosen, ImageFont.load_default(SIZE[0] // 36))
        assert len(tags) == len(chosen)
        for number, (mark, tag) in enumerate(zip(chosen, tags, strict=True)):
            where = (screen.where, number, tag)
            taken = tags[:number]
            assert tag == tag.clipped(*SIZE), where
            assert not any(marks._overlap(tag, other) for other in taken), where
            count += 1
            if marks._covered(ink, tag) <= marks._CLEAR:
                clear += 1
                continue
            size = (tag.right - tag.left, tag.bottom - tag.top)
            spots = [s for s in marks._spots(mark, size, SIZE) if not any(marks._overlap(s, t) for t in taken)]
            assert all(marks._covered(ink, spot) > marks._CLEAR for spot in spots), where
    assert clear / count > 0.95, (clear, count)


def test_tags_of_a_crowd_do_not_stand_on_each_other() -> None:
    image = Image.new("RGB", SIZE, "white")
    crowd = [Bounds(500, 500, 560, 540)] * 60
    tags = marks.place(image, crowd, ImageFont.load_default(30))
    assert not any(marks._overlap(a, b) for i, a in enumerate(tags) for b in tags[:i])


SIDES = st.integers(1, 5000)


@given(SIDES, SIDES, st.sampled_from([1, 14, 28, 32]), st.none() | st.integers(4096, 10**7))
def test_sent_size_is_what_the_server_would_make_of_it(width: int, height: int, unit: int, most: int | None) -> None:
    config = ImageConfig(multiple_of=unit, max_pixels=most)
    sent = sent_size((width, height), config)
    assert all(side % unit == 0 and side > 0 for side in sent)
    if most is not None:
        assert sent[0] * sent[1] <= most or unit in sent or 1 in sent
    if most is None or sent[0] * sent[1] <= most:
        assert sent_size(sent, config) == sent


def test_pictures_are_sent_in_that_size() -> None:
    out = io.BytesIO()
    Image.new("RGB", (1080, 2400), "teal").save(out, "PNG")
    untouched = encode(out.getvalue(), (1080, 2400), ImageConfig())
    assert untouched.data == out.getvalue()
    picture = encode(out.getvalue(), (1080, 2400), ImageConfig(multiple_of=28, max_pixels=1_003_520))
    assert (picture.width, picture.height) == (672, 1484)
    with Image.open(io.BytesIO(picture.data)) as image:
        assert image.size == (672, 1484)
