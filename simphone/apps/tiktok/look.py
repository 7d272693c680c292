"""TikTok's colours, and the parts that several of its pages share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Unpack

from simphone.apps.tiktok import art, catalog
from simphone.apps.tiktok.state import Creator, Video, saved
from simphone.core.app import Ctx
from simphone.ui.view import DARK, LIGHT, MATCH, Color, Msg, Paint, Picture, Scene, TextStyle, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import FRAME, LINEAR, Attrs, build, column, row
from simphone.widgets.buttons import BUTTON
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import IMAGE_VIEW, avatar, icon
from simphone.widgets.text import TEXT_VIEW, text

RED: Final = "#fe2c55"
BLUE: Final = "#20d5ec"
_LIGHT: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#ffffff",
    surface_high="#f1f1f2",
    on_surface="#161823",
    on_surface_soft="#75767b",
    outline="#c3c4c8",
    primary=RED,
    primary_soft="#ffe9ed",
    on_primary_soft=RED,
    divider="#ececed",
)
_DARK: Final = replace(
    DARK,
    background="#121212",
    surface="#1b1b1b",
    surface_high="#2a2a2a",
    on_surface="#f1f1f2",
    on_surface_soft="#9a9ba0",
    outline="#4a4a4d",
    primary="#ff3b5c",
    on_primary="#ffffff",
    primary_soft="#3d1820",
    on_primary_soft="#ff6a82",
    divider="#2b2b2d",
)
NIGHT: Final = replace(_DARK, background="#000000", on_surface="#ffffff", on_surface_soft="#ffffffb3")
"""The palette over a video, in either mode."""
MAIN: Final = "com.ss.android.ugc.aweme.main.MainActivity"
SEARCH: Final = "com.ss.android.ugc.aweme.search.activity.SearchResultActivity"
PROFILE: Final = "com.ss.android.ugc.aweme.profile.ui.UserProfileActivity"
DETAIL: Final = "com.ss.android.ugc.aweme.detail.ui.DetailActivity"
BAR: Final = 52.0
"""Height of the bottom bar in dp."""


def theme(ctx: Ctx) -> Theme:
    """The palette in the phone's light or dark mode."""
    return _DARK if ctx.system.dark else _LIGHT


def page(ctx: Ctx, *parts: View | None, activity: str) -> Scene:
    """A page of parts below each other."""
    colors = theme(ctx)
    return nav.page(colors, column(*parts, in_tree=False, height=MATCH), activity=activity)


def icon_view(
    name: str, desc: str, on_tap: Msg, color: Color, /, *, size: float = 26.0, **attrs: Unpack[Attrs]
) -> View:
    """A described ImageView that can be tapped: what the app makes its buttons in bars of."""
    drawn = Picture("icon", name, color, size)
    return build(attrs, cls=IMAGE_VIEW, desc=desc, on_tap=on_tap, width=46, height=48, picture=drawn)


def title_bar(ctx: Ctx, title: str, *actions: View) -> View:
    """Back, a title in the middle, actions."""
    colors = theme(ctx)
    room = 46.0 * max(1, len(actions))
    return row(
        row(icon_view("arrow_back", "Back", ("nav.back",), colors.on_surface), width=room, in_tree=False),
        text(colors, title, size=17, font="bold", align="center", width=0, weight=1.0, max_lines=1, id="title"),
        row(*actions, width=room, in_tree=False, halign="end"),
        height=52,
        padding=(4, 0, 4, 0),
    )


def face(who: Creator, size: float, **attrs: Unpack[Attrs]) -> View:
    """The round avatar of an account; an initial where it has no look."""
    if not who["look"]:
        return avatar(who["name"], size=size, **attrs)
    drawn = Picture("image", art.AVATAR, size=0.0, args=(who["look"], who["tint"]))
    return build(attrs, cls=IMAGE_VIEW, width=size, height=size, picture=drawn, paint=Paint(radius=size / 2), clip=True)


