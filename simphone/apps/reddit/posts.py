"""A post with its comments, and writing a post."""

from __future__ import annotations

from typing import Final

from simphone.apps.reddit import cards, look
from simphone.apps.reddit.communities import title_bar
from simphone.apps.reddit.state import Comment, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import column, list_view, row, scroll_column, space
from simphone.widgets.buttons import icon_button
from simphone.widgets.dialogs import Action, Choice, alert_dialog, list_dialog
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, keep, key
from simphone.widgets.text import divider, text

_COMMENTS: Final = 6
"""How many of the shared comments a post shows."""


def comments_of(ctx: Ctx, ident: str) -> list[Comment]:
    """The comments below a post; where the world gives none, some of those that fit anywhere."""
    data = saved(ctx)
    if ident in data["comments"]:
        return data["comments"][ident]
    return data["comments"].get("", [])[: min(_COMMENTS, data["posts"][ident]["comments"])]


def post(ctx: Ctx, entry: Entry) -> Scene:
    """`args`: post (its id), word (a comment that is being written)."""
    colors, ident = look.theme(ctx), str(entry["args"]["post"])
    facts, word = saved(ctx)["posts"][ident], str(entry["args"].get("word", ""))
    body = text(colors, facts["body"], size=15, line_height=21, width=MATCH, margin=(16, 10, 16, 0))
    said = comments_of(ctx, ident)
    nothing = text(
        colors, "Be the first to comment", size=14, color=colors.on_surface_soft, align="center", width=MATCH,
        margin=(16, 32, 16, 32),
    )  # fmt: skip
    parts = [
        cards.byline(ctx, ident),
        text(colors, facts["title"], size=20, font="bold", line_height=26, width=MATCH, margin=(16, 4, 16, 0)),
        cards.scene(ctx, ident, 260),
        body if facts["body"] else None,
        cards.buttons(ctx, ident, ("nav.keep", "word", word)),
        View(in_tree=False, width=MATCH, height=8, paint=Paint(fill=colors.surface_high)),
        *(_comment(ctx, each) for each in said),
        None if said else nothing,
    ]
    field = bare_field(
        colors, key(entry, "word"), word, keep("word"), hint="Join the conversation", on_enter=("comment", ident),
        width=0, weight=1.0, min_height=44, size=15, padding=(16, 0, 16, 0),
        paint=Paint(fill=colors.surface_high, radius=22),
    )  # fmt: skip
    send = (
        icon_button(colors, "send", "Post comment", ("comment", ident), color=colors.primary) if word.strip() else None
    )
    return look.page(
        ctx,
        title_bar(ctx, f"r/{facts['community']}"),
        list_view(key(entry, "list"), *parts),
        divider(colors),
        row(field, send, padding=(12, 8, 12, 8), in_tree=False),
    )


def _comment(ctx: Ctx, said: Comment) -> View:
    colors = look.theme(ctx)
    soft = colors.on_surface_soft
    head = row(
        look.face(said["author"], size=24),
        text(colors, said["author"], size=12, font="bold", max_lines=1),
        text(colors, f"{look.age(said['age'])} ago", size=12, color=soft),
        gap=8, in_tree=False,
    )  # fmt: skip
    votes = row(
        icon(colors, "vote_up", size=16, in_tree=False),
        text(colors, look.count(said["votes"]), size=12, color=soft),
        icon(colors, "vote_down", size=16, in_tree=False),
        gap=6, in_tree=False,
    )  # fmt: skip
    body = text(colors, said["text"], size=14, line_height=20, width=MATCH, margin=(32, 0, 0, 0))
    votes.margin = (32, 0, 0, 0)
    return column(head, body, votes, cls=look.COMPOSE, gap=8, padding=(16, 12, 16, 12))


