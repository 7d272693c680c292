"""The Bluecoins app: what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar

from simphone.apps.bluecoins import database, editor, form, home, look, month, reports, settings, state, transactions
from simphone.core.app import Ctx, Json, Maker, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav


class Bluecoins(nav.StackApp):
    """Transactions, and what they come to. Nothing of a form is saved before Save."""

    manifest = Manifest(
        name="bluecoins",
        label="Bluecoins",
        package="com.rammigsoftware.bluecoins",
        activity="com.rammigsoftware.bluecoins.ui.activities.main.MainActivity",
        icon="coins",
        icon_background="#1e88e5",
        version="12.9.5-18596",
    )
    first = "home"
    screens: ClassVar[Mapping[str, nav.ScreenFn]] = {
        **home.SCREENS,
        **transactions.SCREENS,
        **reports.SCREENS,
        **settings.SCREENS,
        **form.SCREENS,
    }
    dialogs: ClassVar[Mapping[str, nav.DialogFn]] = {
        **home.DIALOGS,
        **transactions.DIALOGS,
        **reports.DIALOGS,
        **settings.DIALOGS,
        **editor.DIALOGS,
    }
    handlers: ClassVar[Mapping[str, nav.Handler]] = {
        **home.HANDLERS,
        **transactions.HANDLERS,
        **month.HANDLERS,
        **reports.HANDLERS,
        **settings.HANDLERS,
        **editor.HANDLERS,
    }
    snackbar_above = home.SNACKBAR_ABOVE

    def theme(self, ctx: Ctx) -> Theme:
        """Bluecoins' blue."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """No transactions."""
        return state.fresh_data()

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The Main tab."""
        return state.fresh_ui(state.today(ctx))

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; changes are not dropped unasked, and marks go first. Every tab but the first leads back
        to it."""
        if nav.dialog(ctx) is None:
            if editor.editing(ctx) and editor.changed(ctx):
                nav.open_dialog(ctx, "discard")
                return True
            if nav.top(ctx)["name"] == "home" and state.shown(ctx)["selected"]:
                transactions.clear(ctx)
                return True
        if super().back(ctx):
            return True
        if state.shown(ctx)["tab"] == "main":
            return False
        home.show(ctx, "main")
        return True

    def files(self, ctx: Ctx) -> dict[str, Maker]:
        """The database as adb finds it."""
        return {database.PATH: partial(database.image, ctx)}


APP = Bluecoins()
