"""The Calendar app: what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar, cast

from simphone.apps.calendar import editor, event_editor, home, look, month, reminders, state, store, task_editor
from simphone.core.app import Ctx, Intent, Json, Maker, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav


class Calendar(nav.StackApp):
    """Calendar by Skuld: events, a month of days, tasks. Its events are its own, not those of the system's calendar."""

    manifest = Manifest(
        name="calendar",
        label="Calendar",
        package="com.skuld.calendario",
        activity="com.skuld.calendario.ui.MainActivity",
        icon="calendar",
        icon_color="#ffffff",
        icon_background="#3a6ff7",
        version="1.0.67",
    )
    first = "home"
    screens: ClassVar[Mapping[str, nav.ScreenFn]] = {
        "home": home.home,
        "event": event_editor.page,
        "task": task_editor.page,
    }
    dialogs: ClassVar[Mapping[str, nav.DialogFn]] = {
        **month.DIALOGS,
        **editor.DIALOGS,
        **event_editor.DIALOGS,
        **task_editor.DIALOGS,
    }
    handlers: ClassVar[Mapping[str, nav.Handler]] = {
        **home.HANDLERS,
        **editor.HANDLERS,
        **event_editor.HANDLERS,
        **task_editor.HANDLERS,
    }
    snackbar_above = home.SNACKBAR_ABOVE

    def theme(self, ctx: Ctx) -> Theme:
        """Calendar's colours."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """No events, no tasks."""
        return cast(dict[str, Json], state.fresh_data())

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The Calendar tab at today."""
        return state.fresh_ui(ctx.system.now())

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """The launcher brings the app back as it was; a notification opens what it tells of, unless a form is open."""
        kind, _, number = intent.data.partition(":")
        if kind in ("event", "task") and number.isdecimal() and not editor.editing(ctx):
            editor.edit(ctx, cast(state.Kind, kind), int(number))

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; changes are not dropped unasked."""
        if editor.editing(ctx) and nav.dialog(ctx) is None and editor.changed(ctx):
            nav.open_dialog(ctx, "discard")
            return True
        return super().back(ctx)

    def tick(self, ctx: Ctx) -> None:
        """Events and tasks whose notification is due."""
        super().tick(ctx)
        reminders.tell(ctx)

    def files(self, ctx: Ctx) -> dict[str, Maker]:
        """The store as adb finds it."""
        return {store.PATH: partial(store.image, ctx)}


APP = Calendar()
