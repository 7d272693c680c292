"""The screen of a call."""

from __future__ import annotations

from typing import Final

from simphone.apps.contacts import book, look, times
from simphone.apps.dialer import calls
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Msg, Paint, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import LINEAR, column, row, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.nav import Entry, Handler, ScreenFn
from simphone.widgets.text import text

ACTIVITY: Final = "com.android.incallui.InCallActivity"
_RED: Final = "#d93025"
_GREEN: Final = "#188038"
_KEYS: Final = ("123", "456", "789", "*0#")


def incall(ctx: Ctx, _entry: Entry) -> Scene:
    """Who it is, how long it has been going on, and what can be done."""
    colors, call = look.theme(ctx), calls.current(ctx)
    ringing = call is not None and call["state"] == "ringing"
    number = str(call["number"]) if call else str(ctx.ui["last"])
    known = book.by_number(ctx, number)
    who = text(colors, book.caller(ctx, number), size=32, id="contactgrid_contact_name", align="center", width=MATCH,
               max_lines=1, margin=(24, 8, 24, 0))  # fmt: skip
    status = text(colors, _status(ctx), size=16, color=colors.on_surface_soft, align="center", width=MATCH,
                  id="contactgrid_status_text")  # fmt: skip
    face = look.face(colors, known, size=120, self_halign="center") if known else look.disc(
        colors, number, "", size=120, self_halign="center"
    )  # fmt: skip
    below = _answer(colors) if ringing else _controls(ctx, colors) if call else []
    root = column(
        space(height=40), status, who, space(height=32), face, space(weight=1.0), *below, space(height=40),
        id="incall_ui", paint=Paint(fill=colors.surface),
    )  # fmt: skip
    return nav.page(colors, root, activity=ACTIVITY, background=colors.surface)


def _status(ctx: Ctx) -> str:
    call, known = calls.current(ctx), ctx.ui["ongoing"]
    if call is None:
        return "Call ended"
    if call["state"] == "dialing":
        return "Calling…"
    if call["state"] == "ringing":
        return "Incoming call"
    answered = known["answered"] if known else None
    return times.length(ctx.system.epoch_ms() - answered if answered is not None else 0)


def _round(colors: Theme, name: str, desc: str, on_tap: Msg, fill: Color, node: str) -> View:
    return icon_button(colors, name, desc, on_tap, size=32, color="#ffffff", id=node, width=72, height=72,
                       paint=Paint(fill=fill, radius=36))  # fmt: skip


def _answer(colors: Theme) -> list[View]:
    buttons = row(
        _round(colors, "call_end", "Decline", ("call.end",), _RED, "decline"), space(width=96),
        _round(colors, "phone", "Answer", ("call.answer",), _GREEN, "answer"),
        halign="center",
    )  # fmt: skip
    return [text(colors, "Answer or decline", size=14, align="center", width=MATCH, margin=(0, 0, 0, 24)), buttons]


def _controls(ctx: Ctx, colors: Theme) -> list[View]:
    switches = ctx.ui["switches"]
    names = (("dialpad", "Keypad", "keypad"), ("mic_off", "Mute", "mute"), ("volume", "Speaker", "speaker"),
             ("more_vert", "More", "more"))  # fmt: skip
    buttons = row(
        *(_control(colors, icon, label, name, on=name in switches) for icon, label, name in names),
        halign="center", gap=4,
    )  # fmt: skip
    end = row(_round(colors, "call_end", "End call", ("call.end",), _RED, "incall_end_call"), halign="center",
              margin=(0, 40, 0, 0))  # fmt: skip
    pad = _keypad(ctx, colors) if "keypad" in switches else None
    return [part for part in (pad, buttons, end) if part is not None]


def _control(colors: Theme, name: str, label: str, switch: str, *, on: bool) -> View:
    ink = colors.on_primary if on else colors.on_surface
    mark = View(
        in_tree=False, width=56, height=56, halign="center", valign="center",
        paint=Paint(fill=colors.primary if on else colors.surface_high, radius=28),
        children=[icon_button(colors, name, "", None, color=ink, in_tree=False)],
    )  # fmt: skip
    caption = text(colors, label, size=13, align="center", width=MATCH, on_tap=("call.switch", switch), selected=on)
    return column(mark, caption, cls=LINEAR, in_tree=False, on_tap=("call.switch", switch), width=80, gap=6,
                  halign="center")  # fmt: skip


def _keypad(ctx: Ctx, colors: Theme) -> View:
    typed = text(colors, str(ctx.ui["tones"]), size=24, align="center", width=MATCH, min_height=40)
    lines = [row(*(_tone(colors, key) for key in line), halign="center", gap=24) for line in _KEYS]
    return column(typed, *lines, gap=4, margin=(0, 0, 0, 16))


def _tone(colors: Theme, key: str) -> View:
    return text(colors, key, size=28, align="center", width=72, on_tap=("call.tone", key))


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx) -> None:
    """Bring the call to the top of this app."""
    call = calls.current(ctx)
    ctx.ui.update(last=str(call["number"]) if call else "", switches=[], tones="")
    nav.close_all(ctx)
    if nav.top(ctx)["name"] != "incall":
        nav.push(ctx, "incall")


def end(ctx: Ctx) -> None:
    """End or decline: the screen stays for a moment and says so."""
    calls.hang_up(ctx)
    ctx.ui["leaving"] = ctx.system.epoch_ms() + _STAY_MS


_STAY_MS: Final = 500
"""How long Call ended is shown."""


def answer(ctx: Ctx) -> None:
    """Answer."""
    calls.answer(ctx)


def switch(ctx: Ctx, name: str) -> None:
    """Keypad, Mute, Speaker; More has nothing."""
    held: list[str] = ctx.ui["switches"]
    if name == "more":
        ctx.system.toast("No more options for this call")
        return
    ctx.ui["switches"] = [each for each in held if each != name] if name in held else [*held, name]


def tone(ctx: Ctx, key: str) -> None:
    """A key of the keypad."""
    ctx.ui["tones"] = str(ctx.ui["tones"]) + key


SCREENS: Final[dict[str, ScreenFn]] = {"incall": incall}
HANDLERS: Final[dict[str, Handler]] = {
    "call.end": end,
    "call.answer": answer,
    "call.switch": switch,
    "call.tone": tone,
}
