"""Draws web pages: the blocks of a page as the nodes that a WebView gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from simphone.apps.chrome import art, look, web
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Color, Msg, Paint, Picture, TextStyle, Theme, View, Weight
from simphone.widgets.box import column, row, space
from simphone.widgets.buttons import BUTTON, filled_button, outlined_button
from simphone.widgets.fields import outlined_field
from simphone.widgets.image import icon, picture
from simphone.widgets.nav import ask
from simphone.widgets.text import TEXT_VIEW, divider

_VIEW: Final = "android.view.View"
_IMAGE: Final = "android.widget.Image"
_SIDE: Final = 16.0
_SERIF_SIZE: Final = 28.0
GOOGLE: Final = ("#4285f4", "#ea4335", "#fbbc05", "#4285f4", "#34a853", "#ea4335")


@dataclass(frozen=True, slots=True)
class Site:
    """The looks of a site. `follows`: it is dark when the browser is."""

    name: str
    header: Color
    ink: Color
    accent: Color
    follows: bool = False


SITES: Final = {
    "wikipedia": Site("Wikipedia", "#f8f9fa", "#202122", "#3366cc"),
    "hku": Site("The University of Hong Kong", "#024638", "#ffffff", "#024638"),
    "hkust": Site("HKUST", "#003366", "#ffffff", "#003366"),
    "cuhk": Site("CUHK", "#5b2c6f", "#ffffff", "#5b2c6f"),
    "mathworld": Site("Wolfram MathWorld", "#8b1a1a", "#ffffff", "#a31515"),
    "github": Site("GitHub", "#0d1117", "#ffffff", "#0969da"),
    "docs": Site("GitHub Docs", "#ffffff", "#1f2328", "#0969da"),
    "nike": Site("Nike", "#ffffff", "#111111", "#111111"),
    "scholar": Site("", "#ffffff", "#1f1f1f", "#4d90fe", follows=True),
    "google": Site("", "#ffffff", "#1f1f1f", "#1a0dab", follows=True),
    "youtube": Site("YouTube", "#ffffff", "#0f0f0f", "#065fd4"),
    "plain": Site("", "#ffffff", "#1f1f1f", "#1a0dab"),
    "error": Site("", "#ffffff", "#1f1f1f", "#0b57d0", follows=True),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What blocks are drawn with: colours of the site, and what was typed into the page's fields."""

    colors: Theme
    site: Site
    forms: dict[str, str]


def sheet(ctx: Ctx, page: web.Page, *, incognito: bool = False) -> Sheet:
    """Colours of a page; most sites stay light in a dark browser."""
    site = SITES[page["site"]]
    if site.follows and (incognito or look.dark(ctx)):
        colors = _with(DARK, "#1f1f1f", "#8ab4f8", "#3c4043")
    else:
        colors = _with(LIGHT, "#ffffff", site.accent, "#dadce0")
    return Sheet(colors, site, ctx.ui["forms"])


def _with(base: Theme, background: Color, accent: Color, line: Color) -> Theme:
    high = "#303134" if base.dark else "#f1f3f4"
    return replace(base, background=background, primary=accent, outline=line, divider=line, surface_high=high)


def body(paper: Sheet, page: web.Page) -> list[View]:
    """Header and blocks of a page."""
    blocks = list(page["blocks"])
    searching = page["site"] == "wikipedia" and "wiki" in paper.forms
    if searching and not any(block[0] == "search" for block in blocks):
        blocks.insert(0, ["search", "wiki", "Search Wikipedia"])
    parts = [_BLOCKS[str(block[0])](paper, *block[1:]) for block in blocks]
    return [*_header(paper, page), *parts, space(height=32)]


def words(page: web.Page) -> list[str]:
    """All text of a page, in order."""
    return [text for block in page["blocks"] for text in _strings(block[1:])]


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [text for each in value for text in _strings(each)] if isinstance(value, list) else []


# --- header -----------------------------------------------------------------------------------------------------------
def _header(paper: Sheet, page: web.Page) -> list[View]:
    site = paper.site
    if not site.name:
        return []
    parts: list[View | None] = [_mark(page["site"], site)]
    if page["site"] != "nike":
        parts.append(_text(paper, site.name, size=20, color=site.ink, weight="bold", wide=False))
    parts.append(space(weight=1.0))
    has_search = any(block[0] == "search" for block in page["blocks"])
    if page["site"] == "wikipedia" and not has_search:
        parts.append(
            View(
                cls=BUTTON,
                desc="Search Wikipedia",
                on_tap=("web.focus", "wiki"),
                width=48,
                height=48,
                picture=Picture("icon", "search", site.ink, 24),
            )
        )
    bar = row(
        *parts,
        cls=_VIEW,
        in_tree=False,
        height=56,
        gap=12,
        padding=(_SIDE, 0, 4, 0),
        paint=Paint(fill=site.header),
    )
    return [bar, divider(paper.colors)]


