"""Where the user is inside an app: a stack of screens, dialogs above them, a snackbar. And StackApp, the base of apps.

All of it is plain data in `ctx.ui`:

    stack     [{name, id, args}]    screens, the visible one last
    dialogs   [{name, id, args}]    open dialogs, sheets and menus, the topmost last
    snackbar  null | {text, action, on_action, until}     until: epoch ms of the virtual clock
    serial    int                   counts entries, so that each opening of a screen scrolls and focuses afresh

`args` holds what a screen needs to know (which record it shows) and its drafts (a search word, a form not yet saved).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import ClassVar, Final, TypedDict

from simphone.core.app import BaseApp, Ctx, Intent, Json
from simphone.ui.view import MATCH, Color, Msg, Scalar, Scene, Theme, View, Window
from simphone.widgets.box import FRAME
from simphone.widgets.feedback import snackbar as snackbar_view

SNACKBAR_MS: Final = 4000
"""How long a snackbar stays, in ms of the virtual clock."""


class Entry(TypedDict):
    """An open screen or dialog."""

    name: str
    id: int
    args: dict[str, Json]


class Snack(TypedDict):
    """The snackbar that is shown."""

    text: str
    action: str
    on_action: list[Scalar]
    until: int


ScreenFn = Callable[[Ctx, Entry], Scene]
"""Draws a screen: a Scene with its one activity window."""
DialogFn = Callable[[Ctx, Entry], Window]
"""Draws a dialog, sheet or menu."""
Handler = Callable[..., None]
"""Applies a message: called with ctx and the message's arguments."""


# --- messages, to be put into views ---------------------------------------------------------------------------------
def go(screen: str, **args: Scalar) -> Msg:
    """The message that opens a screen above the present one."""
    return ("nav.push", screen, *_flat(args))


def ask(dialog: str, **args: Scalar) -> Msg:
    """The message that opens a dialog."""
    return ("nav.open", dialog, *_flat(args))


def keep(name: str) -> Msg:
    """The message that stores a value (a field's text, a choice) in the args of the topmost dialog or screen."""
    return ("nav.keep", name)


def _flat(args: Mapping[str, Scalar]) -> tuple[Scalar, ...]:
    return tuple(value for pair in args.items() for value in pair)


def _args(flat: tuple[Scalar, ...]) -> dict[str, Json]:
    return {str(name): value for name, value in zip(flat[::2], flat[1::2], strict=True)}


# --- state ----------------------------------------------------------------------------------------------------------
def start(home: str, **args: Json) -> dict[str, Json]:
    """The UI state of an app on its first screen."""
    first: Entry = {"name": home, "id": 1, "args": args}
    return {"stack": [first], "dialogs": [], "snackbar": None, "serial": 1}


def _entry(ctx: Ctx, name: str, args: dict[str, Json]) -> Entry:
    ctx.ui["serial"] += 1
    return {"name": name, "id": ctx.ui["serial"], "args": args}


def push(ctx: Ctx, screen: str, **args: Json) -> None:
    """Open a screen. Snackbar and dialogs belong to the screen they were shown on, and go with it."""
    ctx.system.hide_keyboard()
    ctx.ui["snackbar"] = None
    ctx.ui["dialogs"] = []
    ctx.ui["stack"].append(_entry(ctx, screen, args))


def pop(ctx: Ctx) -> bool:
    """Return to the screen below; False, and nothing done, when there is none."""
    if len(ctx.ui["stack"]) < 2:
        return False
    ctx.system.hide_keyboard()
    ctx.ui["stack"].pop()
    return True


def pop_to(ctx: Ctx, screen: str) -> None:
    """Return to the nearest open screen of that name (the first screen if there is none)."""
    while len(ctx.ui["stack"]) > 1 and ctx.ui["stack"][-1]["name"] != screen:
        ctx.ui["stack"].pop()
    ctx.system.hide_keyboard()


def reset(ctx: Ctx, screen: str, **args: Json) -> None:
    """Make a screen the only one: bottom navigation, intents."""
    ctx.ui["stack"] = [_entry(ctx, screen, args)]
    ctx.ui["dialogs"] = []
    ctx.system.hide_keyboard()


def top(ctx: Ctx) -> Entry:
    """The visible screen."""
    entry: Entry = ctx.ui["stack"][-1]
    return entry


def open_dialog(ctx: Ctx, dialog: str, **args: Json) -> None:
    """Open a dialog above what is shown."""
    ctx.ui["dialogs"].append(_entry(ctx, dialog, args))


def close(ctx: Ctx) -> None:
    """Close the topmost dialog, if one is open."""
    if ctx.ui["dialogs"]:
        ctx.ui["dialogs"].pop()
        ctx.system.hide_keyboard()


def close_all(ctx: Ctx) -> None:
    """Close all dialogs."""
    while ctx.ui["dialogs"]:
        close(ctx)


def dialog(ctx: Ctx) -> Entry | None:
    """The topmost dialog."""
    return ctx.ui["dialogs"][-1] if ctx.ui["dialogs"] else None


