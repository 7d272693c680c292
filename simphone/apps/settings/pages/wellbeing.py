"""Digital Wellbeing & parental controls, and Wallpaper & style."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Header, Info, Link, Note, Options, Page, Row, Toggle, Value, secure
from simphone.apps.settings.pages.display import DARK

BEDTIME: Final = secure("bedtime_mode_on")
THEMED: Final = secure("themed_icons_on")
FOCUS: Final = secure("focus_mode_on")
GRID: Final = Value("secure", "launcher_grid", "5 x 5")

PAGES: Final = (
    Page(
        "wellbeing",
        "Digital Wellbeing & parental controls",
        (
            Header("Your Digital Wellbeing tools"),
            Info("Today", "0 minutes, 0 unlocks, 0 notifications"),
            Header("Ways to disconnect"),
            Link("Dashboard", "No timers set", page="screen_time"),
            Link("Bedtime mode", "Silence your phone at bedtime", page="bedtime"),
            Link("Focus mode", "Pause distracting apps", page="focus_mode"),
            Header("Reduce interruptions"),
            Link("Manage notifications", "Reduce interruptions by app", page="notification_apps"),
            Link("Do Not Disturb", page="do_not_disturb"),
            Header("Parental controls"),
            Row("Set up parental controls", "Add content restrictions & set other limits"),
        ),
    ),
    Page(
        "bedtime",
        "Bedtime mode",
        (Toggle("Use Bedtime mode", flag=BEDTIME, main=True), Row("Schedule", "None")),
        parent="wellbeing",
    ),
    Page(
        "focus_mode",
        "Focus mode",
        (Toggle("Use Focus mode", flag=FOCUS, main=True), Note("Choose apps to pause while you concentrate.")),
        parent="wellbeing",
    ),
    Page(
        "wallpaper",
        "Wallpaper & style",
        (
            Row("Change wallpaper", icon="wallpaper"),
            Header("Colors"),
            Toggle("Dark theme", flag=DARK),
            Toggle("Themed icons", "Beta", flag=THEMED),
            Options(
                "App grid",
                value=GRID,
                choices=tuple((name, name) for name in ("2 x 2", "3 x 3", "4 x 4", "4 x 5", "5 x 5")),
            ),
        ),
    ),
)
