"""Search: for a place to see, for Home or Work, for an end of a route."""

from __future__ import annotations

from typing import Final

from simphone.apps.map import atlas, look, place_page, route_page, routing, state
from simphone.apps.map.atlas import CATEGORIES, Place
from simphone.apps.map.route_page import Side
from simphone.apps.map.state import LABELS, Label
from simphone.core.app import Ctx
from simphone.ui.view import MATCH, Paint, Scene, Theme, View, Window
from simphone.widgets import nav
from simphone.widgets.bars import UP
from simphone.widgets.box import GROUP, column, list_view, row
from simphone.widgets.buttons import icon_button, text_button
from simphone.widgets.dialogs import Choice
from simphone.widgets.fields import bare_field
from simphone.widgets.image import icon, round_icon
from simphone.widgets.menus import popup_menu
from simphone.widgets.nav import DialogFn, Entry, Handler, ScreenFn, ask, keep, key
from simphone.widgets.text import divider, text

LABEL_ICONS: Final[dict[Label, str]] = {"home": "home_filled", "work": "work"}
ENDS: Final[dict[str, Side]] = {"start": "start", "to": "to"}
"""Purposes of a search: these, the labels, and `browse`."""
_ROW_DP: Final = 68.0


# --- views ----------------------------------------------------------------------------------------------------------
def search(ctx: Ctx, entry: Entry) -> Scene:
    """A field; below it what can be chosen, or what was found."""
    colors = look.theme(ctx)
    ink, query = look.on_bar(colors), str(entry["args"]["query"])
    field = bare_field(
        ink,
        key(entry, "query"),
        query,
        keep("query"),
        id="query",
        hint="Search",
        autofocus=True,
        weight=1.0,
        width=0,
        size=18,
    )
    bar = row(
        icon_button(ink, "arrow_back", "Navigate up", UP, color=look.ON_BAR),
        field,
        icon_button(ink, "close", "Clear", ("search.query", ""), color=look.ON_BAR, id="clear") if query else None,
        height=56,
        padding=(4, 0, 4, 0),
        gap=8,
        cls=GROUP,
        paint=Paint(fill=look.bar_fill(colors), elevation=2),
    )
    rows = _hits(ctx, colors, query, _purpose(entry)) if query.strip() else _offers(ctx, colors, entry)
    # A new list for each query: it starts at its top.
    listing = list_view(key(entry, f"list:{query}"), *rows, id="recycler")
    return look.scene(colors, column(bar, listing), bar=look.bar_fill(colors))


def _purpose(entry: Entry) -> str:
    return str(entry["args"]["purpose"])


def _hits(ctx: Ctx, colors: Theme, query: str, purpose: str) -> list[View]:
    rows = [_result(ctx, colors, each) for each in atlas.search(query, state.here(ctx))]
    if purpose in ENDS and "my location".startswith(query.strip().casefold()):
        rows.insert(0, _my_location(colors))
    if not rows:
        return [
            text(
                colors,
                "No results found",
                size=16,
                color=colors.on_surface_soft,
                align="center",
                width=MATCH,
                margin=(24, 48, 24, 0),
            )
        ]
    return rows


def _result(ctx: Ctx, colors: Theme, found: Place) -> View:
    return row(
        round_icon(found.icon, found.color, "#ffffff", size=36),
        column(
            text(colors, found.name, size=16, max_lines=1, id="title"),
            text(colors, found.type, size=13, color=colors.on_surface_soft, max_lines=1, id="description"),
            text(
                colors, state.address_line(ctx, found), size=13, color=colors.on_surface_soft, max_lines=1, id="address"
            ),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=1,
        ),
        cls=GROUP,
        on_tap=("search.pick", found.id),
        gap=16,
        padding=(20, 10, 16, 10),
        min_height=76,
    )


def _offers(ctx: Ctx, colors: Theme, entry: Entry) -> list[View]:
    purpose = _purpose(entry)
    if purpose in LABELS:
        return []
    rows = [_my_location(colors)] if purpose in ENDS else []
    rows.append(_heading(colors, "My places"))
    rows += [_labelled(ctx, colors, label) for label in LABELS]
    rows.append(divider(colors, margin=(0, 8, 0, 8)))
    rows += [
        look.labelled_icon(colors, each.label, each.icon, each.color, ("search.category", each.label))
        for each in CATEGORIES
    ]
    recent = state.saved(ctx)["history"]
    if recent:
        rows.append(divider(colors, margin=(0, 8, 0, 0)))
        rows.append(_heading(colors, "History"))
        rows += [_result(ctx, colors, atlas.place(each["id"])) for each in recent]
        rows.append(text_button(colors, "Clear search history", ("search.forget",), margin=(8, 4, 0, 16)))
    return rows


