"""How large each View is, and where its children stand within it: Views -> Nodes, from the leaves up.

A limit is the most px that a view may take along an axis (UNBOUNDED inside a scroller); it is exact when the parent has
already decided. Children never get more than what is left of their parent, so bounds nest, and the children of a row or
column never overlap; only a view's `offset` and a scroller's content reach beyond the parent.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final, NamedTuple

from simphone.ui.frame import Metrics
from simphone.ui.text import Typeset, font_of, line_height, typeset
from simphone.ui.traits import shown_text
from simphone.ui.view import MATCH, Side, View

UNBOUNDED: Final = 1 << 28


class Limit(NamedTuple):
    """What one axis of a view may take, in px."""

    size: int
    exact: bool = False

    def less(self, used: int) -> Limit:
        """What is left after `used` px."""
        return self if self.size == UNBOUNDED else Limit(max(0, self.size - used), self.exact)

    def settle(self, wanted: int, least: int = 0) -> int:
        """The size that results when the content wants `wanted`."""
        return self.size if self.exact else min(max(wanted, least), self.size)


@dataclass(slots=True)
class Node:
    """A measured view. `places` are the children's top left corners from its own, before scrolling."""

    view: View
    width: int
    height: int
    children: list[Node] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    content: tuple[int, int] = (0, 0)


class _Child(NamedTuple):
    """A child's margins in px, in the order of its parent's axes."""

    view: View
    before: int
    after: int
    cross_before: int
    cross_after: int

    @property
    def room(self) -> int:
        return self.before + self.after

    @property
    def cross_room(self) -> int:
        return self.cross_before + self.cross_after


class _Placed(NamedTuple):
    """What a layout of children gives: nodes, their corners within the inner box, and the inner size in px."""

    children: list[Node]
    places: list[tuple[int, int]]
    width: int
    height: int


_NO_SIDE: Final[Side] = (0, 0, 0, 0)
_SHIFT: Final = {"start": 0, "top": 0, "center": 1, "end": 2, "bottom": 2}


def _align(how: str, space: int) -> int:
    """Where something stands in `space` px of free room."""
    return max(0, space) * _SHIFT[how] // 2


