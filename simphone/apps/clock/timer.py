"""The Timer tab: the keypad that sets a timer up, and the cards of the timers that there are.

A running timer knows when it ends (epoch in ms of the virtual clock); what is left is always computed from that.
"""

from __future__ import annotations

from typing import Final

from simphone.apps.clock import look, times
from simphone.apps.clock.frame import FAB_ROOM, Beside, main_button, side_button, tab_page
from simphone.apps.clock.state import Timer, saved, shown
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Picture, Scene, TextStyle, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import GROUP, column, frame, list_view, row, space
from simphone.widgets.buttons import BUTTON, icon_button
from simphone.widgets.card import card
from simphone.widgets.dialogs import Action, text_dialog
from simphone.widgets.text import TEXT_VIEW, text

MAX_DIGITS: Final = 6
_MINUTE_MS: Final = 60_000
_MOST_MS: Final = 100 * 3_600_000 - 1000


# --- time -----------------------------------------------------------------------------------------------------------
def left_ms(ctx: Ctx, timer: Timer) -> int:
    """What is left of a timer; negative once it has rung."""
    return timer["left_ms"] if timer["ends_at"] is None else timer["ends_at"] - ctx.system.epoch_ms()


def rings(ctx: Ctx, timer: Timer) -> bool:
    """Whether the time of a running timer is up."""
    return timer["ends_at"] is not None and left_ms(ctx, timer) <= 0


def ring(ctx: Ctx, elapsed_ms: int) -> None:
    """Tell, by a notification, of timers whose time came to be up within the time elapsed."""
    for timer in saved(ctx)["timers"]:
        if timer["ends_at"] is not None and -elapsed_ms < left_ms(ctx, timer) <= 0:
            ctx.system.notify(f"timer:{timer['id']}", "Time's up", _name(timer))


def _find(ctx: Ctx, number: int) -> Timer:
    for timer in saved(ctx)["timers"]:
        if timer["id"] == number:
            return timer
    raise LookupError(f"no timer {number}")


# --- messages -------------------------------------------------------------------------------------------------------
def _typed(ctx: Ctx) -> str:
    """The keypad's display as digits, without leading zeros."""
    setup = shown(ctx)["timer_setup"]
    return f"{setup['hours']:02d}{setup['minutes']:02d}{setup['seconds']:02d}".lstrip("0")


def _display(ctx: Ctx, digits: str, *, is_open: bool) -> None:
    padded = digits.rjust(MAX_DIGITS, "0")
    hours, minutes, seconds = int(padded[:2]), int(padded[2:4]), int(padded[4:])
    shown(ctx)["timer_setup"] = {"hours": hours, "minutes": minutes, "seconds": seconds, "open": is_open}


def digit(ctx: Ctx, value: str) -> None:
    """A key of the keypad: its digits are shifted in from the right, as far as there is room."""
    longer = (_typed(ctx) + value).lstrip("0")
    if len(longer) <= MAX_DIGITS:
        _display(ctx, longer, is_open=shown(ctx)["timer_setup"]["open"])


def backspace(ctx: Ctx) -> None:
    """The delete key."""
    _display(ctx, _typed(ctx)[:-1], is_open=shown(ctx)["timer_setup"]["open"])


def clear(ctx: Ctx) -> None:
    """The delete key, held."""
    _display(ctx, "", is_open=shown(ctx)["timer_setup"]["open"])


def keypad(ctx: Ctx, is_open: bool) -> None:
    """Add timer, or back to the list of timers."""
    _display(ctx, "", is_open=is_open)


def set_up_s(ctx: Ctx) -> int:
    """The length on the keypad's display in seconds."""
    setup = shown(ctx)["timer_setup"]
    return (setup["hours"] * 60 + setup["minutes"]) * 60 + setup["seconds"]


def create(ctx: Ctx) -> None:
    """Start: a new timer, running; the keypad is cleared."""
    start(ctx, set_up_s(ctx) * 1000)
    keypad(ctx, False)


def start(ctx: Ctx, length_ms: int, label: str = "") -> None:
    """A new timer, running."""
    timers = saved(ctx)["timers"]
    number = max((timer["id"] for timer in timers), default=0) + 1
    ends_at = ctx.system.epoch_ms() + length_ms
    timers.insert(0, {"id": number, "length_ms": length_ms, "left_ms": length_ms, "ends_at": ends_at, "label": label})


