"""Battery: level, saver, percentage in the status bar."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Link, Page, Row, Toggle, flag, on_off
from simphone.core.app import Ctx

SAVER: Final = flag("global", "low_power")
PERCENTAGE: Final = flag("system", "status_bar_show_battery_percent")


def level(ctx: Ctx) -> str:
    """The charge, in percent."""
    return f"{ctx.system.state['battery']['level']}%"


PAGES: Final = (
    Page(
        "battery",
        "Battery",
        (
            Row(level, lambda ctx: "Fully charged" if ctx.system.state["battery"]["level"] >= 100 else "Charging"),
            Row("Battery usage", "View usage from last full charge", icon="history"),
            Link("Battery Saver", on_off(SAVER), icon="battery", page="battery_saver"),
            Row("Adaptive preferences", "Extend battery life and improve performance based on phone use"),
            Toggle("Battery percentage", "Show battery percentage in status bar", flag=PERCENTAGE),
        ),
        activity="com.android.settings.Settings$PowerUsageSummaryActivity",
        actions=("android.intent.action.POWER_USAGE_SUMMARY",),
    ),
    Page(
        "battery_saver",
        "Battery Saver",
        (
            Toggle("Use Battery Saver", flag=SAVER, main=True),
            Row("Set a schedule", "No schedule"),
            Toggle("Turn off when charged", "When phone charges to 90%",
                   flag=flag("global", "low_power_sticky_auto_disable_enabled", default="1")),
        ),
        actions=("android.settings.BATTERY_SAVER_SETTINGS",),
        parent="battery",
    ),
)
