"""System > Languages: the phone's languages in order of preference; adding, moving and removing them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.settings.locales import LANGUAGES, NAMES, SUGGESTED
from simphone.apps.settings.model import Act, Custom, Header, Link, Page, Row, Value
from simphone.apps.settings.render import MENU_ANCHOR, TITLE_SIZE, palette, search_button, search_screen
from simphone.core.app import Ctx
from simphone.ui.view import Msg, Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.box import row
from simphone.widgets.buttons import icon_button
from simphone.widgets.controls import checkbox
from simphone.widgets.dialogs import Action, Choice, alert_dialog
from simphone.widgets.image import icon
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn
from simphone.widgets.rows import list_row
from simphone.widgets.text import text

LOCALES: Final = Value("system", "system_locales", "en-US")
_ROW: Final = 64.0
"""Height of a language's row in dp."""


def locales(ctx: Ctx) -> list[str]:
    """Language tags of the phone, the favourite first."""
    return [tag for tag in LOCALES.get(ctx).split(",") if tag] or ["en-US"]


def first_language(ctx: Ctx) -> str:
    """English name of the favourite language."""
    tag = locales(ctx)[0]
    return NAMES.get(tag, (tag, tag))[1]


def _store(ctx: Ctx, tags: list[str]) -> None:
    LOCALES.put(ctx, ",".join(tags))


# --- the list -------------------------------------------------------------------------------------------------------
def _preferred(index: int, tag: str) -> Custom:
    """A language in the list; its number stands directly behind its name."""
    own, english = NAMES.get(tag, (tag, tag))

    def draw(ctx: Ctx, entry: Entry) -> View:
        theme = palette(ctx)
        removing = _removing(entry)
        picked = tag in _picked(entry)
        handle = icon(theme, "drag_handle", id="dragHandle", on_drag=("language.move", index), width=48, height=48)
        mark = checkbox(theme, picked, id="checkbox", clickable=False)
        return row(
            mark if removing else None,
            text(theme, own, desc=english, size=TITLE_SIZE, id="label", width=0, weight=1.0),
            text(theme, str(index + 1), size=16, color=theme.on_surface_soft, id="miniature_label"),
            None if removing else handle,
            cls="android.widget.RelativeLayout",
            focusable=True,
            height=_ROW,
            gap=16,
            padding=(24, 0, 24 if removing else 12, 0),
            on_tap=("language.pick", tag) if removing else None,
        )

    return Custom(own, draw=draw)


def _removing(entry: Entry) -> bool:
    return bool(entry["args"].get("removing"))


def _picked(entry: Entry) -> list[str]:
    picked: list[str] = entry["args"].get("picked", [])
    return picked


def _title(_ctx: Ctx, entry: Entry) -> str:
    return "Remove languages" if _removing(entry) else "Languages"


def _languages(ctx: Ctx, entry: Entry) -> list[Row]:
    rows: list[Row] = [_preferred(index, tag) for index, tag in enumerate(locales(ctx))]
    return rows if _removing(entry) else [*rows, Link("Add a language", icon="add", page="add_language")]


def _buttons(ctx: Ctx, entry: Entry) -> Sequence[View]:
    theme = palette(ctx)
    if _removing(entry):
        return (icon_button(theme, "delete", "Remove", ("language.ask_remove",)),)
    if len(locales(ctx)) < 2:
        return ()
    return (icon_button(theme, "more_vert", "More options", nav.ask("language_menu")),)


def menu(ctx: Ctx, _entry: Entry) -> Window:
    """The overflow menu: Remove."""
    return popup_menu(palette(ctx), [Choice("Remove", ("page.set", "removing", True))], anchor=MENU_ANCHOR)


def move(ctx: Ctx, index: int, _dx: float, dy: float) -> None:
    """A handle was dragged: the language moves by whole rows."""
    tags = locales(ctx)
    if not 0 <= index < len(tags):
        return
    target = min(max(index + round(dy / _ROW), 0), len(tags) - 1)
    tags.insert(target, tags.pop(index))
    _store(ctx, tags)


def pick(ctx: Ctx, tag: str) -> None:
    """A language was marked for removal, or no longer is."""
    entry = nav.top(ctx)
    picked = _picked(entry)
    entry["args"]["picked"] = [each for each in picked if each != tag] if tag in picked else [*picked, tag]


def ask_remove(ctx: Ctx) -> None:
    """The bin: with nothing marked, the marks go away again."""
    entry = nav.top(ctx)
    if _picked(entry):
        nav.open_dialog(ctx, "language_remove")
    else:
        entry["args"]["removing"] = False