class Measurer:
    """Measures the views of one window. Results are kept per view and limits: a view measured twice costs once."""

    def __init__(self, metrics: Metrics, focus_key: str | None) -> None:
        self.metrics = metrics
        self.focus_key = focus_key
        self._known: dict[tuple[int, Limit, Limit], Node] = {}
        self._scale = metrics.scale

    def px(self, dp: float) -> int:
        return int(dp * self._scale + 0.5)

    def sides(self, side: Side) -> tuple[int, int, int, int]:
        if side == _NO_SIDE:
            return (0, 0, 0, 0)
        left, top, right, bottom = side
        scale = self._scale
        return (int(left * scale + 0.5), int(top * scale + 0.5), int(right * scale + 0.5), int(bottom * scale + 0.5))

    def measure(self, view: View, width: Limit, height: Limit) -> Node:
        key = (id(view), width, height)
        node = self._known.get(key)
        if node is None:
            node = self._known[key] = self._measure(view, width, height)
        return node

    def _measure(self, view: View, width: Limit, height: Limit) -> Node:
        px = self.px
        if view.max_width:
            width = Limit(min(width.size, px(view.max_width)), width.exact)
        left, top, right, bottom = self.sides(view.padding)
        pad_x, pad_y = left + right, top + bottom
        inner_w = width.less(pad_x) if pad_x else width
        inner_h = height.less(pad_y) if pad_y else height
        least_w = max(0, px(view.min_width) - pad_x) if view.min_width else 0
        least_h = max(0, px(view.min_height) - pad_y) if view.min_height else 0

        text = self._typeset(view, inner_w)
        own_w, own_h = (text.width, text.height) if text else (0, 0)
        if view.picture is not None:
            own_w, own_h = max(own_w, px(view.picture.size)), max(own_h, px(view.picture.size))
        if own_w or own_h:
            least_w, least_h = max(least_w, own_w), max(least_h, own_h)

        if not view.children:
            w, h = inner_w.settle(least_w, least_w), inner_h.settle(least_h, least_h)
            placed = _Placed([], [], w, h)
        else:
            placed = self._children(view, inner_w, inner_h, least_w, least_h)
        w, h = placed.width + pad_x, placed.height + pad_y
        if width.size != UNBOUNDED:
            w = width.size if width.exact else min(w, width.size)
        if height.size != UNBOUNDED:
            h = height.size if height.exact else min(h, height.size)
        left, top = min(left, w), min(top, h)
        node = Node(view, w, h, placed.children, [(left + x, top + y) for x, y in placed.places])
        node.lines = [line.text for line in text.lines] if text else []
        if view.scroll is not None:
            self._content(node, right, bottom)
        return node

    def _content(self, node: Node, right: int, bottom: int) -> None:
        """Extent of a scroller's content, paddings included."""
        ends = [
            (x + kid.width + self.px(kid.view.margin[2]), y + kid.height + self.px(kid.view.margin[3]))
            for kid, (x, y) in zip(node.children, node.places, strict=True)
        ]
        node.content = (max((x for x, _ in ends), default=0) + right, max((y for _, y in ends), default=0) + bottom)

    def _typeset(self, view: View, width: Limit) -> Typeset | None:
        style = view.style
        if style is None:
            return None
        text = shown_text(view)
        if not text and view.edit is None:
            return None
        room, lines = width.size, style.max_lines
        if view.edit is not None and not view.edit.multiline:
            text, lines = text.replace("\n", " "), 1
            room = UNBOUNDED if view.edit.key == self.focus_key else room
        return typeset(text, font_of(style, self.metrics), line_height(style, self.metrics), room, lines)

    # --- children ------------------------------------------------------------------------------------------------
    def _children(self, view: View, width: Limit, height: Limit, least_w: int, least_h: int) -> _Placed:
        scroll = view.scroll
        page = 0
        frame_w, frame_h = width, height
        if scroll is not None and scroll.axis == "x":
            page, width = (frame_w.size if scroll.page else 0), Limit(UNBOUNDED)
        elif scroll is not None:
            page, height = (frame_h.size if scroll.page else 0), Limit(UNBOUNDED)
        if scroll is not None and scroll.page:
            placed = self._line(view, width, height, least_w, least_h, scroll.axis == "y", page)
        elif view.layout == "grid":
            placed = self._grid(view, width, height, least_w)
        elif view.layout == "frame":
            placed = self._frame(view, width, height, least_w, least_h)
        else:
            placed = self._line(view, width, height, least_w, least_h, view.layout == "column")
        if scroll is None:
            return placed
        return _Placed(
            placed.children,
            placed.places,
            frame_w.settle(placed.width, least_w),
            frame_h.settle(placed.height, least_h),
        )

    def own(self, dp: float, limit: Limit, decided: bool) -> Limit:
        """The limit of a child that asks for `dp` of `limit`; MATCH fills once the parent's size is decided."""
        if dp >= 0:
            return Limit(min(self.px(dp), limit.size), True)
        return Limit(limit.size, dp == MATCH and decided and limit.size != UNBOUNDED)

    def _frame(self, view: View, width: Limit, height: Limit, least_w: int, least_h: int) -> _Placed:
        kids, margins = view.children, [self.sides(kid.margin) for kid in view.children]

        def measured(room_w: Limit, room_h: Limit) -> list[Node]:
            return [
                self.measure(
                    kid,
                    self.own(kid.width, room_w.less(left + right), room_w.exact),
                    self.own(kid.height, room_h.less(top + bottom), room_h.exact),
                )
                for kid, (left, top, right, bottom) in zip(kids, margins, strict=True)
            ]

        nodes = measured(width, height)
        wanted_w = max(node.width + m[0] + m[2] for node, m in zip(nodes, margins, strict=True))
        wanted_h = max(node.height + m[1] + m[3] for node, m in zip(nodes, margins, strict=True))
        final_w, final_h = width.settle(wanted_w, least_w), height.settle(wanted_h, least_h)
        if not (width.exact and height.exact) and any(MATCH in (kid.width, kid.height) for kid in kids):
            nodes = measured(Limit(final_w, True), Limit(final_h, True))
        places = []
        for node, (left, top, right, bottom) in zip(nodes, margins, strict=True):
            x = left + _align(node.view.self_halign or view.halign, final_w - node.width - left - right)
            y = top + _align(node.view.self_valign or view.valign, final_h - node.height - top - bottom)
            places.append((min(x, max(0, final_w - node.width)), min(y, max(0, final_h - node.height))))
        return _Placed(nodes, places, final_w, final_h)

    def _line(
        self, view: View, width: Limit, height: Limit, least_w: int, least_h: int, vertical: bool, page: int = 0
    ) -> _Placed:
        """A row or a column; `main` runs along it, `cross` across. `page` px is the extent of each page of a pager."""
        main, cross = (height, width) if vertical else (width, height)
        least_main, least_cross = (least_h, least_w) if vertical else (least_w, least_h)
        kids = [self._child(kid, vertical) for kid in view.children]
        gap = self.px(view.gap)
        nodes = self._measure_line(kids, main.less(gap * (len(kids) - 1)), cross, vertical, page)

        wanted = max(self._cross(node, vertical) + kid.cross_room for node, kid in zip(nodes, kids, strict=True))
        final_cross = cross.settle(wanted, least_cross)
        if not cross.exact:
            nodes = [self._stretch(node, kid, final_cross, vertical) for node, kid in zip(nodes, kids, strict=True)]
        used = sum(self._main(node, vertical) + kid.room for node, kid in zip(nodes, kids, strict=True))
        used += gap * (len(kids) - 1)
        final_main = main.settle(used, least_main)

        pen = _align(view.valign if vertical else view.halign, final_main - used)
        places = []
        for node, kid in zip(nodes, kids, strict=True):
            extent = self._main(node, vertical)
            along = max(0, min(pen + kid.before, final_main - extent))
            how = (kid.view.self_halign or view.halign) if vertical else (kid.view.self_valign or view.valign)
            across_extent = self._cross(node, vertical)
            across = kid.cross_before + _align(how, final_cross - across_extent - kid.cross_room)
            across = max(0, min(across, final_cross - across_extent))
            places.append((across, along) if vertical else (along, across))
            pen += kid.room + extent + gap
        return _Placed(nodes, places, *((final_cross, final_main) if vertical else (final_main, final_cross)))

    def _child(self, kid: View, vertical: bool) -> _Child:
        left, top, right, bottom = self.sides(kid.margin)
        return _Child(kid, top, bottom, left, right) if vertical else _Child(kid, left, right, top, bottom)

    def _measure_line(self, kids: list[_Child], main: Limit, cross: Limit, vertical: bool, page: int) -> list[Node]:
        """Fixed and wrapping children first, in order; those with a weight, or MATCH along the line, share the rest."""
        left = main.less(sum(kid.room for kid in kids))
        nodes: list[Node | None] = [None] * len(kids)
        shares: list[tuple[int, float]] = []
        for index, kid in enumerate(kids):
            asked = kid.view.height if vertical else kid.view.width
            weight = kid.view.weight or (1.0 if asked == MATCH else 0.0)
            if weight and not page:
                shares.append((index, weight))
                continue
            own = Limit(page, True) if page else self.own(asked, left, decided=False)
            node = nodes[index] = self._measure_child(kid, own, cross, vertical)
            left = left.less(self._main(node, vertical))
        if not main.exact:  # A wrapping parent: they wrap too, in what the others left; a list yields to buttons.
            for index, _ in shares:
                node = nodes[index] = self._measure_child(kids[index], left, cross, vertical)
                left = left.less(self._main(node, vertical))
            shares = []
        total = sum(weight for _, weight in shares)
        ends = [int(left.size * part / total) for part in accumulate(weight for _, weight in shares)]
        starts = [0, *ends]
        for (index, _), start, end in zip(shares, starts, ends, strict=False):
            nodes[index] = self._measure_child(kids[index], Limit(end - start, True), cross, vertical)
        return [node for node in nodes if node is not None]

    def _measure_child(self, kid: _Child, main: Limit, cross: Limit, vertical: bool) -> Node:
        asked = kid.view.width if vertical else kid.view.height
        across = self.own(asked, cross.less(kid.cross_room), cross.exact)
        return self.measure(kid.view, across, main) if vertical else self.measure(kid.view, main, across)

    def _stretch(self, node: Node, kid: _Child, cross: int, vertical: bool) -> Node:
        """A child that matches its wrapping parent, now that the parent's size across is known."""
        if (kid.view.width if vertical else kid.view.height) != MATCH:
            return node
        across, along = Limit(max(0, cross - kid.cross_room), True), Limit(self._main(node, vertical), True)
        return self.measure(kid.view, across, along) if vertical else self.measure(kid.view, along, across)

    @staticmethod
    def _main(node: Node, vertical: bool) -> int:
        return node.height if vertical else node.width

    @staticmethod
    def _cross(node: Node, vertical: bool) -> int:
        return node.width if vertical else node.height

    def _grid(self, view: View, width: Limit, height: Limit, least_w: int) -> _Placed:
        """Cells of equal width; rows as high as their highest cell, or sharing the height when cells match it."""
        columns, gap = max(1, view.columns), self.px(view.gap)
        kids = view.children
        rows = -(-len(kids) // columns)
        gaps_x, gaps_y = gap * (columns - 1), gap * (rows - 1)
        if not width.exact:
            share = Limit(UNBOUNDED) if width.size == UNBOUNDED else Limit(max(0, width.size - gaps_x) // columns)
            wanted = max(
                self._cell(kid, share, height).width + self.px(kid.margin[0]) + self.px(kid.margin[2]) for kid in kids
            )
            width = Limit(min(max(wanted * columns + gaps_x, least_w), width.size), True)
        room = max(0, width.size - gaps_x)
        edges = [room * column // columns for column in range(columns + 1)]
        equal = height.exact and any(kid.height == MATCH for kid in kids)
        nodes: list[Node] = []
        places: list[tuple[int, int]] = []
        left, y = height.less(gaps_y), 0
        for row in range(rows):
            cells = kids[row * columns : (row + 1) * columns]
            if equal:
                whole = max(0, height.size - gaps_y)
                left = Limit(whole * (row + 1) // rows - whole * row // rows, True)
            measured = [self._cell(kid, Limit(edges[c + 1] - edges[c], True), left) for c, kid in enumerate(cells)]
            margins = [self.sides(kid.margin) for kid in cells]
            high = left.size if equal else max(n.height + m[1] + m[3] for n, m in zip(measured, margins, strict=True))
            for column, (node, m) in enumerate(zip(measured, margins, strict=True)):
                free_x = edges[column + 1] - edges[column] - node.width - m[0] - m[2]
                free_y = high - node.height - m[1] - m[3]
                x = edges[column] + gap * column + m[0] + _align(node.view.self_halign or view.halign, free_x)
                down = y + m[1] + _align(node.view.self_valign or view.valign, free_y)
                places.append((min(x, max(0, width.size - node.width)), min(down, max(0, height.size - node.height))))
            nodes += measured
            left = left.less(high)
            y += high + gap
        return _Placed(nodes, places, width.size, height.settle(max(0, y - gap)))

    def _cell(self, kid: View, width: Limit, height: Limit) -> Node:
        left, top, right, bottom = self.sides(kid.margin)
        return self.measure(
            kid,
            self.own(kid.width, width.less(left + right), width.exact),
            self.own(kid.height, height.less(top + bottom), height.exact),
        )
