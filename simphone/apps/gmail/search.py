"""The search page: the field, what was searched before, the filters and what is found."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from simphone.apps.gmail import look, rows
from simphone.apps.gmail.query import find
from simphone.apps.gmail.state import mail_of, saved
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Scene, Scroll, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import GROUP, list_view, row
from simphone.widgets.buttons import chip, icon_button
from simphone.widgets.dialogs import Choice, choice_dialog
from simphone.widgets.feedback import empty_state
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, key
from simphone.widgets.rows import list_row
from simphone.widgets.text import divider, section_header

_KEPT: Final = 5
"""How many searches are remembered."""
_FILTERS: Final = (
    ("from", "From"),
    ("to", "To"),
    ("attachment", "Attachment"),
    ("date", "Date"),
    ("unread", "Is unread"),
)
_OFFERED: Final = 4
_DATES: Final = (
    ("", "Any time"),
    ("7", "Older than a week"),
    ("30", "Older than a month"),
    ("180", "Older than 6 months"),
)


def search(ctx: Ctx, entry: Entry) -> Scene:
    """`args`: word (the field), asked (what was searched, null before Enter), and the filters."""
    colors, args = look.theme(ctx), entry["args"]
    word = str(args.get("word", ""))
    field = bare_field(
        colors, key(entry, "word"), word, ("search.word",), id="open_search_view_edit_text", hint="Search in mail",
        autofocus=True, on_enter=("search.enter",), width=0, weight=1.0,
    )  # fmt: skip
    end = (
        icon_button(colors, "close", "Clear text", ("search.word", ""))
        if word
        else icon_button(colors, "mic", "Voice search", ("say", "Voice search isn't available offline"))
    )
    bar = row(
        icon_button(colors, "arrow_back", "Back", UP), field, end,
        cls=GROUP, id="open_search_view_toolbar", height=64, padding=(4, 0, 4, 0),
    )  # fmt: skip
    selected = args.get("selected", [])
    if selected:
        bar = rows.selection_bar(ctx, colors, selected)
    return look.page(ctx, bar, divider(colors), _chips(colors, entry), _below(ctx, colors, entry))


def _chips(colors: Theme, entry: Entry) -> View:
    args = entry["args"]
    chips = [
        chip(colors, str(args.get(f"{name}_label") or label), ("search.filter", name), picked=bool(args.get(name)))
        for name, label in _FILTERS
    ]  # fmt: skip
    return View(
        cls="android.widget.HorizontalScrollView", id="search_chips", layout="row", gap=8, width=MATCH, height=48,
        valign="center", padding=(16, 0, 16, 0), scroll=Scroll(key(entry, "chips"), axis="x"), children=list(chips),
    )  # fmt: skip


def asked_for(args: dict[str, object], ctx: Ctx) -> str | None:
    """The whole search, filters as operators; None when there is none yet."""
    terms = [str(args["asked"])] if args.get("asked") else []
    for name, operator in (("from", "from"), ("to", "to")):
        if args.get(name):
            terms.append(f"{operator}:{args[name]}")
    if args.get("attachment"):
        terms.append("has:attachment")
    if args.get("unread"):
        terms.append("is:unread")
    if args.get("date"):
        day = ctx.system.now() - timedelta(days=int(str(args["date"])))
        terms.append(f"before:{day:%Y/%m/%d}")
    return " ".join(terms) if terms else None


def _below(ctx: Ctx, colors: Theme, entry: Entry) -> View:
    asked = asked_for(entry["args"], ctx)
    if asked is None:
        return _before(ctx, colors, entry)
    found = find(saved(ctx), asked)
    if not found:
        return empty_state(colors, "No results", "No conversations match your search", icon_name="search")
    lines = rows.mail_rows(ctx, colors, found, entry["args"].get("selected", []))
    return list_view(
        key(entry, "list"), section_header(colors, "All results in mail", padding=(16, 8, 16, 8)), *lines,
        rows.list_end(), id="thread_list_view",
    )  # fmt: skip


def _before(ctx: Ctx, colors: Theme, entry: Entry) -> View:
    """Earlier searches, people whom the word may mean, and the first mails that have it."""
    data, word = saved(ctx), str(entry["args"].get("word", "")).strip().casefold()
    recent = [each for each in data["recent"] if word in each.casefold()]
    people = [each for each in data["people"] if word and word in f"{each['name']} {each['email']}".casefold()]
    lines = [
        list_row(colors, each, icon=icon(colors, "history"), on_tap=("search.run", each)) for each in recent
    ] + [
        list_row(colors, each["name"], each["email"], icon=look.face(each["name"]),
                 on_tap=("search.run", f"from:{each['email']}"))
        for each in people[:_OFFERED]
    ]  # fmt: skip
    head = section_header(colors, "Recent mail searches", padding=(16, 8, 16, 8)) if recent else None
    first = find(data, word)[:_OFFERED] if word else []
    found = rows.mail_rows(ctx, colors, first, entry["args"].get("selected", []))
    return list_view(key(entry, "offers"), head, *lines, *found, id="search_suggestions")


# --- messages -------------------------------------------------------------------------------------------------------
def write(ctx: Ctx, word: str) -> None:
    """The field was edited: what was found goes."""
    nav.top(ctx)["args"].update(word=word, asked=None)


def run(ctx: Ctx, word: str) -> None:
    """Search, and remember it."""
    word = word.strip()
    nav.top(ctx)["args"].update(word=word, asked=word or None)
    ctx.system.hide_keyboard()
    if word:
        data = saved(ctx)
        data["recent"] = [word, *(each for each in data["recent"] if each != word)][:_KEPT]


def enter(ctx: Ctx) -> None:
    """Enter."""
    run(ctx, str(nav.top(ctx)["args"].get("word", "")))


def choose_filter(ctx: Ctx, name: str) -> None:
    """A chip: two are switches, the others ask."""
    args = nav.top(ctx)["args"]
    ctx.system.hide_keyboard()
    args["asked"] = str(args.get("word", "")).strip() or None
    if name in ("attachment", "unread"):
        args[name] = not args.get(name)
    else:
        nav.open_dialog(ctx, "filter", name=name)


def set_filter(ctx: Ctx, name: str, value: str, label: str) -> None:
    """A filter was chosen; an empty value takes it away."""
    nav.close(ctx)
    nav.top(ctx)["args"].update({name: value, f"{name}_label": label if value else ""})


def filter_dialog(ctx: Ctx, entry: Entry) -> Window:
    """From whom, to whom, how old."""
    data, name = saved(ctx), str(entry["args"]["name"])
    present = str(nav.top(ctx)["args"].get(name) or "")
    if name == "date":
        known = list(_DATES)
    else:
        mails = [mail_of(data, each) for each in data["mails"]]
        emails = sorted(
            {mail["sender"] for mail in mails} if name == "from" else {to for mail in mails for to in mail["to"]}
        )
        people = sorted((look.name_of(data, email), email) for email in emails)
        known = [("", "Anyone"), *((email, who) for who, email in people)]
    choices = [Choice(label, ("search.set", name, value, label), value == present) for value, label in known]
    return choice_dialog(look.theme(ctx), dict(_FILTERS)[name], choices, key=key(entry, "list"))


SCREENS: Final[dict[str, ScreenFn]] = {"search": search}
DIALOGS: Final[dict[str, DialogFn]] = {"filter": filter_dialog}
HANDLERS: Final[dict[str, Handler]] = {
    "search.word": write, "search.enter": enter, "search.run": run, "search.filter": choose_filter,
    "search.set": set_filter,
}  # fmt: skip
