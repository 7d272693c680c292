"""What a page of Settings is made of: rows described by data. A new page costs a few lines and no drawing code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from simphone.core.app import Ctx
from simphone.ui.view import Msg, View
from simphone.widgets.nav import Entry

Text = str | Callable[[Ctx], str]
"""A fixed text, or one that follows from the phone's state."""
Test = Callable[[Ctx], bool]


@dataclass(frozen=True, slots=True)
class Value:
    """A key of the settings provider, as `adb shell settings get NAMESPACE KEY` names it."""

    namespace: str
    key: str
    default: str = ""

    def get(self, ctx: Ctx) -> str:
        """The present value."""
        return ctx.system.setting(self.namespace, self.key, self.default)

    def put(self, ctx: Ctx, value: str) -> None:
        """Store a value; the phone follows."""
        ctx.system.put_setting(self.namespace, self.key, value)


@dataclass(frozen=True, slots=True)
class Flag:
    """A setting that is on or off: `on` and `off` are what switching writes, `means_on` further values that are on."""

    value: Value
    on: str = "1"
    off: str = "0"
    means_on: tuple[str, ...] = ()

    def get(self, ctx: Ctx) -> bool:
        """Whether it is on."""
        return self.value.get(ctx) in (self.on, *self.means_on)

    def flip(self, ctx: Ctx) -> Msg:
        """The message that switches it."""
        return ("put", self.value.namespace, self.value.key, self.off if self.get(ctx) else self.on)


def flag(namespace: str, key: str, *, default: str = "0") -> Flag:
    """The usual flag: "1" or "0"."""
    return Flag(Value(namespace, key, default))


def secure(key: str, *, default: str = "0") -> Flag:
    """A flag of the secure settings."""
    return flag("secure", key, default=default)


def on_off(which: Flag) -> Text:
    """The summary "On" or "Off" of a flag."""
    return lambda ctx: "On" if which.get(ctx) else "Off"


@dataclass(frozen=True, slots=True)
class Row:
    """Title and summary. What has no target of its own opens a page that says so (pages/blank.py)."""

    title: Text
    summary: Text = ""
    icon: str = ""
    enabled: Test | None = None
    shown: Test | None = None


@dataclass(frozen=True, slots=True)
class Info(Row):
    """Something to read; cannot be tapped."""


@dataclass(frozen=True, slots=True)
class Link(Row):
    """Opens a page, or (`dialog`) a dialog."""

    page: str = ""
    dialog: str = ""


@dataclass(frozen=True, slots=True)
class Act(Row):
    """Sends a message."""

    msg: Msg = ()


@dataclass(frozen=True, slots=True)
class Header(Row):
    """The line above a group of rows."""


@dataclass(frozen=True, slots=True)
class Note(Row):
    """An explanation at the end of a page."""


@dataclass(frozen=True, slots=True)
class Toggle(Row):
    """A switch. With `page` the row has two targets: the row opens the page, the switch switches."""

    flag: Flag = field(default_factory=lambda: flag("global", ""))
    page: str = ""
    main: bool = False
    """The filled bar at the top of a page ("Use Bluetooth")."""


@dataclass(frozen=True, slots=True)
class Slider(Row):
    """A slider over whole values from `low` to `high`."""

    value: Value = field(default_factory=lambda: Value("system", ""))
    low: int = 0
    high: int = 100


@dataclass(frozen=True, slots=True)
class Options(Row):
    """One of several values, chosen in a dialog; the summary tells which. `choices`: (stored value, label)."""

    value: Value = field(default_factory=lambda: Value("system", ""))
    choices: tuple[tuple[str, str], ...] = ()
    says: str = "{}"
    """The summary, around the label."""
    also: tuple[tuple[str, str], ...] = ()
    """Values that can be found but not chosen, with their labels."""

    def label(self, ctx: Ctx) -> str:
        """The summary for the present value; the value itself stands for its label when it is none of the known."""
        stored = self.value.get(ctx)
        return self.says.format(dict((*self.choices, *self.also)).get(stored, stored))


@dataclass(frozen=True, slots=True)
class Write(Row):
    """A text, written in a dialog; the summary is the text. Enter does not confirm it."""

    value: Value = field(default_factory=lambda: Value("system", ""))
    asks: str = ""
    """Title of the dialog, where it is not that of the row."""
    confirm: str = "OK"


@dataclass(frozen=True, slots=True)
class Pick(Row):
    """One radio button of a page: chosen when `chosen`, a tap sends `msg`."""

    chosen: Test | None = None
    msg: Msg = ()


def picks(value: Value, *choices: tuple[str, str]) -> tuple[Pick, ...]:
    """Radio buttons of a page for a value: (stored value, label)."""
    return tuple(
        Pick(
            label,
            chosen=lambda ctx, stored=stored: value.get(ctx) == stored,  # type: ignore[misc]
            msg=("put", value.namespace, value.key, stored),
        )
        for stored, label in choices
    )


@dataclass(frozen=True, slots=True)
class Custom(Row):
    """A part that draws itself."""

    draw: Callable[[Ctx, Entry], View] = field(default=lambda _ctx, _entry: View())


Title = str | Callable[[Ctx, Entry], str]
"""A fixed title, or one that follows from what the page is about."""
Rows = Sequence[Row] | Callable[[Ctx, Entry], Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Page:
    """A page under a large title. `rows` may follow from the state and from the entry's args."""

    name: str
    title: Title
    rows: Rows
    activity: str = "com.android.settings.SubSettings"
    actions: tuple[str, ...] = ()
    """Intent actions that open it: "android.settings.WIFI_SETTINGS"."""
    parent: str = "home"
    """Where Navigate up leads when the page was opened from outside; and the path that search shows."""
    menu: Callable[[Ctx, Entry], Sequence[View]] | None = None
    """Buttons at the right of the toolbar."""

    def heading(self, ctx: Ctx, entry: Entry) -> str:
        """The title as it reads now."""
        return self.title if isinstance(self.title, str) else self.title(ctx, entry)

    def list_rows(self, ctx: Ctx, entry: Entry) -> list[Row]:
        """The rows that are there now."""
        rows = self.rows(ctx, entry) if callable(self.rows) else self.rows
        return [row for row in rows if row.shown is None or row.shown(ctx)]


def resolve(text: Text, ctx: Ctx) -> str:
    """A text as it reads now."""
    return text if isinstance(text, str) else text(ctx)
