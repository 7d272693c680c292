"""A community's page, joining and leaving it, and the list of communities."""

from __future__ import annotations

from typing import Final

from simphone.apps.reddit import cards, catalog, look
from simphone.apps.reddit.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import LIGHT, MATCH, Msg, Paint, Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import column, frame, list_view, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.image import picture
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, go, key
from simphone.widgets.text import divider, text

_UNSEEN: Final = "\ufeff"
"""Stands between `r/` and the name in the descriptions of the app's buttons."""


def title_bar(ctx: Ctx, title: str, *, up: bool = True) -> View:
    """The bar of a simple page."""
    colors = look.theme(ctx)
    return column(
        row(
            icon_button(colors, "arrow_back", "Back", UP, color=colors.on_surface) if up else space(width=12),
            text(colors, title, size=20, font="bold", max_lines=1, width=0, weight=1.0),
            height=56, padding=(4, 0, 4, 0), gap=4,
        ),
        divider(colors), in_tree=False,
    )  # fmt: skip


def community(ctx: Ctx, entry: Entry) -> Scene:
    """The page of `args.name`: a head that stays, then its posts in the order `args.sort`."""
    data, name, sort = saved(ctx), str(entry["args"]["name"]), str(entry["args"]["sort"])
    posts = cards.post_list(ctx, key(entry, sort), catalog.community_posts(data, name, sort), named=False)
    return look.page(ctx, _head(ctx, name, sort), posts)


def _head(ctx: Ctx, name: str, sort: str) -> View:
    colors, data = look.theme(ctx), saved(ctx)
    facts, member = data["communities"][name], name in data["joined"]
    banner = frame(
        picture("reddit.banner", name, width=MATCH, height=112, in_tree=False),
        row(
            _over("arrow_back", "Back", UP), space(weight=1.0), _over("search", "Search", go("search", word="")),
            _over("more_horiz", "More options", ask("community_menu")),
            padding=(8, 6, 8, 0), gap=4, in_tree=False,
        ),
        height=112, width=MATCH, in_tree=False,
    )  # fmt: skip
    who = row(
        look.badge(name, size=56),
        column(
            text(colors, f"r/{name}", size=20, font="bold", max_lines=1, width=MATCH),
            text(colors, f"{look.count(facts['members'])} members", size=13, color=colors.on_surface_soft),
            in_tree=False, width=0, weight=1.0, gap=2,
        ),
        icon_button(
            colors, "notifications_off" if name in data["muted"] else "notifications", "Community notifications",
            ("offline", "Can't change notifications while offline"), color=colors.on_surface, width=40,
        )
        if member else None,
        membership(ctx, name), in_tree=False, gap=12, padding=(16, 12, 16, 0),
    )  # fmt: skip
    about = text(
        colors, facts["about"], size=14, line_height=19, color=colors.on_surface, width=MATCH, max_lines=2,
        margin=(16, 10, 16, 0),
    )  # fmt: skip
    label = catalog.SORTS[sort]
    order = row(
        look.pill(colors, label, ask("sort"), desc=f"Sort by: {label}"), in_tree=False, padding=(16, 12, 16, 10)
    )
    return column(banner, who, about, order, divider(colors), in_tree=False)


def _over(sign: str, desc: str, message: Msg) -> View:
    """A button upon the banner."""
    return icon_button(
        LIGHT, sign, desc, message, size=22, color="#ffffff", width=40, height=40,
        paint=Paint(fill="#00000073", radius=20),
    )  # fmt: skip


def membership(ctx: Ctx, name: str) -> View:
    """The button Join, or Joined, which asks before it leaves."""
    colors = look.theme(ctx)
    if name in saved(ctx)["joined"]:
        return look.action(colors, "Joined", ask("leave", name=name), strong=False, desc=f"Leave r/{_UNSEEN}{name}")
    return look.action(colors, "Join", ("join", name), strong=True, desc=f"Join r/{_UNSEEN}{name}")


def community_row(ctx: Ctx, name: str, *, button: bool = True) -> View:
    """A community in a list; a tap opens its page."""
    colors, facts = look.theme(ctx), saved(ctx)["communities"][name]
    return row(
        look.badge(name, size=36),
        column(
            text(colors, f"r/{name}", size=15, font="medium", max_lines=1, width=MATCH),
            text(
                colors, f"{look.count(facts['members'])} members", size=12, color=colors.on_surface_soft, max_lines=1
            ),
            in_tree=False, width=0, weight=1.0, gap=2,
        ),
        membership(ctx, name) if button else None,
        cls=look.COMPOSE, on_tap=("community", name), min_height=60, gap=12, padding=(16, 6, 16, 6),
    )  # fmt: skip


