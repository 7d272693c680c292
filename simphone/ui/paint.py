"""Boxes -> display list: what is drawn, in which order, cut to what, in which colour.

Within a box: shadow, fill, picture, text, children, border. A window that keeps its content secret is drawn black.
"""

from __future__ import annotations

from typing import Final

from simphone.ui import color as colors
from simphone.ui.color import Rgb
from simphone.ui.fonts import Font
from simphone.ui.frame import Box, Frame, Metrics, Rect, WindowFrame
from simphone.ui.layout import intersect
from simphone.ui.ops import Entry, Fill, Icon, Op, Pixels, Rounded, Shadow, Span, Text
from simphone.ui.text import baseline, font_of, line_extent, line_height, measure
from simphone.ui.traits import shown_text
from simphone.ui.view import DARK, LIGHT, Paint, Picture, TextStyle

_SHADOW_ALPHA: Final = 0.30
_SHADOW_BLUR: Final = 1.4
"""dp of blur per dp of elevation."""
_SHADOW_DROP: Final = 0.45
"""dp that the shadow lies lower, per dp of elevation."""
_CURSOR_WIDTH: Final = 2.0
_FOCUS_BORDER: Final = 2.0
"""dp; the edge of a bordered field that has the focus."""
_LINE_SPLIT: Final = 12
"""Underlines are this part of the font size thick."""
Cursor = tuple[str, int]
"""The key of the focused text field and the index of the character before which the cursor stands."""


def display_list(frame: Frame, cursor: Cursor | None = None) -> list[Entry]:
    """All operations of a screen, in drawing order.

    The cursor is drawn in the active window only.
    """
    painter = _Painter(frame.metrics)
    screen = (0, 0, frame.metrics.width, frame.metrics.height)
    for index, window in enumerate(frame.windows):
        painter.cursor = cursor if index == frame.active else None
        painter.window(window, screen)
    return painter.entries


