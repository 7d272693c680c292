"""The chat client against a real HTTP server that misbehaves in every way we know."""

from __future__ import annotations

import time
from typing import Any

import pytest
from stub_server import Answer, Fault, Reply, StubServer

from phonebench.config import ModelConfig
from phonebench.model import chat_client, scripted_replies
from phonebench.model.client import ChatClient
from phonebench.model.probe import check_served, served_models
from phonebench.schema.errors import (
    BenchError,
    ConfigError,
    ContextOverflow,
    ModelUnavailable,
    RateLimited,
    ReplyTooSlow,
)

ASK = [{"role": "user", "content": "what now?"}]


def client(server: StubServer, sleeps: list[float] | None = None, **options: Any) -> ChatClient:
    config = {"base_url": server.base_url, "name": "stub-model", "retries": 2, "stall_timeout_s": 0.2, "timeout_s": 2.0}
    log = sleeps if sleeps is not None else []
    return ChatClient(ModelConfig(**(config | options)), seed=7, sleep=log.append)


def test_streamed_reply_with_times_and_usage() -> None:
    with StubServer([Reply("one two three", cached_tokens=40, reasoning="because")]) as server:
        done = client(server).complete(ASK, role="cloud")
    assert done.text == "one two three"
    assert done.reasoning == "because"
    call = done.call
    assert (call.role, call.model, call.finish_reason, call.attempts) == ("cloud", "stub-model", "stop", 1)
    assert (call.usage.prompt_tokens, call.usage.completion_tokens, call.usage.cached_tokens) == (100, 3, 40)
    assert call.ttft_s is not None
    assert 0 < call.ttft_s <= call.total_s


def test_plain_reply_has_no_time_to_first_token() -> None:
    with StubServer([Reply("one two")]) as server:
        done = client(server, stream=False).complete(ASK)
    assert (done.text, done.call.ttft_s, done.call.usage.completion_tokens) == ("one two", None, 2)


def test_every_option_is_sent() -> None:
    options: dict[str, Any] = {
        "temperature": 0.3, "top_p": 0.85, "max_tokens": 77, "frequency_penalty": 0.2, "presence_penalty": 0.1,
        "seed": 5, "stop": ("END",),
    }  # fmt: skip
    with StubServer([Reply("x")]) as server:
        asked = client(server, **options, extra_body={"top_k": 3})
        asked.complete(ASK, response_format={"type": "json_object"})
        client(server, temperature=None, max_tokens=None).complete(ASK)
    full, bare = server.requests
    assert {key: full[key] for key in options} == options | {"stop": ["END"]}
    assert full["top_k"] == 3
    assert full["response_format"] == {"type": "json_object"}
    assert full["stream_options"] == {"include_usage": True}
    assert set(bare) == {"model", "messages", "stream", "stream_options"}


def test_a_server_that_refuses_stream_options_is_asked_without_them() -> None:
    with StubServer([Fault("no_stream_options"), Reply("fine")]) as server:
        asked = client(server, retries=1)
        assert asked.complete(ASK).text == "fine"
        assert asked.complete(ASK).text == "fine"
    assert ["stream_options" in request for request in server.requests] == [True, False, False]


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("kind", ["408", "409", "429", "500", "503", "drop", "hang"])
def test_passing_trouble_is_tried_again(kind: Any, stream: bool) -> None:
    sleeps: list[float] = []
    with StubServer([Fault(kind), Reply("fine")]) as server:
        done = client(server, sleeps, stream=stream, timeout_s=0.5).complete(ASK)
    assert (done.text, done.call.attempts, len(sleeps)) == ("fine", 2, 1)


def test_pauses_double_with_seeded_jitter_and_obey_retry_after() -> None:
    first: list[float] = []
    second: list[float] = []
    for sleeps in (first, second):
        plan: list[Answer] = [Fault("500"), Fault("500"), Fault("429", retry_after="7"), Reply("x")]
        with StubServer(plan) as server:
            client(server, sleeps, retries=3, backoff_s=2.0).complete(ASK)
    assert first == second
    assert 1.0 <= first[0] <= 3.0
    assert 2.0 <= first[1] <= 6.0
    assert first[2] == 7.0


