"""About the phone: names, numbers and versions."""

from __future__ import annotations

from datetime import date
from typing import Final

from simphone.apps.settings.model import Act, Header, Info, Link, Note, Page, Row, Text, Value, Write
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.core.dates import long_date
from simphone.ui.view import Window
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.nav import DialogFn, Entry, ask

DEVICE_NAME: Final = Value("global", "device_name", "sdk_gphone64_x86_64")


def _device(name: str) -> Text:
    return lambda ctx: str(ctx.system.state["device"][name])


def security_update(ctx: Ctx) -> str:
    """ "February 5, 2023"."""
    return long_date(date.fromisoformat(str(ctx.system.state["device"]["security_patch"])))


def number_dialog(ctx: Ctx, entry: Entry) -> Window:
    """A number of the phone, alone in a dialog."""
    return alert_dialog(palette(ctx), str(entry["args"]["title"]), str(entry["args"]["text"]), positive=Action("OK"))


def hardware_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Model and hardware."""
    device = ctx.system.state["device"]
    text = f"Model\n{device['model']}\n\nSerial number\n{device['serial']}\n\nHardware version\nREV1.0"
    return alert_dialog(palette(ctx), "Model & hardware", text, positive=Action("OK"))


PAGES: Final = (
    Page(
        "about",
        "About emulated device",
        (
            Header("Basic info"),
            Write("Device name", value=DEVICE_NAME),
            Act(
                "Phone number (sim slot 1)",
                "(555) 521-5554",
                msg=ask("number", title="Phone number (sim slot 1)", text="(555) 521-5554"),
            ),
            Header("Legal & regulatory"),
            Row("Legal information"),
            Header("Device details"),
            Link("SIM status (sim slot 1)", "T-Mobile", page="sim_status"),
            Act("Model", _device("model"), msg=ask("hardware")),
            Act(
                "IMEI (sim slot 1)",
                "867400022047199",
                msg=ask("number", title="IMEI (sim slot 1)", text="867400022047199"),
            ),
            Link("Android version", _device("android"), page="android_version"),
            Header("Device identifiers"),
            Info("IP address", "10.0.2.16"),
            Info("Wi‑Fi MAC address", "02:15:b2:00:00:00"),
            Info("Device Wi‑Fi MAC address", "To view, choose saved network"),
            Info("Bluetooth address", "02:15:b2:00:00:00"),
            Act("Build number", _device("build"), msg=("tell", "No need, you are already a developer.")),
        ),
        activity="com.android.settings.Settings$MyDeviceInfoActivity",
        actions=("android.settings.DEVICE_INFO_SETTINGS",),
    ),
    Page(
        "android_version",
        "Android version",
        (
            Info("Android version", _device("android")),
            Info("Android security update", security_update),
            Info("Google Play system update", "January 1, 2023"),
            Info("Baseband version", "1.0.0.0"),
            Info("Kernel version", "5.15.41-android13-8"),
            Info("Build number", _device("build")),
        ),
        parent="about",
    ),
    Page(
        "sim_status",
        "SIM status",
        (
            Info("Network", "T-Mobile"),
            Info("Mobile network state", "Connected"),
            Info("Service state", "In service"),
            Info("Signal strength", "-65 dBm 75 asu"),
            Info("Roaming", "Not roaming"),
            Note("Numbers of a simulated SIM."),
        ),
        parent="about",
    ),
)
DIALOGS: Final[dict[str, DialogFn]] = {"number": number_dialog, "hardware": hardware_dialog}
