"""The join form, and what stands behind its Join button."""

from __future__ import annotations

from typing import Final, TypedDict

from simphone.apps.zoom import look
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Msg, Paint, Scene, TextStyle, Theme, View
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.buttons import filled_button, text_button
from simphone.widgets.controls import spinner
from simphone.widgets.fields import Keyboard, bare_field
from simphone.widgets.nav import Entry, Handler, ScreenFn, key
from simphone.widgets.text import text

ACTIVITY: Final = "com.zipow.videobox.JoinConfActivity"
ID_DIGITS: Final = (9, 11)
"""Fewest and most digits of a meeting ID."""
INVITATION: Final = "If you received an invitation link, tap on the link to join the meeting"
TERMS: Final = 'By clicking "Join", you agree to our Terms of Services and Privacy Statement'


class Form(TypedDict):
    """`ui.join`: the form as filled in. `meeting_id` holds digits only, `link` the personal link name."""

    meeting_id: str
    personal_link: bool
    link: str
    name: str
    no_audio: bool
    no_video: bool


def grouped(digits: str) -> str:
    """A meeting ID as Zoom prints it: 3-3-3, 3-3-4 or, with eleven digits, 3-4-4, with plain blanks between."""
    second = 7 if len(digits) == ID_DIGITS[1] else 6
    return " ".join(part for part in (digits[:3], digits[3:second], digits[second:]) if part)


def form(ctx: Ctx) -> Form:
    """The open form."""
    opened: Form = ctx.ui["join"]
    return opened


def complete(draft: Form) -> bool:
    """Whether Join may be pressed."""
    if not draft["name"].strip():
        return False
    if draft["personal_link"]:
        return bool(draft["link"].strip())
    return ID_DIGITS[0] <= len(draft["meeting_id"]) <= ID_DIGITS[1]


# --- views ----------------------------------------------------------------------------------------------------------
def join(ctx: Ctx, entry: Entry) -> Scene:
    """Meeting ID or personal link, name, Join, options."""
    colors, draft = look.theme(ctx), form(ctx)
    body = scroll_column(
        key(entry, "page"),
        space(height=20),
        *_target(colors, entry, draft),
        _field(colors, key(entry, "name"), draft["name"], "edtScreenName", "Your Name", ("join.name",)),
        filled_button(
            colors,
            "Join",
            ("join.press",),
            id="btnJoin",
            width=MATCH,
            height=48,
            margin=(16, 20, 16, 0),
            enabled=complete(draft),
        ),
        _note(colors, TERMS, "txtMsgTermsAndPrivacy", top=12),
        _note(colors, INVITATION, "txtInvitation", top=10),
        look.header(colors, "JOIN OPTIONS"),
        look.group(
            colors,
            look.switch_row(
                colors,
                "Don't Connect To Audio",
                draft["no_audio"],
                ("join.toggle", "no_audio"),
                name="optionNoAudio",
                switch_name="chkNoAudio",
            ),
            look.switch_row(
                colors,
                "Turn Off My Video",
                draft["no_video"],
                ("join.toggle", "no_video"),
                name="optionNoVideo",
                switch_name="chkNoVideo",
            ),
        ),
        space(height=16),
    )
    return look.titled_page(colors, "Join a Meeting", body, activity=ACTIVITY)


def _target(colors: Theme, entry: Entry, draft: Form) -> tuple[View, View]:
    """The field that says which meeting, and the link to the other way of saying it."""
    if draft["personal_link"]:
        field = _field(
            colors,
            key(entry, "link"),
            draft["link"],
            "edtConfVanityUrl",
            "Personal Link Name",
            ("join.link",),
            autofocus=True,
        )
        other = ("Join with a meeting ID", "btnGotoMeetingId")
    else:
        field = _field(
            colors,
            key(entry, "id"),
            grouped(draft["meeting_id"]),
            "edtConfNumber",
            "Meeting ID",
            ("join.id",),
            keyboard="number",
            autofocus=True,
        )
        other = ("Join with a personal link name", "btnGotoVanityUrl")
    return field, text_button(colors, other[0], ("join.toggle", "personal_link"), id=other[1], self_halign="center")


