"""Tools that act. Each looks before and after, asks where an action is sensitive, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal

import anyio
from mcp.server.fastmcp.exceptions import ToolError
from mcp.types import ClientCapabilities, ElicitationCapability
from pydantic import BaseModel, Field

from phonebench.agent.change import changed
from phonebench.agent.values import WAYS
from phonebench.device.apps import package_of
from phonebench.mcp.answers import Done
from phonebench.mcp.desk import Desk, Place
from phonebench.mcp.look import DeviceName, Talk, Wanted, packages
from phonebench.safety.guard import Guard
from phonebench.schema.action import (
    Action,
    Key,
    Launch,
    LongPress,
    Point,
    PressKey,
    Swipe,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.observation import Observation

Pixel = Annotated[int, Field(description="pixels, origin top left", ge=0, le=20_000)]
Space = Annotated[
    Literal["device", "image"],
    Field(description="coordinates are device pixels, or pixels of the last image that get_screen_state gave you"),
]
Direction = Literal["up", "down", "left", "right"]
_ANSWER_S = 600.0
"""How long a person may think about a sensitive action."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is about to be done, on which screen."""

    action: Action
    done: str
    seen: Observation


@dataclass(frozen=True, slots=True)
class _Question:
    plan: Plan
    about: str


Choose = Callable[[Place, Observation], tuple[Action, str]]
"""From a phone and its present screen to an action, and what to say when it is done. Raises ToolError."""


class Confirmation(BaseModel):
    """The person's word on a sensitive action."""

    confirm: bool = Field(description="carry the action out")


