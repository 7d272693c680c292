"""The phones of a server: held for its whole life, one call at a time on each, replaced when they break."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from weakref import WeakKeyDictionary

import anyio
import anyio.to_thread
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.session import ServerSession

from phonebench.device import AdbPhone
from phonebench.device.pool import PhonePool
from phonebench.schema.errors import BenchError
from phonebench.schema.observation import Observation

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a client was last shown of a phone; `scale` is image pixels per device pixel, 0 without an image."""

    seen: Observation
    scale: float


@dataclass(slots=True)
class Place:
    """One phone: its number in the pool, its lock, and what each client was shown of it."""

    number: int
    name: str
    phone: AdbPhone
    lock: anyio.Lock = field(default_factory=anyio.Lock)
    shown: WeakKeyDictionary[ServerSession, Shown] = field(default_factory=WeakKeyDictionary)


class Desk:
    """Phones by name. `open` before the first call; all work runs in worker threads."""

    def __init__(self, pool: PhonePool) -> None:
        self._pool = pool
        self._places: dict[str, Place] = {}

    @contextlib.contextmanager
    def open(self) -> Iterator[Desk]:
        """Start every phone, give them back at the end. Raises BenchError."""
        with self._pool:
            for number in range(self._pool.size):
                phone = self._pool.phone(number)
                self._places[phone.info.serial] = Place(number, phone.info.serial, phone)
            yield self

    @property
    def names(self) -> list[str]:
        """The phones, the default one first."""
        return list(self._places)

    def place(self, device: str) -> Place:
        """A phone by name; without one the first. Raises ToolError."""
        if not device:
            return next(iter(self._places.values()))
        if device not in self._places:
            raise ToolError(f"there is no device '{device}'; there are: {', '.join(self.names)}")
        return self._places[device]

    async def run(self, device: str, work: Callable[[Place], Result]) -> Result:
        """Do something with a phone, alone. A phone that broke before is replaced first.

        Raises ToolError for whatever the phone or the user is to blame for.
        """
        place = self.place(device)
        async with place.lock:
            return await anyio.to_thread.run_sync(self._work, place, work)

    def _work(self, place: Place, work: Callable[[Place], Result]) -> Result:
        try:
            if place.phone.broken:
                place.shown.clear()
                place.phone = self._pool.phone(place.number)
            return work(place)
        except BenchError as problem:
            hint = "\nThe next call will try to reach the phone anew." if place.phone.broken else ""
            raise ToolError(f"{type(problem).__name__}: {problem}{hint}") from problem