def communities(ctx: Ctx, entry: Entry) -> Scene:
    """The tab of the bar at the bottom: one's own communities, then others."""
    colors, data = look.theme(ctx), saved(ctx)
    mine = sorted((name for name in data["joined"] if name in data["communities"]), key=str.casefold)
    others = sorted(
        set(data["communities"]) - set(mine), key=lambda name: (-data["communities"][name]["members"], name)
    )
    none = text(colors, "Communities you join show up here", color=colors.on_surface_soft, margin=(16, 4, 16, 8))
    parts = [
        text(colors, "Your communities", size=16, font="bold", margin=(16, 16, 16, 6)),
        *(community_row(ctx, name) for name in mine),
        None if mine else none,
        text(colors, "Recommended for you", size=16, font="bold", margin=(16, 18, 16, 6)),
        *(community_row(ctx, name) for name in others),
    ]  # fmt: skip
    return look.page(
        ctx, title_bar(ctx, "Communities", up=False), list_view(key(entry, "list"), *parts),
        look.bottom_bar(ctx, "communities"),
    )  # fmt: skip


def leave_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Asks before leaving."""
    name = str(entry["args"]["name"])
    return alert_dialog(
        look.theme(ctx), f"Leave r/{name}?", "You won't see its posts in your home feed any more.",
        positive=Action("Leave", ("leave", name)), negative=Action("Cancel"),
    )  # fmt: skip


def menu(ctx: Ctx, _entry: Entry) -> Window:
    """The three dots of a community's page."""
    name = str(nav.top(ctx)["args"]["name"])
    muted = name in saved(ctx)["muted"]
    return popup_menu(
        look.theme(ctx),
        [
            Choice("Learn more", ("learn",)),
            Choice("Unmute community" if muted else "Mute community", ("mute", name)),
            Choice("Share community", ("offline", "Can't share while offline")),
        ],
        width=216,
        anchor=(-12, 84),
    )


def about_dialog(ctx: Ctx, entry: Entry) -> Window:
    """What Learn more says."""
    name = str(entry["args"]["name"])
    facts = saved(ctx)["communities"][name]
    return alert_dialog(
        look.theme(ctx),
        f"r/{name}",
        f"{facts['about']}\n\n{look.count(facts['members'])} members",
        positive=Action("OK"),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, name: str) -> None:
    """Open a community's page, once."""
    nav.close_all(ctx)
    here = nav.top(ctx)
    if name in saved(ctx)["communities"] and (here["name"], here["args"].get("name")) != ("community", name):
        nav.push(ctx, "community", name=name, sort="hot")


def join(ctx: Ctx, name: str) -> None:
    """Become a member."""
    if name not in saved(ctx)["joined"]:
        saved(ctx)["joined"].append(name)
    nav.snack(ctx, f"Joined r/{name}")


def leave(ctx: Ctx, name: str) -> None:
    """Be a member no longer."""
    nav.close_all(ctx)
    saved(ctx)["joined"] = [each for each in saved(ctx)["joined"] if each != name]
    nav.snack(ctx, f"Left r/{name}")


def mute(ctx: Ctx, name: str) -> None:
    """Keep a community out of the feeds, or no longer; membership stays."""
    nav.close_all(ctx)
    muted = saved(ctx)["muted"]
    if name in muted:
        muted.remove(name)
        nav.snack(ctx, f"Unmuted r/{name}")
    else:
        muted.append(name)
        nav.snack(ctx, f"Muted r/{name}", "Undo", ("mute", name))


def learn(ctx: Ctx) -> None:
    """Learn more."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "about", name=nav.top(ctx)["args"]["name"])


SCREENS: Final[dict[str, ScreenFn]] = {"community": community, "communities": communities}
DIALOGS: Final[dict[str, DialogFn]] = {"leave": leave_dialog, "community_menu": menu, "about": about_dialog}
HANDLERS: Final[dict[str, Handler]] = {
    "community": show, "join": join, "leave": leave, "mute": mute, "learn": learn,
}  # fmt: skip
