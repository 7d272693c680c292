"""Malformed replies as models write them, and the action each must yield; one file for each family of grammars."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from phonebench.agent.dialects import make_dialect
from phonebench.agent.dialects.base import View
from phonebench.schema.action import ACTION, Action
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Bounds

CORPUS = sorted((Path(__file__).parent / "corpus").glob("*.yaml"))
MARKS = tuple(Bounds(450, 70 * n - 20, 550, 70 * n + 20) for n in range(1, 13))
SCREEN = View(png=b"", width=1000, height=1000, app="com.example", marks=MARKS)
"""Grids of 1000 and pixels agree; mark n has its middle at (500, 70 n)."""


def wanted(action: dict[str, Any]) -> Action:
    """{tap: [x, y]}, {swipe: [x1, y1, x2, y2]}, {type: text} ... as an action; further keys are its fields."""
    (kind, value), *more = action.items()
    fields: dict[str, Any] = {"type": kind} | dict(more)
    match kind:
        case "tap" | "double_tap" | "long_press":
            fields["at"] = dict(zip("xy", value, strict=True))
        case "swipe" | "drag":
            fields |= {"start": {"x": value[0], "y": value[1]}, "end": {"x": value[2], "y": value[3]}}
        case "type" | "append":
            fields |= {"type": "type", "text": value, "clear": kind == "type"}
        case _:
            names = {"launch": "app", "wait": "seconds", "note": "text", "take_over": "message", "finish": "answer"}
            fields[names.get(kind, kind)] = value
    return ACTION.validate_python(fields)


def cases() -> list[Any]:
    found = []
    for path in CORPUS:
        family = yaml.safe_load(path.read_text("utf-8"))
        for number, entry in enumerate(family["replies"], 1):
            for dialect in entry.get("dialects", family["dialects"]):
                name = f"{path.stem}-{number}-{dialect}"
                found.append(pytest.param(dialect, entry["reply"], entry["action"], id=name))
    return found


@pytest.mark.parametrize(("dialect", "reply", "action"), cases())
def test_a_malformed_reply_yields_its_action(dialect: str, reply: str, action: Any) -> None:
    if action == "bad":
        with pytest.raises(BadAction):
            make_dialect(dialect).parse(reply, SCREEN)
    else:
        assert make_dialect(dialect).parse(reply, SCREEN).action == wanted(action)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_family_has_a_hundred_different_replies(path: Path) -> None:
    replies = {entry["reply"] for entry in yaml.safe_load(path.read_text("utf-8"))["replies"]}
    assert len(replies) >= 100
