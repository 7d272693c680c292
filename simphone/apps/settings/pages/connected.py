"""Connected devices: Bluetooth and the phone's name on it."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import (
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
    secure,
)

BLUETOOTH: Final = flag("global", "bluetooth_on", default="1")
NAME: Final = Value("secure", "bluetooth_name", "Pixel")


RENAME: Final = Write("Device name", shown=BLUETOOTH.get, value=NAME, asks="Rename this device", confirm="Rename")
NEARBY: Final = secure("nearby_sharing_enabled")

PAGES: Final = (
    Page(
        "connected",
        "Connected devices",
        (
            Link("Pair new device", icon="add", page="pair"),
            Header("Saved devices"),
            Link("See all", icon="chevron_right", page="saved_devices"),
            Link("Connection preferences", "Bluetooth, Android Auto", page="connection_preferences"),
        ),
        actions=("android.settings.BLUETOOTH_DASHBOARD_SETTINGS",),
    ),
    Page("saved_devices", "Saved devices", (Note("No saved devices"),), parent="connected"),
    Page(
        "connection_preferences",
        "Connection preferences",
        (
            Link("Bluetooth", on_off(BLUETOOTH), icon="bluetooth", page="bluetooth"),
            Link("Cast", icon="cast", page="cast"),
            Link("Printing", "1 print service on", icon="print", page="printing"),
            Row("Chromebook", icon="laptop"),
            Link("Nearby Share", on_off(NEARBY), icon="share", page="nearby_share"),
            Row("Android Auto", icon="car"),
        ),
        parent="connected",
    ),
    Page(
        "bluetooth",
        "Bluetooth",
        (
            Toggle("Use Bluetooth", flag=BLUETOOTH, main=True),
            RENAME,
            Link("Pair new device", icon="add", page="pair", shown=BLUETOOTH.get),
            Note("When Bluetooth is turned on, your device can communicate with other nearby Bluetooth devices."),
        ),
        activity="com.android.settings.Settings$BluetoothSettingsActivity",
        actions=("android.settings.BLUETOOTH_SETTINGS",),
        parent="connection_preferences",
    ),
    Page(
        "pair",
        "Pair new device",
        (
            RENAME,
            Header("Available devices", shown=BLUETOOTH.get),
            Info("Searching…", shown=BLUETOOTH.get),
            Note("Phone's Bluetooth address: 02:15:B2:00:00:00", shown=BLUETOOTH.get),
            Toggle("Use Bluetooth", flag=BLUETOOTH, shown=lambda ctx: not BLUETOOTH.get(ctx)),
        ),
        activity="com.android.settings.Settings$BluetoothPairingActivity",
        parent="connected",
    ),
    Page(
        "cast",
        "Cast",
        (Note("No nearby devices were found."),),
        actions=("android.settings.CAST_SETTINGS",),
        parent="connection_preferences",
    ),
    Page(
        "printing",
        "Printing",
        (
            Toggle("Default Print Service", flag=secure("print_service_enabled", default="1")),
            Row("Add service", icon="add"),
        ),
        actions=("android.settings.ACTION_PRINT_SETTINGS",),
        parent="connection_preferences",
    ),
    Page(
        "nearby_share",
        "Nearby Share",
        (
            Toggle("Use Nearby Share", flag=NEARBY, main=True),
            Options(
                "Device visibility",
                value=Value("secure", "nearby_sharing_visibility", "contacts"),
                choices=(("everyone", "Everyone"), ("contacts", "Contacts"), ("you", "Your devices")),
            ),
            Note("Share files with Android devices nearby."),
        ),
        parent="connection_preferences",
    ),
)
