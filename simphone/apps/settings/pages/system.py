"""System: input, text to speech, date and time."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from simphone.apps.settings.model import Flag, Header, Link, Options, Page, Row, Toggle, Value, flag
from simphone.apps.settings.pages.languages import first_language
from simphone.core.app import Ctx

AUTO_TIME: Final = flag("global", "auto_time", default="1")
AUTO_ZONE: Final = flag("global", "auto_time_zone", default="1")
HOURS: Final = Value("system", "time_12_24", "12")
USE_24: Final = Flag(HOURS, on="24", off="12")

ZONE_NAMES: Final = {
    "Asia/Shanghai": "China Standard Time",
    "Asia/Tokyo": "Japan Standard Time",
    "Etc/UTC": "Coordinated Universal Time",
    "UTC": "Coordinated Universal Time",
    "Europe/London": "British Time",
    "America/New_York": "Eastern Time",
    "America/Los_Angeles": "Pacific Time",
}
TTS: Final = Options(
    "Language",
    value=Value("secure", "tts_default_locale", ""),
    choices=(
        ("", "Use system language"),
        ("com.google.android.tts:zh_CN", "Chinese (China)"),
        ("com.google.android.tts:zh_TW", "Chinese (Taiwan)"),
        ("com.google.android.tts:en_GB", "English (United Kingdom)"),
        ("com.google.android.tts:en_US", "English (United States)"),
        ("com.google.android.tts:fr_FR", "French (France)"),
        ("com.google.android.tts:de_DE", "German (Germany)"),
        ("com.google.android.tts:ja_JP", "Japanese (Japan)"),
        ("com.google.android.tts:es_ES", "Spanish (Spain)"),
        ("com.google.android.tts:es_US", "Spanish (United States)"),
    ),
)


def zone_summary(ctx: Ctx) -> str:
    """"GMT+08:00 China Standard Time"."""
    zone = str(ctx.system.state["clock"]["zone"])
    minutes = ctx.system.zone_offset(zone) // 60
    sign = "-" if minutes < 0 else "+"
    name = ZONE_NAMES.get(zone, zone.rsplit("/", 1)[-1].replace("_", " "))
    return f"GMT{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d} {name}"


def date_text(now: datetime) -> str:
    """"May 10, 2024"."""
    return f"{now:%B} {now.day}, {now.year}"


def time_text(ctx: Ctx, now: datetime) -> str:
    """"12:00 PM", or by 24 hours."""
    return f"{now:%H:%M}" if HOURS.get(ctx) == "24" else f"{now.hour % 12 or 12}:{now:%M} {now:%p}"


def _by_hand(ctx: Ctx) -> bool:
    return not AUTO_TIME.get(ctx)


PAGES: Final = (
    Page(
        "system",
        "System",
        (
            Link("Languages & input", first_language, icon="language", page="languages_input"),
            Row("Gestures", icon="touch"),
            Link("Date & time", zone_summary, icon="clock", page="date_time"),
            Row("Backup", "Off", icon="backup"),
            Row("System update", "Up to date", icon="refresh"),
            Row("Multiple users", "Signed in as Owner", icon="people"),
            Row("Developer options", icon="code"),
            Row("Reset options", icon="history"),
        ),
    ),
    Page(
        "languages_input",
        "Languages & input",
        (
            Link("Languages", first_language, page="languages"),
            Header("Keyboards"),
            Row("On-screen keyboard", "Gboard and ADB Keyboard"),
            Row("Physical keyboard", "Not connected"),
            Header("Tools"),
            Row("Spell checker", "Gboard"),
            Row("Personal dictionary"),
            Row("Pointer speed"),
            Link("Text-to-speech output", page="text_to_speech"),
        ),
        actions=("android.settings.INPUT_METHOD_SETTINGS",),
        parent="system",
    ),
    Page(
        "text_to_speech",
        "Text-to-speech output",
        (Row("Preferred engine", "Speech Services by Google"), TTS, Row("Speech rate"), Row("Pitch")),
        actions=("com.android.settings.TTS_SETTINGS",),
        parent="languages_input",
    ),
    Page(
        "date_time",
        "Date & time",
        (
            Toggle("Set time automatically", flag=AUTO_TIME),
            Row("Date", lambda ctx: date_text(ctx.system.now()), enabled=_by_hand),
            Row("Time", lambda ctx: time_text(ctx, ctx.system.now()), enabled=_by_hand),
            Header("Time zone"),
            Toggle("Set time zone automatically", flag=AUTO_ZONE),
            Row("Time zone", zone_summary, enabled=lambda ctx: not AUTO_ZONE.get(ctx)),
            Header("Time format"),
            Toggle("Use locale default", flag=flag("system", "time_format_locale_default", default="1")),
            Toggle("Use 24-hour format", lambda ctx: "13:00" if HOURS.get(ctx) == "24" else "1:00 PM", flag=USE_24,
                   enabled=lambda ctx: ctx.system.setting("system", "time_format_locale_default", "1") == "0"),
        ),
        activity="com.android.settings.Settings$DateTimeSettingsActivity",
        actions=("android.settings.DATE_SETTINGS",),
        parent="system",
    ),
)
