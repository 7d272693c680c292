"""Agents without a phone: selectors, the reference agent's steps, what a model is sent."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from PIL import Image

from phonebench.agent import ReferenceAgent, agent_for, check_agent, prompts_digest
from phonebench.agent.selectors import find
from phonebench.config import RunConfig
from phonebench.model import ScriptedChat
from phonebench.schema.action import Drag, Finish, Launch, LongPress, Point, PressKey, Swipe, Tap, TypeText, Wait
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import AgentError, BadAction, ConfigError
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.protocols import Agent, Decision
from phonebench.schema.task import Selector, Task

DEVICE = DeviceInfo(serial="sim-1", kind="sim", simulated=True)


def png(width: int = 1000, height: int = 2000) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#336699").save(out, "PNG")
    return out.getvalue()


PNG = png()


def node(box: tuple[int, int, int, int], *children: UiNode, **fields: Any) -> UiNode:
    return UiNode(Bounds(*box), children=children, **fields)


ROOT = node(
    (0, 0, 1000, 2000),
    node((0, 0, 0, 0), text="Save"),
    node(
        (0, 100, 1000, 300),
        node((0, 100, 500, 300), text="7:30\u200aAM", cls="android.widget.TextView"),
        node((500, 100, 1000, 300), desc="Alarm", cls="android.widget.Switch", checked=True, clickable=True),
        resource_id="com.x:id/row",
    ),
    node(
        (0, 300, 1000, 500),
        node((0, 300, 500, 500), text="8:00\u200aAM", cls="android.widget.TextView"),
        node((500, 300, 1000, 500), desc="Alarm", cls="android.widget.Switch", clickable=True),
        resource_id="com.x:id/row",
    ),
    node((0, 1800, 1000, 2000), text="Save", clickable=True),
)


def seen(root: UiNode | None = ROOT) -> Observation:
    return Observation(PNG, 1000, 2000, ui=root, package="com.x", device_time="2024-05-10T12:00:00")


FINDS: list[tuple[dict[str, Any], tuple[int, int] | None]] = [
    ({"text": "Save"}, (500, 1900)),
    ({"text": "Sav"}, None),
    ({"text_contains": "Sav"}, (500, 1900)),
    ({"text": "7:30 AM"}, (250, 200)),
    ({"desc": "Alarm"}, (750, 200)),
    ({"desc": "Alarm", "index": 1}, (750, 400)),
    ({"desc": "Alarm", "index": 2}, None),
    ({"desc": "Alarm", "checked": False}, (750, 400)),
    ({"desc_contains": "lar", "cls": "Switch"}, (750, 200)),
    ({"id": "row", "index": 1}, (500, 400)),
    ({"id": "com.x:id/row"}, (500, 200)),
    ({"id": "x:id/row"}, None),
    ({"cls": "Switch", "within": {"id": "row", "index": 1}}, (750, 400)),
    ({"id": "row", "within": {"id": "row"}}, None),
    ({"cls": "Switch", "within": {"id": "nowhere"}}, None),
]


@pytest.mark.parametrize(("selector", "centre"), FINDS)
def test_selectors(selector: dict[str, Any], centre: tuple[int, int] | None) -> None:
    found = find(ROOT, Selector.model_validate(selector))
    assert (found.bounds.center if found else None) == centre


def task(*solution: dict[str, Any]) -> Task:
    plain = {"id": "t_1", "app": "a", "package": "com.x", "kind": "operation", "instruction": "Do it."}
    more = {"reference_steps": 3, "goals": [{"says": "done"}], "solution": list(solution)}
    return Task.model_validate(plain | more)


def played(agent: ReferenceAgent, *screens: Observation) -> list[Any]:
    return [agent.decide(screen).action for screen in screens]


def test_every_script_step_is_an_action() -> None:
    agent = ReferenceAgent()
    script: list[dict[str, Any]] = [
        {"tap": {"text": "Save"}},
        {"long_press": {"text": "Save"}},
        {"type": "x", "into": {"text": "Save"}, "enter": True},
        {"swipe": "up"},
        {"swipe": "left", "on": {"id": "row"}, "distance": 1},
        {"drag": {"text": "Save"}, "to": [0.5, 0.25]},
        {"key": "back"},
        {"launch": "Clock"},
        {"wait": 2},
        {"finish": "ok"},
    ]
    agent.start(task(*script), "", DEVICE)
    save = Point(x=500, y=1900)
    assert played(agent, *[seen()] * 12) == [
        Tap(at=save),
        LongPress(at=save),
        Tap(at=save),
        TypeText(text="x", enter=True),
        Swipe(start=Point(x=500, y=1500), end=Point(x=500, y=500), duration_ms=300),
        Swipe(start=Point(x=1000, y=200), end=Point(x=0, y=200), duration_ms=300),
        Drag(start=save, end=Point(x=500, y=500)),
        PressKey(key="back"),
        Launch(app="Clock"),
        Wait(seconds=2),
        Finish(answer="ok"),
        Finish(),
    ]


def test_scrolling_to_a_node_takes_a_step_a_swipe() -> None:
    agent = ReferenceAgent()
    agent.start(task({"scroll_to": {"text": "Save"}, "most": 3}, {"tap": {"text": "Save"}}), "", DEVICE)
    empty = seen(node((0, 0, 1000, 2000)))
    first, second, third = played(agent, empty, empty, seen())
    assert isinstance(first, Swipe)
    assert first == second
    assert isinstance(third, Tap)
    agent.start(task({"scroll_to": {"text": "Save"}, "most": 1}), "", DEVICE)
    agent.decide(empty)
    with pytest.raises(AgentError, match=r"nothing on the screen matches \{text: Save\}"):
        agent.decide(empty)


def test_a_missing_node_says_what_is_there() -> None:
    agent = ReferenceAgent()
    agent.start(task({"tap": {"text": "Delete", "within": {"id": "row"}}}), "", DEVICE)
    with pytest.raises(AgentError) as raised:
        agent.decide(seen())
    assert "{text: Delete} within {id: row}" in str(raised.value)
    assert "'Alarm', '8:00" in str(raised.value)


def config(**agent: Any) -> RunConfig:
    return RunConfig.model_validate({"models": {"device": {"scripted": "unused.yaml"}}, "agent": agent})


def test_what_a_model_is_sent_and_what_is_recorded() -> None:
    chat = ScriptedChat(['<think>x</think><answer>do(action="Back")</answer>', "do(action='Home')", "well", "finish()"])
    settings = config(dialect="autoglm", image={"format": "jpeg", "max_side": 500}, memory={"images": 1})
    with agent_for(settings, 1, lambda _: chat) as agent:
        agent.start(task(), "Use the app a: Do it.", DEVICE)
        first = agent.decide(seen())
        second = agent.decide(seen())
        with pytest.raises(BadAction):
            agent.decide(seen())
        assert agent.last_reply == "well"
        assert len(agent.last_calls) == 1
    assert (first.action, first.thought) == (PressKey(key="back"), "x")
    system, user = chat.asked[0]
    assert "Today is 2024-05-10." in system["content"]
    image, text = user["content"]
    assert image["image_url"]["url"].startswith("data:image/jpeg;base64,")
    assert text["text"].startswith("Use the app a: Do it.\n\n")
    assert '{"current_app": "com.x"}' in text["text"]
    sent = chat.asked[1]
    assert [message["role"] for message in sent] == ["system", "user", "assistant", "user"]
    assert isinstance(sent[1]["content"], str)
    assert sent[2]["content"] == first.reply
    assert len([m for m in sent if isinstance(m["content"], list)]) == 1
    recorded = second.prompt
    assert recorded[3]["content"][0]["image_url"] == {
        "url": "screens/001.png", "mime": "image/jpeg", "width": 250, "height": 500,
    }  # fmt: skip
    assert "base64" not in json.dumps(recorded)


def test_memory_keeps_the_task_when_turns_are_dropped() -> None:
    chat = ScriptedChat(["back()"] * 6)
    with agent_for(config(dialect="som", memory={"images": 2, "turns": 2}), 1, lambda _: chat) as agent:
        agent.start(task(), "Do it.", DEVICE)
        for _ in range(6):
            decision = agent.decide(seen())
    last = chat.asked[-1]
    assert [message["role"] for message in last] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert "Task: Do it." in str(last[1]["content"])
    assert len([m for m in last if isinstance(m["content"], list)]) == 2
    assert decision.extra["marks"] == [[500, 100, 1000, 300], [500, 300, 1000, 500], [0, 1800, 1000, 2000]]


class Mine:
    """A user's own agent: all that it takes."""

    def __init__(self, answer: str) -> None:
        self.name = "mine"
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls = ()
        self.answer = answer

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        pass

    def decide(self, observation: Observation) -> Decision:
        return Decision(action=Finish(answer=self.answer), decided_by="script")


