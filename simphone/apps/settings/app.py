"""Settings: pages by name, the messages that rows send, and the intents that open a page directly."""

from __future__ import annotations

from typing import ClassVar, Final

from simphone.apps.settings import pages
from simphone.apps.settings.home import home, search
from simphone.apps.settings.model import Options, Page, Write, resolve
from simphone.apps.settings.pages import storage
from simphone.apps.settings.render import draw_page, palette
from simphone.core.app import Ctx, Intent, Json, Manifest
from simphone.ui.view import Scene, Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog, text_dialog
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, StackApp

PAGES: Final[dict[str, Page]] = {page.name: page for page in pages.ALL}
BY_ACTION: Final[dict[str, str]] = {action: page.name for page in pages.ALL for action in page.actions}


def show(ctx: Ctx, entry: Entry) -> Scene:
    """Any page that is data."""
    return draw_page(ctx, entry, PAGES[entry["name"]])


def options(ctx: Ctx, entry: Entry) -> Window:
    """The dialog of an Options row of the page below; choosing closes it."""
    item = _row_below(ctx, entry)
    if not isinstance(item, Options):
        return _gone(ctx)
    present = item.value.get(ctx)
    choices = [
        Choice(label, ("choose", item.value.namespace, item.value.key, stored), stored == present)
        for stored, label in item.choices
    ]
    return choice_dialog(palette(ctx), resolve(item.title, ctx), choices, key=nav.key(entry, "list"))


def write(ctx: Ctx, entry: Entry) -> Window:
    """The dialog of a Write row of the page below."""
    item = _row_below(ctx, entry)
    if not isinstance(item, Write):
        return _gone(ctx)
    present = item.value.get(ctx)
    draft = str(entry["args"].get("draft", present))
    store = Action(
        item.confirm, ("write", item.value.namespace, item.value.key), enabled=bool(draft.strip()) and draft != present
    )
    return text_dialog(
        palette(ctx),
        item.asks or resolve(item.title, ctx),
        nav.key(entry, "draft"),
        draft,
        nav.keep("draft"),
        positive=store,
    )


def _row_below(ctx: Ctx, entry: Entry) -> object:
    """The row that a dialog belongs to; None when the page has lost it meanwhile (Bluetooth off in the shade)."""
    below = nav.top(ctx)
    rows = PAGES[below["name"]].list_rows(ctx, below)
    return rows[entry["args"]["row"]] if entry["args"]["row"] < len(rows) else None


def _gone(ctx: Ctx) -> Window:
    return alert_dialog(palette(ctx), "", "This setting isn't available right now.", positive=Action("OK"))


# --- messages -------------------------------------------------------------------------------------------------------
def put(ctx: Ctx, namespace: str, key: str, value: str) -> None:
    """Write a value of the settings provider."""
    ctx.system.put_setting(namespace, key, value)


def slide(ctx: Ctx, namespace: str, key: str, low: int, high: int, share: float) -> None:
    """A slider was moved."""
    ctx.system.put_setting(namespace, key, str(low + int(share * (high - low) + 0.5)))


def choose(ctx: Ctx, namespace: str, key: str, value: str) -> None:
    """An option was chosen in the dialog."""
    ctx.system.put_setting(namespace, key, value)
    nav.close(ctx)


def write_down(ctx: Ctx, namespace: str, key: str) -> None:
    """The text of the dialog was confirmed."""
    ctx.system.put_setting(namespace, key, str(nav.args(ctx)["draft"]))
    nav.close(ctx)


def tell(ctx: Ctx, text: str) -> None:
    """Say something for a moment."""
    ctx.system.toast(text)


class Settings(StackApp):
    """Keeps nothing itself: its values are those of the settings provider and the package manager."""

    manifest = Manifest(
        name="settings",
        label="Settings",
        package="com.android.settings",
        activity="com.android.settings.Settings",
        activities=("com.android.settings.SubSettings", *dict.fromkeys(page.activity for page in pages.ALL)),
        actions=("android.settings.SETTINGS", *BY_ACTION),
        icon="settings",
        icon_color="#ffffff",
        icon_background="#5f6b7a",
        version="13",
    )
    screens: ClassVar[dict[str, ScreenFn]] = {
        **dict.fromkeys(PAGES, show),
        "home": home,
        "search": search,
        **pages.SCREENS,
    }
    dialogs: ClassVar[dict[str, DialogFn]] = {"options": options, "write": write, **pages.DIALOGS}
    first = "home"
    handlers: ClassVar[dict[str, Handler]] = {
        "put": put,
        "slide": slide,
        "choose": choose,
        "write": write_down,
        "tell": tell,
        **pages.HANDLERS,
    }

    def fresh_data(self) -> dict[str, Json]:
        """Sizes of what is stored, in bytes."""
        return {"storage": dict(storage.FRESH)}

    def back(self, ctx: Ctx) -> bool:
        """Out of a page's mode of removing things first."""
        args = nav.top(ctx)["args"]
        if not ctx.ui["dialogs"] and args.get("removing"):
            args.update(removing=False, picked=[])
            return True
        return super().back(ctx)

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """An action such as android.settings.WIFI_SETTINGS opens its page alone; back then leaves Settings."""
        if intent.action in BY_ACTION:
            package = intent.data.removeprefix("package:")
            nav.reset(ctx, BY_ACTION[intent.action], **({"package": package} if package else {}))
        elif intent.action == "android.settings.SETTINGS":
            nav.reset(ctx, self.first)


APP = Settings()
