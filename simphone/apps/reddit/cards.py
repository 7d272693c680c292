"""Posts as lists show them, the buttons below them, and their menu."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from simphone.apps.reddit import catalog, look
from simphone.apps.reddit.state import saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Color, Msg, Paint, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.box import column, list_view, row, space
from simphone.widgets.buttons import BUTTON, icon_button
from simphone.widgets.feedback import empty_state
from simphone.widgets.image import icon, picture
from simphone.widgets.menus import bottom_sheet
from simphone.widgets.nav import DialogFn, Entry, Handler, ask
from simphone.widgets.rows import list_row
from simphone.widgets.text import text

_PICTURE: Final = 210.0


def post_list(ctx: Ctx, scroller: str, idents: Sequence[str], *above: View, named: bool = True) -> View:
    """A list of posts that scrolls. `named` tells whose community each is from."""
    colors = look.theme(ctx)
    if not idents:
        return column(
            *above,
            empty_state(colors, "Wow, such empty", "There are no posts here yet", icon_name="reddit"),
            height=0, weight=1.0, in_tree=False,
        )  # fmt: skip
    return list_view(scroller, *above, *(card(ctx, each, named=named) for each in idents), id="feed_list")


def card(ctx: Ctx, ident: str, *, named: bool = True) -> View:
    """A post in a list; a tap opens it."""
    colors, post = look.theme(ctx), saved(ctx)["posts"][ident]
    return column(
        byline(ctx, ident, named=named),
        text(
            colors, post["title"], size=16, font="medium", line_height=21, width=MATCH, max_lines=3,
            margin=(16, 0, 16, 0),
        ),
        scene(ctx, ident, _PICTURE),
        text(
            colors, post["body"], size=14, line_height=19, color=colors.on_surface_soft, width=MATCH, max_lines=3,
            margin=(16, 6, 16, 0),
        )
        if post["body"] and not post["picture"] else None,
        buttons(ctx, ident, ("post", ident)),
        View(in_tree=False, width=MATCH, height=1, paint=Paint(fill=colors.divider)),
        cls=look.COMPOSE, on_tap=("post", ident), on_long_press=ask("post_menu", post=ident), key=ident,
        padding=(0, 4, 0, 0),
    )  # fmt: skip


def scene(ctx: Ctx, ident: str, height: float) -> View | None:
    """The picture of a post."""
    post = saved(ctx)["posts"][ident]
    if not post["picture"]:
        return None
    return picture(
        "reddit.scene", post["picture"], width=MATCH, height=height, margin=(16, 10, 16, 0), paint=Paint(radius=16),
        desc=f"Image of post: {post['title']}",
    )  # fmt: skip


def byline(ctx: Ctx, ident: str, *, named: bool = True) -> View:
    """Where a post comes from and how old it is; a tap on the community opens it."""
    colors, post = look.theme(ctx), saved(ctx)["posts"][ident]
    name = post["community"]
    who = row(
        look.badge(name) if named else look.face(post["author"], size=24),
        text(colors, f"r/{name}" if named else f"u/{post['author']}", size=12, font="bold", max_lines=1),
        cls=look.COMPOSE, on_tap=("community", name) if named else None, gap=8, height=40, width=-2.0,
    )  # fmt: skip
    since = text(colors, f"{look.age(post['age'])} ago", size=12, color=colors.on_surface_soft, max_lines=1)
    more = icon_button(colors, "more_vert", "More options", ask("post_menu", post=ident), size=18, height=40, width=44)
    dot = text(colors, "•", size=12, color=colors.on_surface_soft, in_tree=False)
    return row(who, dot, since, space(weight=1.0), more, in_tree=False, gap=6, padding=(16, 0, 4, 0))


def buttons(ctx: Ctx, ident: str, comments: Msg) -> View:
    """Votes, comments, share."""
    colors, data = look.theme(ctx), saved(ctx)
    vote = data["votes"].get(ident, 0)
    ink = {1: look.ORANGE, -1: look.DOWN}.get(vote, colors.on_surface)
    votes = row(
        _arrow(colors, "vote_up_filled" if vote == 1 else "vote_up", "Upvote", ("vote", ident, 1), ink),
        text(colors, look.count(catalog.score(data, ident)), size=13, font="bold", color=ink, max_lines=1),
        _arrow(colors, "vote_down_filled" if vote == -1 else "vote_down", "Downvote", ("vote", ident, -1), ink),
        in_tree=False, width=-2.0, height=36, paint=Paint(fill=colors.surface_high, radius=18),
    )  # fmt: skip
    said = data["posts"][ident]["comments"]
    return row(
        votes,
        _pill(colors, "comment", look.count(said), "Comments", comments),
        space(weight=1.0),
        _pill(colors, "share", "Share", "Share", ("offline", "Can't share while offline")),
        in_tree=False, gap=8, padding=(16, 12, 16, 12),
    )  # fmt: skip


def _arrow(colors: Theme, sign: str, desc: str, on_tap: Msg, ink: Color) -> View:
    return icon_button(colors, sign, desc, on_tap, size=18, color=ink, width=38, height=36)


def _pill(colors: Theme, sign: str, label: str, desc: str, on_tap: Msg) -> View:
    drawn = text(colors, label, size=13, font="bold", max_lines=1, in_tree=False)
    pill = row(
        icon(colors, sign, size=18, color=colors.on_surface, in_tree=False), drawn, cls=BUTTON, desc=desc,
        on_tap=on_tap, width=-2.0, height=36, gap=6, padding=(12, 0, 14, 0),
        paint=Paint(fill=colors.surface_high, radius=18),
    )  # fmt: skip
    pill.text = label
    return pill


def post_menu(ctx: Ctx, entry: Entry) -> Window:
    """What can be done with a post."""
    colors, data, ident = look.theme(ctx), saved(ctx), str(entry["args"]["post"])
    kept = ident in data["kept"]
    rows = (
        ("bookmark_filled" if kept else "bookmark", "Unsave" if kept else "Save", ("keep", ident)),
        ("eye_off", "Hide post", ("hide", ident)),
        ("share", "Share", ("offline", "Can't share while offline")),
        ("flag", "Report", ("offline", "Thanks, we'll have a look")),
    )
    return bottom_sheet(
        colors,
        *(list_row(colors, label, icon=icon(colors, sign), on_tap=message) for sign, label, message in rows),
        space(height=16),
    )


# --- messages -------------------------------------------------------------------------------------------------------
def vote(ctx: Ctx, ident: str, way: int) -> None:
    """Vote up (1) or down (-1); the same again takes the vote back."""
    votes = saved(ctx)["votes"]
    if votes.get(ident) == way:
        del votes[ident]
    else:
        votes[ident] = way


def keep(ctx: Ctx, ident: str) -> None:
    """Save a post, or no longer."""
    kept = saved(ctx)["kept"]
    nav.close_all(ctx)
    if ident in kept:
        kept.remove(ident)
        nav.snack(ctx, "Post unsaved")
    else:
        kept.append(ident)
        nav.snack(ctx, "Post saved", "Undo", ("keep", ident))


def hide(ctx: Ctx, ident: str) -> None:
    """Take a post out of the lists."""
    nav.close_all(ctx)
    if nav.top(ctx)["name"] == "post":
        nav.pop(ctx)
    saved(ctx)["hidden"].append(ident)
    nav.snack(ctx, "Post hidden", "Undo", ("unhide", ident))


def unhide(ctx: Ctx, ident: str) -> None:
    """Undo of hiding."""
    if ident in saved(ctx)["hidden"]:
        saved(ctx)["hidden"].remove(ident)


def offline(ctx: Ctx, message: str) -> None:
    """What a button has to say that leads nowhere here."""
    nav.close_all(ctx)
    ctx.system.toast(message)


DIALOGS: Final[dict[str, DialogFn]] = {"post_menu": post_menu}
HANDLERS: Final[dict[str, Handler]] = {
    "vote": vote, "keep": keep, "hide": hide, "unhide": unhide, "offline": offline,
}  # fmt: skip
