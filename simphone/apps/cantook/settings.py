"""The tab Settings, and the pages behind its rows."""

from __future__ import annotations

from typing import Final

from simphone.apps.cantook import look
from simphone.apps.cantook.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import Msg, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.buttons import filled_button, wide
from simphone.widgets.dialogs import Action, Choice, choice_dialog
from simphone.widgets.fields import labelled_field
from simphone.widgets.image import icon, round_icon
from simphone.widgets.nav import Entry, ask, go, keep
from simphone.widgets.rows import list_row, switch_row
from simphone.widgets.text import divider, section_header, text

_ROWS: Final[tuple[tuple[str, str, Msg], ...]] = (
    ("Preferences", "tune", go("preferences")),
    ("Import files", "file", ("picker.files",)),
    ("Import folder", "folder", ("picker.folder",)),
    ("Manage accounts", "account", go("accounts")),
    ("Help", "help", go("words", page="Help")),
    ("Terms of use", "note", go("words", page="Terms of use")),
    ("Privacy policy", "privacy", go("words", page="Privacy policy")),
)
_SWITCHES: Final = {
    "awake": ("Keep screen on", "While a book is open"),
    "volume_keys": ("Turn pages with the volume keys", ""),
    "wifi_only": ("Download over Wi-Fi only", ""),
}
_WORDS: Final = {
    "Help": (
        ("How do I add my own books?", "Put EPUB files on the device, then choose Import files or Import folder in "
         "Settings. Imported books stand first in the row Recently added."),
        ("How do I put books in order?", "Make collections in My Books. Press a book for long to put it into one."),
        ("How do I mark a book as read?", "Press the book for long, or tap the three dots beside it."),
        ("How do I change the size of the text?", "Tap the middle of a page, then Appearance."),
    ),
    "Terms of use": (
        ("Your use", "Cantook is for your personal reading. The rights in each book stay with its author and "
         "publisher."),
        ("Loans", "A book borrowed from a library leaves the device when its loan ends."),
        ("Liability", "The app comes as it is. Keep copies of files that matter to you."),
    ),
    "Privacy policy": (
        ("What is stored", "Your books, collections and reading positions are stored on this device."),
        ("What is sent", "With an account, reading positions are sent to your library so that other devices can go on "
         "from them. Nothing is sent without one."),
    ),
}  # fmt: skip


def body(ctx: Ctx) -> View:
    """The tab: an invitation above, rows in the lower half."""
    colors = look.theme(ctx)
    invitation = column(
        round_icon("book_open", colors.primary, colors.on_primary, size=72, in_tree=False),
        text(colors, "Read across your devices", size=20, font="medium", margin=(0, 16, 0, 0)),
        text(
            colors, "Sign in to borrow from your library and to go on reading where you stopped.", size=14,
            color=colors.on_surface_soft, align="center", line_height=20,
        ),
        filled_button(colors, "Sign in", go("sign_in", user="", password=""), margin=(0, 12, 0, 0)),
        in_tree=False,
        height=317,
        gap=4,
        halign="center",
        padding=(40, 20, 40, 0),
    )  # fmt: skip
    rows = [_row(colors, label, name, on_tap) for label, name, on_tap in _ROWS]
    return column(
        app_bar(colors, "Settings", up=None),
        scroll_column("settings", invitation, divider(colors), *rows, space(height=8)),
        in_tree=False,
        height=0,
        weight=1.0,
    )


def _row(colors: Theme, label: str, icon_name: str, on_tap: Msg) -> View:
    return row(
        icon(colors, icon_name, in_tree=False),
        text(colors, label, size=16, max_lines=1, id="label"),
        height=50,
        gap=24,
        padding=(20, 0, 20, 0),
        on_tap=on_tap,
    )


