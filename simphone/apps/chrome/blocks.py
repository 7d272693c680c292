"""Draws web pages: the blocks of a page as the nodes that a WebView gives."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from simphone.apps.chrome import art, web
from simphone.apps.chrome.sheet import IMAGE, SIDE, VIEW, Sheet, google_logo, header, running
from simphone.ui.view import LIGHT, MATCH, Paint, Picture, TextStyle, View
from simphone.widgets.box import column, row, space
from simphone.widgets.buttons import BUTTON, filled_button, outlined_button
from simphone.widgets.fields import outlined_field
from simphone.widgets.image import icon, picture
from simphone.widgets.nav import ask
from simphone.widgets.text import TEXT_VIEW, divider

_SERIF_SIZE: Final = 28.0


def body(paper: Sheet, page: web.Page) -> list[View]:
    """Header and blocks of a page."""
    blocks = list(page["blocks"])
    searching = page["site"] == "wikipedia" and "wiki" in paper.forms
    if searching and not any(block[0] == "search" for block in blocks):
        blocks.insert(0, ["search", "wiki", "Search Wikipedia"])
    parts = [_BLOCKS[str(block[0])](paper, *block[1:]) for block in blocks]
    return [*header(paper, page), *parts, space(height=32)]


def words(page: web.Page) -> list[str]:
    """All text of a page, in order."""
    return [text for block in page["blocks"] for text in _strings(block[1:])]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in value for text in _strings(each)] if isinstance(value, list) else []


# --- blocks -----------------------------------------------------------------------------------------------------------
def _heading(paper: Sheet, value: str) -> View:
    serif = paper.site.name == "Wikipedia"
    return running(paper, value, size=_SERIF_SIZE, weight="regular" if serif else "bold", top=16, bottom=8, cls=VIEW)


def _subheading(paper: Sheet, value: str) -> View:
    return running(paper, value, size=21, weight="medium", top=20, bottom=6, cls=VIEW)


def _paragraph(paper: Sheet, value: str) -> View:
    return running(paper, value, top=6, bottom=6)


def _formula(paper: Sheet, value: str) -> View:
    view = running(paper, value, size=18)
    view.margin = (SIDE, 6, SIDE, 6)
    view.padding = (16, 10, 16, 10)
    view.paint = Paint(fill=paper.colors.surface_high, radius=4)
    return view


def _link(paper: Sheet, value: str, url: str) -> View:
    view = running(paper, value, color=paper.colors.primary, cls=VIEW, on_tap=("web.go", url))
    view.on_long_press = ask("link", text=value, url=url)
    view.min_height = 44
    view.valign = "center"
    return view


def _facts(paper: Sheet, pairs: list[list[str]]) -> View:
    rows = [
        row(
            _fixed(running(paper, name, size=15, weight="bold", wide=False), 0.4),
            _fixed(running(paper, value, size=15, wide=False), 0.6),
            in_tree=False,
            gap=12,
            padding=(12, 8, 12, 8),
        )
        for name, value in pairs
    ]
    return column(
        *rows,
        in_tree=False,
        margin=(SIDE, 8, SIDE, 8),
        width=MATCH,
        paint=Paint(fill="#f8f9fa", border="#c8ccd1"),
    )


def _fixed(view: View, share: float) -> View:
    view.width, view.weight = 0, share
    return view


def _tools(paper: Sheet) -> View:
    names = {"translate": "Language", "download": "Download", "star": "Watch", "edit": "Edit"}
    marks = [
        View(
            cls=BUTTON,
            desc=desc,
            width=48,
            height=40,
            on_tap=("web.none",),
            picture=Picture("icon", name, "#54595d", 20),
        )
        for name, desc in names.items()
    ]
    bar = row(marks[0], space(weight=1.0), *marks[1:], in_tree=False, padding=(4, 0, 4, 0))
    return column(divider(paper.colors), bar, divider(paper.colors), in_tree=False)


def _nav(paper: Sheet, links: list[list[str]]) -> View:
    cells = []
    for label, url in links:
        cell = running(paper, label, size=15, color=paper.colors.primary, weight="medium", wide=False, cls=VIEW)
        cell.on_tap, cell.on_long_press = ("web.go", url), ask("link", text=label, url=url)
        cell.height, cell.valign, cell.padding = 44, "center", (8, 0, 8, 0)
        cells.append(cell)
    return row(*cells, in_tree=False, gap=8, padding=(8, 0, 8, 0))


def _hero(paper: Sheet, title: str, message: str) -> View:
    return column(
        running(paper, title, size=36, weight="bold", color="#ffffff", top=32, bottom=12, cls=VIEW),
        running(paper, message, size=18, color="#c9d1d9", bottom=32),
        in_tree=False,
        margin=(0, 0, 0, 16),
        paint=Paint(fill="#161b4a"),
    )


def _press(paper: Sheet, label: str, url: str) -> View:
    fill = "#1f883d" if paper.site.name == "GitHub" else None
    return filled_button(
        paper.colors, label, ("web.go", url), width=MATCH, height=48, margin=(SIDE, 8, SIDE, 8), fill=fill
    )


def _outline(paper: Sheet, label: str, url: str) -> View:
    return outlined_button(paper.colors, label, ("web.go", url), width=MATCH, height=48, margin=(SIDE, 8, SIDE, 8))


def _field(paper: Sheet, label: str) -> View:
    value = paper.forms.get(label, "")
    secret = label == "Password"
    return outlined_field(
        paper.colors,
        f"web.{label}",
        value,
        ("web.type", label),
        hint=label,
        margin=(SIDE, 8, SIDE, 8),
        password=secret,
    )


def _picture(_paper: Sheet, name: str) -> View:
    return picture(art.NAME, name, cls=IMAGE, desc=name, width=MATCH, height=210, margin=(0, 4, 0, 8))


def _foot(paper: Sheet, value: str) -> View:
    view = running(paper, value, size=13, color=paper.colors.on_surface_soft)
    view.margin, view.padding = (0, 28, 0, 0), (SIDE, 16, SIDE, 16)
    view.paint = Paint(fill=paper.colors.surface_high)
    return view


def _strip(_paper: Sheet, region: str) -> View:
    return row(
        icon(LIGHT, "globe", size=16, color="#707072", in_tree=False),
        View(cls=TEXT_VIEW, text=region, style=TextStyle(size=13, color="#111111")),
        in_tree=False,
        height=36,
        gap=8,
        padding=(SIDE, 0, SIDE, 0),
        paint=Paint(fill="#f5f5f5"),
    )


def _price(paper: Sheet, name: str, amount: str) -> View:
    return row(
        _fixed(running(paper, name, weight="medium", wide=False), 1.0),
        running(paper, amount, weight="medium", wide=False),
        in_tree=False,
        gap=12,
        padding=(SIDE, 10, SIDE, 10),
    )


def _logo(paper: Sheet, name: str) -> View:
    rest = name.removeprefix("Google").strip()
    label = View(in_tree=False, text=rest, style=TextStyle(size=34, color=paper.colors.on_surface_soft))
    mark = View(
        cls=IMAGE,
        text=name,
        layout="row",
        gap=10,
        self_halign="center",
        margin=(0, 56, 0, 24),
        children=[*google_logo(42).children]
        if not rest
        else [View(in_tree=False, layout="row", children=google_logo(34).children), label],
    )
    if not rest:
        mark.gap = 0
    return mark


def _choices(paper: Sheet, labels: list[str]) -> View:
    marks = []
    for index, label in enumerate(labels):
        marks.append(
            row(
                View(
                    in_tree=False,
                    width=16,
                    height=16,
                    paint=Paint(
                        border=paper.colors.primary if not index else "#80868b",
                        radius=8,
                        border_width=5 if not index else 1.5,
                    ),
                ),
                View(in_tree=False, text=label, style=TextStyle(size=15, color=paper.colors.on_surface)),
                cls="android.widget.RadioButton",
                checkable=True,
                checked=not index,
                on_tap=("web.none",),
                width=-2.0,
                height=44,
                gap=8,
            )
        )
        marks[-1].text = label
    return row(*marks, in_tree=False, gap=24, self_halign="center", width=-2.0, padding=(0, 12, 0, 12))


def _tabs(paper: Sheet, labels: list[str]) -> View:
    cells = []
    for index, label in enumerate(labels):
        cell = running(paper, label, size=14, weight="medium", wide=False, cls=VIEW, on_tap=("web.none",))
        cell.style = TextStyle(
            size=14, color=paper.colors.primary if not index else paper.colors.on_surface_soft, weight="medium"
        )
        cell.selected, cell.height, cell.valign, cell.padding = not index, 44, "center", (8, 0, 8, 0)
        cells.append(cell)
    return column(row(*cells, in_tree=False, gap=8, padding=(8, 0, 8, 0)), divider(paper.colors), in_tree=False)


def _panel(paper: Sheet, title: str, kind: str, facts: list[list[str]]) -> View:
    lines = [running(paper, f"{name}: {value}", size=16, top=6) for name, value in facts]
    return column(
        running(paper, title, size=24, top=16, cls=VIEW),
        running(paper, kind, size=14, color=paper.colors.on_surface_soft, bottom=6),
        *lines,
        space(height=16),
        divider(paper.colors),
        in_tree=False,
    )


def _result(paper: Sheet, title: str, brand: str, shown: str, snippet: str, url: str) -> View:
    name = running(paper, brand, size=14, wide=False)
    line = running(paper, shown, size=12, color=paper.colors.on_surface_soft, wide=False, lines=1)
    head = row(
        View(
            in_tree=False,
            width=28,
            height=28,
            picture=Picture("icon", "globe", paper.colors.on_surface_soft, 18),
            paint=Paint(fill=paper.colors.surface_high, radius=14),
        ),
        column(name, line, in_tree=False, width=0, weight=1.0),
        in_tree=False,
        gap=12,
        padding=(SIDE, 14, SIDE, 0),
    )
    link = _link(paper, title, url)
    link.style = TextStyle(size=20, color=paper.colors.primary, line_height=26)
    text = running(paper, snippet, size=14, color=paper.colors.on_surface_soft, bottom=14, lines=3)
    return column(head, link, text, divider(paper.colors), in_tree=False)


def _search(paper: Sheet, name: str, hint: str, value: str = "") -> View:
    """A field of the page. Wikipedia's is a button until it is tapped, and suggests articles then."""
    if name == "wiki" and name not in paper.forms:
        label = View(in_tree=False, text=hint, style=TextStyle(size=16, color=paper.colors.on_surface_soft))
        button = row(
            View(in_tree=False, width=20, height=20, picture=Picture("icon", "search", "#54595d", 20)),
            label,
            cls=BUTTON,
            on_tap=("web.focus", name),
            height=48,
            gap=12,
            margin=(SIDE, 16, SIDE, 8),
            padding=(12, 0, 12, 0),
            paint=Paint(fill="#ffffff", border="#a2a9b1", radius=2),
        )
        button.text = hint
        return button
    typed = paper.forms.get(name, value)
    box = outlined_field(
        paper.colors,
        f"web.{name}",
        typed,
        ("web.type", name),
        hint=hint,
        on_enter=("web.submit", name),
        autofocus=name == "wiki",
        min_height=48,
        margin=(SIDE, 16, SIDE, 8),
        paint=Paint(fill=paper.colors.background, border=paper.colors.outline, radius=2 if name == "wiki" else 24),
    )
    rows = [_suggestion(paper, title) for title in web.articles(typed)] if name == "wiki" else []
    return column(box, *rows, in_tree=False)


