"""Accessibility: display, interaction, audio."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Header, Link, Note, Options, Page, Slider, Toggle, Value, flag, on_off, secure
from simphone.apps.settings.pages.display import DARK, FONT_SIZE
from simphone.apps.settings.pages.sound import CAPTION, HAPTICS

TALKBACK: Final = secure("accessibility_enabled")
SPEAK: Final = secure("select_to_speak_enabled")
MAGNIFIER: Final = secure("accessibility_display_magnification_enabled")
CAPTIONS: Final = secure("accessibility_captioning_enabled")
EXTRA_DIM: Final = secure("reduce_bright_colors_activated")
INVERSION: Final = secure("accessibility_display_inversion_enabled")
CORRECTION: Final = secure("accessibility_display_daltonizer_enabled")

PAGES: Final = (
    Page(
        "accessibility",
        "Accessibility",
        (
            Header("Screen readers"),
            Link(
                "TalkBack",
                lambda ctx: f"{'On' if TALKBACK.get(ctx) else 'Off'} / Speak items on screen",
                icon="accessibility",
                page="talkback",
            ),
            Link(
                "Select to Speak",
                lambda ctx: f"{'On' if SPEAK.get(ctx) else 'Off'} / Hear selected text",
                icon="volume",
                page="select_to_speak",
            ),
            Header("Display"),
            Link("Text and display", icon="brightness", page="text_display"),
            Link("Extra dim", on_off(EXTRA_DIM), icon="dark_mode", page="extra_dim"),
            Toggle("Dark theme", icon="dark_mode", flag=DARK, page="dark_theme"),
            Link("Magnification", on_off(MAGNIFIER), icon="zoom_in", page="magnification"),
            Header("Interaction controls"),
            Link("Timing controls", icon="timer", page="timing"),
            Link("System controls", icon="touch", page="gestures"),
            Link("Vibration & haptics", on_off(HAPTICS), icon="vibrate", page="vibration"),
            Header("Captions"),
            Link("Live Caption", on_off(CAPTION), icon="comment", page="live_caption"),
            Link("Caption preferences", on_off(CAPTIONS), icon="comment_filled", page="captions"),
            Header("Audio"),
            Link("Audio adjustment", icon="volume", page="audio_adjustment"),
            Header("General"),
            Link("Text-to-speech output", icon="message", page="text_to_speech"),
        ),
        activity="com.android.settings.Settings$AccessibilitySettingsActivity",
        actions=("android.settings.ACCESSIBILITY_SETTINGS",),
    ),
    Page(
        "talkback",
        "TalkBack",
        (
            Toggle("Use TalkBack", flag=TALKBACK, main=True),
            Note("When TalkBack is on, it speaks the items on the screen. On this simulated phone it stays silent."),
        ),
        parent="accessibility",
    ),
    Page(
        "select_to_speak",
        "Select to Speak",
        (
            Toggle("Select to Speak shortcut", flag=SPEAK, main=True),
            Note("Tap specific items on your screen to hear them read aloud."),
        ),
        parent="accessibility",
    ),
    Page(
        "text_display",
        "Text and display",
        (
            FONT_SIZE,
            Toggle("Bold text", flag=secure("font_weight_adjustment")),
            Toggle("High contrast text", flag=secure("high_text_contrast_enabled")),
            Toggle("Color correction", flag=CORRECTION),
            Toggle("Color inversion", flag=INVERSION),
            Toggle("Remove animations", "Reduce movement on the screen", flag=secure("remove_animations")),
        ),
        actions=("android.settings.TEXT_READING_SETTINGS",),
        parent="accessibility",
    ),
    Page(
        "extra_dim",
        "Extra dim",
        (
            Toggle("Make screen extra dim", flag=EXTRA_DIM, main=True),
            Slider("Intensity", value=Value("secure", "reduce_bright_colors_level", "50"), enabled=EXTRA_DIM.get),
            Toggle(
                "Keep on after device restarts", flag=secure("reduce_bright_colors_persist_across_reboots", default="1")
            ),
            Note("Dim screen beyond your phone's minimum brightness."),
        ),
        actions=("android.settings.REDUCE_BRIGHT_COLORS_SETTINGS",),
        parent="accessibility",
    ),
    Page(
        "magnification",
        "Magnification",
        (
            Toggle("Magnification shortcut", flag=MAGNIFIER, main=True),
            Note("Quickly zoom in on the screen to make content larger."),
        ),
        parent="accessibility",
    ),
    Page(
        "timing",
        "Timing controls",
        (
            Options(
                "Touch & hold delay",
                value=Value("secure", "long_press_timeout", "400"),
                choices=(("400", "Short"), ("1000", "Medium"), ("1500", "Long")),
            ),
            Options(
                "Time to take action (Accessibility timeout)",
                value=Value("secure", "accessibility_interactive_ui_timeout_ms", "0"),
                choices=(
                    ("0", "Default"),
                    ("10000", "10 seconds"),
                    ("30000", "30 seconds"),
                    ("60000", "1 minute"),
                    ("120000", "2 minutes"),
                ),
            ),
        ),
        parent="accessibility",
    ),
    Page(
        "captions",
        "Caption preferences",
        (
            Toggle("Show captions", flag=CAPTIONS, main=True),
            Options(
                "Caption size and style",
                value=Value("secure", "accessibility_captioning_font_scale", "1.0"),
                choices=(("0.5", "Small"), ("1.0", "Medium"), ("1.5", "Large")),
            ),
        ),
        actions=("android.settings.CAPTIONING_SETTINGS",),
        parent="accessibility",
    ),
    Page(
        "audio_adjustment",
        "Audio adjustment",
        (
            Toggle("Mono audio", "Combine channels when playing audio", flag=flag("system", "master_mono")),
            Slider("Audio balance", value=Value("system", "master_balance_percent", "50")),
        ),
        parent="accessibility",
    ),
)
