"""Display: brightness, dark theme, sizes."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import (
    Act,
    Flag,
    Header,
    Link,
    Note,
    Options,
    Page,
    Toggle,
    Value,
    Write,
    flag,
    on_off,
    picks,
    secure,
)
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import Paint, Window
from simphone.widgets import nav
from simphone.widgets.box import row
from simphone.widgets.controls import seek_bar
from simphone.widgets.dialogs import CLOSE
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, Handler

BRIGHTNESS: Final = Value("system", "screen_brightness", "102")
BRIGHTEST: Final = 255
DARK: Final = Flag(Value("secure", "ui_night_mode", "1"), on="2", off="1")
ADAPTIVE: Final = flag("system", "screen_brightness_mode")
NIGHT: Final = secure("night_display_activated")
SAVER: Final = secure("screensaver_enabled", default="1")
LOCK_NOTIFICATIONS: Final = Options(
    "Privacy",
    value=Value("secure", "lock_screen_show_notifications", "1"),
    choices=(
        ("1", "Show all notification content"),
        ("2", "Show sensitive content only when unlocked"),
        ("0", "Don't show notifications at all"),
    ),
)

FONT_SIZE: Final = Options(
    "Font size",
    value=Value("system", "font_scale", "1.0"),
    choices=(("0.85", "Small"), ("1.0", "Default"), ("1.15", "Large"), ("1.3", "Largest")),
)
TIMEOUT: Final = Options(
    "Screen timeout",
    says="After {} of inactivity",
    value=Value("system", "screen_off_timeout", "1800000"),
    choices=(
        ("15000", "15 seconds"),
        ("30000", "30 seconds"),
        ("60000", "1 minute"),
        ("120000", "2 minutes"),
        ("300000", "5 minutes"),
        ("600000", "10 minutes"),
        ("1800000", "30 minutes"),
    ),
)


def _share(ctx: Ctx) -> float:
    """Brightness from 0 to 1; the provider's lowest value is 1."""
    stored = BRIGHTNESS.get(ctx)
    return (int(stored) - 1) / (BRIGHTEST - 1) if stored.isdigit() and stored != "0" else 0.0


def percent(ctx: Ctx) -> str:
    """The brightness as the row says it."""
    return f"{int(_share(ctx) * 100 + 0.5)}%"


def brightness(ctx: Ctx, _entry: Entry) -> Window:
    """The system's slider at the top of the screen."""
    theme = palette(ctx)
    bar = seek_bar(theme, _share(ctx), ("brightness",), desc="Display brightness", id="slider", width=0, weight=1.0)
    root = row(
        bar,
        icon(theme, "brightness", in_tree=False),
        id="brightness_mirror_container",
        height=64,
        width=ctx.system.metrics.width / ctx.system.metrics.scale - 32,
        padding=(20, 0, 20, 0),
        gap=12,
        paint=Paint(fill=theme.surface_high, radius=32),
    )
    return Window(root=root, kind="menu", anchor=(16, 48), dismiss=CLOSE, title="Display brightness")


def set_brightness(ctx: Ctx, share: float) -> None:
    """The slider was let go: the system's slider closes by itself."""
    BRIGHTNESS.put(ctx, str(1 + int(share * (BRIGHTEST - 1) + 0.5)))
    nav.close(ctx)