def remove_dialog(ctx: Ctx, _entry: Entry) -> Window:
    """Asks before languages are removed; one has to stay."""
    picked, tags = _picked(nav.top(ctx)), locales(ctx)
    if len(picked) >= len(tags):
        return alert_dialog(
            palette(ctx), "Can't remove all languages", "Keep at least one preferred language", positive=Action("OK")
        )
    title = "Remove selected languages?" if len(picked) > 1 else "Remove selected language?"
    text = "Text will be displayed in another language." if tags[0] in picked else ""
    return alert_dialog(
        palette(ctx), title, text, positive=Action("Remove", ("language.remove",)), negative=Action("Cancel")
    )


def remove(ctx: Ctx) -> None:
    """Remove, confirmed."""
    nav.close(ctx)
    entry = nav.top(ctx)
    picked = _picked(entry)
    _store(ctx, [tag for tag in locales(ctx) if tag not in picked])
    entry["args"].update(removing=False, picked=[])


# --- adding ---------------------------------------------------------------------------------------------------------
def _addable(ctx: Ctx, _entry: Entry) -> list[Row]:
    known = locales(ctx)
    suggested = [Act(NAMES[tag][0], msg=("language.add", tag)) for tag in SUGGESTED if tag not in known]
    rows: list[Row] = [Header("Suggested"), *suggested] if suggested else []
    rows.append(Header("All languages"))
    for language, regions in LANGUAGES.items():
        left = [tag for tag, _, _ in regions if tag not in known]
        if left:
            rows.append(Act(language if len(regions) > 1 else regions[0][1], msg=_adds(language, left[0])))
    return rows


def _adds(language: str, tag: str) -> Msg:
    """A language with several regions asks for one."""
    return ("language.add", tag) if len(LANGUAGES[language]) == 1 else ("nav.push", "add_region", "language", language)


def _find_buttons(ctx: Ctx, _entry: Entry) -> Sequence[View]:
    return (search_button(ctx, "find_language"),)


def find(ctx: Ctx, entry: Entry) -> Scene:
    """Languages by a part of their own or their English name."""
    word = str(entry["args"].get("word", "")).strip().casefold()
    rows = [
        list_row(palette(ctx), own, size=TITLE_SIZE, on_tap=("language.add", tag))
        for tag, (own, english) in NAMES.items()
        if tag not in locales(ctx) and (word in own.casefold() or word in english.casefold())
    ]
    return search_screen(ctx, entry, "Type language name", rows)


def _region_title(_ctx: Ctx, entry: Entry) -> str:
    return str(entry["args"].get("language", "Add a language"))


def _regions(ctx: Ctx, entry: Entry) -> list[Row]:
    known = locales(ctx)
    regions = LANGUAGES.get(str(entry["args"].get("language")), ())
    return [
        Header("All regions"),
        *(Act(_region(own), msg=("language.add", tag)) for tag, own, _ in regions if tag not in known),
    ]


def _region(own: str) -> str:
    """What stands in the brackets, which Chinese writes wide."""
    return own.replace("（", "(").replace("）", ")").partition("(")[2].rstrip(")") or own


def add(ctx: Ctx, tag: str) -> None:
    """Put a language last, and return to the list."""
    if tag not in locales(ctx):
        _store(ctx, [*locales(ctx), tag])
    nav.pop_to(ctx, "languages")


PAGES: Final = (
    Page(
        "languages",
        _title,
        _languages,
        activity="com.android.settings.Settings$LocalePickerActivity",
        actions=("android.settings.LOCALE_SETTINGS",),
        parent="languages_input",
        menu=_buttons,
    ),
    Page(
        "add_language",
        "Add a language",
        _addable,
        parent="languages",
        menu=_find_buttons,
        activity="com.android.settings.localepicker.LocalePickerWithRegionActivity",
    ),
    Page(
        "add_region",
        _region_title,
        _regions,
        parent="add_language",
        activity="com.android.settings.localepicker.LocalePickerWithRegionActivity",
    ),
)
SCREENS: Final[dict[str, ScreenFn]] = {"find_language": find}
DIALOGS: Final[dict[str, DialogFn]] = {"language_menu": menu, "language_remove": remove_dialog}
HANDLERS: Final[dict[str, Handler]] = {
    "language.add": add,
    "language.move": move,
    "language.pick": pick,
    "language.ask_remove": ask_remove,
    "language.remove": remove,
}
