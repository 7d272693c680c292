"""Tools that act. Each looks before and after, asks where an action is sensitive, and says what came of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from mcp.server.fastmcp import Context
from mcp.server.fastmcp.exceptions import ToolError
from mcp.types import ClientCapabilities, ElicitationCapability
from pydantic import BaseModel, Field

from phonebench.agent.change import changed
from phonebench.device.apps import package_of
from phonebench.mcp.answers import Done
from phonebench.mcp.desk import Desk, Place
from phonebench.mcp.look import DeviceName, find, packages
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

Pixel = Annotated[int, Field(description="device pixels, origin top left", ge=0, le=20_000)]
Direction = Literal["up", "down", "left", "right"]
_WAYS = {"up": (0, -1), "down": (0, 1), "left": (-1, 0), "right": (1, 0)}
Talk = Context[Any, Any, Any]


class Confirmation(BaseModel):
    """The person's word on a sensitive action."""

    confirm: bool = Field(description="carry the action out")


class ActTools:
    """Everything here may change the phone. `guard` says what is sensitive and what is to become of it."""

    def __init__(self, desk: Desk, guard: Guard) -> None:
        self._desk = desk
        self._guard = guard

    async def tap(self, ctx: Talk, x: Pixel, y: Pixel, device: DeviceName = "") -> Done:
        """Touch a point of the screen."""
        return await self.perform(ctx, device, Tap(at=Point(x=x, y=y)), f"tapped ({x}, {y})")

    async def tap_element(
        self,
        ctx: Talk,
        index: Annotated[int, Field(description="number from get_screen_state; 0 for none", ge=0)] = 0,
        text: Annotated[str, Field(description="text, or a part of it")] = "",
        description: Annotated[str, Field(description="content description, or a part of it")] = "",
        id: Annotated[str, Field(description="resource id")] = "",  # noqa: A002
        device: DeviceName = "",
    ) -> Done:
        """Touch the middle of an element: by its number in the last get_screen_state, or by what it says."""
        found = await self._desk.run(device, lambda place: find(place, index, text, description, id))
        left, top, right, bottom = found.bounds
        at = Point(x=(left + right) // 2, y=(top + bottom) // 2)
        name = found.text or found.description or found.id or found.cls
        return await self.perform(ctx, device, Tap(at=at), f"tapped {name!r} at ({at.x}, {at.y})")

    async def long_press(
        self,
        ctx: Talk,
        x: Pixel,
        y: Pixel,
        duration_ms: Annotated[int, Field(ge=500, le=10_000)] = 1000,
        device: DeviceName = "",
    ) -> Done:
        """Touch a point and hold it."""
        action = LongPress(at=Point(x=x, y=y), duration_ms=duration_ms)
        return await self.perform(ctx, device, action, f"held ({x}, {y}) for {duration_ms} ms")

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
        device: DeviceName = "",
    ) -> Done:
        """Swipe in a direction over the middle of the screen (up shows what is further down), or between two points."""
        points = (start_x, start_y, end_x, end_y)
        info = self._desk.place(device).phone.info
        if direction is not None and points == (None, None, None, None):
            dx, dy = _WAYS[direction]
            x, y = info.width / 2, info.height / 2
            reach = (dx * distance * info.width / 2, dy * distance * info.height / 2)
            start, end = (
                _point(x - reach[0], y - reach[1], info.width, info.height),
                _point(x + reach[0], y + reach[1], info.width, info.height),
            )
        elif direction is None and None not in points:
            start, end = Point(x=start_x or 0, y=start_y or 0), Point(x=end_x or 0, y=end_y or 0)
        else:
            raise ToolError("give either a direction, or all of start_x, start_y, end_x and end_y")
        action = Swipe(start=start, end=end, duration_ms=duration_ms)
        done = f"swiped from ({start.x}, {start.y}) to ({end.x}, {end.y})"
        return await self.perform(ctx, device, action, done)

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
        return await self.perform(ctx, device, action, f"typed {len(text)} characters")

    async def press_key(self, ctx: Talk, key: Key, device: DeviceName = "") -> Done:
        """Press a key of the phone."""
        return await self.perform(ctx, device, PressKey(key=key), f"pressed {key}")

    async def launch_app(
        self,
        ctx: Talk,
        app: Annotated[str, Field(description="name or package", max_length=200)],
        device: DeviceName = "",
    ) -> Done:
        """Bring an app to the front."""
        package = await self._desk.run(device, lambda place: package_of(app, packages(place)))
        if package is None:
            raise ToolError(f"no installed app goes by {app!r}: list_apps tells them")
        return await self.perform(ctx, device, Launch(app=package), f"launched {app}")

    async def wait(
        self, ctx: Talk, seconds: Annotated[float, Field(ge=0, le=60)] = 1.0, device: DeviceName = ""
    ) -> Done:
        """Wait for the phone; a simulated one moves its clock."""
        return await self.perform(ctx, device, Wait(seconds=seconds), f"waited {seconds:g} s")

    async def perform(self, ctx: Talk, device: str, action: Action, done: str) -> Done:
        """Carry an action out, asked for first where it is sensitive. Raises ToolError."""
        seen = await self._desk.run(device, lambda place: place.phone.observe())
        await self._confirmed(ctx, action, seen)
        after = await self._desk.run(device, lambda place: _act(place, action))
        return Done(done=done, screen_changed=changed(seen, after), package=after.package, activity=after.activity)

    async def _confirmed(self, ctx: Talk, action: Action, seen: Observation) -> None:
        ruling = self._guard.rule(action, seen)
        if ruling.verdict == "allow":
            return
        if ruling.verdict != "ask":
            raise ToolError(f"refused by the server's safety rules: {ruling.about}")
        if not ctx.session.check_client_capability(ClientCapabilities(elicitation=ElicitationCapability())):
            raise ToolError(
                f"this action is sensitive ({ruling.about}), and your client cannot ask a person (elicitation)\n"
                "start the server with --confirm allow to do without"
            )
        answer = await ctx.elicit(f"The action {action.type} is sensitive: {ruling.about}. Carry it out?", Confirmation)
        if answer.action != "accept" or not answer.data.confirm:
            raise ToolError("the person did not confirm this action; it was not carried out")


def _point(x: float, y: float, width: int, height: int) -> Point:
    return Point(x=int(min(max(x, 0), width - 1)), y=int(min(max(y, 0), height - 1)))


def _act(place: Place, action: Action) -> Observation:
    place.phone.perform(action)
    return place.phone.settle()