def _suggestion(paper: Sheet, title: str) -> View:
    view = running(paper, title, cls=VIEW, on_tap=("web.go", web.article(title)))
    view.margin, view.padding = (SIDE, 0, SIDE, 0), (12, 0, 12, 0)
    view.height, view.valign = 48, "center"
    view.paint = Paint(fill=paper.colors.surface_high)
    return view


def _error(paper: Sheet, title: str, code: str, host: str) -> View:
    detail = f"Check if there is a typo in {host}." if host else "Turn off airplane mode, or check your connection."
    ink = paper.colors.on_surface_soft
    return column(
        View(
            in_tree=False,
            width=64,
            height=64,
            margin=(24, 72, 24, 24),
            picture=Picture("icon", "wifi_off" if not host else "file", ink, 64),
        ),
        running(paper, title, size=24, bottom=12, cls=VIEW),
        running(paper, detail, color=ink, bottom=12),
        running(paper, code, size=12, color=ink, bottom=24),
        filled_button(paper.colors, "Reload", ("web.reload",), margin=(SIDE, 0, SIDE, 0)),
        in_tree=False,
    )


_BLOCKS: Final[dict[str, Callable[..., View]]] = {
    "h1": _heading,
    "h2": _subheading,
    "text": _paragraph,
    "math": _formula,
    "link": _link,
    "facts": _facts,
    "tools": _tools,
    "nav": _nav,
    "hero": _hero,
    "button": _press,
    "outline": _outline,
    "field": _field,
    "picture": _picture,
    "foot": _foot,
    "strip": _strip,
    "price": _price,
    "logo": _logo,
    "choices": _choices,
    "tabs": _tabs,
    "panel": _panel,
    "result": _result,
    "search": _search,
    "error": _error,
}
