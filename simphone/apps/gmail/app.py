"""Gmail: its screens, messages and saved data."""

from __future__ import annotations

from typing import ClassVar, cast
from urllib.parse import parse_qs, unquote

from simphone.apps.gmail import (
    actions,
    compose,
    conversation,
    draft,
    drawer,
    home,
    look,
    mailbox,
    rows,
    search,
    settings,
)
from simphone.apps.gmail.state import fresh
from simphone.core.app import Ctx, Intent, Json, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp


class Gmail(StackApp):
    """Saved: account, people, mails, settings (see state). What is being written is in the page `compose` (see draft).

    `ui.undo` holds [mail, field, value] as they were before the last change that a snackbar can undo."""

    manifest = Manifest(
        name="gmail",
        label="Gmail",
        package="com.google.android.gm",
        activity="com.google.android.gm.ConversationListActivityGmail",
        activities=(look.MAIL, look.COMPOSE, look.SETTINGS),
        actions=("android.intent.action.SENDTO mailto", "android.intent.action.VIEW mailto"),
        icon="gmail",
        icon_color="#ea4335",
        icon_background="#ffffff",
        version="2023.04.16.527429823.Release",
    )
    first = "home"
    snackbar_above = home.SNACKBAR_ROOM
    screens: ClassVar[dict[str, ScreenFn]] = {
        **home.SCREENS, **conversation.SCREENS, **search.SCREENS, **compose.SCREENS, **settings.SCREENS,
    }  # fmt: skip
    dialogs: ClassVar[dict[str, DialogFn]] = {
        **drawer.DIALOGS, **actions.DIALOGS, **conversation.DIALOGS, **search.DIALOGS, **compose.DIALOGS,
        **settings.DIALOGS,
    }  # fmt: skip
    handlers: ClassVar[dict[str, Handler]] = {
        **home.HANDLERS, **rows.HANDLERS, **drawer.HANDLERS, **actions.HANDLERS, **conversation.HANDLERS,
        **search.HANDLERS, **draft.HANDLERS, **settings.HANDLERS,
    }  # fmt: skip

    def theme(self, ctx: Ctx) -> Theme:
        """Gmail's colours."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """An account without mails."""
        return cast("dict[str, Json]", fresh())

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002 - the inbox is always first
        """The inbox."""
        return nav.start(self.first, view="inbox", selected=[]) | {"undo": []}

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """A mailto link (RFC 6068) opens the page for writing."""
        scheme, _, rest = intent.data.partition(":")
        if scheme != "mailto":
            return
        to, _, query = rest.partition("?")
        fields = {name: values[0] for name, values in parse_qs(query).items()}
        to = unquote(to) or fields.get("to", "")
        draft.begin(
            ctx,
            to=[each.strip() for each in to.split(",") if each.strip()],
            subject=fields.get("subject") or str(intent.extras.get("android.intent.extra.SUBJECT", "")),
            body=fields.get("body") or str(intent.extras.get("android.intent.extra.TEXT", "")),
        )

    def back(self, ctx: Ctx) -> bool:
        """As in every stack; a selection ends first, and what was being written is kept."""
        if not ctx.ui["dialogs"]:
            entry = nav.top(ctx)
            if entry["args"].get("selected"):
                entry["args"]["selected"] = []
                return True
            if entry["name"] == "compose":
                draft.leave(ctx)
                return True
        return super().back(ctx)

    def tick(self, ctx: Ctx) -> None:
        """Snoozed mails return, scheduled ones leave."""
        super().tick(ctx)
        mailbox.wake(ctx)


APP = Gmail()
