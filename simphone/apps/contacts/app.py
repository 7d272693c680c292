"""Google Contacts: its screens, messages and saved data."""

from __future__ import annotations

from typing import Any, ClassVar

from simphone.apps.contacts import book, card, editor, form, home, labels, look, manage, provider, search
from simphone.core.app import Ctx, Intent, Json, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp


class Contacts(StackApp):
    """Saved: book.Data. In `ui`: `tab` of the start page, `drawer`, the chips `phone`, `email` and `companies`, and
    `picked`, the ids of the selected contacts."""

    manifest = Manifest(
        name="contacts",
        label="Contacts",
        package="com.google.android.contacts",
        activity="com.android.contacts.activities.PeopleActivity",
        activities=(card.ACTIVITY, form.ACTIVITY),
        actions=(
            "android.intent.action.INSERT vnd.android.cursor.dir/contact",
            "android.intent.action.INSERT vnd.android.cursor.dir/raw_contact",
            "android.intent.action.VIEW vnd.android.cursor.dir/contact",
        ),
        icon="person_filled",
        icon_background="#1a73e8",
        version="4.4.20.533513486",
    )
    first = "home"
    screens: ClassVar[dict[str, ScreenFn]] = {
        "home": home.home, **search.SCREENS, **card.SCREENS, **editor.SCREENS, **labels.SCREENS, **manage.SCREENS,
    }  # fmt: skip
    dialogs: ClassVar[dict[str, DialogFn]] = {
        **home.DIALOGS, **card.DIALOGS, **editor.DIALOGS, **labels.DIALOGS, **manage.DIALOGS,
    }  # fmt: skip
    handlers: ClassVar[dict[str, Handler]] = {
        **home.HANDLERS, **search.HANDLERS, **card.HANDLERS, **editor.HANDLERS, **labels.HANDLERS, **manage.HANDLERS,
    }  # fmt: skip

    def theme(self, ctx: Ctx) -> Theme:
        """The colours of Contacts."""
        return look.theme(ctx)

    def fresh_data(self) -> dict[str, Json]:
        """Nobody, no labels."""
        return {"contacts": [], "labels": [], "order": "first"}

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The whole list."""
        own = {"tab": "contacts", "drawer": False, "phone": False, "email": False, "companies": [], "picked": []}
        return super().fresh_ui(ctx) | own

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """ACTION_INSERT opens a filled-in form; anything else shows what was there."""
        if intent.action == "android.intent.action.INSERT":
            nav.close_all(ctx)
            editor.insert(ctx, intent)

    def back(self, ctx: Ctx) -> bool:
        """Drawer, selection, and unsaved changes come before the stack."""
        if ctx.ui["dialogs"]:
            return super().back(ctx)
        if nav.top(ctx)["name"] == "editor" and editor.leave(ctx):
            return True
        if nav.top(ctx)["name"] == "home" and (ctx.ui["drawer"] or ctx.ui["picked"]):
            ctx.ui.update(drawer=False, picked=[])
            return True
        if len(ctx.ui["stack"]) == 1 and ctx.ui["tab"] != "contacts":
            ctx.ui["tab"] = "contacts"
            return True
        return super().back(ctx)

    def providers(self, ctx: Ctx) -> dict[str, list[dict[str, Any]]]:
        """The contacts provider."""
        return provider.rows(book.saved(ctx))


APP = Contacts()
