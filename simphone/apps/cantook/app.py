"""The Cantook app: what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from simphone.apps.cantook import (
    catalogs,
    covers,
    database,
    library,
    look,
    main,
    options,
    picker,
    reader,
    settings,
    state,
)
from simphone.core.app import Ctx, Json, Manifest
from simphone.ui.pictures import register_picture
from simphone.ui.view import Theme
from simphone.widgets import nav


class Cantook(nav.StackApp):
    """A library of e-books, and the reader."""

    manifest = Manifest(
        name="cantook",
        label="Cantook",
        package="com.aldiko.android",
        activity="com.aldiko.android.activity.main.MainActivity",
        icon="book_open",
        icon_background="#00749c",
        version="1.18.6",
    )
    first = "main"
    screens: ClassVar[Mapping[str, nav.ScreenFn]] = {
        **main.SCREENS,
        **library.SCREENS,
        **options.SCREENS,
        **reader.SCREENS,
        **catalogs.SCREENS,
        **settings.SCREENS,
        **picker.SCREENS,
    }
    dialogs: ClassVar[Mapping[str, nav.DialogFn]] = {
        **library.DIALOGS,
        **options.DIALOGS,
        **reader.DIALOGS,
        **catalogs.DIALOGS,
        **settings.DIALOGS,
        **picker.DIALOGS,
    }
    handlers: ClassVar[Mapping[str, nav.Handler]] = {
        **main.HANDLERS,
        **library.HANDLERS,
        **options.HANDLERS,
        **reader.HANDLERS,
        **catalogs.HANDLERS,
        **settings.HANDLERS,
        **picker.HANDLERS,
    }
    snackbar_above = main.SNACKBAR_ABOVE

    def __init__(self) -> None:
        register_picture(covers.NAME, covers.draw)

    def theme(self, ctx: Ctx) -> Theme:
        """Cantook's blue."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """No books."""
        return state.fresh_data()

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002 - the same for every user
        """Home."""
        return state.fresh_ui()

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; every tab but Home leads back to it."""
        if super().back(ctx):
            return True
        if state.shown(ctx)["tab"] == "home":
            return False
        main.show(ctx, "home")
        return True

    def files(self, ctx: Ctx) -> dict[str, Callable[[], bytes]]:
        """The database as adb finds it."""
        return {database.PATH: lambda: database.image(ctx)}


APP = Cantook()
