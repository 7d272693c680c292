"""Native tool calls: put together from what servers send, folded into the reply, written back as the API demands."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub_server import Answer, Fault, Reply, StubServer

from phonebench.agent.memory import Memory, Turn
from phonebench.agent.tool_calls import folded, unfolded
from phonebench.config import MemoryConfig, ModelConfig
from phonebench.model import Completion, ToolCall
from phonebench.model.client import ChatClient
from phonebench.schema.episode import ModelCall
from phonebench.schema.errors import ConfigError

ASK = [{"role": "user", "content": "what now?"}]
TOOLS: Sequence[Mapping[str, Any]] = [{"type": "function", "function": {"name": "tap", "parameters": {}}}]
CALLS = (("tap", '{"x": 1, "y": "ä"}'), ("back", "{}"))


def asked(plan: Sequence[Answer], **options: Any) -> tuple[Completion, list[dict[str, Any]]]:
    with StubServer(plan) as server:
        settings = {"base_url": server.base_url, "name": "stub-model", "timeout_s": 5.0, "retries": 0, **options}
        chat = ChatClient(ModelConfig(**settings), sleep=lambda _: None)
        return chat.complete(ASK, tools=TOOLS), server.requests


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("loose", [True, False])
def test_calls_are_put_together(stream: bool, loose: bool) -> None:
    reply = Reply("I tap.", tool_calls=CALLS, loose=loose, finish_reason="tool_calls")
    done, (request,) = asked([reply], stream=stream)
    assert done.text == "I tap."
    assert [(call.name, call.arguments) for call in done.tool_calls] == list(CALLS)
    assert request["tools"] == TOOLS
    assert request["parallel_tool_calls"] is False


def test_a_call_alone_has_a_time_to_first_token() -> None:
    done, _ = asked([Reply("", tool_calls=CALLS[:1])])
    assert done.text == ""
    assert done.call.ttft_s is not None


def test_servers_that_know_less() -> None:
    done, requests = asked([Fault("no_parallel_tool_calls"), Fault("no_stream_options"), Reply("x", tool_calls=CALLS)])
    assert len(done.tool_calls) == 2
    assert ["parallel_tool_calls" in request for request in requests] == [True, False, False]
    assert done.call.attempts == 1
    with pytest.raises(ConfigError) as raised:
        asked([Fault("no_tools")])
    assert "refuses native tool calls" in str(raised.value)
    assert "--enable-auto-tool-choice" in str(raised.value)


def completion(text: str, *calls: tuple[str, str]) -> Completion:
    call = ModelCall(role="device", model="m", total_s=0)
    return Completion(text, call, tool_calls=tuple(ToolCall(f"id{i}", *c) for i, c in enumerate(calls)))


def test_folding() -> None:
    assert folded(completion("plain")) == "plain"
    assert folded(completion("", ("back", "{}"))) == '<tool_call>{"name": "back", "arguments": {}}</tool_call>'
    bent = folded(completion("Hm.", ("tap", "{x: 1")))
    assert bent == 'Hm.\n<tool_call>{"name": "tap", "arguments": "{x: 1"}</tool_call>'
    text, calls = unfolded(bent, 7)
    assert text == "Hm."
    assert calls == [{"id": "call_7_0", "type": "function", "function": {"name": "tap", "arguments": "{x: 1"}}]
    assert unfolded("<tool_call>no JSON</tool_call>", 0) == ("<tool_call>no JSON</tool_call>", [])


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=20), st.dictionaries(st.text(max_size=20), st.text(max_size=40))))
)
def test_what_is_folded_unfolds(said: list[tuple[str, dict[str, str]]]) -> None:
    reply = folded(completion("", *((name, json.dumps(arguments)) for name, arguments in said[:20])))
    _, calls = unfolded(reply, 0)
    found = [(call["function"]["name"], json.loads(call["function"]["arguments"])) for call in calls]
    assert found == said[:20]


@given(st.text(max_size=200))
def test_any_arguments_survive(arguments: str) -> None:
    _, calls = unfolded(folded(completion("", ("type", arguments))), 0)
    assert len(calls) == 1
    if not arguments.lstrip().startswith("{"):
        assert calls[0]["function"]["arguments"] == arguments


def test_history_as_the_chat_api_demands_it() -> None:
    memory = Memory("system", "task", MemoryConfig(), native_calls=True)
    memory.show(Turn("screen 0", None, ""))
    memory.replied('I tap.\n<tool_call>{"name": "tap", "arguments": {"x": 1}}</tool_call>')
    memory.show(Turn("screen 1", None, ""))
    memory.replied("No call at all.")
    memory.show(Turn("screen 2", None, ""))
    call = {"id": "call_0_0", "type": "function", "function": {"name": "tap", "arguments": '{"x": 1}'}}
    assert memory.messages() == [
        {"role": "system", "content": "system"},
        {"role": "user", "content": "task\n\nscreen 0"},
        {"role": "assistant", "content": "I tap.", "tool_calls": [call]},
        {"role": "tool", "tool_call_id": "call_0_0", "content": "ok"},
        {"role": "user", "content": "screen 1"},
        {"role": "assistant", "content": "No call at all."},
        {"role": "user", "content": "screen 2"},
    ]


def test_no_call_is_told_to_be_carried_out_that_was_not() -> None:
    memory = Memory("system", "task", MemoryConfig(), native_calls=True)
    memory.show(Turn("screen 0", None, ""))
    memory.replied('<tool_call>{"name": "tap", "arguments": {}}</tool_call>' * 2)
    memory.show(Turn("screen 1", None, ""))
    results = [message["content"] for message in memory.messages() if message["role"] == "tool"]
    assert results == ["One action a step: only the first usable call was carried out."] * 2
