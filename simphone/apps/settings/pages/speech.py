"""System > Languages & input > Text-to-speech output."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Custom, Link, Note, Options, Page, Slider, Value, picks
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets.box import row
from simphone.widgets.buttons import outlined_button
from simphone.widgets.nav import Entry, Handler

_ENGINE: Final = "com.google.android.tts"
ENGINE: Final = Value("secure", "tts_default_synth", _ENGINE)
RATE: Final = Value("secure", "tts_default_rate", "100")
PITCH: Final = Value("secure", "tts_default_pitch", "100")

LANGUAGE: Final = Options(
    "Language",
    value=Value("secure", "tts_default_locale"),
    choices=(
        ("", "Use system language"),
        *(
            (f"{_ENGINE}:{tag}", name)
            for tag, name in (
                ("bn_BD", "Bangla (Bangladesh)"),
                ("zh_CN", "Chinese (China)"),
                ("zh_TW", "Chinese (Taiwan)"),
                ("cs_CZ", "Czech (Czechia)"),
                ("da_DK", "Danish (Denmark)"),
                ("nl_NL", "Dutch (Netherlands)"),
                ("en_AU", "English (Australia)"),
                ("en_IN", "English (India)"),
                ("en_GB", "English (United Kingdom)"),
                ("en_US", "English (United States)"),
                ("fi_FI", "Finnish (Finland)"),
                ("fr_CA", "French (Canada)"),
                ("fr_FR", "French (France)"),
                ("de_DE", "German (Germany)"),
                ("hi_IN", "Hindi (India)"),
                ("in_ID", "Indonesian (Indonesia)"),
                ("it_IT", "Italian (Italy)"),
                ("ja_JP", "Japanese (Japan)"),
                ("ko_KR", "Korean (South Korea)"),
                ("pl_PL", "Polish (Poland)"),
                ("pt_BR", "Portuguese (Brazil)"),
                ("es_ES", "Spanish (Spain)"),
                ("es_US", "Spanish (United States)"),
                ("sv_SE", "Swedish (Sweden)"),
                ("tr_TR", "Turkish (Türkiye)"),
            )
        ),
    ),
)


def _buttons(ctx: Ctx, _entry: Entry) -> View:
    theme = palette(ctx)
    return row(
        outlined_button(theme, "Reset", ("speech.reset",), width=0, weight=1.0),
        outlined_button(theme, "Play", ("tell", "Playing a short example of speech"), width=0, weight=1.0),
        gap=12,
        padding=(24, 20, 24, 12),
    )


def reset(ctx: Ctx) -> None:
    """Rate and pitch as usual."""
    RATE.put(ctx, "100")
    PITCH.put(ctx, "100")


PAGES: Final = (
    Page(
        "text_to_speech",
        "Text-to-speech output",
        (
            Link("Preferred engine", "Speech Services by Google", page="speech_engine"),
            LANGUAGE,
            Slider("Speech rate", value=RATE, low=10, high=600),
            Slider("Pitch", value=PITCH, low=25, high=400),
            Custom("Buttons", draw=_buttons),
        ),
        activity="com.android.settings.Settings$TextToSpeechSettingsActivity",
        actions=("com.android.settings.TTS_SETTINGS",),
        parent="languages_input",
    ),
    Page(
        "speech_engine",
        "Preferred engine",
        (*picks(ENGINE, (_ENGINE, "Speech Services by Google")), Note("No other speech engine is installed.")),
        parent="text_to_speech",
    ),
)
HANDLERS: Final[dict[str, Handler]] = {"speech.reset": reset}
