"""The paper of web pages: colours and header of each site, and text as all blocks set it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from simphone.apps.chrome import art, look, web
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Color, Msg, Paint, Picture, TextStyle, Theme, View, Weight
from simphone.widgets.box import row, space
from simphone.widgets.buttons import BUTTON
from simphone.widgets.text import TEXT_VIEW, divider

VIEW: Final = "android.view.View"
IMAGE: Final = "android.widget.Image"
SIDE: Final = 16.0
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


# --- header ----------------------------------------------------------------------------------------------------------
def header(paper: Sheet, page: web.Page) -> list[View]:
    """The bar of the site with its mark; some sites have none."""
    site = paper.site
    if not site.name:
        return []
    parts: list[View | None] = [_mark(page["site"], site)]
    if page["site"] != "nike":
        parts.append(running(paper, site.name, size=20, color=site.ink, weight="bold", wide=False))
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
        cls=VIEW,
        in_tree=False,
        height=56,
        gap=12,
        padding=(SIDE, 0, 4, 0),
        paint=Paint(fill=site.header),
    )
    return [bar, divider(paper.colors)]


def _mark(name: str, site: Site) -> View | None:
    shapes = {"github": (art.GITHUB, 32.0, 32.0), "nike": (art.NIKE, 62.0, 24.0)}
    if name in shapes:
        outline, width, height = shapes[name]
        drawn = Picture("shape", "path", site.ink, 0, args=outline)
        return View(cls=IMAGE, text=site.name, width=width, height=height, picture=drawn)
    glyphs = {"hku": "school", "hkust": "school", "cuhk": "school", "youtube": "play_circle", "wikipedia": "globe"}
    if name not in glyphs:
        return None
    ink = "#ff0000" if name == "youtube" else site.ink
    return View(in_tree=False, width=28, height=28, picture=Picture("icon", glyphs[name], ink, 28))


# --- text ------------------------------------------------------------------------------------------------------------
def running(
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
    """Text between the margins of the page; with `wide` false as wide as it is."""
    style = TextStyle(
        size=size, color=color or paper.colors.on_surface, weight=weight, line_height=size * 1.4, max_lines=lines
    )
    side = SIDE if wide else 0.0
    view = View(cls=cls, text=value, style=style, on_tap=on_tap, margin=(side, top, side, bottom))
    if wide:
        view.width = MATCH
    return view


def google_logo(size: float) -> View:
    """The word mark in its four colours, one node."""
    letters = [
        View(in_tree=False, text=letter, style=TextStyle(size=size, color=color, weight="medium"))
        for letter, color in zip("Google", GOOGLE, strict=True)
    ]
    return View(cls="android.widget.ImageView", desc="Google", layout="row", children=letters)
