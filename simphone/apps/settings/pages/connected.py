"""Connected devices: Bluetooth and the phone's name on it."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Header, Link, Note, Page, Row, Toggle, Value, flag, on_off
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import Window
from simphone.widgets import nav
from simphone.widgets.dialogs import Action, text_dialog
from simphone.widgets.nav import DialogFn, Entry, Handler, key

BLUETOOTH: Final = flag("global", "bluetooth_on", default="1")
NAME: Final = Value("secure", "bluetooth_name", "Pixel")


def rename(ctx: Ctx, entry: Entry) -> Window:
    """The dialog that renames this phone for others; Enter does not confirm it."""
    name = str(entry["args"].get("name", NAME.get(ctx)))
    changed = bool(name.strip()) and name != NAME.get(ctx)
    return text_dialog(
        palette(ctx), "Rename this device", key(entry, "name"), name, nav.keep("name"),
        positive=Action("Rename", ("bluetooth.rename",), enabled=changed),
    )


def store_name(ctx: Ctx) -> None:
    """Rename was pressed."""
    NAME.put(ctx, str(nav.args(ctx)["name"]))
    nav.close(ctx)


PAGES: Final = (
    Page(
        "connected",
        "Connected devices",
        (
            Link("Pair new device", icon="add", page="pair", enabled=BLUETOOTH.get),
            Header("Saved devices"),
            Row("See all", icon="chevron_right"),
            Link("Connection preferences", "Bluetooth, Android Auto", page="connection_preferences"),
        ),
        actions=("android.settings.BLUETOOTH_DASHBOARD_SETTINGS",),
    ),
    Page(
        "connection_preferences",
        "Connection preferences",
        (
            Link("Bluetooth", on_off(BLUETOOTH), icon="bluetooth", page="bluetooth"),
            Row("Cast", icon="cast"),
            Row("Printing", "1 print service on", icon="print"),
            Row("Chromebook", icon="laptop"),
            Row("Nearby Share", "Off", icon="share"),
            Row("Android Auto", icon="car"),
        ),
        parent="connected",
    ),
    Page(
        "bluetooth",
        "Bluetooth",
        (
            Toggle("Use Bluetooth", flag=BLUETOOTH, main=True),
            Link("Device name", NAME.get, dialog="rename", shown=BLUETOOTH.get),
            Link("Pair new device", icon="add", page="pair", shown=BLUETOOTH.get),
            Note("When Bluetooth is turned on, your device can communicate with other nearby Bluetooth devices.",
                   shown=lambda ctx: not BLUETOOTH.get(ctx)),
        ),
        activity="com.android.settings.Settings$BluetoothSettingsActivity",
        actions=("android.settings.BLUETOOTH_SETTINGS",),
        parent="connection_preferences",
    ),
    Page(
        "pair",
        "Pair new device",
        (Link("Device name", NAME.get, dialog="rename"), Header("Available devices"), Row("Searching…")),
        parent="connected",
    ),
)
DIALOGS: Final[dict[str, DialogFn]] = {"rename": rename}
HANDLERS: Final[dict[str, Handler]] = {"bluetooth.rename": store_name}
