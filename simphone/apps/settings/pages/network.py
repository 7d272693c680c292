"""Network & internet: airplane mode, Wi-Fi, private DNS."""

from __future__ import annotations

import re
from typing import Final

from simphone.apps.settings.model import (
    Act,
    Flag,
    Header,
    Info,
    Link,
    Note,
    Options,
    Page,
    Row,
    Toggle,
    Value,
    Write,
    flag,
    on_off,
)
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Window
from simphone.widgets import nav
from simphone.widgets.box import column
from simphone.widgets.controls import radio
from simphone.widgets.dialogs import Action, alert_dialog, text_dialog
from simphone.widgets.fields import underlined_field
from simphone.widgets.nav import DialogFn, Entry, Handler, key
from simphone.widgets.text import text

NETWORK_NAME: Final = "AndroidWifi"
CARRIER: Final = "T-Mobile"

AIRPLANE: Final = flag("global", "airplane_mode_on")
WIFI: Final = Flag(Value("global", "wifi_on", "1"), means_on=("2",))
MOBILE_DATA: Final = flag("global", "mobile_data", default="1")
WAKEUP: Final = flag("global", "wifi_wakeup_enabled", default="1")
OPEN_NETWORKS: Final = flag("global", "wifi_networks_available_notification_on", default="1")
DATA_SAVER: Final = flag("global", "restrict_background_data")
HOTSPOT: Final = flag("global", "wifi_hotspot_on")
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
        radio(
            theme,
            stored == mode,
            ("nav.keep", "mode", stored),
            label=label,
            width=MATCH,
            min_height=48,
            id=f"private_dns_mode_{stored}",
        )
        for stored, label in DNS_MODES
    ]
    field = underlined_field(
        theme,
        key(entry, "host"),
        host,
        nav.keep("host"),
        hint="Enter hostname of DNS provider",
        id="private_dns_mode_provider_hostname",
        enabled=named,
        keyboard="url",
        margin=(36, 0, 0, 0),
    )
    more = text(
        theme,
        "Learn more about Private DNS features",
        size=14,
        color=theme.primary,
        underline=True,
        id="private_dns_help_info",
        on_tap=("tell", "No app can open this link"),
        margin=(0, 16, 0, 8),
    )
    save = Action("Save", ("dns.save",), enabled=not named or _HOST.fullmatch(host) is not None)
    return alert_dialog(
        theme,
        "Select Private DNS Mode",
        content=column(*modes, field, more, padding=(24, 0, 24, 8), in_tree=False),
        positive=save,
        negative=Action("Cancel"),
    )


def add_network(ctx: Ctx, entry: Entry) -> Window:
    """The dialog for a network that does not show itself. There is none near this phone."""
    name = str(entry["args"].get("name", ""))
    return text_dialog(
        palette(ctx),
        "Add network",
        key(entry, "name"),
        name,
        nav.keep("name"),
        hint="Network name",
        positive=Action("Save", ("network.add",), enabled=bool(name.strip())),
    )


