"""Widgets: what an app built of nothing but them shows and does on a real phone; navigation shared by all apps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import pytest
from driver import Driver, bounds

import simphone
from simphone.apps import all_apps
from simphone.core.app import Ctx, Manifest
from simphone.phone.phone import Phone
from simphone.ui.icons import outlines
from simphone.ui.view import LIGHT, Scene, Window
from simphone.widgets import nav
from simphone.widgets.bars import app_bar, tabs
from simphone.widgets.box import column, list_view, row, scroll_column, space
from simphone.widgets.buttons import chip, filled_button, icon_button, outlined_button, text_button, tonal_button
from simphone.widgets.controls import checkbox, progress_bar, radio, seek_bar, spinner, switch
from simphone.widgets.dialogs import Action, Choice, alert_dialog, choice_dialog, text_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import labelled_field, outlined_field, search_bar, search_field, underlined_field
from simphone.widgets.image import avatar
from simphone.widgets.menus import bottom_sheet, drawer_item, navigation_drawer, popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, StackApp, ask, go, keep, key
from simphone.widgets.rows import check_row, list_row, radio_row, switch_row
from simphone.widgets.text import divider, heading, section_header, text


def gallery(ctx: Ctx, entry: Entry) -> Scene:
    theme, args = ctx.theme, entry["args"]
    bar = app_bar(theme, "Gallery", icon_button(theme, "search", "Search", ("none",)), up=None, overflow=ask("menu"))
    body = scroll_column(
        key(entry, "page"),
        tabs(theme, ["One", "Two", "Three"], int(args.get("tab", 0)), keep("tab")),
        section_header(theme, "Rows"),
        list_row(theme, "Open a page", "With a summary", icon=avatar("Anna"), on_tap=go("page", name="first")),
        switch_row(theme, "Switch", on=bool(args.get("switch")), toggle=("flip", "switch")),
        check_row(theme, "Check", on=bool(args.get("check")), toggle=("flip", "check")),
        radio_row(theme, "Radio", on=bool(args.get("radio")), toggle=("flip", "radio")),
        divider(theme),
        row(checkbox(theme, True, label="Box"), radio(theme, True, label="Ring"), switch(theme, True, ("none",)),
            spinner(theme, size=32), gap=16, padding=(24, 0, 24, 0)),
        seek_bar(theme, 0.4, keep("level"), desc="Level", margin=(24, 0, 24, 0)),
        progress_bar(theme, 0.4, margin=(24, 0, 24, 12)),
        row(filled_button(theme, "Choose", ask("choice")), tonal_button(theme, "Type", ask("text"), icon="edit"),
            outlined_button(theme, "Alert", ask("alert")), text_button(theme, "Sheet", ask("sheet")), gap=6,
            padding=(12, 0, 12, 0)),
        row(chip(theme, "Chip", ("none",), picked=True), chip(theme, "Other", ("none",), picked=False),
            text_button(theme, "Drawer", ask("drawer")), text_button(theme, "Snack", ("snack",)), gap=8,
            padding=(24, 8, 24, 8)),
        labelled_field(theme, "Name", key(entry, "name"), str(args.get("name", "")), keep("name"),
                       margin=(24, 0, 24, 0)),
        outlined_field(theme, key(entry, "o"), str(args.get("o", "")), keep("o"), hint="Outlined",
                       margin=(24, 8, 24, 8)),
        underlined_field(theme, key(entry, "u"), "", keep("u"), hint="Underlined"),
        search_field(theme, key(entry, "s"), "", keep("s")),
        search_bar(theme, "Search bar", ("none",)),
    )  # fmt: skip
    return nav.page(theme, column(bar, body))


def page(ctx: Ctx, entry: Entry) -> Scene:
    theme = ctx.theme
    return nav.page(theme, column(
        app_bar(theme, "Page"), heading(theme, str(entry["args"]["name"])),
        list_view(key(entry, "list"), *(list_row(theme, f"Row {n}") for n in range(40))),
    ))  # fmt: skip


def empty(ctx: Ctx, _entry: Entry) -> Scene:
    return nav.page(ctx.theme, column(app_bar(ctx.theme, "Empty"), empty_state(ctx.theme, "Nothing here",
                    "Add something first", icon_name="inbox", action="Add", on_action=("none",))))  # fmt: skip


def menu(ctx: Ctx, _entry: Entry) -> Window:
    return popup_menu(ctx.theme, [Choice("Empty page", ("to_empty",)), Choice("Checked", ("none",), True)])


def choice(ctx: Ctx, entry: Entry) -> Window:
    picks = [Choice(f"Choice {n}", ("pick", n), n == ctx.ui["stack"][0]["args"].get("picked")) for n in range(30)]
    return choice_dialog(ctx.theme, "Choose one", picks, key=key(entry, "list"), start_at=12)


def typed(ctx: Ctx, entry: Entry) -> Window:
    value = str(entry["args"].get("value", "old"))
    return text_dialog(ctx.theme, "Label", key(entry, "value"), value, keep("value"), positive=Action("OK", ("label",)))


def alert(ctx: Ctx, _entry: Entry) -> Window:
    return alert_dialog(
        ctx.theme,
        "Delete?",
        "This can't be undone.",
        positive=Action("Delete", ("label",)),
        negative=Action("Cancel"),
        neutral=Action("Later"),
    )


def sheet(ctx: Ctx, _entry: Entry) -> Window:
    return bottom_sheet(
        ctx.theme, list_row(ctx.theme, "Share", on_tap=("none",)), list_row(ctx.theme, "Save"), space(height=24)
    )


def drawer(ctx: Ctx, entry: Entry) -> Window:
    items = [
        drawer_item(ctx.theme, label, ("none",), icon_name="inbox", selected=label == "Inbox", count="3")
        for label in ("Inbox", "Sent")
    ]
    return navigation_drawer(
        ctx.theme, key(entry, "drawer"), text(ctx.theme, "Mail", size=22, margin=(24, 24, 0, 16)), *items
    )


def flip(ctx: Ctx, name: str) -> None:
    args = nav.args(ctx)
    args[name] = not args.get(name)


def pick(ctx: Ctx, number: int) -> None:
    nav.close(ctx)
    nav.args(ctx)["picked"] = number


def label(ctx: Ctx) -> None:
    ctx.data["label"] = nav.args(ctx).get("value")
    nav.close(ctx)


def to_empty(ctx: Ctx) -> None:
    nav.close(ctx)
    nav.push(ctx, "empty")


class Gallery(StackApp):
    manifest = Manifest("gallery", "Gallery", "org.example.gallery", "org.example.Main", icon="apps")
    first = "gallery"
    screens: ClassVar[dict[str, ScreenFn]] = {"gallery": gallery, "page": page, "empty": empty}
    dialogs: ClassVar[dict[str, DialogFn]] = {
        "menu": menu, "choice": choice, "text": typed, "alert": alert, "sheet": sheet, "drawer": drawer,
    }  # fmt: skip
    handlers: ClassVar[dict[str, Handler]] = {
        "none": lambda ctx: None, "flip": flip, "pick": pick, "label": label, "to_empty": to_empty,
        "snack": lambda ctx: nav.snack(ctx, "Archived", "Undo", ("flip", "check")),
    }  # fmt: skip


@pytest.fixture
def driver() -> Driver:
    return Driver(gallery_phone(), {})


def gallery_phone(**size: int) -> Phone:
    """A phone with the gallery in front."""
    phone = Phone(apps=(*all_apps(), Gallery()), **size)
    package = {"label": "Gallery", "app": "gallery", "system": False, "version": "1", "permissions": {}}
    phone.reset(patch={"packages": {"org.example.gallery": package}, "apps": {"gallery": {}}})
    assert phone.launch("org.example.gallery")
    return phone


def checked(driver: Driver, title: str) -> bool:
    row = next(
        node
        for node in driver.tree().iter("node")
        if node.attrib["clickable"] == "true" and any(c.attrib["text"] == title for c in node.iter("node"))
    )
    return next(c.attrib["checked"] == "true" for c in row.iter("node") if c.attrib["checkable"] == "true")


@pytest.mark.parametrize("title", ["Switch", "Check", "Radio"])
def test_rows_toggle_and_tell_it(driver: Driver, title: str) -> None:
    assert not checked(driver, title)
    driver.tap(text=title)
    assert checked(driver, title)


def test_a_page_opens_above_and_scrolls_afresh_each_time(driver: Driver) -> None:
    driver.tap(text="Open a page")
    assert driver.has(text="first")
    driver.swipe("up", None, 0.5)
    assert not driver.has(text="Row 0")
    driver.phone.key(4)
    driver.tap(text="Open a page")
    assert driver.has(text="Row 0")
    driver.tap(desc="Navigate up")
    assert driver.has(text="Gallery")


def test_the_selected_tab_is_not_clickable(driver: Driver) -> None:
    driver.tap(desc="Two")
    flags = {name: driver.node(desc=name).attrib for name in ("One", "Two")}
    assert [(flag["selected"], flag["clickable"]) for flag in flags.values()] == [("false", "true"), ("true", "false")]


def test_a_long_choice_dialog_keeps_its_button_and_opens_at_the_asked_entry(driver: Driver) -> None:
    driver.tap(text="Choose")
    assert driver.has(text="Choice 12")
    assert not driver.has(text="Choice 0")
    cancel = bounds(driver.node(text="Cancel"))
    assert cancel[3] - cancel[1] > 100
    driver.tap(text="Choice 13")
    assert nav_args(driver)["picked"] == 13
    assert driver.has(text="Gallery")


def nav_args(driver: Driver) -> dict[str, object]:
    return driver.phone.state["ui"]["gallery"]["stack"][-1]["args"]


def test_text_dialog_has_the_focus_and_stores_on_ok_only(driver: Driver) -> None:
    driver.tap(text="Type")
    assert driver.node(id="android:id/edit").attrib["focused"] == "true"
    driver.phone.clear_text()
    driver.phone.type_text("new")
    driver.tap(text="Cancel")
    assert "label" not in driver.phone.state["apps"]["gallery"]
    driver.tap(text="Type")
    assert driver.node(id="android:id/edit").attrib["text"] == "old"
    driver.phone.type_text("er")
    driver.tap(id="android:id/button1")
    assert driver.phone.state["apps"]["gallery"]["label"] == "older"


@pytest.mark.parametrize("opener", ["Choose", "Type", "Alert", "Sheet", "Drawer"])
def test_a_dialog_is_alone_in_the_dump_and_back_closes_it(driver: Driver, opener: str) -> None:
    driver.tap(text=opener)
    assert not driver.has(text="Gallery")
    if driver.phone.state["keyboard"]["shown"]:
        driver.phone.key(4)
    driver.phone.key(4)
    assert driver.has(text="Gallery")
    assert driver.phone.foreground()[0] == "org.example.gallery"


def test_a_snackbar_acts_and_goes_with_time(driver: Driver) -> None:
    driver.tap(text="Snack")
    assert driver.has(text="Archived")
    driver.tap(text="Undo")
    assert checked(driver, "Check")
    assert not driver.has(text="Archived")
    driver.tap(text="Snack")
    driver.phone.advance(nav.SNACKBAR_MS)
    assert not driver.has(text="Archived")


def test_menu_leads_to_the_empty_state(driver: Driver) -> None:
    driver.tap(desc="More options")
    driver.tap(text="Empty page")
    assert driver.has(text="Nothing here")


@pytest.mark.parametrize("share", [0.0, 0.3, 0.75, 1.0])
def test_seek_bar_sends_the_fraction_at_which_the_thumb_stands(driver: Driver, share: float) -> None:
    left, top, right, bottom = bounds(driver.node(desc="Level"))
    half_a_thumb = (bottom - top) * 10 / 48
    driver.phone.tap(left + half_a_thumb + (right - left - 2 * half_a_thumb) * share, (top + bottom) / 2)
    assert nav_args(driver)["level"] == pytest.approx(share, abs=0.005)
    driver.phone.tap(left + 2, (top + bottom) / 2)
    assert nav_args(driver)["level"] == 0


def test_bounds_nest(driver: Driver) -> None:
    for node in driver.tree().iter("node"):
        left, top, right, bottom = bounds(node)
        assert left < right and top < bottom
        for child in node:
            inner = bounds(child)
            assert left <= inner[0] and top <= inner[1] and inner[2] <= right and inner[3] <= bottom


def test_an_unknown_message_is_a_fault() -> None:
    ctx = Ctx({}, nav.start("gallery"), None)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        Gallery().update(ctx, ("no such thing",))


def test_disabled_buttons_do_not_answer() -> None:
    button = filled_button(LIGHT, "Go", ("go",), enabled=False)
    assert (button.on_tap, button.enabled, button.clickable) == (None, False, True)


ICON_WORDS = ("icon", "icon_button", "round_icon")
SOURCES = sorted(path for part in ("widgets", "apps") for path in (Path(simphone.__file__).parent / part).rglob("*.py"))


def test_every_icon_that_code_names_exists() -> None:
    """Icon names are strings; a wrong one would only show on the screen that uses it."""
    for path in SOURCES:
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                for name in _icon_names(call):
                    assert outlines(name), f"{path}: {name}"


def _icon_names(call: ast.Call) -> Iterator[str]:
    called = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
    values = [word.value for word in call.keywords if word.arg in ("icon", "icon_name", "up_icon")]
    if called in ICON_WORDS and call.args:
        values.append(call.args[0 if called == "round_icon" else min(1, len(call.args) - 1)])
    if called == "Picture" and len(call.args) > 1 and getattr(call.args[0], "value", "") == "icon":
        values.append(call.args[1])
    yield from (value.value for value in values if isinstance(value, ast.Constant) and value.value)
