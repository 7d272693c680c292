"""System > Languages: the phone's languages in order of preference, and adding one."""

from __future__ import annotations

from typing import Final

from simphone.apps.settings.model import Act, Custom, Header, Link, Page, Row, Value
from simphone.apps.settings.render import palette
from simphone.core.app import Ctx
from simphone.ui.view import View
from simphone.widgets import nav
from simphone.widgets.box import row
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, Handler
from simphone.widgets.text import text

LOCALES: Final = Value("system", "system_locales", "en-US")

LANGUAGES: Final[dict[str, tuple[tuple[str, str, str], ...]]] = {
    "Deutsch": (
        ("de-DE", "Deutsch (Deutschland)", "German (Germany)"),
        ("de-AT", "Deutsch (Österreich)", "German (Austria)"),
        ("de-CH", "Deutsch (Schweiz)", "German (Switzerland)"),
    ),
    "English": (
        ("en-AU", "English (Australia)", "English (Australia)"),
        ("en-CA", "English (Canada)", "English (Canada)"),
        ("en-GB", "English (United Kingdom)", "English (United Kingdom)"),
        ("en-US", "English (United States)", "English (United States)"),
    ),
    "Español": (
        ("es-AR", "Español (Argentina)", "Spanish (Argentina)"),
        ("es-ES", "Español (España)", "Spanish (Spain)"),
        ("es-US", "Español (Estados Unidos)", "Spanish (United States)"),
        ("es-MX", "Español (México)", "Spanish (Mexico)"),
    ),
    "Français": (
        ("fr-CA", "Français (Canada)", "French (Canada)"),
        ("fr-FR", "Français (France)", "French (France)"),
    ),
    "Italiano": (("it-IT", "Italiano (Italia)", "Italian (Italy)"),),
    "Português": (
        ("pt-BR", "Português (Brasil)", "Portuguese (Brazil)"),
        ("pt-PT", "Português (Portugal)", "Portuguese (Portugal)"),
    ),
    "中文": (
        ("zh-CN", "简体中文(中国)", "Simplified Chinese (China)"),
        ("zh-TW", "繁體中文（台灣）", "Traditional Chinese (Taiwan)"),
    ),
    "日本語": (("ja-JP", "日本語（日本）", "Japanese (Japan)"),),
    "한국어": (("ko-KR", "한국어(대한민국)", "Korean (South Korea)"),),
}
"""Language -> its regions: (tag, name in its own language, name in English). Own names as CLDR has them."""
SUGGESTED: Final = ("es-US", "zh-CN")
NAMES: Final = {tag: (own, english) for regions in LANGUAGES.values() for tag, own, english in regions}


def locales(ctx: Ctx) -> list[str]:
    """Language tags of the phone, the favourite first."""
    return [tag for tag in LOCALES.get(ctx).split(",") if tag]


def first_language(ctx: Ctx) -> str:
    """English name of the favourite language."""
    tag = locales(ctx)[0]
    return NAMES.get(tag, (tag, tag))[1]


def _preferred(index: int, tag: str) -> Custom:
    """A language in the list; its number stands directly behind its name."""
    own, english = NAMES.get(tag, (tag, tag))

    def draw(ctx: Ctx, _entry: Entry) -> View:
        theme = palette(ctx)
        return row(
            text(theme, own, desc=english, size=20, id="label", width=0, weight=1.0),
            text(theme, str(index + 1), size=16, color=theme.on_surface_soft, id="miniature_label"),
            icon(theme, "drag_handle", id="dragHandle"),
            cls="android.widget.RelativeLayout", focusable=True, height=64, padding=(24, 0, 24, 0), gap=16,
        )

    return Custom(own, draw=draw)


def _languages(ctx: Ctx, _entry: Entry) -> list[Row]:
    rows: list[Row] = [_preferred(index, tag) for index, tag in enumerate(locales(ctx))]
    return [*rows, Link("Add a language", icon="add", page="add_language")]


def _addable(ctx: Ctx, _entry: Entry) -> list[Row]:
    known = locales(ctx)
    rows: list[Row] = [Header("Suggested")]
    rows += [Act(NAMES[tag][0], msg=("language.add", tag)) for tag in SUGGESTED if tag not in known]
    rows.append(Header("All languages"))
    for language, regions in LANGUAGES.items():
        left = [tag for tag, _, _ in regions if tag not in known]
        if len(regions) == 1 and left:
            rows.append(Act(regions[0][1], msg=("language.add", left[0])))
        elif left:
            rows.append(Act(language, msg=nav.go("add_region", language=language)))
    return rows


def _regions(ctx: Ctx, entry: Entry) -> list[Row]:
    known = locales(ctx)
    regions = LANGUAGES.get(str(entry["args"].get("language")), ())
    return [
        Act(own.partition("(")[2].rstrip(")") or own, msg=("language.add", tag))
        for tag, own, _ in regions
        if tag not in known
    ]


def add(ctx: Ctx, tag: str) -> None:
    """Put a language last, and return to the list."""
    if tag not in locales(ctx):
        LOCALES.put(ctx, ",".join([*locales(ctx), tag]))
    nav.pop_to(ctx, "languages")


PAGES: Final = (
    Page(
        "languages",
        "Languages",
        _languages,
        activity="com.android.settings.Settings$LocalePickerActivity",
        actions=("android.settings.LOCALE_SETTINGS",),
        parent="languages_input",
    ),
    Page("add_language", "Add a language", _addable, parent="languages"),
    Page("add_region", lambda _ctx: "Region preference", _regions, parent="add_language"),
)
HANDLERS: Final[dict[str, Handler]] = {"language.add": add}
