"""Google Phone: its screens, messages and saved data."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import unquote

from simphone.apps.contacts import book, look, numbers, times
from simphone.apps.dialer import calls, incall, pages
from simphone.core.app import Ctx, Intent, Json, Manifest
from simphone.ui.view import Theme
from simphone.widgets import nav
from simphone.widgets.nav import DialogFn, Handler, ScreenFn, StackApp

_NOTE = "call"


# --- messages -------------------------------------------------------------------------------------------------------
def set_tab(ctx: Ctx, tab: str) -> None:
    """The bottom bar."""
    ctx.ui["tab"] = tab


def call(ctx: Ctx, number: str) -> None:
    """Call a number."""
    if ctx.system.setting("global", "airplane_mode_on") == "1":
        ctx.system.toast("Turn off airplane mode to make a call.")
        return
    calls.dial(ctx, numbers.digits(number) if "+" not in number else number)
    incall.show(ctx)


def press(ctx: Ctx, digit: str) -> None:
    """A key of the dialpad."""
    args = nav.top(ctx)["args"]
    args["typed"] = str(args.get("typed", "")) + digit


def erase(ctx: Ctx) -> None:
    """Backspace of the dialpad."""
    args = nav.top(ctx)["args"]
    args["typed"] = str(args.get("typed", ""))[:-1]


def clear_typed(ctx: Ctx) -> None:
    """Backspace, held."""
    nav.top(ctx)["args"]["typed"] = ""


def call_typed(ctx: Ctx) -> None:
    """Call on the dialpad; with nothing typed it brings the last number back."""
    typed = str(nav.top(ctx)["args"].get("typed", ""))
    if typed:
        call(ctx, typed)
        return
    last = next((row for row in calls.log(ctx) if times.whole(row.get("type")) == calls.OUTGOING), None)
    if last is not None:
        nav.top(ctx)["args"]["typed"] = numbers.digits(str(last.get("number")))


def create(ctx: Ctx, number: str) -> None:
    """Create new contact, in Contacts."""
    insert = Intent("android.intent.action.INSERT", mime="vnd.android.cursor.dir/contact", extras={"phone": number})
    if not ctx.system.start(insert):
        ctx.system.toast("Contacts isn't installed.")


def person(ctx: Ctx, number: int) -> None:
    """A contact: calls it, where it has a number."""
    known = book.find(ctx, number)
    if known and known["phones"]:
        call(ctx, known["phones"][0]["number"])
    else:
        ctx.system.toast("This contact has no phone number")


def history(ctx: Ctx) -> None:
    """Call history."""
    nav.close_all(ctx)
    nav.pop_to(ctx, "home")
    ctx.ui["tab"] = "recents"


def ask_clear(ctx: Ctx) -> None:
    """Clear call history."""
    nav.close_all(ctx)
    nav.open_dialog(ctx, "clear")


def clear_log(ctx: Ctx) -> None:
    """Clear call history was confirmed."""
    nav.close_all(ctx)
    calls.clear(ctx)


def ask_delete(ctx: Ctx, row: int) -> None:
    """A long press on a call."""
    nav.open_dialog(ctx, "delete", call=row)


def delete(ctx: Ctx, row: int) -> None:
    """Delete was confirmed."""
    nav.close_all(ctx)
    calls.delete(ctx, row)


def say(ctx: Ctx, message: str) -> None:
    """What a button has to say."""
    nav.close_all(ctx)
    ctx.system.toast(message)


class Dialer(StackApp):
    """Saves nothing: call and call log are the phone's, see calls. In `ui`: `tab`, `ongoing`, `last` (the number of the
    call on the screen), `leaving` (when that screen goes), `switches` and `tones` of the call."""

    manifest = Manifest(
        name="dialer",
        label="Phone",
        package="com.google.android.dialer",
        activity="com.google.android.dialer.extensions.GoogleDialtactsActivity",
        activities=(incall.ACTIVITY,),
        actions=(
            "android.intent.action.CALL tel",
            "android.intent.action.DIAL tel",
            "android.intent.action.VIEW tel",
            "android.intent.action.DIAL",
            "android.intent.action.CALL_BUTTON",
        ),
        icon="phone",
        icon_background="#1a73e8",
        version="104.0.526415467",
    )
    first = "home"
    screens: ClassVar[dict[str, ScreenFn]] = {
        "home": pages.home, "search": pages.search, "dialpad": pages.dialpad, **incall.SCREENS,
    }  # fmt: skip
    dialogs: ClassVar[dict[str, DialogFn]] = {
        "menu": pages.menu, "clear": pages.clear_dialog, "delete": pages.delete_dialog,
    }  # fmt: skip
    handlers: ClassVar[dict[str, Handler]] = {
        "home.tab": set_tab,
        "home.call": call,
        "home.create": create,
        "home.person": person,
        "pad.key": press,
        "pad.erase": erase,
        "pad.clear": clear_typed,
        "pad.call": call_typed,
        "menu.history": history,
        "menu.ask_clear": ask_clear,
        "log.clear": clear_log,
        "log.ask_delete": ask_delete,
        "log.delete": delete,
        "say": say,
        **incall.HANDLERS,
    }

    def theme(self, ctx: Ctx) -> Theme:
        """The colours of Phone."""
        return look.theme(ctx)

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:
        """The favourites, no call."""
        own: dict[str, Any] = {"tab": "favorites", "ongoing": None, "last": "", "leaving": None, "switches": [],
                               "tones": ""}  # fmt: skip
        return super().fresh_ui(ctx) | own

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """CALL calls, DIAL and VIEW show the dialpad with the number; the screen of the call shows a call."""
        number = unquote(intent.data.partition("tel:")[2])
        if intent.action.endswith(".CALL") and number:
            call(ctx, number)
        elif intent.component.endswith(incall.ACTIVITY) or intent.data == _NOTE:
            if ctx.ui["ongoing"] is None:
                calls.take_up(ctx)
            if calls.current(ctx) is not None:
                incall.show(ctx)
        elif intent.action.rpartition(".")[2] in ("DIAL", "VIEW"):
            nav.pop_to(ctx, "home")
            nav.push(ctx, "dialpad", typed=numbers.digits(number))

    def back(self, ctx: Ctx) -> bool:
        """During a call back leaves the screen of the call; the call goes on."""
        if nav.top(ctx)["name"] == "incall" and not ctx.ui["dialogs"]:
            nav.pop(ctx)
            return False
        if len(ctx.ui["stack"]) == 1 and not ctx.ui["dialogs"] and ctx.ui["tab"] != "favorites":
            ctx.ui["tab"] = "favorites"
            return True
        return super().back(ctx)

    def tick(self, ctx: Ctx) -> None:
        """A call that rings comes to front; one that is over leaves the screen."""
        super().tick(ctx)
        now = calls.current(ctx)
        if now is not None and now["state"] == "ringing" and ctx.ui["ongoing"] is None:
            component = f"{self.manifest.package}/{incall.ACTIVITY}"
            ctx.system.start(Intent("android.intent.action.MAIN", data=_NOTE, component=component))
        elif calls.follow(ctx):
            if ctx.ui["ongoing"] is not None:
                who = book.caller(ctx, ctx.ui["ongoing"]["number"])
                ctx.system.notify(_NOTE, who, "Ongoing call", _NOTE)
        else:
            ctx.system.cancel_notification(_NOTE)
            self._leave(ctx)

    def _leave(self, ctx: Ctx) -> None:
        """The screen of a call that is over goes, after it has said so."""
        due = ctx.ui["leaving"]
        if nav.top(ctx)["name"] == "incall" and (due is None or ctx.system.epoch_ms() >= due):
            ctx.ui["leaving"] = None
            nav.pop(ctx)
            ctx.system.finish()


APP = Dialer()