def look_for_network(ctx: Ctx) -> None:
    """Save in that dialog."""
    nav.close(ctx)
    ctx.system.toast("Network not in range")


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
            Link("Calls & SMS", CARRIER, icon="phone", page="calls_sms"),
            Link("SIMs", CARRIER, icon="sim_card", page="sim", enabled=_flying),
            Toggle("Airplane mode", icon="airplane", flag=AIRPLANE),
            Link("Hotspot & tethering", "Off", icon="wifi_tethering", page="hotspot"),
            Link("Data Saver", on_off(DATA_SAVER), icon="data_saver", page="data_saver"),
            Link("VPN", "None", icon="key", page="vpn"),
            Act("Mobile plan", msg=("tell", "Your SIM card needs no setup")),
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
            Link(NETWORK_NAME, "Connected", icon="wifi_full", page="wifi_details", shown=WIFI.get),
            Link("Add network", icon="add", dialog="add_network", shown=WIFI.get),
            Link("Network preferences", wakeup_summary, page="network_preferences"),
            Link("Saved networks", "1 network", page="saved_networks"),
            Link("Non-carrier data usage", "0 B used May 1 – 10", page="data_usage"),
        ),
        activity="com.android.settings.Settings$NetworkProviderSettingsActivity",
        actions=("android.settings.WIFI_SETTINGS", "android.settings.NETWORK_PROVIDER_SETTINGS"),
        parent="network",
    ),
    Page(
        "wifi_details",
        "Network details",
        (
            Info(NETWORK_NAME, "Connected", icon="wifi_full"),
            Info("Signal strength", "Excellent", icon="signal"),
            Info("Security", "None", icon="lock_open"),
            Options(
                "Network usage",
                value=Value("global", "wifi_metered", "auto"),
                choices=(("auto", "Detect automatically"), ("yes", "Treat as metered"), ("no", "Treat as unmetered")),
            ),
            Options(
                "Privacy",
                value=Value("global", "wifi_mac_randomization", "1"),
                choices=(("1", "Use randomized MAC (default)"), ("0", "Use device MAC")),
            ),
            Toggle(
                "Auto-connect",
                "Allow connection to this network when in range",
                flag=flag("global", "wifi_auto_connect", default="1"),
            ),
            Header("Network details"),
            Info("Frequency", "2.4 GHz"),
            Info("IP address", "10.0.2.16"),
            Info("Gateway", "10.0.2.2"),
            Info("Subnet mask", "255.255.255.0"),
            Info("DNS", "10.0.2.3"),
        ),
        parent="internet",
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
                "Notify for public networks",
                "Notify when a high‑quality public network is available",
                flag=OPEN_NETWORKS,
            ),
            Act("Install certificates", msg=("tell", "No certificate to install")),
            Row("Wi‑Fi Direct"),
        ),
        parent="internet",
    ),
    Page(
        "saved_networks",
        "Saved networks",
        (Link(NETWORK_NAME, page="wifi_details", icon="wifi_full"),),
        parent="internet",
    ),
    Page(
        "data_usage",
        "Non-carrier data usage",
        (Info("0 B", "Used May 1 – 10"), Info("Data warning & limit", "Not set"), Note("No apps used data")),
        parent="internet",
    ),
    Page(
        "calls_sms",
        "Calls & SMS",
        (
            Options(
                "Calls",
                value=Value("global", "multi_sim_voice_call", "1"),
                choices=(("1", CARRIER), ("ask", "Ask every time")),
            ),
            Options(
                "SMS", value=Value("global", "multi_sim_sms", "1"), choices=(("1", CARRIER), ("ask", "Ask every time"))
            ),
            Header("Wi‑Fi calling"),
            Toggle("Wi‑Fi calling", flag=flag("global", "wfc_ims_enabled")),
        ),
        parent="network",
    ),
    Page(
        "sim",
        CARRIER,
        (
            Info("0 B", "Used May 1 – 10"),
            Toggle("Mobile data", "Access data using mobile network", flag=MOBILE_DATA),
            Toggle("Roaming", "Connect to data services when roaming", flag=flag("global", "data_roaming")),
            Options(
                "Preferred network type",
                value=Value("global", "preferred_network_mode", "33"),
                choices=(("33", "5G (recommended)"), ("9", "LTE"), ("0", "3G"), ("1", "2G")),
            ),
            Toggle(
                "Allow 2G",
                "2G is less secure, but may improve your connection in some locations",
                flag=flag("global", "allow_2g", default="1"),
            ),
            Info("Carrier settings version", "33000000130"),
            Row("Access Point Names"),
        ),
        actions=("android.settings.NETWORK_OPERATOR_SETTINGS", "android.settings.DATA_ROAMING_SETTINGS"),
        parent="network",
    ),
    Page(
        "hotspot",
        "Hotspot & tethering",
        (
            Link("Wi‑Fi hotspot", on_off(HOTSPOT), page="wifi_hotspot"),
            Row("USB tethering", "USB not connected", enabled=lambda _ctx: False),
            Toggle(
                "Bluetooth tethering", "Not sharing this phone's internet", flag=flag("global", "bluetooth_tethering")
            ),
            Note("Use hotspot and tethering to provide internet to other devices through your mobile data connection."),
        ),
        actions=("android.settings.TETHER_SETTINGS",),
        parent="network",
    ),
    Page(
        "wifi_hotspot",
        "Wi‑Fi hotspot",
        (
            Toggle("Use Wi‑Fi hotspot", flag=HOTSPOT, main=True),
            Write("Hotspot name", value=Value("global", "wifi_hotspot_name", "AndroidAP_5554")),
            Write("Hotspot password", value=Value("global", "wifi_hotspot_password", "k3wvtq5p8hd2")),
            Toggle(
                "Turn off hotspot automatically",
                "When no devices are connected",
                flag=flag("global", "soft_ap_timeout_enabled", default="1"),
            ),
        ),
        parent="hotspot",
    ),
    Page(
        "data_saver",
        "Data Saver",
        (
            Toggle("Use Data Saver", flag=DATA_SAVER, main=True),
            Link(
                "Unrestricted data",
                "1 app allowed to use unrestricted data when Data Saver is on",
                page="unrestricted_data",
            ),
            Note(
                "To help reduce data usage, Data Saver prevents some apps from sending or receiving data in the "
                "background."
            ),
        ),
        actions=("android.settings.DATA_SAVER_SETTINGS",),
        parent="network",
    ),
    Page("vpn", "VPN", (Note("No VPNs added"),), actions=("android.settings.VPN_SETTINGS",), parent="network"),
)
DIALOGS: Final[dict[str, DialogFn]] = {"private_dns": private_dns, "add_network": add_network}
HANDLERS: Final[dict[str, Handler]] = {"dns.save": save_dns, "network.add": look_for_network}
