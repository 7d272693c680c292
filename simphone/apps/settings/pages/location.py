"""Location: whether and for whom the phone tells where it is."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Act, Flag, Header, Link, Note, Page, Row, Toggle, Value, flag, on_off
from simphone.widgets.nav import go

LOCATION: Final = Flag(Value("secure", "location_mode", "3"), on="3", means_on=("1", "2"))
WIFI_SCANNING: Final = flag("global", "wifi_scan_always_enabled")
BLUETOOTH_SCANNING: Final = flag("global", "ble_scan_always_enabled")

PAGES: Final = (
    Page(
        "location",
        "Location",
        (
            Toggle("Use location", flag=LOCATION, main=True),
            Header("Recent access"),
            Note("No apps recently accessed location"),
            Act("App location permissions", "Apps that may use location", msg=go("permission_group", group="location")),
            Link("Location services", "Wi‑Fi scanning, Bluetooth scanning", page="location_services"),
        ),
        activity="com.android.settings.Settings$LocationSettingsActivity",
        actions=("android.settings.LOCATION_SOURCE_SETTINGS",),
    ),
    Page(
        "location_services",
        "Location services",
        (
            Row("Earthquake alerts", "On"),
            Row("Google Location Accuracy", "On"),
            Link("Wi‑Fi scanning", on_off(WIFI_SCANNING), page="wifi_scanning"),
            Link("Bluetooth scanning", on_off(BLUETOOTH_SCANNING), page="bluetooth_scanning"),
        ),
        parent="location",
    ),
    Page(
        "wifi_scanning",
        "Wi‑Fi scanning",
        (
            Toggle("Wi‑Fi scanning", flag=WIFI_SCANNING, main=True),
            Note(
                "Allow apps and services to scan for Wi‑Fi networks at any time, even when Wi‑Fi is off. This can be "
                "used, for example, to improve location-based features and services."
            ),
        ),
        parent="location_services",
    ),
    Page(
        "bluetooth_scanning",
        "Bluetooth scanning",
        (
            Toggle("Bluetooth scanning", flag=BLUETOOTH_SCANNING, main=True),
            Note("Allow apps and services to scan for nearby devices at any time, even when Bluetooth is off."),
        ),
        parent="location_services",
    ),
)