class _Painter:
    """Collects operations."""

    def __init__(self, metrics: Metrics) -> None:
        self.metrics = metrics
        self.entries: list[Entry] = []
        self.cursor: Cursor | None = None

    def window(self, window: WindowFrame, screen: Rect) -> None:
        if window.window.kind in ("dialog", "sheet"):
            self._fill(screen, LIGHT.scrim, 1.0, screen)
        if window.window.background is not None:
            self._fill(window.rect, window.window.background, 1.0, screen)
        if any(box.view.secure for box in window.root.walk()):
            self._fill(window.rect, "#000000", 1.0, screen)
        else:
            self._box(window.root, screen, 1.0)

    def _box(self, box: Box, clip: Rect, alpha: float) -> None:
        view = box.view
        paint = view.paint
        if paint is not None:
            alpha *= paint.alpha
            self._surface(box.rect, paint, clip, alpha)
        if view.clip or view.scroll is not None:
            inner = intersect(box.rect, clip)
        else:
            inner = clip
        if view.picture is not None:
            self._picture(box, view.picture, clip, alpha)
        if view.style is not None:
            self._text(box, view.style, inner, alpha)
        culls = view.scroll is not None
        for child in box.children:
            if culls and not _meets(child.rect, inner):
                continue
            self._box(child, inner, alpha)
        if paint is not None and paint.border is not None:
            self._border(box, paint, clip, alpha)

    # --- surfaces ------------------------------------------------------------------------------------------------
    def _add(self, rect: Rect, op: Op) -> None:
        self.entries.append(Entry(rect[1], rect[3], op))

    def _fill(self, rect: Rect, color: str, alpha: float, clip: Rect) -> None:
        left, top, right, bottom = intersect(rect, clip)
        rgb, opacity = _ink(color, alpha)
        if left < right and top < bottom and opacity:
            self._add((left, top, right, bottom), Fill(left, right, bottom - top, rgb, opacity))

    def _surface(self, rect: Rect, paint: Paint, clip: Rect, alpha: float) -> None:
        radii = self._radii(rect, paint)
        if paint.elevation and alpha > 0:
            self._shadow(rect, paint.elevation, max(radii), clip, alpha)
        if paint.fill is None:
            return
        if any(radii):
            self._rounded(rect, radii, 0, paint.fill, clip, alpha)
        else:
            self._fill(rect, paint.fill, alpha, clip)

    def _border(self, box: Box, paint: Paint, clip: Rect, alpha: float) -> None:
        assert paint.border is not None
        color, width = paint.border, paint.border_width
        edit = box.view.edit
        if edit is not None and self.cursor is not None and edit.key == self.cursor[0]:
            color, width = _accent(box.view.style), max(width, _FOCUS_BORDER)
        self._rounded(box.rect, self._radii(box.rect, paint), max(1, self.metrics.px(width)), color, clip, alpha)

    def _radii(self, rect: Rect, paint: Paint) -> Span:
        half = min(rect[2] - rect[0], rect[3] - rect[1]) // 2
        asked = paint.radii or (paint.radius,) * 4
        tl, tr, br, bl = (min(half, self.metrics.px(radius)) for radius in asked)
        return (tl, tr, br, bl)

    def _rounded(self, rect: Rect, radii: Span, border: int, color: str, clip: Rect, alpha: float) -> None:
        left, top, right, bottom = rect
        cut = intersect(rect, clip)
        rgb, opacity = _ink(color, alpha)
        border = min(border, (right - left) // 2, (bottom - top) // 2)
        if border:  # An inner edge needs corners at least as large as the border is wide.
            tl, tr, br, bl = (max(radius, border) if radius else 0 for radius in radii)
            radii = (tl, tr, br, bl)
        if _empty(cut) or not opacity:
            return
        span = _span(cut)
        self._add(cut, Rounded(left, right - left, bottom - top, radii, border, rgb, opacity, cut[1] - top, span))

    def _shadow(self, rect: Rect, elevation: float, radius: int, clip: Rect, alpha: float) -> None:
        metrics = self.metrics
        blur = max(2, metrics.px(elevation * _SHADOW_BLUR))
        drop = metrics.px(elevation * _SHADOW_DROP)
        left, top, right, bottom = rect[0], rect[1] + drop, rect[2], rect[3] + drop
        whole = (left - blur, top - blur, right + blur, bottom + blur)
        cut = intersect(whole, clip)
        if _empty(cut) or right <= left or bottom <= top:
            return
        opacity = round(255 * alpha * _SHADOW_ALPHA)
        up = cut[1] - whole[1]
        self._add(cut, Shadow(left, right - left, bottom - top, radius, blur, opacity, up, _span(cut)))

    # --- content ---------------------------------------------------------------------------------------------------
    def _picture(self, box: Box, picture: Picture, clip: Rect, alpha: float) -> None:
        left, top, right, bottom = box.rect
        width, height = right - left, bottom - top
        radii: Span = (0, 0, 0, 0)
        if picture.size:
            side = self.metrics.px(picture.size)
            left, top = left + (width - side) // 2, top + (height - side) // 2
            width = height = side
        elif picture.kind == "icon":
            side = min(width, height)
            left, top = left + (width - side) // 2, top + (height - side) // 2
            width = height = side
        elif box.view.paint is not None:
            radii = self._radii(box.rect, box.view.paint)
        rect = (left, top, left + width, top + height)
        cut = intersect(rect, clip)
        if _empty(cut) or alpha <= 0:
            return
        up, span = cut[1] - top, _span(cut)
        op: Op
        if picture.kind == "icon":
            rgb, opacity = _ink(picture.color, alpha)
            op = Icon(picture.name, width, picture.rotate, left, rgb, opacity, up, span)
        else:
            op = Pixels(
                picture.kind,
                picture.name,
                picture.args,
                picture.color,
                (width, height),
                radii,
                picture.rotate,
                left,
                round(255 * alpha),
                up,
                span,
            )
        self._add(cut, op)

    def _text(self, box: Box, style: TextStyle, clip: Rect, alpha: float) -> None:
        view, metrics = box.view, self.metrics
        font, high = font_of(style, metrics), line_height(style, metrics)
        left, top, right, bottom = map(metrics.px, view.padding)
        area = (box.rect[0] + left, box.rect[1] + top, box.rect[2] - right, box.rect[3] - bottom)
        free = max(0, area[3] - area[1] - high * len(box.lines))
        y = area[1] + {"top": 0, "center": free // 2, "bottom": free}[view.valign]
        focused = view.edit is not None and self.cursor is not None and view.edit.key == self.cursor[0]
        hint = view.edit is not None and not view.text
        color = (view.edit.hint_color or _softer(style.color)) if hint and view.edit is not None else style.color
        at = self._cursor_place(box, font) if focused else (0, 0)
        if view.edit is not None:
            clip = intersect(clip, (area[0], box.rect[1], area[2], box.rect[3]))
        for number, line in enumerate(box.lines):
            width = measure(line, font)
            x = area[0] + self._indent(style, view.halign, area[2] - area[0] - width)
            if focused:
                x = min(x, area[2] - metrics.px(_CURSOR_WIDTH) - at[1]) if width > area[2] - area[0] else x
                if number == at[0]:
                    self._cursor(x + (0 if hint else at[1]), y + number * high, high, font, style, clip)
            self._line(line, font, style, color, x, y + number * high, high, clip, alpha)

    @staticmethod
    def _indent(style: TextStyle, halign: str, free: int) -> int:
        how = style.align if style.align != "start" else halign
        return max(0, free) * {"start": 0, "center": 1, "end": 2}[how] // 2

    def _line(
        self, line: str, font: Font, style: TextStyle, color: str, x: int, y: int, high: int, clip: Rect, alpha: float
    ) -> None:
        base = y + baseline(font, high)
        left, top, right, bottom = line_extent(line, font)
        rect = (x + left, base + top, x + right, base + bottom)
        cut = intersect(rect, clip)
        rgb, opacity = _ink(color, alpha)
        if _empty(cut) or not opacity or not line:
            return
        self._add(cut, Text(line, font, x, rgb, opacity, cut[1] - rect[1], _span(cut)))
        thick = max(1, font.size // _LINE_SPLIT)
        for wanted, where in ((style.underline, base + thick), (style.strike, base - font.size * 3 // 10)):
            if wanted:
                self._fill((x, where, x + measure(line, font), where + thick), color, alpha, clip)

    # --- the text cursor ---------------------------------------------------------------------------------------------
    def _cursor_place(self, box: Box, font: Font) -> tuple[int, int]:
        """Line of the cursor, and px from the start of that line."""
        assert self.cursor is not None
        text, start = shown_text(box.view), 0
        index = max(0, min(self.cursor[1], len(box.view.text)))
        for number, line in enumerate(box.lines):
            end = start + len(line)
            if index <= end or number == len(box.lines) - 1:
                return number, measure(line[: max(0, index - start)], font)
            start = end + len(text[end:]) - len(text[end:].lstrip(" "))  # wrapping has dropped the blanks at the end
            start += text[start : start + 1] == "\n"
        return 0, 0

    def _cursor(self, x: int, y: int, high: int, font: Font, style: TextStyle, clip: Rect) -> None:
        tall = min(high, round(font.size * 1.2))
        top = y + (high - tall) // 2
        width = max(1, self.metrics.px(_CURSOR_WIDTH))
        room = (clip[0] - width, clip[1], clip[2] + width, clip[3])
        self._fill((x, top, x + width, top + tall), _accent(style), 1.0, room)


def _empty(rect: Rect) -> bool:
    return rect[0] >= rect[2] or rect[1] >= rect[3]


def _meets(a: Rect, b: Rect) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _span(cut: Rect) -> Span:
    """The clip of an operation whose visible part is `cut`."""
    return (cut[0], cut[2], 0, cut[3] - cut[1])


def _ink(color: str, alpha: float) -> tuple[Rgb, int]:
    rgb, own = colors.parse(color)
    return rgb, round(own * min(1.0, max(0.0, alpha)))


def _accent(style: TextStyle | None) -> str:
    """Colour of cursor and focus: light text stands on a dark screen."""
    rgb, _ = colors.parse(style.color if style is not None else LIGHT.on_surface)
    return DARK.primary if colors.luminance(rgb) > 128 else LIGHT.primary


def _softer(color: str) -> str:
    """Colour of a hint that names none."""
    rgb, _ = colors.parse(color)
    return "#{:02x}{:02x}{:02x}99".format(*rgb)