def test_plug_in() -> None:
    def plugged(name: str, **args: Any) -> RunConfig:
        return RunConfig.model_validate({"agent": {"policy": "plugin", "plugin": name, "args": args}})

    def make(settings: RunConfig) -> Agent:
        with agent_for(settings, 1, lambda _: ScriptedChat([])) as agent:
            return agent

    mine = plugged(f"{__name__}:Mine", answer="42")
    assert check_agent(mine) == f"{__name__}:Mine"
    assert make(mine).decide(seen()).action == Finish(answer="42")
    with pytest.raises(ConfigError, match="does not take these arguments"):
        make(plugged(f"{__name__}:Mine", wrong=1))
    for name in (f"{__name__}:Yours", "no.such:Thing"):
        with pytest.raises(ConfigError, match="cannot import"):
            check_agent(plugged(name))


def test_own_prompt_file(tmp_path: Any) -> None:
    path = tmp_path / "prompt.md"
    path.write_text("Be quick. {date}")
    settings = config(system_prompt_file=str(path))
    chat = ScriptedChat(["finish()"])
    with agent_for(settings, 1, lambda _: chat) as agent:
        agent.start(task(), "Do it.", DEVICE)
        agent.decide(seen())
    assert chat.asked[0][0]["content"] == "Be quick. 2024-05-10"
    assert prompts_digest(settings) != prompts_digest(config())
    with pytest.raises(ConfigError, match="cannot read"):
        check_agent(config(system_prompt_file="nowhere.md"))
    with pytest.raises(ConfigError, match="unknown dialect"):
        check_agent(config(dialect="klingon"))


def test_random_is_seeded() -> None:
    def actions(seed: int) -> list[Any]:
        settings = RunConfig.model_validate({"agent": "random"})
        with agent_for(settings, seed, lambda _: ScriptedChat([])) as agent:
            return [agent.decide(seen()).action for _ in range(30)]

    assert actions(1) == actions(1) != actions(2)
    assert len({action.type for action in actions(1)}) >= 3
