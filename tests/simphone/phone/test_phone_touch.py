"""Scrolling, flinging, paging, sliding, dragging, tapping twice."""

import pytest
from probe import box, center, log, offset, tap

from simphone.phone import fling


@pytest.fixture
def rows(phone):
    tap(phone, "go list")
    return phone


def test_a_slow_swipe_moves_the_list_by_the_fingers_way(rows):
    rows.drag(700, 2000, 700, 1500)
    assert offset(rows, "list") == 500 - rows.metrics.px(8)


def test_a_swipe_runs_on_and_stops_at_the_ends(rows):
    rows.swipe(700, 2000, 700, 1500, 300)
    once = offset(rows, "list")
    assert once == 500 - 28 + fling.distance(500 * 1000 / 300, 560) > 500
    for _ in range(9):
        rows.swipe(700, 2500, 700, 500, 100)
    assert box(rows, "row 59").visible[3] > 0
    end = offset(rows, "list")
    rows.swipe(700, 2500, 700, 500, 100)
    assert offset(rows, "list") == end
    for _ in range(9):
        rows.swipe(700, 500, 700, 2500, 100)
    assert offset(rows, "list") == 0


def test_flings_grow_with_speed_and_know_their_sign():
    reach = [fling.distance(speed, 560) for speed in (0, 100, 1000, 5000, 20000, 10**6, 10**7)]
    assert reach[0] == reach[1] == 0
    assert reach == sorted(reach) and reach[-1] == reach[-2]
    assert fling.distance(-5000, 560) == -fling.distance(5000, 560)


def test_an_app_asks_to_scroll_to_a_child(rows):
    tap(rows, "jump")
    list_top = box(rows, "row 30").rect[1] - rows.metrics.px(8)
    assert list_top == center(rows, "jump")[1] * 0 + rows.metrics.status_bar + rows.metrics.px(48)
    tap(rows, "row 30")
    assert log(rows)[-1] == ["row", 30]


def test_a_row_is_swiped_away_and_held(rows):
    x, y = center(rows, "row 3")
    rows.swipe(1200, y, 300, y, 300)
    assert log(rows)[-1] == ["drop", 3] and 3 not in rows.state["apps"]["probe"]["rows"]
    rows.swipe(x, y, x, y, 800)
    assert log(rows)[-1] == ["held", 4]


def test_pages_snap_one_by_one(phone):
    tap(phone, "go pager")
    for expected in (1, 2, 2):
        phone.swipe(1200, 1500, 300, 1500, 200)
        assert phone.state["ui"]["probe"]["page"] == expected
        assert box(phone, f"page {expected}").rect[0] == 0
    phone.swipe(300, 1500, 1200, 1500, 200)
    assert phone.state["ui"]["probe"]["page"] == 1


def test_sliders_take_taps_and_swipes(phone):
    tap(phone, "go touch")
    left, top, right, bottom = box(phone, "slider").rect
    phone.tap(left + (right - left) / 4, (top + bottom) / 2)
    assert phone.state["ui"]["probe"]["slide"] == pytest.approx(0.25)
    phone.swipe(720, (top + bottom) / 2, 60, (top + bottom) / 2, 300)
    assert phone.state["ui"]["probe"]["slide"] == pytest.approx(60 / 1440)


def test_drag_tells_dp(phone):
    tap(phone, "go touch")
    x, y = center(phone, "piece")
    phone.drag(x, y, x + 350, y + 700)
    assert log(phone)[-1] == ["moved", 100.0, 200.0]


def test_two_taps_are_a_double_tap_only_without_a_look_between(phone):
    tap(phone, "go touch")
    x, y = center(phone, "zoomable")
    phone.tap(x, y)
    phone.tap(x, y)
    assert [entry[0] for entry in log(phone)[-2:]] == ["single", "double"]
    phone.tap(x, y)
    phone.xml()
    phone.tap(x, y)
    assert [entry[0] for entry in log(phone)[-2:]] == ["single", "single"]


def test_a_disabled_view_swallows_the_tap(phone):
    tap(phone, "go touch")
    before = list(log(phone))
    tap(phone, "off")
    assert log(phone) == before


def test_time_moves_with_the_input_only(phone):
    start = phone.state["clock"]["epoch_ms"]
    phone.xml()
    phone.frame()
    assert phone.state["clock"]["epoch_ms"] == start
    phone.tap(5, 3000)
    assert phone.state["clock"]["epoch_ms"] == start + 1100
    assert phone.state["apps"]["probe"]["ticked_at"] == start + 1100
