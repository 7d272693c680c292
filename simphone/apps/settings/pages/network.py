"""Network & internet: airplane mode, Wi-Fi, private DNS."""

from __future__ import annotations

import re
from typing import Final

from simphone.apps.settings.model import Link, Note, Page, Row, Toggle, Value, flag, on_off
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Window
from simphone.widgets import nav
from simphone.widgets.box import column
from simphone.widgets.controls import radio
from simphone.widgets.dialogs import Action, alert_dialog
from simphone.widgets.fields import underlined_field
from simphone.widgets.nav import DialogFn, Entry, Handler, key
from simphone.widgets.text import text

NETWORK_NAME: Final = "AndroidWifi"
CARRIER: Final = "T-Mobile"

AIRPLANE: Final = flag("global", "airplane_mode_on")
WIFI: Final = flag("global", "wifi_on", default="1")
WAKEUP: Final = flag("global", "wifi_wakeup_enabled", default="1")
OPEN_NETWORKS: Final = flag("global", "wifi_networks_available_notification_on", default="1")
DATA_SAVER: Final = flag("global", "restrict_background_data")
DNS_MODE: Final = Value("global", "private_dns_mode", "opportunistic")
DNS_HOST: Final = Value("global", "private_dns_specifier", "")

DNS_MODES: Final = (
    ("off", "Off"),
    ("opportunistic", "Automatic"),
    ("hostname", "Private DNS provider hostname"),
)
_HOST: Final = re.compile(r"(?=.{4,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}")


def internet_summary(ctx: Ctx) -> str:
    """What the phone is connected by."""
    if WIFI.get(ctx):
        return NETWORK_NAME
    return "Airplane mode is on" if AIRPLANE.get(ctx) else CARRIER


def wakeup_summary(ctx: Ctx) -> str:
    """Whether Wi-Fi comes back by itself."""
    return "Wi‑Fi turns back on automatically" if WAKEUP.get(ctx) else "Wi‑Fi doesn't turn back on automatically"


def dns_summary(ctx: Ctx) -> str:
    """The mode, or the host of the third mode."""
    mode = DNS_MODE.get(ctx)
    return DNS_HOST.get(ctx) if mode == "hostname" else dict(DNS_MODES).get(mode, "Automatic")


def _flying(ctx: Ctx) -> bool:
    return not AIRPLANE.get(ctx)


# --- private DNS ----------------------------------------------------------------------------------------------------
def private_dns(ctx: Ctx, entry: Entry) -> Window:
    """The dialog with three modes and a host name; nothing is stored before Save."""
    theme = palette(ctx)
    mode = str(entry["args"].get("mode", DNS_MODE.get(ctx)))
    host = str(entry["args"].get("host", DNS_HOST.get(ctx)))
    named = mode == "hostname"
    modes = [
        radio(theme, stored == mode, ("nav.keep", "mode", stored), label=label, width=MATCH, min_height=48,
              id=f"private_dns_mode_{stored}")
        for stored, label in DNS_MODES
    ]
    field = underlined_field(
        theme, key(entry, "host"), host, nav.keep("host"), hint="Enter hostname of DNS provider",
        id="private_dns_mode_provider_hostname", enabled=named, keyboard="url", margin=(36, 0, 0, 0),
    )
    more = text(theme, "Learn more about Private DNS features", size=14, color=theme.primary, underline=True,
                id="private_dns_help_info", on_tap=("nothing",), margin=(0, 16, 0, 8))
    save = Action("Save", ("dns.save",), enabled=not named or _HOST.fullmatch(host) is not None)
    return alert_dialog(
        theme, "Select Private DNS Mode", content=column(*modes, field, more, padding=(24, 0, 24, 8), in_tree=False),
        positive=save, negative=Action("Cancel"),
    )


def save_dns(ctx: Ctx) -> None:
    """Store what the dialog shows."""
    draft = nav.args(ctx)
    mode = str(draft.get("mode", DNS_MODE.get(ctx)))
    if mode == "hostname":
        DNS_HOST.put(ctx, str(draft.get("host", DNS_HOST.get(ctx))))
    DNS_MODE.put(ctx, mode)
    nav.close(ctx)


PAGES: Final = (
    Page(
        "network",
        "Network & internet",
        (
            Link("Internet", internet_summary, icon="wifi", page="internet"),
            Row("Calls & SMS", CARRIER, icon="phone"),
            Row("SIMs", CARRIER, icon="sim_card", enabled=_flying),
            Toggle("Airplane mode", icon="airplane", flag=AIRPLANE),
            Link("Hotspot & tethering", "Off", icon="wifi_tethering", page="hotspot"),
            Link("Data Saver", on_off(DATA_SAVER), icon="data_saver", page="data_saver"),
            Row("VPN", "None", icon="key"),
            Row("Mobile plan"),
            Link("Private DNS", dns_summary, dialog="private_dns"),
        ),
        activity="com.android.settings.Settings$NetworkDashboardActivity",
        actions=("android.settings.WIRELESS_SETTINGS", "android.settings.AIRPLANE_MODE_SETTINGS"),
    ),
    Page(
        "internet",
        "Internet",
        (
            Toggle("Wi-Fi", flag=WIFI),
            Row(NETWORK_NAME, "Connected", icon="wifi", shown=WIFI.get),
            Row("Add network", icon="add", shown=WIFI.get),
            Link("Network preferences", wakeup_summary, page="network_preferences"),
            Row("Saved networks", "1 network"),
            Row("Non-carrier data usage", "0 B used May 1 – 10"),
        ),
        activity="com.android.settings.Settings$NetworkProviderSettingsActivity",
        actions=("android.settings.WIFI_SETTINGS", "android.settings.NETWORK_PROVIDER_SETTINGS"),
        parent="network",
    ),
    Page(
        "network_preferences",
        "Network preferences",
        (
            Toggle(
                "Turn on Wi‑Fi automatically",
                "Wi‑Fi will turn back on near high‑quality saved networks, like your home network",
                flag=WAKEUP,
            ),
            Toggle(
                "Notify for public networks", "Notify when a high‑quality public network is available",
                flag=OPEN_NETWORKS,
            ),
            Row("Install certificates"),
            Row("Wi‑Fi Direct"),
        ),
        parent="internet",
    ),
    Page(
        "hotspot",
        "Hotspot & tethering",
        (
            Row("Wi‑Fi hotspot", "Off"),
            Row("USB tethering", "USB not connected", enabled=lambda _ctx: False),
            Row("Bluetooth tethering", "Not sharing this phone's internet"),
        ),
        parent="network",
    ),
    Page(
        "data_saver",
        "Data Saver",
        (
            Toggle("Use Data Saver", flag=DATA_SAVER, main=True),
            Row("Unrestricted data", "1 app allowed to use unrestricted data when Data Saver is on"),
            Note("To help reduce data usage, Data Saver prevents some apps from sending or receiving data in the "
                   "background."),
        ),
        parent="network",
    ),
)
DIALOGS: Final[dict[str, DialogFn]] = {"private_dns": private_dns}
HANDLERS: Final[dict[str, Handler]] = {"dns.save": save_dns}
