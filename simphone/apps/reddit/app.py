"""Reddit: its screens, messages and saved data."""

from __future__ import annotations

from typing import ClassVar

from simphone.apps.reddit import art, cards, communities, home, look, posts, search
from simphone.apps.reddit.state import fresh
from simphone.core.app import Ctx, Json, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp


class Reddit(StackApp):
    """Saved: see state. The feed that is shown is `feed` of the screen `home`; query, tab, sort and time are those of
    the screen `results`."""

    manifest = Manifest(
        name="reddit",
        label="Reddit",
        package="com.reddit.frontpage",
        activity="com.reddit.launch.main.MainActivity",
        activities=("launcher.default",),
        icon="reddit",
        icon_color="#ffffff",
        icon_background=look.ORANGE,
        version="2024.18.0",
    )
    first = "home"
    snackbar_above = look.BAR + 12
    screens: ClassVar[dict[str, ScreenFn]] = {**home.SCREENS, **communities.SCREENS, **search.SCREENS, **posts.SCREENS}
    dialogs: ClassVar[dict[str, DialogFn]] = {
        **home.DIALOGS, **communities.DIALOGS, **search.DIALOGS, **cards.DIALOGS, **posts.DIALOGS,
    }  # fmt: skip
    handlers: ClassVar[dict[str, Handler]] = {
        **home.HANDLERS, **communities.HANDLERS, **search.HANDLERS, **cards.HANDLERS, **posts.HANDLERS,
    }  # fmt: skip

    def __init__(self) -> None:
        art.register()

    def theme(self, ctx: Ctx) -> Theme:
        """Reddit's colours."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """Signed in, nothing loaded."""
        return fresh()

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002 - the home feed is always first
        """The home feed."""
        return nav.start(self.first, feed="home")

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; a post that is being written is not lost unasked."""
        if not ctx.ui["dialogs"] and posts.unsent(ctx):
            nav.open_dialog(ctx, "discard")
            return True
        return super().back(ctx)


APP = Reddit()
