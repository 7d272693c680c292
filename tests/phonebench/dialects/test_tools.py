"""Functions that models call: what they are told, what is asked of the server, what becomes of several calls."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from spoken import VIEW
from stub_server import Reply, StubServer

from phonebench.agent.dialects import make_dialect
from phonebench.agent.dialects.base import Language
from phonebench.agent.dialects.tools import FUNCTIONS
from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Seat
from phonebench.config import AgentConfig, ModelConfig, PromptConfig
from phonebench.model.client import ChatClient
from phonebench.schema.action import Finish, Key, Tap, Wait
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Observation

NATIVE = [("tools", {}), ("mobile_use", {"calls": "native"})]


def schemas(name: str, options: dict[str, Any], language: Language = "en") -> dict[str, Any]:
    tools = make_dialect(name, options).tools(language, VIEW)
    assert tools is not None
    return {tool["function"]["name"]: tool["function"] for tool in tools}


def test_every_function_is_told_with_its_arguments() -> None:
    told = schemas("tools", {})
    assert list(told) == list(FUNCTIONS)
    for name, function in FUNCTIONS.items():
        parameters = told[name]["parameters"]
        assert set(parameters.get("properties", {})) == set(function.model_fields)
        assert told[name]["description"]
        assert not any("title" in field for field in parameters.get("properties", {}).values())
    assert told["tap"]["parameters"]["required"] == ["x", "y"]
    assert told["tap"]["parameters"]["properties"]["x"] == {"type": "integer"}
    assert told["press_key"]["parameters"]["properties"]["key"]["enum"] == list(Key.__args__)


def descriptions(node: Any) -> Iterator[str]:
    """All of them in a schema."""
    for key, value in node.items():
        if isinstance(value, dict):
            yield from descriptions(value)
        elif key == "description":
            yield value


@pytest.mark.parametrize(("name", "options"), NATIVE)
def test_functions_are_told_in_chinese_too(name: str, options: dict[str, Any]) -> None:
    english, chinese = (list(descriptions(schemas(name, options, language))) for language in ("en", "zh"))
    assert len(english) == len(chinese) > 3
    assert not any(re.search("[一-鿿]", text) for text in english)
    assert all(re.search("[一-鿿]", text) or text == "[x, y]" for text in chinese)


def test_every_told_action_of_mobile_use_is_understood() -> None:
    needs = {"coordinate": [5, 6], "coordinate2": [7, 8], "text": "power", "button": "Back"}
    for action in schemas("mobile_use", {"calls": "native"})["mobile_use"]["parameters"]["properties"]["action"][
        "enum"
    ]:
        call = {"name": "mobile_use", "arguments": {"action": action, **needs}}
        make_dialect("mobile_use").parse(json.dumps(call), VIEW)


def test_calls_as_text_tell_the_function_in_the_prompt_and_no_tools() -> None:
    text, native = make_dialect("mobile_use"), make_dialect("mobile_use", {"calls": "native"})
    assert text.tools("en", VIEW) is None
    for language in ("en", "zh"):
        prompt = text.system_prompt(language)
        schema = prompt.partition("<tools>\n")[2].partition("\n</tools>")[0]
        assert [json.loads(schema)] == native.tools(language, VIEW)
        assert "<tools>" not in native.system_prompt(language)


@pytest.mark.parametrize(("name", "options"), NATIVE)
@pytest.mark.parametrize("stream", [True, False])
def test_a_native_call_over_http(name: str, options: dict[str, Any], stream: bool) -> None:
    calls = {"tools": ("wait", '{"seconds": 3}'), "mobile_use": ("mobile_use", '{"action": "wait", "time": 3}')}
    replies = [Reply("Let us wait.", tool_calls=(calls[name],)), Reply("", tool_calls=(calls[name],))]
    with StubServer(replies) as server:
        chat = ChatClient(ModelConfig(base_url=server.base_url, name="stub-model", stream=stream))
        agent = ModelAgent(Seat("device", chat, make_dialect(name, options)), AgentConfig(), PromptConfig(), None)
        agent.start(None, "Wait.", DeviceInfo(serial="sim-1", kind="sim", simulated=True))  # type: ignore[arg-type]
        seen = Observation(b"", 1080, 2400, package="com.x")
        first, second = agent.decide(seen), agent.decide(seen)
        chat.close()
    assert first.action == second.action == Wait(seconds=3)
    assert (first.thought, second.thought) == ("Let us wait.", "")
    request = server.requests[1]
    assert {tool["function"]["name"] for tool in request["tools"]} == set(schemas(name, options))
    assert request["parallel_tool_calls"] is False
    roles = [message["role"] for message in request["messages"]]
    assert roles == ["system", "user", "assistant", "tool", "user"]
    assert request["messages"][2]["tool_calls"][0]["function"]["name"] == calls[name][0]


def test_the_first_usable_call_counts_and_the_others_are_noted() -> None:
    blocks = [
        '{"name": "fly", "arguments": {}}',
        '{"name": "tap", "arguments": {"x": 0, "y": 0}}',
        '{"name": "finish", "arguments": {}}',
    ]
    reply = "I tap.\n" + "\n".join(f"<tool_call>{block}</tool_call>" for block in blocks)
    parsed = make_dialect("tools").parse(reply, VIEW)
    assert isinstance(parsed.action, Tap)
    assert "not carried out, one action a step: finish" in parsed.thought
    assert parsed.thought.startswith("I tap.")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("I think we are done.", "no tool call in the reply"),
        ('<tool_call>{"name": "fly", "arguments": {}}</tool_call>', "there is no function 'fly'"),
        ('<tool_call>{"name": "tap", "arguments": {"x": 1}}</tool_call>', "tap: y: Field required"),
        ('<tool_call>{"name": "press_key", "arguments": {"key": "turbo"}}</tool_call>', "no key 'turbo'"),
    ],
)
def test_what_is_wrong_is_said(reply: str, said: str) -> None:
    with pytest.raises(BadAction) as raised:
        make_dialect("tools").parse(reply, VIEW)
    assert said in str(raised.value)


def test_an_answer_ends_the_episode_whatever_follows() -> None:
    calls = [{"action": "answer", "text": "6"}, {"action": "terminate", "status": "failure"}]
    reply = "".join(f"<tool_call>{json.dumps({'name': 'mobile_use', 'arguments': call})}</tool_call>" for call in calls)
    assert make_dialect("mobile_use").parse(reply, VIEW).action == Finish(answer="6")
