"""Battery: level, saver, percentage in the status bar."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Info, Link, Note, Options, Page, Toggle, Value, flag, on_off, secure
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
            Info(level, lambda ctx: "Fully charged" if ctx.system.state["battery"]["level"] >= 100 else "Charging"),
            Link("Battery usage", "View usage from last full charge", icon="history", page="battery_usage"),
            Link("Battery Saver", on_off(SAVER), icon="battery", page="battery_saver"),
            Link(
                "Adaptive preferences",
                "Extend battery life and improve performance based on phone use",
                icon="tune",
                page="adaptive_preferences",
            ),
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
            Options(
                "Set a schedule",
                value=Value("global", "low_power_trigger_level", "0"),
                choices=(("0", "No schedule"), ("20", "Based on percentage")),
            ),
            Toggle(
                "Turn off when charged",
                "When phone charges to 90%",
                flag=flag("global", "low_power_sticky_auto_disable_enabled", default="1"),
            ),
        ),
        actions=("android.settings.BATTERY_SAVER_SETTINGS",),
        parent="battery",
    ),
    Page(
        "battery_usage",
        "Battery usage",
        (Note("Battery usage data will be available after using the phone for a few hours"),),
        parent="battery",
    ),
    Page(
        "adaptive_preferences",
        "Adaptive preferences",
        (
            Toggle(
                "Adaptive charging",
                "Prolong battery life by charging overnight",
                flag=secure("adaptive_charging_enabled", default="1"),
            ),
            Toggle(
                "Adaptive battery",
                "Extend battery life based on your phone use",
                flag=flag("global", "adaptive_battery_management_enabled", default="1"),
            ),
        ),
        parent="battery",
    ),
)
