from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from ui_views import BIG, PACKAGE, SMALL, TALL, dialog, framed, label, sample, views

from simphone.ui.frame import Box, Metrics, Rect
from simphone.ui.layout import layout_window
from simphone.ui.view import MATCH, Edit, Scroll, TextStyle, View, Window


def lay(root: View, metrics: Metrics = SMALL, **offsets: int) -> Box:
    return layout_window(Window(root), PACKAGE, metrics, offsets, (0, 0, metrics.width, metrics.height)).root


def nests(inner: Rect, outer: Rect) -> bool:
    return outer[0] <= inner[0] <= inner[2] <= outer[2] and outer[1] <= inner[1] <= inner[3] <= outer[3]


def empty(rect: Rect) -> bool:
    return rect[0] == rect[2] or rect[1] == rect[3]


@settings(max_examples=150, deadline=None)
@given(views)
def test_children_nest_in_their_parents_and_siblings_of_a_line_do_not_overlap(view: View) -> None:
    for box in lay(view).walk():
        assert box.visible[0] <= box.visible[2] and box.visible[1] <= box.visible[3]
        for child in box.children:
            assert nests(child.visible, box.visible) or empty(child.visible)
            if box.view.scroll is None:
                assert nests(child.rect, box.rect), (child.rect, box.rect, child.view)
        if box.view.layout in ("row", "column"):
            side = 0 if box.view.layout == "row" else 1
            for before, after in pairwise(box.children):
                if after.rect[side] < after.rect[side + 2] and before.rect[side] < before.rect[side + 2]:
                    assert before.rect[side + 2] <= after.rect[side]


@settings(max_examples=60, deadline=None)
@given(views)
def test_the_same_views_give_the_same_places(view: View) -> None:
    first, second = lay(view), lay(view)
    assert [(b.rect, b.visible, b.lines) for b in first.walk()] == [(b.rect, b.visible, b.lines) for b in second.walk()]


@pytest.mark.parametrize("metrics", [SMALL, TALL, BIG])
@pytest.mark.parametrize("count", [3, 5, 7])
def test_equal_weights_fill_the_row_to_the_pixel(metrics: Metrics, count: int) -> None:
    tabs = [View(weight=1, height=MATCH) for _ in range(count)]
    box = lay(View(layout="row", width=MATCH, height=80, gap=0, children=tabs), metrics)
    widths = [child.rect[2] - child.rect[0] for child in box.children]
    assert sum(widths) == metrics.width
    assert max(widths) - min(widths) <= 1
    assert box.children[-1].rect[2] == metrics.width


def test_a_weight_takes_what_the_fixed_ones_leave() -> None:
    box = lay(View(layout="row", width=MATCH, children=[View(width=40), label("long " * 60, weight=1), View(width=52)]))
    fixed, text, last = box.children
    assert (fixed.rect[2], last.rect[2]) == (SMALL.px(40), SMALL.width)
    assert (text.rect[0], text.rect[2]) == (fixed.rect[2], last.rect[0])
    assert len(text.lines) > 1


def test_match_in_a_wrapping_parent_takes_the_size_of_the_widest_sibling() -> None:
    child = View(layout="column", children=[View(width=100, height=10), View(width=MATCH, height=10)])
    column = lay(View(width=MATCH, height=MATCH, children=[child])).children[0]
    assert column.rect[2] == SMALL.px(100) == column.children[1].rect[2]


def test_gravity_margin_and_offset_place_a_view_in_a_frame() -> None:
    child = View(width=50, height=50, self_halign="end", self_valign="bottom", margin=(0, 0, 16, 16))
    box = lay(View(width=MATCH, height=MATCH, children=[child, View(width=10, height=10, offset=(-4, 30))]))
    assert box.children[0].rect[2:] == (SMALL.width - SMALL.px(16), SMALL.height - SMALL.px(16))
    moved = box.children[1]
    assert moved.rect[:2] == (round(-4 * SMALL.scale), round(30 * SMALL.scale))
    assert moved.visible[0] == 0


