"""TikTok: what it is made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from simphone.apps.tiktok import art, look, places, player, profile, search, sheets, state
from simphone.core.app import Ctx, Json, Manifest
from simphone.ui.pictures import register_picture
from simphone.ui.view import Theme
from simphone.widgets import nav


class TikTok(nav.StackApp):
    """Videos, accounts, and whom the user follows."""

    manifest = Manifest(
        name="tiktok",
        label="TikTok",
        package="com.zhiliaoapp.musically",
        activity="com.ss.android.ugc.aweme.splash.SplashActivity",
        icon="music_note",
        icon_background="#000000",
        version="41.0.4",
        activities=(look.MAIN, look.SEARCH, look.PROFILE, look.DETAIL),
        permissions=("android.permission.POST_NOTIFICATIONS",),
    )
    first = "home"
    screens: ClassVar[Mapping[str, nav.ScreenFn]] = {
        **player.SCREENS,
        **search.SCREENS,
        **profile.SCREENS,
        **places.SCREENS,
    }
    dialogs: ClassVar[Mapping[str, nav.DialogFn]] = {**search.DIALOGS, **sheets.DIALOGS, **places.DIALOGS}
    handlers: ClassVar[Mapping[str, nav.Handler]] = {
        **player.HANDLERS,
        **search.HANDLERS,
        **profile.HANDLERS,
        **sheets.HANDLERS,
        **places.HANDLERS,
    }

    def __init__(self) -> None:
        """Makes its videos known to the renderer."""
        register_picture(art.FRAME, art.draw_frame)
        register_picture(art.STILL, art.draw_still)
        register_picture(art.AVATAR, art.draw_avatar)

    def theme(self, ctx: Ctx) -> Theme:
        """Red on white, or on black."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """Nobody is logged in."""
        return state.fresh_data()

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002 - always the same
        """The For You feed."""
        return state.fresh_ui()

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; from the other places of the bottom bar to Home first."""
        if super().back(ctx):
            return True
        if nav.top(ctx)["name"] == self.first:
            return False
        nav.reset(ctx, self.first)
        return True


APP = TikTok()