FAILURES: list[tuple[str, type[BenchError], str]] = [
    ("429", RateLimited, "rate limited after 3 tries"),
    ("500", ModelUnavailable, "500 (3 tries)"),
    ("400", ModelUnavailable, "400 (1 tries)"),
    ("401", ConfigError, "refused the key"),
    ("unknown_model", ConfigError, "does not serve a model 'stub-model'"),
    ("overflow", ContextOverflow, "does not fit"),
    ("hang", ModelUnavailable, "3 tries"),
    ("drop", ModelUnavailable, "3 tries"),
    ("cut", ModelUnavailable, "3 tries"),
    ("error_event", ModelUnavailable, "3 tries"),
    ("html", ModelUnavailable, "3 tries"),
]


@pytest.mark.parametrize(("kind", "error", "said"), FAILURES)
def test_lasting_trouble_has_its_error(kind: Any, error: type[BenchError], said: str) -> None:
    with StubServer([Fault(kind)]) as server, pytest.raises(error) as raised:
        client(server).complete(ASK)
    assert said in str(raised.value)


@pytest.mark.parametrize("kind", ["not_json", "html", "no_choices"])
def test_an_answer_of_another_shape_is_the_servers_failure(kind: Any) -> None:
    with StubServer([Fault(kind)]) as server, pytest.raises(ModelUnavailable):
        client(server, stream=False, retries=0).complete(ASK)


@pytest.mark.parametrize("kind", ["drip", "hang", "stall"])
def test_nothing_hangs(kind: Any) -> None:
    started = time.monotonic()
    with StubServer([Fault(kind)]) as server, pytest.raises((ModelUnavailable, ReplyTooSlow)):
        client(server, retries=0, timeout_s=0.6, stall_timeout_s=0.3).complete(ASK)
    assert time.monotonic() - started < 30


def test_a_reply_that_never_ends_is_the_models_own() -> None:
    with (
        StubServer([Reply("word " * 400, pieces=400, pause_s=0.02)]) as server,
        pytest.raises(ReplyTooSlow, match=r"0\.3 s"),
    ):
        client(server, timeout_s=0.3).complete(ASK)


def test_empty_and_cut_replies_are_passed_on_as_they_are() -> None:
    with StubServer([Reply(""), Reply("do(action=", finish_reason="length")]) as server:
        asked = client(server)
        assert asked.complete(ASK).text == ""
        assert asked.complete(ASK).call.finish_reason == "length"


def test_key_comes_from_the_environment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    with StubServer([Reply("x")]) as server:
        monkeypatch.setenv("STUB_KEY", "secret-1")
        client(server, api_key_env="STUB_KEY").complete(ASK)
        assert server.keys == ["secret-1"]
        monkeypatch.delenv("STUB_KEY")
        with pytest.raises(ConfigError, match="STUB_KEY is not set"):
            client(server, api_key_env="STUB_KEY")


def probe(server: StubServer, **options: Any) -> list[str]:
    config = ModelConfig(**({"base_url": server.base_url, "name": "stub-model"} | options))
    return check_served(config, served_models(config))


def test_probe() -> None:
    with StubServer([]) as server:
        assert probe(server, min_context=8192) == ["serves stub-model, context 8192 tokens"]
        with pytest.raises(ConfigError, match="context of 8192 tokens; it needs 25480"):
            probe(server, min_context=25480)
        with pytest.raises(ConfigError, match="does not serve 'stub-modle'"):
            probe(server, name="stub-modle")
    with StubServer([], models=None) as server:
        assert "no list" in probe(server)[0]
    with StubServer([], models=[{"id": "other", "owned_by": "a cloud"}]) as server:
        assert "not on the endpoint's list" in probe(server)[0]
    with pytest.raises(ConfigError, match="no endpoint answers"):
        served_models(ModelConfig(base_url="http://127.0.0.1:9/v1", name="x"))


def test_scripted(tmp_path: Any) -> None:
    script = tmp_path / "replies.yaml"
    script.write_text("clock_1: [one, two]\ndefault: [three]\n")
    chat = chat_client(ModelConfig(scripted=str(script)), task_id="clock_1")
    assert [chat.complete(ASK).text for _ in range(2)] == ["one", "two"]
    with pytest.raises(ConfigError, match="no reply left after 2"):
        chat.complete(ASK)
    assert scripted_replies(str(script), "zoom_1") == ["three"]
    script.write_text("clock_1: [1]\n")
    with pytest.raises(ConfigError, match="list of texts"):
        scripted_replies(str(script), "clock_1")