def test_grid_cells_are_equal_and_rows_share_a_given_height() -> None:
    keys = [View(width=MATCH, height=MATCH) for _ in range(12)]
    box = lay(View(layout="grid", columns=3, width=MATCH, height=MATCH, gap=4, children=keys))
    rects = [child.rect for child in box.children]
    assert {rect[0] for rect in rects} == {rect[0] for rect in rects[:3]}
    assert rects[2][2] == SMALL.width and rects[11][3] == SMALL.height
    assert all(a[2] + SMALL.px(4) == b[0] for a, b in pairwise(rects[:3]))


def test_scrolling_moves_content_clamps_and_clips() -> None:
    rows = [View(width=MATCH, height=100, key=f"r{n}") for n in range(40)]
    root = View(scroll=Scroll("list"), layout="column", width=MATCH, height=MATCH, children=rows)
    still, moved, end = lay(root), lay(root, list=37), lay(root, list=10**6)
    high = 40 * SMALL.px(100)
    assert still.content == (SMALL.width, high)
    assert [b.rect[1] - a.rect[1] for a, b in zip(still.children, moved.children, strict=True)] == [-37] * 40
    assert end.offset == high - SMALL.height and end.children[-1].rect[3] == SMALL.height
    assert moved.children[0].visible == (0, 0, SMALL.width, moved.children[0].rect[3])


def test_a_scroller_starts_at_its_child_until_it_is_scrolled() -> None:
    rows = [View(width=MATCH, height=100, key=f"r{n}") for n in range(40)]
    root = View(scroll=Scroll("list", start_at="r7"), layout="column", width=MATCH, height=MATCH, children=rows)
    assert lay(root).children[7].rect[1] == 0
    assert lay(root, list=5).offset == 5


def test_a_pager_shows_whole_pages() -> None:
    pages = [View(layout="column", key=f"p{n}", height=MATCH, children=[label(f"page {n}")]) for n in range(3)]
    pager = View(
        scroll=Scroll("p", axis="x", page=True, start_at="p1"), layout="row", width=MATCH, height=MATCH, children=pages
    )
    box = lay(pager)
    assert [child.rect[0] for child in box.children] == [-SMALL.width, 0, SMALL.width]
    assert all(child.rect[2] - child.rect[0] == SMALL.width and child.rect[3] == SMALL.height for child in box.children)


def test_windows_stand_where_their_kind_says() -> None:
    sheet = Window(View(width=MATCH, height=200), kind="sheet")
    menu = Window(View(width=120, height=90), kind="menu", anchor=(-8, 40))
    frame = framed(sample(), dialog(), sheet, menu)
    area = (0, SMALL.status_bar, SMALL.width, SMALL.height - SMALL.nav_bar)
    page, modal, bottom, corner = (window.rect for window in frame.windows)
    assert page == area
    assert abs((modal[0] + modal[2]) - SMALL.width) <= 1 and modal[0] >= SMALL.px(24)
    assert bottom[0] == 0 and bottom[3] == area[3] and bottom[3] - bottom[1] == SMALL.px(200)
    assert corner[2] == SMALL.width - SMALL.px(8) and corner[1] == SMALL.px(40)


def test_a_field_with_the_focus_keeps_its_text_whole() -> None:
    text = "a very long line that cannot fit " * 4
    field = View(text=text, style=TextStyle(), width=MATCH, edit=Edit("f", ("f",)))
    area = (0, 0, SMALL.width, SMALL.height)
    focused = layout_window(Window(field), PACKAGE, SMALL, {}, area, focus_key="f").root
    other = layout_window(Window(field), PACKAGE, SMALL, {}, area).root
    assert focused.lines == [text]
    assert len(other.lines) == 1 and other.lines[0].endswith("…")