def named(ctx: Ctx, who: Creator, *, size: float, color: Color | None = None, **attrs: Unpack[Attrs]) -> View:
    """A name and, for verified accounts, the mark behind it."""
    colors = theme(ctx)
    name = text(colors, who["name"], size=size, font="bold", color=color, max_lines=1)
    mark = icon(colors, "check_circle", size=size, color=BLUE, desc="Verified account")
    placed: Attrs = {"in_tree": False, "gap": 4}
    placed.update(attrs)
    return row(name, mark if who["verified"] else None, **placed)


def pill(label: str, on_tap: Msg, fill: Color, ink: Color, /, **attrs: Unpack[Attrs]) -> View:
    """A small Button with rounded corners of 4 dp."""
    style = TextStyle(size=15, color=ink, weight="medium", align="center", max_lines=1)
    drawn = View(in_tree=False, text=label, style=style)
    return build(
        attrs,
        cls=BUTTON,
        text=label,
        on_tap=on_tap,
        height=32,
        halign="center",
        valign="center",
        paint=Paint(fill=fill, radius=6),
        children=[drawn],
    )


def follow_button(ctx: Ctx, who: Creator, **attrs: Unpack[Attrs]) -> View:
    """Follow in red; Following in grey, which asks before it gives up."""
    colors, handle = theme(ctx), who["handle"]
    if catalog.follows(ctx, handle):
        return pill("Following", nav.ask("unfollow", handle=handle), colors.surface_high, colors.on_surface, **attrs)
    return pill("Follow", ("follow", handle), colors.primary, "#ffffff", **attrs)


def user_row(ctx: Ctx, who: Creator) -> View:
    """An account of a list."""
    colors = theme(ctx)
    fact = f"@{who['handle']} · {catalog.count(who['followers'])} followers"
    own = who["handle"] == saved(ctx)["me"]
    return row(
        face(who, 52, in_tree=False),
        column(
            named(ctx, who, size=16),
            text(colors, fact, size=13, color=colors.on_surface_soft, max_lines=1),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=3,
        ),
        None if own else follow_button(ctx, who, width=86),
        cls=LINEAR,
        height=78,
        gap=12,
        padding=(16, 0, 16, 0),
        on_tap=("profile", who["handle"]),
    )


def cover(each: Video, **attrs: Unpack[Attrs]) -> View:
    """The still of a video; paint only."""
    drawn = Picture("image", art.STILL, size=0.0, args=(each["scene"], each["tint"]))
    return build(attrs, in_tree=False, width=MATCH, picture=drawn)


def card(ctx: Ctx, each: Video) -> View:
    """A video among results: still, caption, who posted it, likes."""
    colors, who = theme(ctx), catalog.creator(ctx, each["creator"])
    soft = colors.on_surface_soft
    return column(
        cover(each, height=246, paint=Paint(radius=4)),
        text(
            colors, each["caption"], size=15, font="medium", max_lines=2, line_height=19, margin=(4, 8, 4, 0),
            width=MATCH,
        ),
        row(
            face(who, 20, in_tree=False),
            text(colors, who["name"], size=13, color=soft, max_lines=1, width=0, weight=1.0),
            icon(colors, "heart", size=15, color=soft, in_tree=False),
            text(colors, catalog.count(each["likes"]), size=13, color=soft),
            in_tree=False,
            gap=5,
            padding=(4, 6, 4, 0),
        ),
        cls=FRAME,
        width=0,
        weight=1.0,
        padding=(0, 0, 0, 14),
        on_tap=("video", each["id"]),
    )  # fmt: skip


def tile(each: Video) -> View:
    """A video of a profile: still, and how often it was seen."""
    seen = catalog.count(each["views"])
    told = row(
        View(in_tree=False, width=16, height=16, picture=Picture("icon", "play", "#ffffff", 16)),
        text(NIGHT, seen, size=13, font="medium", color="#ffffff"),
        in_tree=False,
        gap=2,
        self_valign="bottom",
        padding=(6, 0, 6, 5),
    )
    return View(
        cls=FRAME,
        desc=f"{each['caption']}. {seen} views",
        on_tap=("video", each["id"]),
        width=0,
        weight=1.0,
        height=176,
        picture=cover(each).picture,
        children=[told],
    )


