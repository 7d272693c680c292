"""Memory: what stays in a prompt, what a budget drops, and what happens when the server still finds it too long."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from stub_server import Answer, Fault, Reply, StubServer

from phonebench.agent import agent_for, tokens
from phonebench.agent.image import Picture
from phonebench.agent.memory import Memory, Turn, token_budget
from phonebench.config import MemoryConfig, ModelConfig, RunConfig
from phonebench.model import chat_client
from phonebench.schema.action import PressKey, Tap
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import ContextOverflow
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.task import Task

PICTURE = Picture("image/png", b"png", 280, 560)
DEVICE = DeviceInfo(serial="sim-1", kind="sim", simulated=True)
TASK = Task(id="t_1", app="a", package="com.x", kind="operation", instruction="Do it.", reference_steps=1)


def png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (432, 960), "teal").save(out, "PNG")
    return out.getvalue()


ROWS = tuple(UiNode(Bounds(0, y, 432, y + 50), text=f"row {y}", clickable=True) for y in range(0, 900, 100))
SEEN = Observation(png(), 432, 960, ui=UiNode(Bounds(0, 0, 432, 960), children=ROWS), package="com.x")


def filled(count: int, config: MemoryConfig, **more: Any) -> Memory:
    memory = Memory("be good", "THE TASK", config, **more)
    for number in range(count):
        memory.show(Turn(f"screen {number}", PICTURE, f"screens/{number:03d}.png"))
        memory.replied(f"reply {number}")
    memory.show(Turn(f"screen {count}", PICTURE, f"screens/{count:03d}.png"))
    return memory


def text_of(message: dict[str, Any]) -> str:
    content = message["content"]
    return content if isinstance(content, str) else "".join(part.get("text", "") for part in content)


def pictures(messages: list[dict[str, Any]]) -> list[str]:
    found = []
    for message in messages:
        if isinstance(message["content"], list):
            found += [part["image_url"]["url"] for part in message["content"] if part["type"] == "image_url"]
    return found


def test_old_turns_become_lines_and_old_lines_go() -> None:
    messages = filled(9, MemoryConfig(images=2, turns=2, summaries=3)).record()
    head = "THE TASK\n\nSteps so far:\n5. reply 4\n6. reply 5\n7. reply 6\n\nscreen 7"
    assert [text_of(message) for message in messages] == ["be good", head, "reply 7", "screen 8", "reply 8", "screen 9"]
    assert pictures(messages) == ["screens/008.png", "screens/009.png"]
    assert "Steps so far" not in text_of(filled(9, MemoryConfig(turns=2, summaries=0)).record()[1])


@pytest.mark.parametrize("images", [0, 1, 3])
def test_history_as_summary_is_one_message(images: int) -> None:
    memory = filled(30, MemoryConfig(images=images, summaries=20), history="summary", language="zh")
    system, user = memory.record()
    assert system["content"] == "be good"
    lines = text_of(user).splitlines()
    assert lines[:3] == ["THE TASK", "", "已执行的步骤："]
    assert lines[3:23] == [f"{number + 1}. reply {number}" for number in range(10, 30)]
    assert lines[23:] == ["", "screen 30"]
    assert pictures([user]) == [f"screens/{number:03d}.png" for number in range(31 - images, 31)]


@given(
    st.integers(0, 12), st.integers(0, 4), st.none() | st.integers(1, 5), st.integers(0, 5), st.integers(0, 3000),
    st.sampled_from(["turns", "summary"]),
)  # fmt: skip
def test_what_never_goes(count: int, images: int, turns: int | None, summaries: int, budget: int, history: Any) -> None:
    config = MemoryConfig(images=images, turns=turns, summaries=summaries)
    memory = filled(count, config, budget=budget, history=history)
    messages = memory.record()
    assert messages[0] == {"role": "system", "content": "be good"}
    assert text_of(messages[1]).startswith("THE TASK")
    assert text_of(messages[-1]).endswith(f"screen {count}")
    assert len(pictures(messages)) <= max(images, 0)
    if images:
        assert pictures(messages)[-1] == f"screens/{count:03d}.png"
    roles = [message["role"] for message in messages[1:]]
    assert roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]
    bare = tokens.of_messages(filled(0, config, history=history).record())
    assert memory.size() <= max(budget, bare + 10)


def test_the_estimate_learns_from_the_server() -> None:
    memory = filled(3, MemoryConfig())
    estimate = memory.size()
    memory.counted(0)
    assert memory.size() == estimate
    memory.counted(estimate * 2)
    assert memory.size() == estimate * 2
    memory.counted(1)
    assert memory.size() == -(-estimate // 2)


def test_estimates() -> None:
    assert tokens.of_text("abcdef") == 2
    assert tokens.of_text("屏幕信息 ab") == 5
    assert tokens.of_picture(1080, 2400) == 39 * 86
    parts = [{"type": "image_url", "image_url": {"url": "x"}}, {"type": "text", "text": "abc"}, {"type": "audio"}]
    assert tokens.of_messages([{"role": "user", "content": parts}, {"role": "assistant", "content": None}]) > 1500


def test_the_budget_of_a_config() -> None:
    model = ModelConfig(scripted="x.yaml", max_tokens=2048, min_context=12288)
    assert token_budget(MemoryConfig(), model) == 10240
    assert token_budget(MemoryConfig(max_tokens=4000), model) == 4000
    assert token_budget(MemoryConfig(), ModelConfig(scripted="x.yaml")) is None
    assert token_budget(MemoryConfig(), model.model_copy(update={"max_tokens": 20000})) == 3072


def config(server: StubServer, **agent: Any) -> RunConfig:
    model = {"base_url": server.base_url, "name": "stub-model", "retries": 0, "timeout_s": 10.0}
    return RunConfig.model_validate({"models": {"device": model}, "agent": {"dialect": "autoglm", **agent}})


def counting(text: str, asked: list[int]) -> Any:
    """A model that says `text` and counts tokens in a way of its own: more for words than we estimate."""

    def answer(body: dict[str, Any]) -> Answer:
        words = sum(len(text_of(message)) for message in body["messages"] if message["content"]) / 2.5
        count = round(words + 700 * len(pictures(body["messages"])))
        asked.append(count)
        return Reply(text, prompt_tokens=count)

    return answer


EPISODES = [
    ("autoglm", '<think>{}</think><answer>do(action="Back")</answer>'),
    ("som", "{}\nback()"),
    ("openphone", "{}\nback()"),
    ("androidlab_xml", '{}\ndo(action="Back")'),
]


@pytest.mark.parametrize(("dialect", "reply"), EPISODES)
def test_a_hundred_steps_stay_within_the_budget(dialect: str, reply: str) -> None:
    counts: list[int] = []
    said = reply.format("I look at the screen and think about what to do next. " * 6)
    with StubServer(counting(said, counts)) as server:
        settings = config(server, dialect=dialect, memory={"max_tokens": 4000, "images": 2})
        with agent_for(settings, 1, lambda key: chat_client(settings.models[key])) as agent:
            agent.start(TASK, "Use the app a: Do it.", DEVICE)
            for _ in range(100):
                assert agent.decide(SEEN).action == PressKey(key="back")
    assert len(counts) == 100
    assert max(counts) <= 4000
    if dialect != "androidlab_xml":
        assert max(counts) > 3000
    for request in server.requests:
        assert "Use the app a: Do it." in text_of(request["messages"][1])
    assert len(text_of(server.requests[-1]["messages"][1]).split("Steps so far:")) == 2


def test_an_overflow_is_compacted_and_retried_once() -> None:
    back = Reply('do(action="Back")')
    with StubServer([back, back, Fault("overflow"), back, Fault("overflow"), Fault("overflow")]) as server:
        settings = config(server)
        with agent_for(settings, 1, lambda key: chat_client(settings.models[key])) as agent:
            agent.start(TASK, "Do it. " * 50, DEVICE)
            small = Observation(b"", 1080, 2400, package="com.x" * 100)
            agent.decide(small)
            agent.decide(small)
            decision = agent.decide(small)
            before, after = decision.extra["compacted"]
            assert after < before
            assert [call.finish_reason for call in decision.calls] == ["context_overflow", "stop"]
            with pytest.raises(ContextOverflow):
                agent.decide(small)
            assert [call.finish_reason for call in agent.last_calls] == ["context_overflow"] * 2
            assert agent.last_prompt is not None
    sizes = [len(json.dumps(request["messages"])) for request in server.requests]
    assert sizes[2] > sizes[1] > sizes[3]
    assert all("Do it. Do it." in text_of(request["messages"][1]) for request in server.requests)


def test_an_overflow_with_nothing_to_drop_ends_at_once() -> None:
    with StubServer([Fault("overflow")]) as server:
        settings = config(server)
        with agent_for(settings, 1, lambda key: chat_client(settings.models[key])) as agent:
            agent.start(TASK, "Do it.", DEVICE)
            with pytest.raises(ContextOverflow):
                agent.decide(SEEN)
            assert len(agent.last_calls) == 1


def test_two_questions_of_one_step() -> None:
    first, second = "The list is open; tap row 100.", 'do(action="Tap", element=2)'
    with StubServer([Reply(first), Reply(second), Reply("Done."), Reply('finish(message="ok")')]) as server:
        settings = config(server, dialect="androidlab_xml", dialect_options={"variant": "seeact"})
        with agent_for(settings, 1, lambda key: chat_client(settings.models[key])) as agent:
            agent.start(TASK, "Do it.", DEVICE)
            decision = agent.decide(SEEN)
            agent.decide(SEEN)
    assert decision.action == Tap(at={"x": 216, "y": 125})
    assert (decision.reply, decision.extra["first_reply"], decision.thought) == (second, first, first)
    assert len(decision.calls) == 2
    asked = [[message["role"] for message in request["messages"]] for request in server.requests]
    assert asked == [["system", "user"], ["system", "user", "assistant", "user"]] * 2
    assert '2. View "row 100" tap [0,100][432,150]' in server.requests[1]["messages"][3]["content"]
    assert f"1. {first} {second}" in server.requests[2]["messages"][1]["content"]
    assert all(isinstance(m["content"], str) for request in server.requests for m in request["messages"])
