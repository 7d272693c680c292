"""Pi Music Player: what it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from simphone.apps.pimusic import (
    collection,
    covers,
    database,
    extras,
    home,
    look,
    marking,
    menus,
    now_playing,
    playback,
    playlists,
    search,
    sorting,
    state,
)
from simphone.core.app import Ctx, Json, Manifest
from simphone.ui.pictures import register_picture
from simphone.ui.view import Theme
from simphone.widgets import nav


class PiMusic(nav.StackApp):
    """The songs on the phone, and a player that follows the phone's clock."""

    manifest = Manifest(
        name="pimusic",
        label="Pi Music Player",
        package="com.Project100Pi.themusicplayer",
        activity="com.Project100Pi.themusicplayer.activity.SplashScreenActivity",
        icon="music_note",
        icon_background="#5b3fd6",
        version="3.1.5.8",
    )
    first = "home"
    screens: ClassVar[Mapping[str, nav.ScreenFn]] = {
        "home": home.home,
        "collection": collection.page,
        **now_playing.SCREENS,
        **playlists.SCREENS,
        **search.SCREENS,
        **extras.SCREENS,
    }
    dialogs: ClassVar[Mapping[str, nav.DialogFn]] = {
        **sorting.DIALOGS,
        **marking.DIALOGS,
        **menus.DIALOGS,
        **playlists.DIALOGS,
        **extras.DIALOGS,
    }
    handlers: ClassVar[Mapping[str, nav.Handler]] = {
        **home.HANDLERS,
        **now_playing.HANDLERS,
        **sorting.HANDLERS,
        **marking.HANDLERS,
        **menus.HANDLERS,
        **playlists.HANDLERS,
        **search.HANDLERS,
        **extras.HANDLERS,
    }
    snackbar_above = look.SNACKBAR_ABOVE

    def __init__(self) -> None:
        """Makes its covers known to the renderer."""
        register_picture(covers.COVER, covers.draw_cover)
        register_picture(covers.BACKDROP, covers.draw_backdrop)

    def theme(self, ctx: Ctx) -> Theme:
        """The app's violet."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """No songs yet."""
        return state.fresh_data()

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002 - always the same
        """The TRACKS tab."""
        return state.fresh_ui()

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; marks go first."""
        if nav.dialog(ctx) is None and state.shown(ctx)["selected"]:
            marking.clear(ctx)
            return True
        return super().back(ctx)

    def tick(self, ctx: Ctx) -> None:
        """The song goes on."""
        super().tick(ctx)
        playback.advance(ctx)

    def files(self, ctx: Ctx) -> dict[str, Callable[[], bytes]]:
        """The database as adb finds it."""
        return {database.PATH: lambda: database.image(ctx)}

    def providers(self, ctx: Ctx) -> dict[str, list[dict[str, Json]]]:
        """The songs as the media provider tells of them."""
        return database.providers(ctx)

    def media_session(self, ctx: Ctx) -> dict[str, Json] | None:
        """What the player has loaded."""
        return playback.session(ctx)


APP = PiMusic()