def preferences(ctx: Ctx, entry: Entry) -> Scene:
    """Theme and switches."""
    colors, settings = look.theme(ctx), saved(ctx)["settings"]
    values = {"awake": settings["awake"], "volume_keys": settings["volume_keys"], "wifi_only": settings["wifi_only"]}
    return look.titled(
        colors,
        "Preferences",
        scroll_column(
            nav.key(entry, "list"),
            section_header(colors, "Display"),
            list_row(colors, "Theme", settings["theme"], on_tap=ask("theme")),
            section_header(colors, "Reading"),
            *(
                switch_row(colors, *_SWITCHES[name], on=on, toggle=("settings.toggle", name))
                for name, on in values.items()
            ),
        ),
    )


def theme_dialog(ctx: Ctx, entry: Entry) -> Window:
    """Light, dark, or as the phone is."""
    chosen = saved(ctx)["settings"]["theme"]
    choices = [Choice(name, ("settings.theme", name), name == chosen) for name in look.THEMES]
    return choice_dialog(look.theme(ctx), "Theme", choices, key=nav.key(entry, "list"), negative=Action("CANCEL"))


def accounts(ctx: Ctx, _entry: Entry) -> Scene:
    """Nobody is signed in; a network that would let one sign in is not there."""
    colors = look.theme(ctx)
    return look.titled(
        colors,
        "Manage accounts",
        look.nothing(colors, "No accounts", "Add the account of your library or of your book shop.", "account"),
        wide(filled_button(
            colors, "Add account", go("sign_in", user="", password=""), margin=(20, 0, 20, 24)
        )),
    )  # fmt: skip


def sign_in(ctx: Ctx, entry: Entry) -> Scene:
    """User name and password."""
    colors, args = look.theme(ctx), entry["args"]
    return look.titled(
        colors,
        "Sign in",
        scroll_column(
            nav.key(entry, "form"),
            labelled_field(
                colors, "Email or card number", nav.key(entry, "user"), str(args["user"]), keep("user"),
                keyboard="email", margin=(20, 16, 20, 8),
            ),
            labelled_field(
                colors, "Password", nav.key(entry, "password"), str(args["password"]), keep("password"),
                password=True, margin=(20, 8, 20, 16), on_enter=("settings.sign_in",),
            ),
            wide(filled_button(colors, "Sign in", ("settings.sign_in",), margin=(20, 0, 20, 0))),
        ),
    )  # fmt: skip


def words(ctx: Ctx, entry: Entry) -> Scene:
    """A page of questions and answers, or of terms."""
    colors, title = look.theme(ctx), str(entry["args"]["page"])
    parts = [
        column(
            text(colors, head, size=17, font="medium"),
            text(colors, told, size=15, color=colors.on_surface_soft, line_height=22),
            in_tree=False,
            gap=6,
            padding=(20, 12, 20, 12),
        )
        for head, told in _WORDS[title]
    ]
    return look.titled(colors, title, scroll_column(nav.key(entry, "text"), *parts))


# --- messages -------------------------------------------------------------------------------------------------------
def toggle(ctx: Ctx, name: str) -> None:
    """A switch of the preferences."""
    settings = saved(ctx)["settings"]
    if name == "awake":
        settings["awake"] = not settings["awake"]
    elif name == "volume_keys":
        settings["volume_keys"] = not settings["volume_keys"]
    else:
        settings["wifi_only"] = not settings["wifi_only"]


def pick_theme(ctx: Ctx, name: str) -> None:
    """A theme was chosen."""
    saved(ctx)["settings"]["theme"] = name
    nav.close(ctx)


def try_sign_in(ctx: Ctx) -> None:
    """Sign in: there is no server to be reached."""
    args = nav.top(ctx)["args"]
    ctx.system.hide_keyboard()
    if not str(args["user"]).strip() or not args["password"]:
        nav.snack(ctx, "Enter your user name and your password")
    else:
        nav.snack(ctx, "Couldn't sign in. Check your internet connection and try again.")


SCREENS: Final[dict[str, nav.ScreenFn]] = {
    "preferences": preferences,
    "accounts": accounts,
    "sign_in": sign_in,
    "words": words,
}
DIALOGS: Final[dict[str, nav.DialogFn]] = {"theme": theme_dialog}
HANDLERS: Final[dict[str, nav.Handler]] = {
    "settings.toggle": toggle,
    "settings.theme": pick_theme,
    "settings.sign_in": try_sign_in,
}
