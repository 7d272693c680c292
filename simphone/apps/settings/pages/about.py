"""About the phone: versions."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Header, Link, Page, Row, Text


def _device(name: str) -> Text:
    return lambda ctx: str(ctx.system.state["device"][name])


PAGES: Final = (
    Page(
        "about",
        "About emulated device",
        (
            Row("Device name", _device("name")),
            Row("Phone number (sim slot 1)", "(555) 521-5554"),
            Row("Model", _device("model")),
            Link("Android version", _device("android"), page="android_version"),
            Header("Device identifiers"),
            Row("IP address", "10.0.2.16"),
            Row("Wi‑Fi MAC address", "02:15:b2:00:00:00"),
            Row("Up time", "0:42:07"),
            Row("Build number", _device("build")),
        ),
        activity="com.android.settings.Settings$MyDeviceInfoActivity",
        actions=("android.settings.DEVICE_INFO_SETTINGS",),
    ),
    Page(
        "android_version",
        "Android version",
        (
            Row("Android version", _device("android")),
            Row("Android security update", _device("security_patch")),
            Row("Google Play system update", "January 1, 2023"),
            Row("Baseband version", "1.0.0.0"),
            Row("Kernel version", "5.15.41-android13-8"),
            Row("Build number", _device("build")),
        ),
        parent="about",
    ),
)
