"""Gmail's colours, how it writes times, and parts that several of its pages share."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Final

from simphone.apps.gmail.state import Mail, Person, Saved, person, saved
from simphone.core.app import Ctx
from simphone.core.dates import MONTHS
from simphone.ui.view import DARK, LIGHT, MATCH, Msg, Scene, Theme, View
from simphone.widgets import nav
from simphone.widgets.box import column
from simphone.widgets.image import avatar, icon

MAIL: Final = "com.google.android.gm.ui.MailActivityGmail"
COMPOSE: Final = "com.google.android.gm.ComposeActivityGmailExternal"
SETTINGS: Final = "com.google.android.gm.ui.settings.PublicPreferenceActivity"
STAR: Final = {False: "#f2b600", True: "#fdd663"}
"""Dark look -> colour of a star that is set."""
_SNIPPET: Final = 110

_LIGHT: Final = replace(
    LIGHT,
    background="#ffffff",
    surface="#f0f4f9",
    surface_high="#e9eef6",
    on_surface="#1f1f1f",
    on_surface_soft="#444746",
    outline="#747775",
    primary="#0b57d0",
    primary_soft="#c2e7ff",
    on_primary_soft="#001d35",
    divider="#e1e3e6",
)
_DARK: Final = replace(
    DARK,
    background="#1f1f1f",
    surface="#282a2c",
    surface_high="#333537",
    on_surface="#e3e3e3",
    on_surface_soft="#c4c7c5",
    outline="#8e918f",
    primary="#a8c7fa",
    primary_soft="#004a77",
    on_primary_soft="#c2e7ff",
    divider="#3c4043",
)


def theme(ctx: Ctx) -> Theme:
    """Gmail's palette: its own choice, or the phone's with System default."""
    chosen = saved(ctx)["settings"]["theme"]
    return _DARK if chosen == "dark" or (chosen == "system" and ctx.system.dark) else _LIGHT


def page(ctx: Ctx, *parts: View | None, activity: str = MAIL) -> Scene:
    """A page of Gmail."""
    return nav.page(theme(ctx), column(*parts), activity=activity)


def clock(ctx: Ctx, at: datetime) -> str:
    """9:41 AM, or 09:41 on a 24-hour phone."""
    if ctx.system.setting("system", "time_12_24", "12") == "24":
        return f"{at:%H:%M}"
    return f"{at.hour % 12 or 12}:{at.minute:02d} {'AM' if at.hour < 12 else 'PM'}"


def when(ctx: Ctx, stamp: str) -> str:
    """As lists write it: `9:41 AM` today, `Aug 17` this year, `8/17/24` before."""
    at, now = datetime.fromisoformat(stamp), ctx.system.now()
    if at.date() == now.date():
        return clock(ctx, at)
    if at.year == now.year:
        return f"{MONTHS[at.month - 1]} {at.day}"
    return f"{at.month}/{at.day}/{at.year % 100:02d}"


def when_long(ctx: Ctx, stamp: str) -> str:
    """With the time: `Aug 17, 2025, 4:12 PM`."""
    at = datetime.fromisoformat(stamp)
    return f"{MONTHS[at.month - 1]} {at.day}, {at.year}, {clock(ctx, at)}"


def snippet(mail: Mail) -> str:
    """The beginning of the text, in one line."""
    return " ".join(mail["body"].split())[:_SNIPPET].rstrip()


def name_of(data: Saved, email: str) -> str:
    """How lists call a correspondent: `me` for the account itself."""
    return "me" if email == data["account"]["email"] else person(data, email)["name"]


def shown_person(data: Saved, mail: Mail) -> Person:
    """Who stands for a mail in a list: its sender, or to whom it goes."""
    if mail["sender"] != data["account"]["email"]:
        return person(data, mail["sender"])
    first = [*mail["to"], *mail["cc"], *mail["bcc"]][:1]
    return person(data, first[0]) if first else {"name": "", "email": ""}


def senders(data: Saved, mail: Mail) -> str:
    """The first line of a row."""
    if mail["folder"] == "drafts":
        return "Draft"
    if mail["sender"] != data["account"]["email"]:
        return person(data, mail["sender"])["name"]
    names = [name_of(data, each) for each in (*mail["to"], *mail["cc"], *mail["bcc"])]
    return "To: " + ", ".join(names) if names else "(no recipients)"


def star(colors: Theme, ident: str, mail: Mail, *, size: float = 24.0, edge: float = 40.0) -> View:
    """The star of a mail, which a tap sets or takes away."""
    on = mail["starred"]
    drawn = icon(
        colors, "star_filled" if on else "star", size=size, id="star", desc="Starred" if on else "Star",
        color=STAR[colors.dark] if on else colors.outline, on_tap=("mail.star", ident),
    )  # fmt: skip
    drawn.width, drawn.height = edge, edge
    return drawn


def face(name: str, *, size: float = 40.0, ident: str = "contact_image", on_tap: Msg | None = None) -> View:
    """The round picture of a correspondent."""
    return avatar(name or "?", size=size, id=ident, on_tap=on_tap, long_clickable=on_tap is not None)


def subject(mail: Mail) -> str:
    """The subject as lists show it."""
    return mail["subject"] or "(no subject)"


def filler() -> View:
    """Takes what is left of a page."""
    return View(in_tree=False, width=MATCH, height=0, weight=1.0)