def toggle(ctx: Ctx, number: int) -> None:
    """Pause or go on; a timer that rings is stopped and reset."""
    timer = _find(ctx, number)
    if rings(ctx, timer):
        reset(ctx, number)
    elif timer["ends_at"] is None:
        timer["ends_at"] = ctx.system.epoch_ms() + timer["left_ms"]
    else:
        timer["left_ms"], timer["ends_at"] = left_ms(ctx, timer), None


def reset(ctx: Ctx, number: int) -> None:
    """Back to the full length, standing."""
    timer = _find(ctx, number)
    timer["left_ms"], timer["ends_at"] = timer["length_ms"], None


def add_minute(ctx: Ctx, number: int) -> None:
    """A minute more; one that rings runs on for a minute."""
    timer = _find(ctx, number)
    left = min(max(left_ms(ctx, timer), 0) + _MINUTE_MS, _MOST_MS)
    if timer["ends_at"] is None:
        timer["left_ms"] = left
    else:
        timer["ends_at"] = ctx.system.epoch_ms() + left


def delete(ctx: Ctx, number: int) -> None:
    """Remove a timer."""
    saved(ctx)["timers"].remove(_find(ctx, number))


def edit_label(ctx: Ctx, number: int) -> None:
    """Open the label dialog."""
    nav.open_dialog(ctx, "timer_label", timer=number, value=_find(ctx, number)["label"])


def save_label(ctx: Ctx) -> None:
    """OK, or Enter, in the label dialog."""
    draft = nav.args(ctx)
    _find(ctx, draft["timer"])["label"] = draft["value"].strip()
    nav.close(ctx)


# --- the tab --------------------------------------------------------------------------------------------------------
def page(ctx: Ctx) -> Scene:
    """The tab: the keypad when there are no timers, or one is to be added."""
    if shown(ctx)["timer_setup"]["open"] or not saved(ctx)["timers"]:
        return _setup_page(ctx)
    cards = [_card(ctx, timer) for timer in saved(ctx)["timers"]]
    content = list_view("timers", *cards, id="timer_pager", padding=(16, 8, 16, FAB_ROOM), gap=8)
    return tab_page(ctx, content, button=main_button(ctx, "add", "Add timer", ("timer.keypad", True)))


def _setup_page(ctx: Ctx) -> Scene:
    theme = look.theme(ctx)
    filled = set_up_s(ctx) > 0
    keys = [["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"], ["00", "0", "<"]]
    content = column(
        _setup_time(ctx, theme, filled),
        *(row(*(_key(theme, key) for key in line), in_tree=False, halign="center", gap=12) for line in keys),
        cls=GROUP,
        id="timer_setup",
        height=MATCH,
        gap=10,
        halign="center",
    )
    start_button = main_button(ctx, "play", "Start", ("timer.create",), round_=True) if filled else None
    beside: Beside = (None, None)
    if saved(ctx)["timers"]:
        beside = (side_button(ctx, "close", "Cancel", ("timer.keypad", False)), None)
    return tab_page(ctx, content, button=start_button, beside=beside)


def _setup_time(ctx: Ctx, theme: Theme, filled: bool) -> View:
    """One TextView; its three numbers and units are drawn apart."""
    setup = shown(ctx)["timer_setup"]
    hours, minutes, seconds = setup["hours"], setup["minutes"], setup["seconds"]
    ink = theme.primary if filled else theme.on_surface_soft
    parts: list[View] = []
    for value, unit in ((hours, "h"), (minutes, "m"), (seconds, "s")):
        parts += [
            View(in_tree=False, text=f"{value:02d}", style=TextStyle(52, ink, "light")),
            View(in_tree=False, text=unit, style=TextStyle(22, ink), margin=(2, 0, 10, 0), padding=(0, 0, 0, 7)),
        ]
    display = row(
        *parts,
        cls=TEXT_VIEW,
        id="timer_setup_time",
        desc=times.spoken_parts(hours, minutes, seconds),
        focusable=True,
        halign="center",
        valign="bottom",
        height=84,
        margin=(0, 0, 0, 6),
    )
    return look.one_node(display, f"{hours:02d}h {minutes:02d}m {seconds:02d}s")


def _key(theme: Theme, label: str) -> View:
    size, radius = (88.0, 80.0), 40.0
    if label == "<":
        return icon_button(
            theme,
            "backspace",
            "Backspace",
            ("timer.backspace",),
            id="timer_setup_delete",
            on_long_press=("timer.clear",),
            width=size[0],
            height=size[1],
            color=theme.on_primary_soft,
            paint=Paint(fill=theme.primary_soft, radius=radius),
        )
    style = TextStyle(30, theme.on_surface, align="center")
    key = frame(
        View(in_tree=False, text=label, style=style, width=MATCH),
        cls=BUTTON,
        id=f"timer_setup_{label}" if label in ("0", "00") else f"timer_setup_digit_{label}",
        on_tap=("timer.digit", label),
        width=size[0],
        height=size[1],
        valign="center",
        paint=Paint(fill=theme.surface, radius=radius),
    )
    return look.one_node(key, label)