def _heading(colors: Theme, label: str) -> View:
    return text(
        colors, label, size=14, font="medium", color=colors.on_surface_soft, width=MATCH, padding=(20, 16, 20, 6)
    )


def _my_location(colors: Theme) -> View:
    return look.labelled_icon(colors, "My location", "my_location", look.BLUE, ("search.pick", routing.MY_LOCATION))


def _labelled(ctx: Ctx, colors: Theme, label: Label) -> View:
    kept = state.saved(ctx)["labels"].get(label)
    line = state.address_line(ctx, atlas.place(kept["id"])) if kept else "Add address"
    ink = colors.on_surface_soft if kept else colors.primary
    return row(
        icon(colors, LABEL_ICONS[label], color=look.BLUE),
        column(
            text(colors, LABELS[label], size=16, max_lines=1, id="title"),
            text(colors, line, size=13, color=ink, max_lines=1, id="address"),
            in_tree=False,
            width=0,
            weight=1.0,
            gap=2,
        ),
        icon_button(colors, "more_vert", "More options", ask("label_menu", label=label)) if kept else None,
        cls=GROUP,
        on_tap=("search.label", label),
        gap=20,
        padding=(20, 0, 4, 0),
        height=_ROW_DP,
    )


def label_menu(ctx: Ctx, entry: Entry) -> Window:
    """What can be done with Home or Work once it is set."""
    label: Label = entry["args"]["label"]
    metrics = ctx.system.metrics
    above = 56 + 42 + _ROW_DP * list(LABELS).index(label) + (52 if _purpose(nav.top(ctx)) in ENDS else 0)
    choices = [Choice("Edit", ("label.edit", label)), Choice("Delete", ("label.delete", label))]
    return popup_menu(look.theme(ctx), choices, anchor=(-12.0, metrics.status_bar / metrics.scale + above))


# --- messages -------------------------------------------------------------------------------------------------------
def set_query(ctx: Ctx, query: str) -> None:
    """Put something else into the field."""
    nav.top(ctx)["args"]["query"] = query


def pick_category(ctx: Ctx, label: str) -> None:
    """Search for a category."""
    set_query(ctx, label)
    ctx.system.hide_keyboard()


def pick(ctx: Ctx, ident: str) -> None:
    """Choose something found, for what the search was opened for."""
    purpose = _purpose(nav.top(ctx))
    if ident != routing.MY_LOCATION:
        _remember(ctx, ident)
    if purpose in LABELS:
        ctx.data["labels"][purpose] = state.keepsake(atlas.place(ident))
        nav.pop(ctx)
        set_query(ctx, "")
    elif purpose in ENDS:
        nav.pop(ctx)
        route_page.set_end(ctx, ENDS[purpose], ident)
    else:
        place_page.show(ctx, ident)


def _remember(ctx: Ctx, ident: str) -> None:
    kept = state.saved(ctx)
    if kept["settings"]["keep_history"]:
        others = [each for each in kept["history"] if each["id"] != ident]
        kept["history"] = [state.keepsake(atlas.place(ident)), *others][: state.HISTORY_MOST]


def pick_label(ctx: Ctx, label: Label) -> None:
    """Home or Work: to be set, to be seen, or as an end of a route."""
    kept = state.saved(ctx)["labels"].get(label)
    purpose = _purpose(nav.top(ctx))
    if kept is None:
        nav.push(ctx, "search", purpose=label, query="")
    elif purpose in ENDS:
        nav.pop(ctx)
        route_page.set_end(ctx, ENDS[purpose], kept["id"])
    else:
        place_page.show(ctx, kept["id"])


def edit_label(ctx: Ctx, label: Label) -> None:
    """Choose another place for Home or Work."""
    nav.close(ctx)
    nav.push(ctx, "search", purpose=label, query="")


def delete_label(ctx: Ctx, label: Label) -> None:
    """Home or Work is no place any more."""
    nav.close(ctx)
    kept = state.saved(ctx)["labels"].pop(label, None)
    if kept is not None:
        nav.snack(ctx, f"{LABELS[label]} deleted", "Undo", ("label.restore", label, kept["id"]))


def restore_label(ctx: Ctx, label: Label, ident: str) -> None:
    """Undo."""
    state.saved(ctx)["labels"][label] = state.keepsake(atlas.place(ident))


def forget(ctx: Ctx) -> None:
    """Clear the history."""
    state.saved(ctx)["history"] = []


SCREENS: Final[dict[str, ScreenFn]] = {"search": search}
DIALOGS: Final[dict[str, DialogFn]] = {"label_menu": label_menu}
HANDLERS: Final[dict[str, Handler]] = {
    "search.query": set_query,
    "search.category": pick_category,
    "search.pick": pick,
    "search.label": pick_label,
    "search.forget": forget,
    "label.edit": edit_label,
    "label.delete": delete_label,
    "label.restore": restore_label,
}