PAGES: Final = (
    Page(
        "display",
        "Display",
        (
            Header("Brightness"),
            Act("Brightness level", percent, msg=nav.ask("brightness")),
            Toggle("Adaptive brightness", on_off(ADAPTIVE), flag=ADAPTIVE, page="adaptive_brightness"),
            Header("Lock display"),
            Link("Lock screen", "Show all notification content", page="lock_screen"),
            TIMEOUT,
            Header("Appearance"),
            Toggle(
                "Dark theme",
                lambda ctx: "On" if DARK.get(ctx) else "Will never turn on automatically",
                flag=DARK,
                page="dark_theme",
            ),
            FONT_SIZE,
            Options(
                "Display size",
                value=Value("secure", "display_size_name", "Default"),
                choices=tuple((name, name) for name in ("Small", "Default", "Large", "Larger", "Largest")),
            ),
            Header("Color"),
            Options(
                "Colors",
                value=Value("system", "display_color_mode", "3"),
                choices=(("0", "Natural"), ("1", "Boosted"), ("3", "Adaptive")),
            ),
            Toggle(
                "Night Light",
                lambda ctx: f"{'On' if NIGHT.get(ctx) else 'Off'} / Will never turn on automatically",
                flag=NIGHT,
                page="night_light",
            ),
            Header("Other display controls"),
            Toggle("Auto-rotate screen", flag=flag("system", "accelerometer_rotation")),
            Link("Screen saver", on_off(SAVER), page="screen_saver"),
        ),
        activity="com.android.settings.Settings$DisplaySettingsActivity",
        actions=("android.settings.DISPLAY_SETTINGS",),
    ),
    Page(
        "dark_theme",
        "Dark theme",
        (
            Toggle("Use Dark theme", flag=DARK, main=True),
            Options(
                "Schedule",
                value=DARK.value,
                choices=(("1", "None"), ("0", "Turns on from sunset to sunrise"), ("3", "Turns on at custom time")),
                also=(("2", "None"),),
            ),
            Note("Dark theme uses a black background to help keep your battery alive longer on some screens."),
        ),
        actions=("android.settings.DARK_THEME_SETTINGS",),
        parent="display",
    ),
    Page(
        "adaptive_brightness",
        "Adaptive brightness",
        (
            Toggle("Use adaptive brightness", flag=ADAPTIVE, main=True),
            Note("Your screen brightness will automatically adjust to your environment and activities."),
        ),
        parent="display",
    ),
    Page(
        "night_light",
        "Night Light",
        (
            Toggle("Use Night Light", flag=NIGHT, main=True),
            Options(
                "Schedule",
                value=Value("secure", "night_display_auto_mode", "0"),
                choices=(("0", "None"), ("1", "Turns on at custom time"), ("2", "Turns on from sunset to sunrise")),
            ),
            Note(
                "Night Light tints your screen amber. This makes it easier to look at your screen in dim light, and "
                "may help you fall asleep more easily."
            ),
        ),
        actions=("android.settings.NIGHT_DISPLAY_SETTINGS",),
        parent="display",
    ),
    Page(
        "lock_screen",
        "Lock screen",
        (
            Header("What to show"),
            LOCK_NOTIFICATIONS,
            Toggle("Show wallet", flag=secure("lockscreen_show_wallet", default="1")),
            Toggle("Show device controls", flag=secure("lockscreen_show_controls", default="1")),
            Toggle(
                "Double-line clock",
                "Show double-line clock when available",
                flag=secure("lockscreen_use_double_line_clock", default="1"),
            ),
            Write("Add text on lock screen", value=Value("secure", "lock_screen_owner_info")),
            Header("When to show"),
            Toggle("Always show time and info", "Increased battery usage", flag=secure("doze_always_on")),
            Toggle("Tap to check phone", flag=secure("doze_tap_gesture", default="1")),
            Toggle("Lift to check phone", flag=secure("doze_pulse_on_pick_up", default="1")),
            Toggle("Wake screen for notifications", flag=secure("doze_enabled", default="1")),
        ),
        actions=("android.settings.LOCK_SCREEN_SETTINGS",),
        parent="display",
    ),
    Page(
        "screen_saver",
        "Screen saver",
        (
            Toggle("Use screen saver", flag=SAVER, main=True),
            *picks(Value("secure", "screensaver_name", "Clock"), ("Clock", "Clock"), ("Colors", "Colors")),
        ),
        actions=("android.settings.DREAM_SETTINGS",),
        parent="display",
    ),
)
DIALOGS: Final[dict[str, DialogFn]] = {"brightness": brightness}
HANDLERS: Final[dict[str, Handler]] = {"brightness": set_brightness}