class ActTools:
    """Everything here may change the phone. `guard` says what is sensitive and what is to become of it."""

    def __init__(self, desk: Desk, guard: Guard) -> None:
        self._desk = desk
        self._guard = guard

    async def tap(self, ctx: Talk, x: Pixel, y: Pixel, space: Space = "device", device: DeviceName = "") -> Done:
        """Touch a point of the screen."""

        def choose(place: Place, seen: Observation) -> tuple[Action, str]:
            at = _point(ctx, place, seen, x, y, space)
            return Tap(at=at), f"tapped ({at.x}, {at.y})"

        return await self.perform(ctx, device, choose)

    async def tap_element(
        self,
        ctx: Talk,
        index: Annotated[int, Field(description="number from get_screen_state; 0 for none", ge=0)] = 0,
        text: Annotated[str, Field(description="text, or a part of it")] = "",
        description: Annotated[str, Field(description="content description, or a part of it")] = "",
        id: Annotated[str, Field(description="resource id, with or without its package")] = "",  # noqa: A002
        device: DeviceName = "",
    ) -> Done:
        """Touch the middle of an element: by its number in the last get_screen_state, or by what it says."""
        wanted = Wanted(index, text, description, id)

        def choose(place: Place, seen: Observation) -> tuple[Action, str]:
            found = wanted.find(seen, place.shown.get(ctx.session))
            left, top, right, bottom = found.bounds
            at = Point(x=(left + right) // 2, y=(top + bottom) // 2)
            name = found.text or found.description or found.id or found.cls
            return Tap(at=at), f"tapped {name!r} at ({at.x}, {at.y})"

        return await self.perform(ctx, device, choose)

    async def long_press(
        self,
        ctx: Talk,
        x: Pixel,
        y: Pixel,
        duration_ms: Annotated[int, Field(ge=500, le=10_000)] = 1000,
        space: Space = "device",
        device: DeviceName = "",
    ) -> Done:
        """Touch a point and hold it."""

        def choose(place: Place, seen: Observation) -> tuple[Action, str]:
            at = _point(ctx, place, seen, x, y, space)
            return LongPress(at=at, duration_ms=duration_ms), f"held ({at.x}, {at.y}) for {duration_ms} ms"

        return await self.perform(ctx, device, choose)

    async def swipe(
        self,
        ctx: Talk,
        direction: Annotated[
            Direction | None, Field(description="of the finger; over the middle of the screen")
        ] = None,
        start_x: Pixel | None = None,
        start_y: Pixel | None = None,
        end_x: Pixel | None = None,
        end_y: Pixel | None = None,
        distance: Annotated[float, Field(description="share of the screen, with direction", gt=0, le=1)] = 0.5,
        duration_ms: Annotated[int, Field(ge=50, le=10_000)] = 400,
        space: Space = "device",
        device: DeviceName = "",
    ) -> Done:
        """Swipe in a direction over the middle of the screen (up shows what is further down), or between two points."""

        def choose(place: Place, seen: Observation) -> tuple[Action, str]:
            match direction, start_x, start_y, end_x, end_y:
                case str(), None, None, None, None:
                    start, end = _stroke(direction, distance, seen)
                case None, int(), int(), int(), int():
                    start = _point(ctx, place, seen, start_x, start_y, space)
                    end = _point(ctx, place, seen, end_x, end_y, space)
                case _:
                    raise ToolError("give either a direction, or all of start_x, start_y, end_x and end_y")
            done = f"swiped from ({start.x}, {start.y}) to ({end.x}, {end.y})"
            return Swipe(start=start, end=end, duration_ms=duration_ms), done

        return await self.perform(ctx, device, choose)

    async def type_text(
        self,
        ctx: Talk,
        text: Annotated[str, Field(max_length=20_000)],
        submit: Annotated[bool, Field(description="press enter afterwards")] = False,
        clear: Annotated[bool, Field(description="empty the field first")] = True,
        device: DeviceName = "",
    ) -> Done:
        """Type into the field that has the focus; tap a field first."""
        action = TypeText(text=text, clear=clear, enter=submit)
        return await self.perform(ctx, device, lambda *_: (action, f"typed {len(text)} characters"))

    async def press_key(self, ctx: Talk, key: Key, device: DeviceName = "") -> Done:
        """Press a key of the phone."""
        return await self.perform(ctx, device, lambda *_: (PressKey(key=key), f"pressed {key}"))

    async def launch_app(
        self,
        ctx: Talk,
        app: Annotated[str, Field(description="name or package", max_length=200)],
        device: DeviceName = "",
    ) -> Done:
        """Bring an app to the front."""

        def choose(place: Place, _: Observation) -> tuple[Action, str]:
            package = package_of(app, packages(place))
            if package is None:
                raise ToolError(f"no installed app goes by {app!r}: list_apps tells them")
            return Launch(app=package), f"launched {app}"

        return await self.perform(ctx, device, choose)

    async def wait(
        self, ctx: Talk, seconds: Annotated[float, Field(ge=0, le=60)] = 1.0, device: DeviceName = ""
    ) -> Done:
        """Wait for the phone; a simulated one moves its clock."""
        return await self.perform(ctx, device, lambda *_: (Wait(seconds=seconds), f"waited {seconds:g} s"))

    async def perform(self, ctx: Talk, device: str, choose: Choose, on: Observation | None = None) -> Done:
        """Choose an action and carry it out, asked for first where it is sensitive; nobody else acts in between.

        `on` is the screen that the action is meant for: on another one it is refused. Raises ToolError.
        """
        step = await self._desk.run(device, lambda place: self._try(place, choose, on))
        if isinstance(step, Done):
            return step
        await _confirmed(ctx, step.about, step.plan.done)
        return await self._desk.run(device, lambda place: _carry_out(place, _still(place, step.plan)))

    def _try(self, place: Place, choose: Choose, on: Observation | None) -> Done | _Question:
        """Done at once, or what to ask a person."""
        seen = place.phone.observe()
        if on is not None and changed(on, seen):
            raise ToolError("the screen has changed meanwhile; the action was not carried out: look again")
        action, done = choose(place, seen)
        ruling = self._guard.rule(action, seen)
        plan = Plan(ruling.act or action, done, seen)
        if ruling.verdict == "allow":
            return _carry_out(place, plan)
        if ruling.verdict == "ask":
            return _Question(plan, ruling.about)
        raise ToolError(f"refused by the server's safety rules: {ruling.about}")


async def _confirmed(ctx: Talk, about: str, done: str) -> None:
    """Return when a person says yes. Raises ToolError."""
    if not ctx.session.check_client_capability(ClientCapabilities(elicitation=ElicitationCapability())):
        raise ToolError(
            f"this action is sensitive ({about}), and your client cannot ask a person (elicitation)\n"
            "start the server with --confirm allow to do without"
        )
    try:
        with anyio.fail_after(_ANSWER_S):
            answer = await ctx.elicit(f"This is sensitive: {about}. Go on? (To be {done}.)", Confirmation)
    except TimeoutError:
        raise ToolError(f"nobody answered within {_ANSWER_S / 60:.0f} minutes; it was not carried out") from None
    if answer.action != "accept" or not answer.data.confirm:
        raise ToolError("the person did not confirm this action; it was not carried out")


def _still(place: Place, plan: Plan) -> Plan:
    """A word of consent is for the screen that it was given on."""
    if changed(plan.seen, place.phone.observe()):
        raise ToolError("the screen has changed while a person was asked; the action was not carried out: look again")
    return plan


def _carry_out(place: Place, plan: Plan) -> Done:
    place.phone.perform(plan.action)
    after = place.phone.settle()
    return Done(
        done=plan.done, screen_changed=changed(plan.seen, after), package=after.package, activity=after.activity
    )


def _point(ctx: Talk, place: Place, seen: Observation, x: int, y: int, space: str) -> Point:
    """A point of the screen in device pixels. Raises ToolError for one that is outside."""
    scale = 1.0
    if space == "image":
        shown = place.shown.get(ctx.session)
        scale = shown.scale if shown is not None else 0.0
        if not scale:
            raise ToolError("no image was sent to you yet: get_screen_state, or give device pixels")
    point = Point(x=int((x + 0.5) / scale), y=int((y + 0.5) / scale))
    if point.x >= seen.width or point.y >= seen.height:
        size = f"{round(seen.width * scale)} x {round(seen.height * scale)} {space} pixels"
        raise ToolError(f"({x}, {y}) is outside the screen of {size}")
    return point


def _stroke(direction: Direction, distance: float, seen: Observation) -> tuple[Point, Point]:
    """From and to, around the middle of the screen."""
    dx, dy = WAYS[direction]
    x, y = seen.width / 2, seen.height / 2
    reach_x, reach_y = dx * distance * x, dy * distance * y

    def inside(x: float, y: float) -> Point:
        return Point(x=int(min(max(x, 0), seen.width - 1)), y=int(min(max(y, 0), seen.height - 1)))

    return inside(x - reach_x, y - reach_y), inside(x + reach_x, y + reach_y)