def args(ctx: Ctx) -> dict[str, Json]:
    """The args of what has the user's attention: the topmost dialog, else the visible screen."""
    return (dialog(ctx) or top(ctx))["args"]


def key(entry: Entry, name: str) -> str:
    """A key for a scroller or a field that is fresh for each opening of the screen or dialog."""
    return f"{entry['name']}.{entry['id']}.{name}"


def snack(ctx: Ctx, text: str, action: str = "", on_action: Msg = ()) -> None:
    """Show a snackbar for a while."""
    shown: Snack = {
        "text": text,
        "action": action,
        "on_action": list(on_action),
        "until": ctx.system.epoch_ms() + SNACKBAR_MS,
    }
    ctx.ui["snackbar"] = shown


# --- views ----------------------------------------------------------------------------------------------------------
def page(
    theme: Theme,
    root: View,
    *,
    background: Color | None = None,
    activity: str = "",
    title: str = "",
) -> Scene:
    """A Scene of one activity window that fills the screen."""
    window = Window(
        root=replace(root, width=MATCH, height=MATCH),
        title=title,
        activity=activity,
        background=background or theme.background,
    )
    return Scene([window])


def _with_snackbar(theme: Theme, scene: Scene, shown: Snack, above: float) -> Scene:
    under = scene.windows[0]
    bar = snackbar_view(
        theme,
        shown["text"],
        action=shown["action"],
        on_action=("nav.snack",) if shown["on_action"] else None,
        self_valign="bottom",
        margin=(12, 0, 12, above),
    )
    both = View(cls=FRAME, id="android:id/content", width=MATCH, height=MATCH, children=[under.root, bar])
    return replace(scene, windows=[replace(under, root=both), *scene.windows[1:]])


def _on_push(ctx: Ctx, screen: str, *flat: Scalar) -> None:
    push(ctx, screen, **_args(flat))


def _on_open(ctx: Ctx, name: str, *flat: Scalar) -> None:
    open_dialog(ctx, name, **_args(flat))


def _on_keep(ctx: Ctx, name: str, value: Scalar) -> None:
    args(ctx)[name] = value


_NAVIGATION: Final[Mapping[str, Handler]] = {
    "nav.push": _on_push,
    "nav.open": _on_open,
    "nav.keep": _on_keep,
    "nav.close": close,
}


class StackApp(BaseApp):
    """An app made of named screens, named dialogs and named message handlers.

    A subclass gives `manifest`, `first`, `screens`, `dialogs`, `handlers`; navigation messages (`go`, `ask`, `keep`,
    back, close, snackbar action) are answered here.
    """

    first: ClassVar[str]
    screens: ClassVar[Mapping[str, ScreenFn]]
    dialogs: ClassVar[Mapping[str, DialogFn]] = {}
    handlers: ClassVar[Mapping[str, Handler]] = {}
    snackbar_above: ClassVar[float] = 12.0
    """dp from the bottom of the page to a snackbar: more where a bottom navigation or a floating button stands."""

    def theme(self, ctx: Ctx) -> Theme:
        """The app's colours; only the snackbar drawn here needs them."""
        return ctx.theme

    def fresh_ui(self, ctx: Ctx) -> dict[str, Json]:  # noqa: ARG002 - apps that override this need it
        """The first screen, nothing above it."""
        return start(self.first)

    def open(self, ctx: Ctx, intent: Intent) -> None:
        """A launcher intent brings the app to front as it was."""

    def view(self, ctx: Ctx) -> Scene:
        """The visible screen, its snackbar, then the dialogs."""
        entry = top(ctx)
        scene = self.screens[entry["name"]](ctx, entry)
        shown: Snack | None = ctx.ui["snackbar"]
        if shown is not None and ctx.system.epoch_ms() < shown["until"]:
            scene = _with_snackbar(self.theme(ctx), scene, shown, self.snackbar_above)
        above = [self.dialogs[entry["name"]](ctx, entry) for entry in ctx.ui["dialogs"]]
        return replace(scene, windows=[*scene.windows, *above])

    def update(self, ctx: Ctx, msg: Msg) -> None:
        """Navigation messages here, all others by `handlers`; an unknown name is a fault of the app (KeyError)."""
        name, values = str(msg[0]), msg[1:]
        if name == "nav.back":
            if not self.back(ctx):
                ctx.system.finish()
        elif name == "nav.snack":
            shown, ctx.ui["snackbar"] = ctx.ui["snackbar"], None
            if shown is not None:
                self.update(ctx, tuple(shown["on_action"]))
        else:
            handler = _NAVIGATION.get(name) or self.handlers[name]
            handler(ctx, *values)

    def back(self, ctx: Ctx) -> bool:
        """Close the topmost dialog, else return to the screen below; False on the first screen."""
        if ctx.ui["dialogs"]:
            close(ctx)
            return True
        return pop(ctx)

    def tick(self, ctx: Ctx) -> None:
        """Drop a snackbar whose time is over."""
        shown: Snack | None = ctx.ui["snackbar"]
        if shown is not None and ctx.system.epoch_ms() >= shown["until"]:
            ctx.ui["snackbar"] = None
