from __future__ import annotations

import pytest
from ui_views import SMALL, dialog, framed, label, sample

from simphone.ui import hit
from simphone.ui.frame import Box, Frame
from simphone.ui.view import MATCH, Canvas, Scroll, Slide, View, Window


def middle(box: Box) -> tuple[float, float]:
    left, top, right, bottom = box.visible
    return (left + right) / 2, (top + bottom) / 2


def find(frame: Frame, text: str) -> Box:
    return next(box for box in hit.boxes(frame) if box.view.text == text)


def page(*children: View, **more: object) -> Frame:
    return framed(Window(View(width=MATCH, height=MATCH, children=list(children), **more)))  # type: ignore[arg-type]


def test_a_tap_on_a_text_reaches_its_row() -> None:
    frame = framed(sample())
    target = hit.tap(frame, *middle(find(frame, "Row 3")))
    assert target is not None and (target.kind, target.box.view.on_tap) == ("tap", ("row", 3))
    assert [box.view.key for box in hit.at(frame, *middle(find(frame, "Row 3")))][-1] == "row3"


def test_a_field_is_edited_and_found_by_its_key() -> None:
    frame = framed(sample())
    box = hit.edit_box(frame, "name")
    assert box is not None
    target = hit.tap(frame, *middle(box))
    assert target is not None and (target.kind, target.box) == ("edit", box)
    assert hit.edit_box(frame, "nobody") is None


def test_beside_a_dialog_is_outside_and_the_page_below_is_not_reached() -> None:
    frame = framed(sample(), dialog())
    outside = hit.tap(frame, 5, 600)
    assert outside is not None and outside.kind == "outside" and outside.window.window.dismiss == ("dismiss",)
    assert hit.at(frame, 5, 600) == []
    inside = hit.tap(frame, *middle(find(frame, "OK")))
    assert inside is not None and inside.kind == "tap"
    blank = hit.tap(frame, *middle(find(frame, "Delete?")))
    assert blank is not None and blank.kind == "none"


def test_what_lies_above_takes_the_touch_and_what_handles_none_lets_it_through() -> None:
    below = View(width=MATCH, height=MATCH, on_tap=("below",))
    veil = View(width=MATCH, height=MATCH, children=[View(width=50, height=50, on_tap=("above",))])
    frame = page(below, veil)
    first, second = hit.tap(frame, 5, 40), hit.tap(frame, 400, 900)
    assert first is not None and first.box.view.on_tap == ("above",)
    assert second is not None and second.box.view.on_tap == ("below",)


def test_a_disabled_button_swallows_its_tap() -> None:
    frame = page(
        View(
            width=MATCH,
            height=MATCH,
            on_tap=("page",),
            children=[View(width=50, height=50, on_tap=("x",), enabled=False)],
        )
    )
    target = hit.tap(frame, 5, 40)
    assert target is not None and target.kind == "none"


def test_long_press_double_tap_and_drag() -> None:
    plain = View(width=100, height=100, on_tap=("tap",))
    rich = View(
        width=100,
        height=100,
        offset=(0, 200),
        on_tap=("tap",),
        on_long_press=("long",),
        on_double_tap=("twice",),
        on_drag=("drag",),
    )
    frame = page(plain, rich)
    kinds = [getattr(ask(frame, 20, 400), "kind", None) for ask in (hit.long_press, hit.double_tap, hit.drag)]
    assert kinds == ["long_press", "double_tap", "drag"]
    kinds = [getattr(ask(frame, 20, 60), "kind", None) for ask in (hit.long_press, hit.double_tap, hit.drag)]
    assert kinds == ["tap", "none", "none"]


def test_a_swipe_scrolls_only_where_there_is_room_and_cards_take_theirs() -> None:
    def at(offset: int, dx: float, dy: float) -> str | None:
        frame = framed(sample(40), offsets={"list": offset})
        target = hit.swipe(frame, 200, 700, dx, dy)
        return target.kind if target else None

    assert at(0, 0, -300) == "scroll"
    assert at(0, 0, 300) == "none"
    assert at(500, 0, 300) == "scroll"
    assert at(500, 300, 10) == "none"
    card = View(width=MATCH, height=100, on_swipe={"left": ("gone",)})
    assert hit.swipe(page(card), 100, 60, -200, 0).kind == "swipe"  # type: ignore[union-attr]
    assert hit.swipe(page(card), 100, 60, 200, 0).kind == "none"  # type: ignore[union-attr]