def in_rows(cells: Sequence[View], columns: int, gap: float) -> list[View]:
    """Cells side by side, `columns` a row; paint only, so that each cell stands for itself."""
    rows = []
    for first in range(0, len(cells), columns):
        some = list(cells[first : first + columns])
        missing = [View(in_tree=False, width=0, weight=1.0) for _ in range(columns - len(some))]
        rows.append(row(*some, *missing, in_tree=False, gap=gap, valign="top", margin=(0, 0, 0, gap)))
    return rows


def cards(ctx: Ctx, found: Sequence[Video]) -> list[View]:
    """Results in two columns."""
    return [row(each, in_tree=False, padding=(8, 0, 8, 0)) for each in in_rows([card(ctx, one) for one in found], 2, 8)]


def tiles(found: Sequence[Video]) -> list[View]:
    """The grid of a profile."""
    return in_rows([tile(each) for each in found], 3, 1.5)


def nothing(ctx: Ctx, title: str, message: str = "", icon_name: str = "search") -> View:
    """An empty list."""
    return empty_state(theme(ctx), title, message, icon_name=icon_name)


def tab(ctx: Ctx, label: str, on: bool, on_tap: Msg) -> View:
    """A tab: a TextView over a mark."""
    colors = theme(ctx)
    ink = colors.on_surface if on else colors.on_surface_soft
    style = TextStyle(size=15, color=ink, weight="bold" if on else "medium", align="center", max_lines=1)
    caption = View(in_tree=False, text=label, style=style, margin=(0, 12, 0, 0))
    mark = Paint(fill=colors.on_surface, radius=1) if on else None
    line = View(in_tree=False, width=28, height=2.5, paint=mark, margin=(0, 8, 0, 0))
    return View(
        cls=TEXT_VIEW,
        text=label,
        selected=on,
        on_tap=on_tap,
        layout="column",
        halign="center",
        height=44,
        padding=(14, 0, 14, 0),
        children=[caption, line],
    )


# --- bottom bar -----------------------------------------------------------------------------------------------------
def bottom_bar(ctx: Ctx, current: str) -> View:
    """Home, Friends, Create, Inbox, Profile; black below videos."""
    colors = NIGHT if current == "home" else theme(ctx)
    entries = {
        "home": ("Home", "home_filled" if current == "home" else "home"),
        "friends": ("Friends", "people"),
        "inbox": ("Inbox", "message"),
        "me": ("Profile", "person_filled" if current == "me" else "person"),
    }
    places = {name: _place(colors, name, label, drawn, on=name == current) for name, (label, drawn) in entries.items()}
    return row(
        places["home"],
        places["friends"],
        _create(dark=colors.dark),
        places["inbox"],
        places["me"],
        cls=LINEAR,
        height=BAR,
        paint=Paint(fill=colors.background),
    )


def _place(colors: Theme, name: str, label: str, drawn: str, *, on: bool) -> View:
    ink = colors.on_surface if on else colors.on_surface_soft
    return View(
        cls=FRAME,
        desc=label,
        selected=on,
        on_tap=("place", name),
        layout="column",
        halign="center",
        width=0,
        weight=1.0,
        height=BAR,
        padding=(0, 6, 0, 0),
        gap=2,
        children=[
            View(in_tree=False, width=25, height=25, picture=Picture("icon", drawn, ink, 25)),
            text(colors, label, size=11, font="medium", color=ink, max_lines=1),
        ],
    )


def _create(*, dark: bool) -> View:
    """The plus on its card with a cyan and a red edge."""
    fill, ink = ("#ffffff", "#000000") if dark else ("#161823", "#ffffff")
    edges = [
        View(in_tree=False, width=38, height=29, offset=(0, 0), paint=Paint(fill=BLUE, radius=8)),
        View(in_tree=False, width=38, height=29, offset=(6, 0), paint=Paint(fill=RED, radius=8)),
        View(
            in_tree=False, width=38, height=29, offset=(3, 0), paint=Paint(fill=fill, radius=8),
            picture=Picture("icon", "add", ink, 22),
        ),
    ]  # fmt: skip
    plus = View(in_tree=False, width=44, height=29, children=edges)
    return View(
        cls=BUTTON, desc="Create", on_tap=nav.go("create"), width=0, weight=1.0, height=BAR, halign="center",
        valign="center", children=[plus],
    )  # fmt: skip
