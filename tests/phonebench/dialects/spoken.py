"""What every dialect can say and what it cannot: one entry a dialect, for all its options."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st

from phonebench.agent.dialects import DIALECTS, make_dialect
from phonebench.agent.dialects.base import Dialect, View
from phonebench.agent.dialects.units import unit_stroke
from phonebench.agent.values import read_point, stroke
from phonebench.schema.action import (
    Action,
    DoubleTap,
    Drag,
    Finish,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.observation import Bounds, UiNode

W, H = 1080, 2400
SENT = (532, 1204)
"""The picture as the model gets it: smaller than the screen, and of another shape."""
MARKS = tuple(Bounds(x, y, x + 200, y + 100) for y in range(200, 2200, 400) for x in (40, 700))
UI = UiNode(
    Bounds(0, 0, W, H),
    children=tuple(UiNode(box, text=f"row {i}", clickable=True) for i, box in enumerate(MARKS)),
)
VIEW = View(png=b"", width=W, height=H, app="com.example", marks=MARKS, ui=UI, sent=SENT)
Actions = st.SearchStrategy[Action]


@dataclass(frozen=True)
class Spoken:
    """`can` gives a strategy for a dialect with options; `cannot` are actions that `render` must refuse."""

    can: Callable[[Dialect], Actions]
    cannot: tuple[Action, ...]


def variants() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every dialect with every combination of its options."""
    for name, cls in DIALECTS.items():
        hints = get_type_hints(cls)
        choices = [_choices(hints[entry.name]) for entry in fields(cls)]
        for values in itertools.product(*choices):
            yield name, dict(zip((entry.name for entry in fields(cls)), values, strict=True))


def variant_id(variant: tuple[str, dict[str, Any]]) -> str:
    return "-".join([variant[0], *(str(value) for value in variant[1].values())])


def made(variant: tuple[str, dict[str, Any]]) -> Dialect:
    return make_dialect(*variant)


def _choices(hint: Any) -> tuple[Any, ...]:
    return (False, True) if hint is bool else get_args(hint)


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MIDDLE = st.sampled_from(MARKS).map(lambda mark: Point(x=mark.center[0], y=mark.center[1]))
SECONDS = st.integers(0, 60)
ORIGIN, FAR = Point(x=1, y=3), Point(x=731, y=977)


def cells(grid: tuple[int, int]) -> st.SearchStrategy[Point]:
    """The pixels that a grid can name."""
    pairs = st.tuples(st.integers(0, grid[0] - 1), st.integers(0, grid[1] - 1))
    return pairs.map(lambda cell: read_point(list(cell), VIEW, grid))


def grid_of(dialect: Dialect) -> tuple[int, int]:
    thousand = getattr(dialect, "coordinates", "") == "thousand"
    return (1000, 1000) if thousand else VIEW.sent


def autoglm(_dialect: Dialect) -> Actions:
    grid = cells((1000, 1000))
    return st.one_of(
        st.builds(Tap, at=grid, sensitive=st.none() | TEXT),
        st.builds(DoubleTap, at=grid),
        st.builds(LongPress, at=grid),
        st.builds(Swipe, start=grid, end=grid),
        st.builds(TypeText, text=TEXT),
        st.builds(PressKey, key=st.sampled_from(["back", "home"])),
        st.builds(Launch, app=TEXT),
        st.builds(Wait, seconds=SECONDS),
        st.builds(TakeOver, message=TEXT),
        st.builds(Note, text=TEXT),
        st.builds(Finish, answer=TEXT),
    )


def som(dialect: Dialect) -> Actions:
    ways = st.sampled_from(["up", "down", "left", "right"])
    strokes = st.tuples(st.integers(1, len(MARKS)), ways, st.sampled_from(["short", "medium", "long"]))
    return st.one_of(
        st.builds(Tap, at=MIDDLE),
        st.builds(LongPress, at=MIDDLE),
        strokes.map(lambda s: dialect.parse(f'swipe({s[0]}, "{s[1]}", "{s[2]}")', VIEW).action),
        st.builds(TypeText, text=TEXT),
        st.builds(PressKey, key=st.sampled_from(["back", "home"])),
        st.builds(Wait, seconds=SECONDS),
        st.builds(Finish, answer=TEXT),
    )


