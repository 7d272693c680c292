"""Golden conversations: what each dialect sends for a fixed screen, word for word, and what it makes of the replies.

The files hold two steps for every variant. After a deliberate change of prompts or observations write them anew with
`python tests/phonebench/dialects/test_golden.py` and read the difference; replies and actions are kept.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from PIL import Image

from phonebench.agent.dialects import DIALECTS, make_dialect
from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Seat
from phonebench.config import AgentConfig, ImageConfig, PromptConfig
from phonebench.model import ScriptedChat
from phonebench.schema.action import ACTION
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.task import Task

FOLDER = Path(__file__).parent / "golden"
TASK = Task.model_validate(
    {"id": "t_1", "app": "clock", "package": "com.google.android.deskclock", "kind": "operation"}
    | {"instruction": "Set an alarm.", "reference_steps": 2, "goals": [{"says": "it is set"}]}
)


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks, so that a difference shows its line."""


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)
_Dumper.ignore_aliases = lambda *_: True  # type: ignore[method-assign]


def screen() -> Observation:
    """A clock with two tabs, a field and a button."""
    out = io.BytesIO()
    Image.new("RGB", (540, 1200), "white").save(out, "PNG")
    children = (
        UiNode(Bounds(0, 40, 540, 110), cls="android.widget.TextView", text="Alarms"),
        UiNode(Bounds(20, 150, 520, 210), cls="android.widget.EditText", text="7:00", clickable=True, focused=True),
        UiNode(Bounds(210, 950, 330, 1070), cls="android.widget.Button", desc="Add alarm", clickable=True),
        UiNode(Bounds(0, 1100, 270, 1200), cls="android.view.View", text="Alarm", clickable=True, selected=True),
        UiNode(Bounds(270, 1100, 540, 1200), cls="android.widget.FrameLayout", text="Clock", clickable=True),
    )  # fmt: skip
    ui = UiNode(Bounds(0, 0, 540, 1200), cls="android.widget.FrameLayout", children=children)
    package = "com.google.android.deskclock"
    time = "2024-05-10T12:00:00"
    return Observation(out.getvalue(), 540, 1200, ui=ui, package=package, device_time=time, keyboard_shown=True)


def told_again(name: str, talk: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Any]]:
    """(what is sent, the action) of each step of a conversation; the system message stands in the first step only."""
    language: Literal["en", "zh"] = talk["language"]
    dialect = make_dialect(name, talk["options"])
    chat = ScriptedChat([reply for step in talk["steps"] for reply in step["replies"]])
    config = AgentConfig(dialect=name, image=ImageConfig(max_side=600))
    agent = ModelAgent(Seat("device", chat, dialect), config, PromptConfig(language=language), None)
    agent.start(TASK, TASK.instruction, DeviceInfo(serial="sim-1", kind="sim", simulated=True))
    system: dict[str, Any] = {}
    for _ in talk["steps"]:
        decision = agent.decide(screen())
        first, *messages = decision.prompt
        sent: dict[str, Any] = {"messages": messages}
        if not system:
            system = first
            tools = dialect.tools(language, dialect.look(screen()))
            sent = {"system": first["content"]} | ({"tools": list(tools)} if tools else {}) | sent
        assert first == system
        yield sent, decision.action


def files() -> list[Path]:
    return sorted(FOLDER.glob("*.yaml"))


def test_no_dialect_is_forgotten() -> None:
    assert {path.stem for path in files()} == set(DIALECTS)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.stem)
def test_requests_and_actions(path: Path) -> None:
    for talk in yaml.safe_load(path.read_text("utf-8")):
        for step, (sent, action) in zip(talk["steps"], told_again(path.stem, talk), strict=True):
            assert sent == step["sent"]
            assert action == ACTION.validate_python(step["action"])


def write_anew() -> None:
    """The requests of all files as they are now."""
    for path in files():
        talks = yaml.safe_load(path.read_text("utf-8"))
        for talk in talks:
            for step, (sent, _) in zip(talk["steps"], told_again(path.stem, talk), strict=True):
                step["sent"] = sent
        text = yaml.dump(talks, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    write_anew()
    sys.exit(0)
