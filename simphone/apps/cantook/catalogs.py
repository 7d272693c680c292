"""The tab Catalogs: places that offer books. The phone reaches none of them."""

from __future__ import annotations

from typing import Final

from simphone.apps.cantook import look
from simphone.apps.cantook.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column, list_view, row, space
from simphone.widgets.dialogs import Action, Choice, alert_dialog, list_dialog
from simphone.widgets.fab import fab
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import underlined_field
from simphone.widgets.image import avatar
from simphone.widgets.nav import Entry, ask, go, keep
from simphone.widgets.text import text

_SCHEMES: Final = ("http://", "https://", "opds://")


def body(ctx: Ctx) -> View:
    """The list of catalogs."""
    colors = look.theme(ctx)
    listed = saved(ctx)["catalogs"]
    rows = [
        row(
            avatar(each["title"], size=44, in_tree=False),
            column(
                text(colors, each["title"], size=16, font="medium", max_lines=1, id="title"),
                text(colors, each["url"], size=13, color=colors.on_surface_soft, max_lines=1, id="summary"),
                in_tree=False,
                width=0,
                weight=1.0,
                gap=2,
            ),
            height=72,
            gap=16,
            padding=(16, 0, 16, 0),
            on_tap=go("catalog", title=each["title"]),
            on_long_press=ask("catalog_menu", index=index),
        )
        for index, each in enumerate(listed)
    ]
    button = fab(
        colors,
        "add",
        "Add catalog",
        ask("add_catalog", title="", url=""),
        round_=True,
        fill=colors.primary,
        color=colors.on_primary,
        self_halign="end",
        self_valign="bottom",
        margin=(0, 0, 16, 16),
    )
    shown = (
        list_view("catalogs", *rows, space(height=88))
        if rows
        else look.nothing(colors, "No catalogs", "Add the address of an OPDS catalog.", "globe")
    )
    return column(app_bar(colors, "Catalogs", up=None), look.floating(shown, button), in_tree=False, height=0, weight=1)


def catalog(ctx: Ctx, entry: Entry) -> Scene:
    """A catalog cannot be loaded."""
    colors = look.theme(ctx)
    return look.titled(
        colors,
        str(entry["args"]["title"]),
        empty_state(
            colors, "Couldn't load this catalog", "Check your internet connection and try again.", icon_name="cloud",
            action="Retry", on_action=("catalog.retry",),
        ),
    )  # fmt: skip


def add_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Name and address of a catalog."""
    colors, args = look.theme(ctx), entry["args"]
    form = column(
        underlined_field(
            colors, nav.key(entry, "title"), str(args["title"]), keep("title"), hint="Title", autofocus=True
        ),
        underlined_field(colors, nav.key(entry, "url"), str(args["url"]), keep("url"), hint="URL", keyboard="url"),
        in_tree=False,
        gap=12,
        padding=(20, 4, 20, 12),
    )
    return alert_dialog(
        colors, "Add catalog", content=form, positive=Action("OK", ("catalog.add",)), negative=Action("CANCEL")
    )


def menu(ctx: Ctx, entry: Entry) -> Window:
    """A catalog, held."""
    index = int(entry["args"]["index"])
    title = saved(ctx)["catalogs"][index]["title"]
    return list_dialog(
        look.theme(ctx), title, [Choice("Delete", ("catalog.delete", index))], key=nav.key(entry, "list")
    )


# --- messages -------------------------------------------------------------------------------------------------------
def add(ctx: Ctx) -> None:
    """OK of Add catalog."""
    args = nav.args(ctx)
    title, url = str(args["title"]).strip(), str(args["url"]).strip()
    if not title:
        ctx.system.toast("Enter a title")
    elif not url.lower().startswith(_SCHEMES) or not url.partition("://")[2]:
        ctx.system.toast("Enter a valid URL")
    else:
        saved(ctx)["catalogs"].append({"title": title, "url": url})
        nav.close(ctx)


def delete(ctx: Ctx, index: int) -> None:
    """Delete of a catalog's menu."""
    title = saved(ctx)["catalogs"].pop(index)["title"]
    nav.close(ctx)
    nav.snack(ctx, f"{title} deleted")


def retry(ctx: Ctx) -> None:
    """The network is as it was."""
    nav.snack(ctx, "Still no connection")


SCREENS: Final[dict[str, nav.ScreenFn]] = {"catalog": catalog}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"add_catalog": add_dialog, "catalog_menu": menu}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "catalog.add": add,
    "catalog.delete": delete,
    "catalog.retry": retry,
}
