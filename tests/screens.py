"""Screens of every app of the simulated phone: the first one and some that a solution passes, made in process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from phonebench.schema.observation import Observation
from phonebench.suite import load_suite
from phonebench.uitree import parse_ui
from simphone.gallery.script import play
from simphone.phone.phone import Phone

TASKS = Path(__file__).parents[1] / "tasks"
WIDTH, HEIGHT, DENSITY = 1080, 2400, 420
SIZE = (WIDTH, HEIGHT)


@dataclass(frozen=True)
class Screen:
    """A screen by where it was seen."""

    where: str
    observation: Observation


@lru_cache(maxsize=1)
def app_screens(deep: int = 3) -> tuple[Screen, ...]:
    """The first screen of each app, and the screens after the first `deep` touches of its first solution."""
    found: list[Screen] = []
    phones: dict[str, Phone] = {}
    for path in sorted(TASKS.glob("*/*.yaml")):
        world = path.parent.name
        phone = phones.setdefault(world, Phone(world, width=WIDTH, height=HEIGHT, density=DENSITY))
        task = load_suite(str(path)).tasks[0]
        phone.reset(world, dict(task.setup) if task.setup else None)
        phone.launch(task.package)
        found.append(Screen(f"{path.stem} 0", _seen(phone)))
        steps = play(phone, [step.model_dump(exclude_none=True) for step in task.solution])
        found += [Screen(f"{path.stem} {number}", _seen(phone)) for number, _ in enumerate(islice(steps, deep), 1)]
    return tuple(found)


def _seen(phone: Phone) -> Observation:
    xml = phone.xml()
    return Observation(phone.png(), WIDTH, HEIGHT, xml, parse_ui(xml), phone.foreground()[0])