def _mark(name: str, site: Site) -> View | None:
    shapes = {"github": (art.GITHUB, 32.0, 32.0), "nike": (art.NIKE, 62.0, 24.0)}
    if name in shapes:
        outline, width, height = shapes[name]
        drawn = Picture("shape", "path", site.ink, 0, args=outline)
        return View(cls=_IMAGE, text=site.name, width=width, height=height, picture=drawn)
    glyphs = {"hku": "school", "hkust": "school", "cuhk": "school", "youtube": "play_circle", "wikipedia": "globe"}
    if name not in glyphs:
        return None
    ink = "#ff0000" if name == "youtube" else site.ink
    return View(in_tree=False, width=28, height=28, picture=Picture("icon", glyphs[name], ink, 28))


# --- blocks -----------------------------------------------------------------------------------------------------------
def _text(
    paper: Sheet,
    value: str,
    *,
    size: float = 16,
    color: Color | None = None,
    weight: Weight = "regular",
    top: float = 0,
    bottom: float = 0,
    wide: bool = True,
    cls: str = TEXT_VIEW,
    on_tap: Msg | None = None,
    lines: int = 0,
) -> View:
    style = TextStyle(
        size=size, color=color or paper.colors.on_surface, weight=weight, line_height=size * 1.4, max_lines=lines
    )
    side = _SIDE if wide else 0.0
    view = View(cls=cls, text=value, style=style, on_tap=on_tap, margin=(side, top, side, bottom))
    if wide:
        view.width = MATCH
    return view


def _heading(paper: Sheet, value: str) -> View:
    serif = paper.site.name == "Wikipedia"
    return _text(paper, value, size=_SERIF_SIZE, weight="regular" if serif else "bold", top=16, bottom=8, cls=_VIEW)


def _subheading(paper: Sheet, value: str) -> View:
    return _text(paper, value, size=21, weight="medium", top=20, bottom=6, cls=_VIEW)


def _paragraph(paper: Sheet, value: str) -> View:
    return _text(paper, value, top=6, bottom=6)


def _formula(paper: Sheet, value: str) -> View:
    view = _text(paper, value, size=18)
    view.margin = (_SIDE, 6, _SIDE, 6)
    view.padding = (16, 10, 16, 10)
    view.paint = Paint(fill=paper.colors.surface_high, radius=4)
    return view


def _link(paper: Sheet, value: str, url: str) -> View:
    view = _text(paper, value, color=paper.colors.primary, cls=_VIEW, on_tap=("web.go", url))
    view.on_long_press = ask("link", text=value, url=url)
    view.min_height = 44
    view.valign = "center"
    return view