def androidlab_xml(dialect: Dialect) -> Actions:
    pixels = st.builds(Point, x=st.integers(0, W - 1), y=st.integers(0, H - 1))
    words = st.tuples(st.sampled_from(["up", "down", "left", "right"]), st.sampled_from(["short", "medium", "long"]))
    return st.one_of(
        st.builds(Tap, at=pixels),
        st.builds(LongPress, at=pixels),
        st.tuples(pixels, words).map(lambda drawn: unit_stroke(drawn[0], *drawn[1], VIEW)),
        st.builds(TypeText, text=TEXT),
        st.builds(PressKey, key=st.sampled_from(["back", "home", "enter"])),
        st.builds(Launch, app=TEXT),
        st.builds(Wait, seconds=SECONDS),
        st.builds(Finish, answer=TEXT),
    )


def mobile_use(dialect: Dialect) -> Actions:
    grid = cells(grid_of(dialect))
    return st.one_of(
        st.builds(Tap, at=grid),
        st.builds(DoubleTap, at=grid),
        st.builds(LongPress, at=grid),
        st.builds(Swipe, start=grid, end=grid),
        st.builds(TypeText, text=TEXT, clear=st.booleans()),
        st.builds(PressKey, key=st.sampled_from(["back", "home", "enter", "recents", "delete", "menu", "power"])),
        st.builds(Launch, app=TEXT),
        st.builds(Wait, seconds=SECONDS),
        st.builds(Finish, answer=TEXT),
        st.builds(Finish, success=st.booleans()),
    )


def ui_tars(dialect: Dialect) -> Actions:
    grid = cells(grid_of(dialect))
    text = TEXT.filter(lambda text: not text.endswith("\n"))
    ways = st.sampled_from(["up", "down", "left", "right"])
    return st.one_of(
        st.builds(Tap, at=grid),
        st.builds(DoubleTap, at=grid),
        st.builds(LongPress, at=grid),
        st.builds(lambda at, way: stroke(at, way, VIEW), grid, ways),
        st.builds(Drag, start=grid, end=grid),
        st.builds(TypeText, text=text, clear=st.just(False), enter=st.booleans()),
        st.builds(PressKey, key=st.sampled_from(["back", "home", "enter"])),
        st.builds(Launch, app=TEXT),
        st.builds(Wait, seconds=SECONDS),
        st.builds(TakeOver, message=TEXT),
        st.builds(Finish, answer=TEXT),
    )


def tools(dialect: Dialect) -> Actions:
    grid = cells(grid_of(dialect))
    return st.one_of(
        st.builds(Tap, at=grid, sensitive=st.none() | TEXT),
        st.builds(DoubleTap, at=grid),
        st.builds(LongPress, at=grid),
        st.builds(Swipe, start=grid, end=grid),
        st.builds(Drag, start=grid, end=grid),
        st.builds(TypeText, text=TEXT, clear=st.booleans(), enter=st.booleans()),
        st.builds(PressKey),
        st.builds(Launch, app=TEXT),
        st.builds(Wait, seconds=st.floats(0, 60)),
        st.builds(Note, text=TEXT),
        st.builds(TakeOver, message=TEXT),
        st.builds(Finish, answer=TEXT, success=st.booleans()),
    )


_DRAG = Drag(start=ORIGIN, end=FAR)
_STROKE = Swipe(start=ORIGIN, end=FAR)
_ENTER = PressKey(key="enter")
SPOKEN: dict[str, Spoken] = {
    "autoglm": Spoken(autoglm, (_DRAG, _ENTER, TypeText(text="a", clear=False), Finish(success=False))),
    "som": Spoken(som, (_DRAG, _ENTER, _STROKE, Tap(at=FAR), DoubleTap(at=FAR), Launch(app="Clock"), TakeOver())),
    "openphone": Spoken(som, (_DRAG, _ENTER, _STROKE, Tap(at=FAR), DoubleTap(at=FAR), Launch(app="Clock"), TakeOver())),
    "androidlab_xml": Spoken(
        androidlab_xml,
        (_DRAG, _STROKE, DoubleTap(at=FAR), Tap(at=FAR, sensitive="pays"), TypeText(text="a", enter=True))
        + (Note(text="a"), TakeOver(), PressKey(key="menu"), Finish(success=False)),
    ),
    "mobile_use": Spoken(
        mobile_use,
        (_DRAG, Note(text="a"), TakeOver(), Tap(at=FAR, sensitive="pays"), TypeText(text="a", enter=True))
        + (Finish(answer="no", success=False),),
    ),
    "ui_tars": Spoken(
        ui_tars,
        (_STROKE, TypeText(text="a"), TypeText(text="a\n", clear=False), PressKey(key="menu"), Note(text="a"))
        + (Tap(at=FAR, sensitive="pays"), Finish(success=False)),
    ),
    "tools": Spoken(tools, ()),
}
