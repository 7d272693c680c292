"""The welcome screen, and the doors that lead nowhere without an account."""

from __future__ import annotations

from typing import Final

from simphone.apps.zoom import look
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, TextStyle, View
from simphone.widgets.box import column, row, scroll_column, space
from simphone.widgets.buttons import filled_button, icon_button, text_button
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.nav import Entry, Handler, ScreenFn, go, keep, key, page
from simphone.widgets.text import text

ACTIVITY: Final = "com.zipow.videobox.WelcomeActivity"
LOGIN_ACTIVITY: Final = "com.zipow.videobox.LoginActivity"


def welcome(ctx: Ctx, _entry: Entry) -> Scene:
    """Gear, logo, Join a meeting, Sign up, Sign in."""
    colors = look.theme(ctx)
    gear = icon_button(
        colors,
        "settings",
        "Settings",
        go("settings"),
        color=colors.on_surface_soft,
        id="btnSettings",
        margin=(4, 4, 0, 0),
    )
    wordmark = View(
        cls="android.widget.ImageView",
        id="zmLogo",
        desc="Zoom",
        width=MATCH,
        halign="center",
        children=[
            View(
                in_tree=False,
                text="zoom",
                style=TextStyle(size=64, color=look.BLUE, weight="bold", letter_spacing=-0.04),
            )
        ],
    )
    hero = column(
        space(weight=1.0),
        wordmark,
        View(
            in_tree=False,
            width=132,
            height=132,
            margin=(0, 32, 0, 32),
            halign="center",
            valign="center",
            paint=Paint(fill=colors.primary_soft, radius=66),
            children=[icon(colors, "videocam", size=72, color=look.BLUE)],
        ),
        text(colors, "Start a Meeting", size=22, font="medium", align="center", width=MATCH, id="txtTitle"),
        text(
            colors,
            "Start or join a video meeting on the go",
            size=15,
            color=colors.on_surface_soft,
            align="center",
            width=MATCH,
            id="txtSubTitle",
            margin=(0, 8, 0, 0),
        ),
        space(weight=1.0),
        id="viewPager",
        cls="androidx.viewpager.widget.ViewPager",
        height=0,
        weight=1.0,
        halign="center",
    )
    doors = column(
        filled_button(colors, "Join a meeting", ("join.open",), id="btnJoinConf", width=MATCH, height=48),
        text_button(colors, "Sign up", go("sign_up"), id="btnSignup", width=MATCH, height=48),
        text_button(colors, "Sign in", go("sign_in"), id="btnLogin", width=MATCH, height=48),
        gap=8,
        padding=(32, 0, 32, 32),
        id="panelActions",
    )
    root = column(row(gear, halign="start", height=56), hero, doors)
    return page(colors, root, activity=ACTIVITY, background=colors.surface)


def sign_in(ctx: Ctx, entry: Entry) -> Scene:
    """The sign-in form; nothing on it can succeed."""
    return _account_page(
        ctx, entry, "Sign in", "Sign in", ("email", "Enter your email address"), ("password", "Enter your password")
    )


def sign_up(ctx: Ctx, entry: Entry) -> Scene:
    """The sign-up form; nothing on it can succeed."""
    return _account_page(ctx, entry, "Sign up", "Continue", ("email", "Email"), ("birth_year", "Birth year"))


def _account_page(ctx: Ctx, entry: Entry, title: str, action: str, *fields: tuple[str, str]) -> Scene:
    colors = look.theme(ctx)
    inputs = [
        bare_field(
            colors,
            key(entry, name),
            str(entry["args"].get(name, "")),
            keep(name),
            hint=hint,
            padding=(16, 0, 16, 0),
            password=name == "password",
            min_height=look.ROW_HEIGHT,
        )
        for name, hint in fields
    ]
    ready = all(entry["args"].get(name) for name, _ in fields)
    body = scroll_column(
        key(entry, "page"),
        space(height=24),
        look.group(colors, *inputs),
        filled_button(colors, action, ("account.try",), enabled=ready, width=MATCH, height=48, margin=(16, 24, 16, 8)),
        text(colors, "Or use another method", size=13, color=colors.on_surface_soft, margin=(16, 16, 16, 8)),
        look.group(colors, *(look.value_row(colors, name, ("account.try",)) for name in ("SSO", "Google", "Facebook"))),
    )
    return look.titled_page(colors, title, body, activity=LOGIN_ACTIVITY)


def try_account(ctx: Ctx) -> None:
    """Any way to an account ends here."""
    ctx.system.toast("Unable to connect. Check your network connection and try again.")


SCREENS: Final[dict[str, ScreenFn]] = {"welcome": welcome, "sign_in": sign_in, "sign_up": sign_up}
HANDLERS: Final[dict[str, Handler]] = {"account.try": try_account}
