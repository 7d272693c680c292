"""Zoom: its screens, messages and saved data."""

from __future__ import annotations

from typing import ClassVar

from simphone.apps.zoom import join, look, settings, welcome
from simphone.core.app import Ctx, Json, Manifest
from simphone.ui.view import Theme
from simphone.widgets.nav import Handler, ScreenFn, StackApp


class Zoom(StackApp):
    """Saved: `settings`, and `joins`, the meetings that Join was pressed for.

    `ui.join` is the open join form {meeting_id (digits only), personal_link, link, name, no_audio, no_video}, or null.
    """

    manifest = Manifest(
        name="zoom",
        label="Zoom",
        package="us.zoom.videomeetings",
        activity="com.zipow.videobox.LauncherActivity",
        activities=(welcome.ACTIVITY, join.ACTIVITY, settings.ACTIVITY),
        icon="videocam",
        icon_background=look.BLUE,
        version="5.17.11.20383",
    )
    first = "welcome"
    screens: ClassVar[dict[str, ScreenFn]] = {**welcome.SCREENS, **join.SCREENS, **settings.SCREENS}
    handlers: ClassVar[dict[str, Handler]] = {**welcome.HANDLERS, **join.HANDLERS, **settings.HANDLERS}

    def theme(self, ctx: Ctx) -> Theme:
        """Zoom's own blue."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """Default settings, nothing joined."""
        return {"settings": settings.defaults(), "joins": []}

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The welcome screen; no form is open."""
        return super().fresh_ui(ctx) | {"join": None}

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; leaving the join form forgets what was typed into it."""
        handled = super().back(ctx)
        if not any(entry["name"] == "join" for entry in ctx.ui["stack"]):
            ctx.ui["join"] = None
        return handled


APP = Zoom()
