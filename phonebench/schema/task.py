"""Tasks: data, written in tasks/**/*.yaml."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from phonebench.schema.base import Record


class Selector(Record):
    """Finds one node of the UI tree. Given fields must all match; `index` picks among several hits (0 is the first).

    `text`, `desc` match the whole string; `text_contains`, `desc_contains` a part of it; `id` the resource id with or
    without its package prefix; `within` restricts the search to the subtree of a node. A blank in a selector also
    matches the narrow and hair spaces that Android puts into times.
    """

    text: str | None = None
    desc: str | None = None
    text_contains: str | None = None
    desc_contains: str | None = None
    id: str | None = None
    cls: str | None = None
    checked: bool | None = None
    index: int = 0
    within: Selector | None = None


class TapStep(Record):
    """Tap a node (its centre)."""

    tap: Selector


class LongPressStep(Record):
    """Press a node for a second."""

    long_press: Selector


class TypeStep(Record):
    """Type into the focused field, or into `into` after tapping it; the field is cleared first."""

    type: str
    into: Selector | None = None
    enter: bool = False
    clear: bool = True


class SwipeStep(Record):
    """Swipe over a node, or over the middle of the screen, in a direction of the finger."""

    swipe: Literal["up", "down", "left", "right"]
    on: Selector | None = None
    distance: Annotated[float, Field(gt=0, le=1)] = 0.5
    """Share of the node's (or screen's) extent that the finger travels."""


class DragStep(Record):
    """Drag a node (its centre, or the point `at` in fractions of it) to a point in fractions of the screen or `on`."""

    drag: Selector
    at: tuple[float, float] = (0.5, 0.5)
    to: tuple[float, float]
    on: Selector | None = None


class KeyStep(Record):
    """Press a key."""

    key: Literal["back", "home", "enter", "recents", "delete", "menu"]


class LaunchStep(Record):
    """Launch an app by label or package."""

    launch: str


class WaitStep(Record):
    """Wait; on the simulated phone the virtual clock moves."""

    wait: float


class ScrollToStep(Record):
    """Swipe over a scrollable until the node is on the screen; not found after `most` swipes is an error.

    Each swipe is a step of the episode, like an agent's."""

    scroll_to: Selector
    on: Selector | None = None
    direction: Literal["up", "down", "left", "right"] = "up"
    most: int = 12


class FinishStep(Record):
    """End with an answer."""

    finish: str


ScriptStep = (
    TapStep
    | LongPressStep
    | TypeStep
    | SwipeStep
    | DragStep
    | KeyStep
    | LaunchStep
    | WaitStep
    | ScrollToStep
    | FinishStep
)


class Goal(Record):
    """One sub-goal: `says` for a judge who sees evidence only, `state` the JMESPath truth on the simulated phone.

    The state expression is evaluated on the phone's state after the episode; `$before` style references are not
    needed: the expression may read `before` and `after` when it starts with one of these two names, and reads
    `after` otherwise. Truth is JMESPath truth: empty lists, empty strings, null and false are false.
    """

    says: str
    state: str | None = None


class AnswerSpec(Record):
    """What a query task's final answer must say.

    kind: `number` (value with optional unit), `time` (of day), `duration`, `date`, `yes_no`, `set` (all names, none of
    `never`), `text` (normalised phrase). `accept` lists equivalent right answers; `never` lists statements that make
    an answer wrong even when a right one also occurs.
    """

    kind: Literal["number", "time", "duration", "date", "yes_no", "set", "text"]
    accept: tuple[str, ...]
    never: tuple[str, ...] = ()


class NearMiss(Record):
    """A run that looks right and is not; the judge must fail it."""

    name: str
    solution: tuple[ScriptStep, ...]


class Probe(Record):
    """An adb shell query recorded at the end of an episode; `expect` is a regular expression on its output."""

    name: str
    shell: str
    expect: str | None = None


class Task(Record):
    """One thing to do on a phone."""

    id: str
    app: str
    package: str
    kind: Literal["operation", "query"]
    instruction: str
    instruction_zh: str | None = None
    reference_steps: int
    """Steps of a person, the finish step included; 0 when nobody has counted them."""
    goals: tuple[Goal, ...] = ()
    answer: AnswerSpec | None = None
    setup: dict[str, Any] | None = None
    """JSON merge patch (RFC 7396) on the world, for the simulated phone."""
    may_change: tuple[str, ...] = ()
    """Dotted paths of the state that a correct run may alter; `*` stands for one path segment."""
    probes: tuple[Probe, ...] = ()
    solution: tuple[ScriptStep, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    notes: str = ""
    source: str = Field(default="", exclude=True)
    """file:line of the task, for messages."""


class Suite(Record):
    """An ordered set of tasks with the digest of their content (sha256, hex)."""

    name: str
    tasks: tuple[Task, ...]
    digest: str