def create(ctx: Ctx, entry: Entry) -> Scene:
    """Writing a post. `args`: community, title, body."""
    colors, args = look.theme(ctx), entry["args"]
    title, body = str(args.get("title", "")), str(args.get("body", ""))
    chosen = str(args.get("community", ""))
    ready = bool(title.strip() and chosen)
    done = look.action(colors, "Post", ("publish",), strong=ready)
    done.enabled = ready
    if not ready:
        done.on_tap, done.clickable = None, True
        done.paint = Paint(fill=colors.surface_high, radius=18)
    bar = row(
        icon_button(colors, "close", "Close", UP, color=colors.on_surface), space(weight=1.0), done, height=56,
        padding=(4, 0, 16, 0),
    )  # fmt: skip
    where = row(
        look.pill(colors, f"r/{chosen}" if chosen else "Select a community", ask("where")),
        padding=(16, 8, 16, 8), in_tree=False,
    )  # fmt: skip
    fields = scroll_column(
        key(entry, "fields"),
        bare_field(
            colors, key(entry, "title"), title, keep("title"), hint="Title", size=22, padding=(16, 8, 16, 8),
            multiline=True, autofocus=True, id="post_title",
        ),
        bare_field(
            colors, key(entry, "body"), body, keep("body"), hint="body text (optional)", size=15,
            padding=(16, 8, 16, 8), multiline=True, id="post_body",
        ),
        height=0,
    )  # fmt: skip
    return look.page(ctx, bar, where, fields)


def where(ctx: Ctx, entry: Entry) -> Window:
    """Where to post."""
    names = sorted(saved(ctx)["joined"], key=str.casefold)
    choices = [Choice(f"r/{name}", ("post_to", name)) for name in names]
    return list_dialog(look.theme(ctx), "Post to", choices, key=key(entry, "list"))


def discard(ctx: Ctx, _entry: Entry) -> Window:
    """Asks before what was written is lost."""
    return alert_dialog(
        look.theme(ctx), "Discard post?", "What you have written will be lost.",
        positive=Action("Discard", ("discard",)), negative=Action("Keep editing"),
    )  # fmt: skip


# --- messages -------------------------------------------------------------------------------------------------------
def show(ctx: Ctx, ident: str) -> None:
    """Open a post, once; one that is gone is not opened."""
    nav.close_all(ctx)
    if ident in saved(ctx)["posts"] and nav.top(ctx)["name"] != "post":
        nav.push(ctx, "post", post=ident, word="")


def comment(ctx: Ctx, ident: str) -> None:
    """Send the comment that was written."""
    data, args = saved(ctx), nav.top(ctx)["args"]
    words = str(args["word"]).strip()
    if not words:
        return
    said: Comment = {"author": data["account"], "text": words, "votes": 1, "age": 0}
    data["comments"][ident] = [said, *comments_of(ctx, ident)]
    data["posts"][ident]["comments"] += 1
    args["word"] = ""
    ctx.system.hide_keyboard()


def post_to(ctx: Ctx, name: str) -> None:
    """Choose the community of a new post."""
    nav.close_all(ctx)
    nav.top(ctx)["args"]["community"] = name


def publish(ctx: Ctx) -> None:
    """Post it, and show it."""
    data, args = saved(ctx), nav.top(ctx)["args"]
    ident = f"mine{1 + sum(each.startswith('mine') for each in data['posts'])}"
    data["posts"][ident] = {
        "title": " ".join(str(args["title"]).split()), "community": str(args["community"]),
        "author": data["account"], "age": 0, "votes": 1, "comments": 0, "body": str(args.get("body", "")).strip(),
        "picture": "",
    }  # fmt: skip
    data["comments"][ident] = []
    nav.pop(ctx)
    nav.push(ctx, "post", post=ident, word="")


def throw_away(ctx: Ctx) -> None:
    """Leave without posting."""
    nav.close_all(ctx)
    nav.pop(ctx)


def unsent(ctx: Ctx) -> bool:
    """Whether leaving the present screen would lose a post."""
    here = nav.top(ctx)
    return here["name"] == "create" and any(str(here["args"].get(part, "")).strip() for part in ("title", "body"))


SCREENS: Final[dict[str, ScreenFn]] = {"post": post, "create": create}
DIALOGS: Final[dict[str, DialogFn]] = {"where": where, "discard": discard}
HANDLERS: Final[dict[str, Handler]] = {
    "post": show, "comment": comment, "post_to": post_to, "publish": publish, "discard": throw_away,
}  # fmt: skip
