"""Containers, and the View attributes that every widget passes through."""

from __future__ import annotations

from typing import Final, Literal, TypedDict, Unpack

from simphone.ui.view import (
    MATCH,
    Canvas,
    Edit,
    HAlign,
    Layout,
    Msg,
    Paint,
    Picture,
    Scroll,
    Side,
    Slide,
    TextStyle,
    VAlign,
    View,
)

RECYCLER: Final = "androidx.recyclerview.widget.RecyclerView"
LINEAR: Final = "android.widget.LinearLayout"
RELATIVE: Final = "android.widget.RelativeLayout"
FRAME: Final = "android.widget.FrameLayout"
GROUP: Final = "android.view.ViewGroup"
SCROLL: Final = "android.widget.ScrollView"


class Attrs(TypedDict, total=False):
    """Attributes of View that callers may set on any widget; see View for their meaning."""

    cls: str
    id: str
    desc: str
    checkable: bool
    checked: bool
    selected: bool
    enabled: bool
    password: bool
    clickable: bool | None
    long_clickable: bool | None
    focusable: bool | None
    scrollable: bool | None
    in_tree: bool
    on_tap: Msg | None
    on_long_press: Msg | None
    on_double_tap: Msg | None
    on_swipe: dict[Literal["left", "right", "up", "down"], Msg] | None
    on_drag: Msg | None
    canvas: Canvas | None
    key: str
    width: float
    height: float
    weight: float
    min_width: float
    min_height: float
    max_width: float
    margin: Side
    padding: Side
    gap: float
    halign: HAlign
    valign: VAlign
    self_halign: HAlign | None
    self_valign: VAlign | None
    offset: tuple[float, float]
    clip: bool
    paint: Paint | None


class AllAttrs(Attrs, total=False):
    """What widgets themselves set besides."""

    text: str
    children: list[View]
    style: TextStyle | None
    picture: Picture | None
    edit: Edit | None
    scroll: Scroll | None
    slide: Slide | None
    layout: Layout
    columns: int


def build(attrs: Attrs, **defaults: Unpack[AllAttrs]) -> View:
    """A View of a widget's defaults overlaid with the caller's attributes."""
    merged: AllAttrs = {**defaults, **attrs}
    return View(**merged)


def present(children: tuple[View | None, ...]) -> list[View]:
    """The children that are there: containers take None where a part is left out."""
    return [child for child in children if child is not None]


def column(*children: View | None, **attrs: Unpack[Attrs]) -> View:
    """Children below each other; as wide as the parent."""
    return build(attrs, cls=LINEAR, layout="column", width=MATCH, children=present(children))


def row(*children: View | None, **attrs: Unpack[Attrs]) -> View:
    """Children side by side, vertically centred; as wide as the parent."""
    return build(attrs, cls=LINEAR, layout="row", width=MATCH, valign="center", children=present(children))


def frame(*children: View | None, **attrs: Unpack[Attrs]) -> View:
    """Children over each other."""
    return build(attrs, cls=FRAME, children=present(children))


def space(height: float = 0.0, width: float = 0.0, weight: float = 0.0) -> View:
    """Nothing, of a size; not a node of the XML."""
    return View(in_tree=False, height=height, width=width, weight=weight)


def scroll_column(scroller: str, /, *children: View | None, **attrs: Unpack[Attrs]) -> View:
    """A ScrollView around a column, filling what is left of the parent. `scroller` names its offset (Scroll.key)."""
    return build(
        attrs,
        cls=SCROLL,
        layout="column",
        width=MATCH,
        height=MATCH,
        weight=1.0,
        scroll=Scroll(scroller),
        children=[column(*children)],
    )


def list_view(scroller: str, /, *rows: View | None, **attrs: Unpack[Attrs]) -> View:
    """A RecyclerView: rows below each other, filling what is left of the parent."""
    return build(
        attrs,
        cls=RECYCLER,
        id="recycler_view",
        layout="column",
        width=MATCH,
        height=MATCH,
        weight=1.0,
        focusable=True,
        scroll=Scroll(scroller),
        children=present(rows),
    )


def grid_view(scroller: str, columns: int, /, *cells: View | None, **attrs: Unpack[Attrs]) -> View:
    """A RecyclerView of cells of equal width."""
    return build(
        attrs,
        cls=RECYCLER,
        layout="grid",
        columns=columns,
        width=MATCH,
        height=MATCH,
        weight=1.0,
        focusable=True,
        scroll=Scroll(scroller),
        children=present(cells),
    )
