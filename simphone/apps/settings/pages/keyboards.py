"""System > Languages & input: keyboards and tools."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import (
    Custom,
    Header,
    Info,
    Link,
    Note,
    Options,
    Page,
    Row,
    Slider,
    Toggle,
    Value,
    secure,
)
from simphone.apps.settings.packages import label_of
from simphone.apps.settings.pages.languages import first_language
from simphone.apps.settings.render import TITLE_SIZE, palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.nav import Entry, Handler
from simphone.widgets.rows import switch_row

CURRENT: Final = Value("secure", "default_input_method")
ENABLED: Final = Value("secure", "enabled_input_methods")
SPELLING: Final = secure("spell_checker_enabled", default="1")
METHODS: Final = (
    "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME",
    "com.android.adbkeyboard/.AdbIME",
)
"""Input methods, as the secure settings name them."""


def _enabled(ctx: Ctx) -> list[str]:
    return [method for method in METHODS if method in ENABLED.get(ctx).split(":")]


def _label(ctx: Ctx, method: str) -> str:
    return label_of(ctx, method.partition("/")[0])


def _names(ctx: Ctx) -> str:
    return " and ".join(_label(ctx, method) for method in _enabled(ctx))


def _keyboards(ctx: Ctx, _entry: Entry) -> list[Row]:
    rows: list[Row] = [Info(_label(ctx, method), "English (US)", icon="keyboard") for method in _enabled(ctx)]
    return [*rows, Link("Manage on-screen keyboards", icon="add", page="manage_keyboards")]


def _manage(ctx: Ctx, _entry: Entry) -> list[Row]:
    return [_switch(method) for method in METHODS if method.partition("/")[0] in ctx.system.state["packages"]]


def _switch(method: str) -> Custom:
    def draw(ctx: Ctx, _entry: Entry) -> View:
        enabled = _enabled(ctx)
        locked = enabled == [method]
        return switch_row(
            palette(ctx),
            _label(ctx, method),
            on=method in enabled,
            size=TITLE_SIZE,
            clickable=True,
            toggle=None if locked else ("input.flip", method),
            enabled=not locked,
        )

    return Custom(method, draw=draw)


def flip(ctx: Ctx, method: str) -> None:
    """Enable an input method, or disable it; a disabled one is not the current one any more."""
    enabled = _enabled(ctx)
    after = [each for each in enabled if each != method] if method in enabled else [*enabled, method]
    ENABLED.put(ctx, ":".join(after))
    if CURRENT.get(ctx) not in after:
        CURRENT.put(ctx, after[0])


PAGES: Final = (
    Page(
        "languages_input",
        "Languages & input",
        (
            Link("Languages", first_language, page="languages"),
            Header("Keyboards"),
            Link("On-screen keyboard", _names, page="keyboards"),
            Link("Physical keyboard", "Not connected", page="physical_keyboard"),
            Header("Tools"),
            Link("Spell checker", lambda ctx: "Gboard" if SPELLING.get(ctx) else "Off", page="spell_checker"),
            Link("Personal dictionary", page="dictionary"),
            Slider("Pointer speed", value=Value("system", "pointer_speed", "0"), low=-7, high=7),
            Link("Text-to-speech output", page="text_to_speech"),
            Options(
                "Autofill service",
                value=Value("secure", "autofill_service", "none"),
                choices=(("none", "None"), ("google", "Google")),
            ),
        ),
        activity="com.android.settings.Settings$LanguageAndInputSettingsActivity",
        actions=("android.settings.INPUT_METHOD_SETTINGS", "android.settings.HARD_KEYBOARD_SETTINGS"),
        parent="system",
    ),
    Page("keyboards", "On-screen keyboard", _keyboards, parent="languages_input"),
    Page("manage_keyboards", "Manage on-screen keyboards", _manage, parent="keyboards"),
    Page(
        "physical_keyboard",
        "Physical keyboard",
        (
            Toggle(
                "Use on-screen keyboard",
                "Keep it on screen while physical keyboard is active",
                flag=secure("show_ime_with_hard_keyboard"),
            ),
            Note("No physical keyboard is connected."),
        ),
        parent="languages_input",
    ),
    Page(
        "spell_checker",
        "Spell checker",
        (Toggle("Use spell checker", flag=SPELLING, main=True), Info("Default spell checker", "Gboard")),
        parent="languages_input",
    ),
    Page(
        "dictionary",
        "Personal dictionary",
        (Note("You don't have any words in the user dictionary."),),
        parent="languages_input",
    ),
)
HANDLERS: Final[dict[str, Handler]] = {"input.flip": flip}
