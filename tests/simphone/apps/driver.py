"""Plays UI scripts of task files against a Phone in process, by selectors on its XML, and evaluates goals.

The harness does the same over adb; this is the fast way, for the tests of apps.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jmespath
import yaml

from phonebench.schema.task import (
    DragStep,
    FinishStep,
    KeyStep,
    LaunchStep,
    LongPressStep,
    NearMiss,
    ScriptStep,
    ScrollToStep,
    Selector,
    SwipeStep,
    TapStep,
    Task,
    TypeStep,
    WaitStep,
)
from simphone.phone.phone import Phone

TASKS = Path(__file__).parents[3] / "tasks" / "androidlab"
KEYS = {"back": 4, "home": 3, "enter": 66, "recents": 187, "delete": 67, "menu": 82}
BLANKS = str.maketrans({"\u200a": " ", "\u202f": " ", "\u00a0": " "})
Bounds = tuple[int, int, int, int]


class NotFound(AssertionError):
    """A selector found nothing; the message shows what there is."""


def load_tasks(app: str) -> list[Task]:
    """The tasks of tasks/androidlab/<app>.yaml."""
    data = yaml.safe_load((TASKS / f"{app}.yaml").read_text(encoding="utf-8"))
    return [Task(app=data["app"], package=data["package"], **task) for task in data["tasks"]]


def near_misses(tasks: Sequence[Task]) -> list[tuple[Task, NearMiss]]:
    """Every near miss, with its task."""
    return [(task, miss) for task in tasks for miss in task.near_misses]


def bounds(node: ET.Element) -> Bounds:
    left, top, right, bottom = (int(part) for part in node.attrib["bounds"][1:-1].replace("][", ",").split(","))
    return left, top, right, bottom


def _same(wanted: str | None, found: str) -> bool:
    return wanted is None or wanted.translate(BLANKS) == found.translate(BLANKS)


def _holds(wanted: str | None, found: str) -> bool:
    return wanted is None or wanted.translate(BLANKS) in found.translate(BLANKS)


def _matches(selector: Selector, node: ET.Element) -> bool:
    name = node.attrib["resource-id"]
    return (
        _same(selector.text, node.attrib["text"])
        and _same(selector.desc, node.attrib["content-desc"])
        and _holds(selector.text_contains, node.attrib["text"])
        and _holds(selector.desc_contains, node.attrib["content-desc"])
        and (selector.id is None or selector.id in (name, name.rpartition("/")[2]))
        and (selector.cls is None or selector.cls in (node.attrib["class"], node.attrib["class"].rpartition(".")[2]))
        and (selector.checked is None or (node.attrib["checked"] == "true") == selector.checked)
    )


@dataclass
class Driver:
    """Drives one phone. `steps` counts what an agent would be charged, finish included."""

    phone: Phone
    before: dict[str, Any]
    steps: int = 0
    answer: str | None = None

    # --- looking ----------------------------------------------------------------------------------------------
    def tree(self) -> ET.Element:
        return ET.fromstring(self.phone.xml())

    def texts(self) -> list[str]:
        """All texts and descriptions of the active window, in order."""
        found = []
        for node in self.tree().iter("node"):
            found += [value for value in (node.attrib["text"], node.attrib["content-desc"]) if value]
        return found

    def all(self, selector: Selector) -> list[ET.Element]:
        root = self.tree()
        if selector.within is not None:
            outer = self.all(selector.within)
            if not outer:
                return []
            root = outer[selector.within.index]
            return [node for node in root.iter("node") if node is not root and _matches(selector, node)]
        return [node for node in root.iter("node") if _matches(selector, node)]

    def find(self, selector: Selector) -> ET.Element:
        hits = self.all(selector)
        if len(hits) <= selector.index:
            raise NotFound(f"nothing matches {selector!r}; on the screen: {self.texts()}")
        return hits[selector.index]

    def node(self, **fields: Any) -> ET.Element:
        """The node of a selector given by its fields."""
        return self.find(Selector(**fields))

    def has(self, **fields: Any) -> bool:
        return bool(self.all(Selector(**fields)))

    # --- touching ---------------------------------------------------------------------------------------------
    def centre(self, selector: Selector) -> tuple[float, float]:
        left, top, right, bottom = bounds(self.find(selector))
        return (left + right) / 2, (top + bottom) / 2

    def tap(self, **fields: Any) -> None:
        self.play(TapStep(tap=Selector(**fields)))

    def run(self, script: Sequence[ScriptStep]) -> None:
        for step in script:
            self.play(step)

    def play(self, step: ScriptStep) -> None:
        """One step of a script."""
        self.steps += 1
        phone = self.phone
        match step:
            case TapStep():
                phone.tap(*self.centre(step.tap))
            case LongPressStep():
                x, y = self.centre(step.long_press)
                phone.swipe(x, y, x, y, 1000)
            case TypeStep():
                self._type(step)
            case SwipeStep():
                self._swipe(step.swipe, step.on, step.distance)
            case DragStep():
                self._drag(step)
            case KeyStep():
                phone.key(KEYS[step.key])
            case LaunchStep():
                assert phone.launch(self._package(step.launch)), f"no app {step.launch}"
            case WaitStep():
                phone.advance(int(step.wait * 1000))
            case ScrollToStep():
                self._scroll_to(step)
            case FinishStep():
                self.answer = step.finish

    def _type(self, step: TypeStep) -> None:
        if step.into is not None:
            self.steps += 1
            self.phone.tap(*self.centre(step.into))
        if step.clear:
            self.phone.clear_text()
        self.phone.type_text(step.type)
        if step.enter:
            self.phone.key(66)

    def _area(self, selector: Selector | None) -> Bounds:
        if selector is not None:
            return bounds(self.find(selector))
        return 0, 0, self.phone.metrics.width, self.phone.metrics.height

    def _swipe(self, way: str, on: Selector | None, distance: float) -> None:
        left, top, right, bottom = self._area(on)
        x, y = (left + right) / 2, (top + bottom) / 2
        dx = {"left": -1, "right": 1}.get(way, 0) * (right - left) * distance / 2
        dy = {"up": -1, "down": 1}.get(way, 0) * (bottom - top) * distance / 2
        self.phone.swipe(x - dx, y - dy, x + dx, y + dy, 300)

    def _drag(self, step: DragStep) -> None:
        left, top, right, bottom = bounds(self.find(step.drag))
        x, y = left + (right - left) * step.at[0], top + (bottom - top) * step.at[1]
        left, top, right, bottom = self._area(step.on)
        self.phone.drag(x, y, left + (right - left) * step.to[0], top + (bottom - top) * step.to[1])

    def _scroll_to(self, step: ScrollToStep) -> None:
        self.steps -= 1
        for _ in range(step.most):
            if self.all(step.scroll_to):
                return
            self.steps += 1
            self._swipe(step.direction, step.on, 0.5)
        self.find(step.scroll_to)

    def _package(self, name: str) -> str:
        packages = self.phone.state["packages"]
        if name in packages:
            return name
        return next(package for package, info in packages.items() if info["label"] == name)

    # --- judging ----------------------------------------------------------------------------------------------
    def holds(self, expression: str) -> bool:
        """Whether a goal's state expression is true (JMESPath truth) of the phone as it is now."""
        after = self.phone.json_state()
        scope = {**after, "before": self.before, "after": after}
        return bool(jmespath.search(expression, scope))

    def goals(self, task: Task) -> list[bool]:
        """The truth of each goal of a task."""
        return [self.holds(goal.state) for goal in task.goals if goal.state is not None]

    def changed(self) -> list[str]:
        """Dotted paths of saved state (apps, settings, files, packages) that differ from the start."""
        after = self.phone.json_state()
        return [
            path
            for part in ("apps", "settings", "files", "packages")
            for path in differences(self.before.get(part), after.get(part), part)
        ]


def differences(before: Any, after: Any, path: str) -> list[str]:
    """Paths at which two trees differ; lists are compared whole."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            found
            for key in sorted({*before, *after})
            for found in differences(before.get(key), after.get(key), f"{path}.{key}")
        ]
    return [] if before == after else [path]


def allowed(path: str, task: Task) -> bool:
    """Whether a task may change what stands at a path."""
    return any(_covers(pattern.split("."), path.split(".")) for pattern in task.may_change)


def _covers(pattern: list[str], path: list[str]) -> bool:
    return len(path) >= len(pattern) and all(p in ("*", q) for p, q in zip(pattern, path, strict=False))


def begin(phone: Phone, task: Task, *, in_app: bool = True) -> Driver:
    """A fresh world with the task's set-up, its app open as at the start of an episode."""
    phone.reset("androidlab", task.setup)
    if in_app:
        assert phone.launch(task.package)
    return Driver(phone, phone.json_state())