def _name(timer: Timer) -> str:
    seconds = timer["length_ms"] // 1000
    parts = ((seconds // 3600, "h"), (seconds // 60 % 60, "m"), (seconds % 60, "s"))
    return timer["label"] or " ".join(f"{value}{unit}" for value, unit in parts if value) + " Timer"


def _left_text(total_s: int) -> str:
    """1:14:58, 14:58, 58 - with a minus once the time is up."""
    sign, value = ("-", -total_s) if total_s < 0 else ("", total_s)
    hours, minutes, seconds = value // 3600, value // 60 % 60, value % 60
    if hours:
        return f"{sign}{hours}:{minutes:02d}:{seconds:02d}"
    return f"{sign}{minutes}:{seconds:02d}" if minutes else f"{sign}{seconds}"


def _card(ctx: Ctx, timer: Timer) -> View:
    theme, number = look.theme(ctx), timer["id"]
    left = left_ms(ctx, timer)
    total_s = -(-left // 1000)  # a second is shown until it is over
    running = timer["ends_at"] is not None
    head = row(
        text(
            theme,
            _name(timer),
            size=16,
            id="timer_label",
            on_tap=("timer.label", number),
            max_lines=1,
            height=48,
            width=0,
            weight=1.0,
            valign="center",
        ),
        icon_button(theme, "close", "Delete timer", ("timer.delete", number), id="close"),
        in_tree=False,
    )
    return card(
        theme,
        head,
        _ring(theme, timer, left, total_s),
        row(
            _pill(theme, "+1:00", "Add 1 minute", ("timer.add_minute", number), name="add_one_min"),
            space(weight=1.0),
            _play(theme, timer, running, rings(ctx, timer)),
            in_tree=False,
        ),
        radius=26,
        padding=(20, 8, 12, 16),
    )


def _ring(theme: Theme, timer: Timer, left: int, total_s: int) -> View:
    share = min(max(left / timer["length_ms"], 0.0), 1.0) if timer["length_ms"] else 0.0
    arc = Picture("shape", "ring", theme.primary, 0.0, (round(share, 4), theme.divider, 0.035))
    shown_text = _left_text(total_s)
    label = View(
        cls=TEXT_VIEW,
        id="timer_time_text",
        text=shown_text,
        desc=times.spoken_length(abs(total_s)),
        style=TextStyle(44, theme.on_surface, "light", align="center"),
        self_halign="center",
        self_valign="center",
    )
    reset_button = icon_button(
        theme,
        "refresh",
        "Reset",
        ("timer.reset", timer["id"]),
        id="reset",
        self_halign="center",
        self_valign="bottom",
        margin=(0, 0, 0, 20),
    )
    circle = View(in_tree=False, width=200, height=200, picture=arc)
    return frame(circle, label, reset_button, in_tree=False, width=200, height=200, self_halign="center")


def _pill(theme: Theme, label: str, desc: str, on_tap: Msg, *, name: str) -> View:
    style = TextStyle(16, theme.on_surface, "medium", align="center")
    pill = frame(
        View(in_tree=False, text=label, style=style, width=MATCH),
        cls=BUTTON,
        id=name,
        desc=desc,
        on_tap=on_tap,
        width=104,
        height=56,
        valign="center",
        paint=Paint(fill=theme.background, radius=28),
    )
    return look.one_node(pill, label)


def _play(theme: Theme, timer: Timer, running: bool, ringing: bool) -> View:
    sign, desc = ("stop", "Stop") if ringing else ("pause", "Pause") if running else ("play", "Start")
    return icon_button(
        theme,
        sign,
        desc,
        ("timer.toggle", timer["id"]),
        id="play_pause",
        width=104,
        height=56,
        color=theme.on_primary,
        paint=Paint(fill=theme.primary, radius=28),
    )


def label_dialog(ctx: Ctx, entry: nav.Entry) -> Window:
    """The label of a timer."""
    return text_dialog(
        look.theme(ctx),
        "Label",
        nav.key(entry, "label"),
        entry["args"]["value"],
        nav.keep("value"),
        positive=Action("OK", ("timer.save_label",)),
        negative=Action("CANCEL"),
        on_enter=("timer.save_label",),
        id="label_input_field",
    )