def _field(
    colors: Theme,
    name: str,
    value: str,
    node: str,
    hint: str,
    on_change: Msg,
    *,
    keyboard: Keyboard = "text",
    autofocus: bool = False,
) -> View:
    field = bare_field(
        colors,
        name,
        value,
        on_change,
        id=node,
        hint=hint,
        keyboard=keyboard,
        autofocus=autofocus,
        min_height=look.ROW_HEIGHT,
        paint=Paint(fill=colors.surface),
        padding=(16, 0, 16, 0),
    )
    field.style = TextStyle(size=18, color=colors.on_surface, align="center", max_lines=1)
    return field


def _note(colors: Theme, value: str, name: str, *, top: float) -> View:
    return text(
        colors,
        value,
        size=12,
        color=colors.on_surface_soft,
        id=name,
        align="center",
        width=MATCH,
        margin=(24, top, 24, 0),
    )


def connecting(ctx: Ctx, entry: Entry) -> Scene:
    """What follows Join: nothing is really joined."""
    colors = look.theme(ctx)
    root = column(
        row(
            text_button(colors, "Leave", UP, color="#ff5c5c", id="btnLeave"),
            halign="end",
            height=56,
            padding=(8, 0, 8, 0),
        ),
        space(weight=1.0),
        spinner(colors, color="#ffffff"),
        text(colors, "Connecting…", size=18, color="#ffffff", margin=(0, 20, 0, 0), id="txtConnecting"),
        text(
            colors, str(entry["args"]["target"]), size=15, color="#a5abb3", id="txtMeetingNumber", margin=(0, 8, 0, 0)
        ),
        space(weight=1.0),
        halign="center",
    )
    return nav.page(colors, root, activity="com.zipow.videobox.conference.ui.ZmConfActivity", background="#1a1a1a")


# --- messages -------------------------------------------------------------------------------------------------------
def open_form(ctx: Ctx) -> None:
    """Open an empty form, with the phone's name in it."""
    fresh: Form = {
        "meeting_id": "",
        "personal_link": False,
        "link": "",
        "name": str(ctx.system.state["device"]["model"]),
        "no_audio": False,
        "no_video": False,
    }
    ctx.ui["join"] = fresh
    nav.push(ctx, "join")


def edit_id(ctx: Ctx, typed: str) -> None:
    """Keep the digits of what stands in the field, leading zeros included."""
    form(ctx)["meeting_id"] = "".join(char for char in typed if char in "0123456789")[: ID_DIGITS[1]]


def edit_link(ctx: Ctx, typed: str) -> None:
    """Keep the personal link name."""
    form(ctx)["link"] = typed


def edit_name(ctx: Ctx, typed: str) -> None:
    """Keep the name shown in the meeting."""
    form(ctx)["name"] = typed


def toggle(ctx: Ctx, option: str) -> None:
    """Switch an option of the form."""
    ctx.ui["join"][option] = not ctx.ui["join"][option]


def press(ctx: Ctx) -> None:
    """Join was pressed: note it and show that it connects."""
    draft = form(ctx)
    if not complete(draft):
        return
    target = draft["link"].strip() if draft["personal_link"] else draft["meeting_id"]
    ctx.data["joins"].append(
        {"target": target, "name": draft["name"], "no_audio": draft["no_audio"], "no_video": draft["no_video"]}
    )
    nav.push(ctx, "connecting", target=target if draft["personal_link"] else grouped(target))


SCREENS: Final[dict[str, ScreenFn]] = {"join": join, "connecting": connecting}
HANDLERS: Final[dict[str, Handler]] = {
    "join.open": open_form,
    "join.id": edit_id,
    "join.link": edit_link,
    "join.name": edit_name,
    "join.toggle": toggle,
    "join.press": press,
}