def test_a_canvas_takes_touches_and_lets_what_lies_on_it_have_its_own() -> None:
    button = View(width=50, height=50, on_tap=("button",))
    drawing = View(width=MATCH, height=300, canvas=Canvas(("tap",), ("hold",), ("pan",)), children=[button])
    frame = page(drawing)
    kinds = [getattr(ask(frame, 200, 200), "kind", None) for ask in (hit.tap, hit.long_press)]
    assert kinds == ["canvas", "canvas"]
    assert hit.swipe(frame, 200, 200, 40, -90).kind == "canvas"  # type: ignore[union-attr]
    assert hit.tap(frame, 20, 60).kind == "tap"  # type: ignore[union-attr]


def test_nested_scrollers_take_their_own_axis() -> None:
    strip = View(
        scroll=Scroll("strip", axis="x"), layout="row", width=MATCH, height=100, children=[View(width=900, height=100)]
    )
    rest = View(width=MATCH, height=4000)
    frame = page(strip, rest, scroll=Scroll("page"), layout="column")
    across, down = hit.swipe(frame, 100, 60, -300, 0), hit.swipe(frame, 100, 60, 0, -300)
    assert across is not None and across.box.view.scroll == Scroll("strip", axis="x")
    assert down is not None and down.box.view.scroll == Scroll("page")
    found = hit.scroller_at(frame, 100, 60, "y")
    assert found is not None and found.view.scroll == Scroll("page")


@pytest.mark.parametrize(("axis", "point", "expected"), [
    ("x", (0, 50), 0.0), ("x", (70, 50), 0.5), ("x", (500, 50), 1.0), ("circle", (70, 35), 0.0),
    ("circle", (135, 101), 0.25), ("circle", (70, 165), 0.5), ("circle", (5, 101), 0.75),
])  # fmt: skip
def test_where_a_slider_is_touched(axis: str, point: tuple[int, int], expected: float) -> None:
    frame = page(View(width=107, height=107, slide=Slide(("set",), axis=axis)))  # type: ignore[arg-type]
    box = frame.windows[0].root.children[0]
    assert box.rect == (0, 31, 140, 171)
    assert hit.slide_fraction(box, *point) == pytest.approx(expected, abs=0.01)
    target = hit.tap(frame, 20, 60)
    assert target is not None and target.kind == "slide"


def test_scrolling_to_a_child_and_into_view() -> None:
    frame = framed(sample(40), offsets={"list": 100})
    scroller = hit.scroller_box(frame, "list")
    assert scroller is not None
    wanted = hit.offset_of(scroller, "row9")
    assert wanted is not None and hit.offset_of(scroller, "nobody") is None
    again = hit.scroller_box(framed(sample(40), offsets={"list": wanted}), "list")
    assert again is not None and again.children[9].rect[1] == again.rect[1]
    assert hit.reveal(scroller, scroller.children[4]) == 100
    assert hit.reveal(scroller, scroller.children[0]) == 0
    last = framed(sample(40), offsets={"list": hit.reveal(scroller, scroller.children[30])})
    seen = hit.scroller_box(last, "list")
    assert seen is not None and seen.children[30].visible == seen.children[30].rect


def test_the_keyboard_keeps_touches_to_itself_and_overlays_let_them_through() -> None:
    frame = framed(sample(), Window(View(width=MATCH, height=MATCH), kind="panel"), active=0)
    x, y = middle(find(frame, "Row 1"))
    frame.windows[1].layer = "ime"
    blocked = hit.tap(frame, x, y)
    frame.windows[1].layer = "system"
    through = hit.tap(frame, x, y)
    assert blocked is not None and blocked.kind == "none"
    assert through is not None and through.kind == "tap"
    assert hit.tap(framed(Window(label("x"))), SMALL.width + 10, 5) is None