def _facts(paper: Sheet, pairs: list[list[str]]) -> View:
    rows = [
        row(
            _fixed(_text(paper, name, size=15, weight="bold", wide=False), 0.4),
            _fixed(_text(paper, value, size=15, wide=False), 0.6),
            in_tree=False,
            gap=12,
            padding=(12, 8, 12, 8),
        )
        for name, value in pairs
    ]
    return column(
        *rows,
        in_tree=False,
        margin=(_SIDE, 8, _SIDE, 8),
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
        cell = _text(paper, label, size=15, color=paper.colors.primary, weight="medium", wide=False, cls=_VIEW)
        cell.on_tap, cell.on_long_press = ("web.go", url), ask("link", text=label, url=url)
        cell.height, cell.valign, cell.padding = 44, "center", (8, 0, 8, 0)
        cells.append(cell)
    return row(*cells, in_tree=False, gap=8, padding=(8, 0, 8, 0))


def _hero(paper: Sheet, title: str, message: str) -> View:
    return column(
        _text(paper, title, size=36, weight="bold", color="#ffffff", top=32, bottom=12, cls=_VIEW),
        _text(paper, message, size=18, color="#c9d1d9", bottom=32),
        in_tree=False,
        margin=(0, 0, 0, 16),
        paint=Paint(fill="#161b4a"),
    )


def _press(paper: Sheet, label: str, url: str) -> View:
    fill = "#1f883d" if paper.site.name == "GitHub" else None
    return filled_button(
        paper.colors, label, ("web.go", url), width=MATCH, height=48, margin=(_SIDE, 8, _SIDE, 8), fill=fill
    )


def _outline(paper: Sheet, label: str, url: str) -> View:
    return outlined_button(paper.colors, label, ("web.go", url), width=MATCH, height=48, margin=(_SIDE, 8, _SIDE, 8))


def _field(paper: Sheet, label: str) -> View:
    value = paper.forms.get(label, "")
    secret = label == "Password"
    return outlined_field(
        paper.colors,
        f"web.{label}",
        value,
        ("web.type", label),
        hint=label,
        margin=(_SIDE, 8, _SIDE, 8),
        password=secret,
    )


def _picture(_paper: Sheet, name: str) -> View:
    return picture(art.NAME, name, cls=_IMAGE, desc=name, width=MATCH, height=210, margin=(0, 4, 0, 8))


def _foot(paper: Sheet, value: str) -> View:
    view = _text(paper, value, size=13, color=paper.colors.on_surface_soft)
    view.margin, view.padding = (0, 28, 0, 0), (_SIDE, 16, _SIDE, 16)
    view.paint = Paint(fill=paper.colors.surface_high)
    return view


def _strip(_paper: Sheet, region: str) -> View:
    return row(
        icon(LIGHT, "globe", size=16, color="#707072", in_tree=False),
        View(cls=TEXT_VIEW, text=region, style=TextStyle(size=13, color="#111111")),
        in_tree=False,
        height=36,
        gap=8,
        padding=(_SIDE, 0, _SIDE, 0),
        paint=Paint(fill="#f5f5f5"),
    )


def _price(paper: Sheet, name: str, amount: str) -> View:
    return row(
        _fixed(_text(paper, name, weight="medium", wide=False), 1.0),
        _text(paper, amount, weight="medium", wide=False),
        in_tree=False,
        gap=12,
        padding=(_SIDE, 10, _SIDE, 10),
    )


def google_logo(size: float) -> View:
    """The word mark in its four colours, one node."""
    letters = [
        View(in_tree=False, text=letter, style=TextStyle(size=size, color=color, weight="medium"))
        for letter, color in zip("Google", GOOGLE, strict=True)
    ]
    return View(cls="android.widget.ImageView", desc="Google", layout="row", children=letters)


def _logo(paper: Sheet, name: str) -> View:
    rest = name.removeprefix("Google").strip()
    label = View(in_tree=False, text=rest, style=TextStyle(size=34, color=paper.colors.on_surface_soft))
    mark = View(
        cls=_IMAGE,
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
        cell = _text(paper, label, size=14, weight="medium", wide=False, cls=_VIEW, on_tap=("web.none",))
        cell.style = TextStyle(
            size=14, color=paper.colors.primary if not index else paper.colors.on_surface_soft, weight="medium"
        )
        cell.selected, cell.height, cell.valign, cell.padding = not index, 44, "center", (8, 0, 8, 0)
        cells.append(cell)
    return column(row(*cells, in_tree=False, gap=8, padding=(8, 0, 8, 0)), divider(paper.colors), in_tree=False)


def _panel(paper: Sheet, title: str, kind: str, facts: list[list[str]]) -> View:
    lines = [_text(paper, f"{name}: {value}", size=16, top=6) for name, value in facts]
    return column(
        _text(paper, title, size=24, top=16, cls=_VIEW),
        _text(paper, kind, size=14, color=paper.colors.on_surface_soft, bottom=6),
        *lines,
        space(height=16),
        divider(paper.colors),
        in_tree=False,
    )


def _result(paper: Sheet, title: str, brand: str, shown: str, snippet: str, url: str) -> View:
    name = _text(paper, brand, size=14, wide=False)
    line = _text(paper, shown, size=12, color=paper.colors.on_surface_soft, wide=False, lines=1)
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
        padding=(_SIDE, 14, _SIDE, 0),
    )
    link = _link(paper, title, url)
    link.style = TextStyle(size=20, color=paper.colors.primary, line_height=26)
    text = _text(paper, snippet, size=14, color=paper.colors.on_surface_soft, bottom=14, lines=3)
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
            margin=(_SIDE, 16, _SIDE, 8),
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
        margin=(_SIDE, 16, _SIDE, 8),
        paint=Paint(fill=paper.colors.background, border=paper.colors.outline, radius=2 if name == "wiki" else 24),
    )
    rows = [_suggestion(paper, title) for title in web.articles(typed)] if name == "wiki" else []
    return column(box, *rows, in_tree=False)


def _suggestion(paper: Sheet, title: str) -> View:
    view = _text(paper, title, cls=_VIEW, on_tap=("web.go", web.article(title)))
    view.margin, view.padding = (_SIDE, 0, _SIDE, 0), (12, 0, 12, 0)
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
        _text(paper, title, size=24, bottom=12, cls=_VIEW),
        _text(paper, detail, color=ink, bottom=12),
        _text(paper, code, size=12, color=ink, bottom=24),
        filled_button(paper.colors, "Reload", ("web.reload",), margin=(_SIDE, 0, _SIDE, 0)),
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
