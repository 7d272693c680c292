from __future__ import annotations

import asyncio
import json
import logging
import platform
import signal
import threading
import time
from typing import Any

import httpx
import openai
import pytest

from tests.vllm_script.conftest import KEY, http, serve
from vllm_script.gateway.app import create_app
from vllm_script.gateway.keys import KeyRing
from vllm_script.gateway.memory import keep_freed_memory
from vllm_script.gateway.settings import GatewaySettings, SettingsError

CHAT = "/v1/chat/completions"


def ask(content: str, model: str = "small", **more: Any) -> dict[str, Any]:
    return {"model": model, "messages": [{"role": "user", "content": content}], **more}


def wait_until(condition: Any, seconds: float = 5.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return False


def test_plain_chat_passes_through(gateway, backend):
    server = gateway()
    answer = http.post(server.url + CHAT, json=ask("echo hello"), headers={"x-request-id": "mine-1"})
    assert answer.status_code == 200
    assert answer.json()["choices"][0]["message"]["content"] == "hello"
    assert answer.headers["x-request-id"] == "mine-1"
    assert backend.state.seen[-1]["x-request-id"] == "mine-1"


def test_official_client_plain_and_streamed(gateway):
    client = openai.OpenAI(base_url=gateway(keys={"me": KEY}).url + "/v1", api_key=KEY, max_retries=0)
    plain = client.chat.completions.create(**ask("echo hi"))
    assert plain.choices[0].message.content == "hi"
    assert plain.usage is not None
    assert plain.usage.total_tokens == 10
    chunks = client.chat.completions.create(**ask("count 5"), stream=True)
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == "0;1;2;3;4;"
    assert [model.id for model in client.models.list()] == ["small"]
    with pytest.raises(openai.NotFoundError, match="served: small"):
        client.chat.completions.create(**ask("echo", model="large"))


async def test_two_hundred_streams_lose_and_reorder_nothing(gateway):
    server = gateway()

    async def one(client: httpx.AsyncClient) -> str:
        text = ""
        async with client.stream("POST", server.url + CHAT, json=ask("count 40 1", stream=True)) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: {"):
                    text += json.loads(line[6:])["choices"][0]["delta"]["content"]
        return text

    async with httpx.AsyncClient(timeout=60, limits=httpx.Limits(max_connections=None)) as client:
        texts = await asyncio.gather(*(one(client) for _ in range(200)))
    assert set(texts) == {"".join(f"{n};" for n in range(40))}


def test_chunks_arrive_one_by_one(gateway):
    with http.stream("POST", gateway().url + CHAT, json=ask("count 2 700", stream=True), timeout=10) as answer:
        chunks = answer.iter_bytes()
        first = next(chunks)
        assert b'"0;"' in first
        assert b'"1;"' not in first


def test_broken_stream_ends_in_a_wellformed_error_event(gateway):
    answer = http.post(gateway().url + CHAT, json=ask("die 3", stream=True))
    events = [e.removeprefix("data: ") for e in answer.text.strip().split("\n\n")]
    assert [json.loads(e)["choices"][0]["delta"]["content"] for e in events[:3]] == ["0;", "1;", "2;"]
    assert json.loads(events[3])["error"]["code"] == "stream_broken"
    assert events[4:] == ["[DONE]"]


def test_killed_back_end_mid_stream_then_the_other_replica(gateway, backend_process):
    (first, first_url), (_, second_url) = backend_process("twin"), backend_process("twin")
    server = gateway(backends=[{"url": first_url, "models": ["twin"]}, {"url": second_url, "models": ["twin"]}])
    with http.stream("POST", server.url + CHAT, json=ask("count 1000 10", "twin", stream=True), timeout=10) as answer:
        lines = answer.iter_lines()
        assert next(lines).startswith("data: {")
        first.send_signal(signal.SIGKILL)
        rest = [line for line in lines if line]
    assert json.loads(rest[-2].removeprefix("data: "))["error"]["type"] == "upstream_error"
    for _ in range(3):
        assert http.post(server.url + CHAT, json=ask("echo still here", "twin")).status_code == 200
    assert "gateway_retries_total" in http.get(server.url + "/metrics").text


def test_only_back_end_killed_is_503_and_comes_back(gateway, backend_process):
    process, url = backend_process("alone")
    server = gateway(backends=[{"url": url, "models": ["alone"]}], health_interval_s=0.1)
    process.kill()
    process.wait()
    answer = http.post(server.url + CHAT, json=ask("echo", "alone"))
    assert answer.status_code == 503
    assert answer.json()["error"]["code"] == "backend_down"
    assert "retry-after" in answer.headers
    assert http.get(server.url + "/health").json()["backend_ok"] is False
    assert [m["id"] for m in http.get(server.url + "/v1/models").json()["data"]] == ["alone"]
    backend_process("alone", int(url.rsplit(":", 1)[1]))
    assert wait_until(lambda: http.post(server.url + CHAT, json=ask("echo", "alone")).status_code == 200)


def test_client_that_leaves_cancels_the_back_end(gateway, backend):
    server = gateway()
    with pytest.raises(httpx.ReadTimeout):
        http.post(server.url + CHAT, json=ask("hang"), timeout=0.5)
    assert wait_until(lambda: backend.state.cancelled == 1)
    with http.stream("POST", server.url + CHAT, json=ask("count 100000 5", stream=True)) as answer:
        next(chunks := answer.iter_bytes())
        assert server.state.pool.backends[0].running == 1
        chunks.close()
    assert wait_until(lambda: backend.state.cancelled == 2)
    assert wait_until(lambda: server.state.pool.backends[0].running == 0)


def test_back_end_that_hangs_is_504(gateway, backend):
    server = gateway(backends=[{"url": backend.url, "models": ["small"], "first_byte_timeout_s": 0.3}])
    answer = http.post(server.url + CHAT, json=ask("hang"))
    assert (answer.status_code, answer.json()["error"]["type"]) == (504, "upstream_timeout")


@pytest.mark.parametrize(
    ("scripted", "expected"), [(400, 400), (422, 422), (429, 429), (500, 502), (502, 502), (503, 503)]
)
def test_back_end_errors(gateway, scripted, expected):
    answer = http.post(gateway().url + CHAT, json=ask(f"status {scripted}"))
    assert answer.status_code == expected
    assert set(answer.json()["error"]) == {"message", "type", "param", "code"}


@pytest.mark.parametrize(
    ("body", "param"),
    [
        (b"", None),
        (b"{", None),
        (b"[1]", None),
        (b"\xff\xfe", None),
        (b'{"model": NaN}', None),
        (b"{}", "model"),
        (b'{"model": 3}', "model"),
        (b'{"model": "small"}', "messages"),
        (b'{"model": "small", "messages": []}', "messages"),
        (b'{"model": "small", "messages": [1]}', "messages"),
        (b'{"model": "small", "messages": [{"role": "user"}], "stream": "yes"}', "stream"),
        (b"[" * 100_000, None),
    ],
)
def test_bad_bodies_are_400(gateway, body, param):
    answer = http.post(gateway().url + CHAT, content=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["param"] == param


def test_oversized_body_is_413_with_and_without_a_length(gateway):
    url = gateway(body_mib=0.01).url + CHAT
    big = json.dumps(ask("x" * 20_000)).encode()
    assert http.post(url, content=big).status_code == 413
    assert http.post(url, content=iter([big[:9000], big[9000:]])).status_code == 413


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer wrong", f"Bearer {KEY}x", f"Bearer {KEY[:-1]}", f"Basic {KEY}", "Bearer \u00e9"],
)
def test_wrong_keys_are_401(gateway, header):
    server = gateway(keys={"me": KEY})
    headers = {} if header is None else {"authorization": header.encode("latin-1")}
    for path in (CHAT, "/chat"):
        answer = http.post(server.url + path, json=ask("echo"), headers=headers)
        assert (answer.status_code, answer.json()["error"]["type"]) == (401, "authentication_error")
    assert http.get(server.url + "/v1/models", headers=headers).status_code == 401
    assert http.get(server.url + "/metrics", headers=headers).status_code == 401
    assert http.get(server.url + "/health", headers=headers).status_code == 200


def test_every_key_is_compared_every_time(monkeypatch):
    ring = KeyRing({f"k{n}": f"{n}-{KEY}" for n in range(5)})
    compared = []
    import vllm_script.gateway.keys as module

    original = module.hmac.compare_digest
    monkeypatch.setattr(module.hmac, "compare_digest", lambda a, b: compared.append(1) or original(a, b))
    assert ring.holder(f"0-{KEY}") == "k0"
    assert ring.holder("") is None
    assert ring.holder(f"4-{KEY}") == "k4"
    assert len(compared) == 15


def test_limits_hold_per_key(gateway):
    other = "another-key-of-some-length"
    server = gateway(keys={"me": KEY, "you": other}, requests_per_minute=3)
    mine = {"authorization": f"Bearer {KEY}"}
    codes = [http.post(server.url + CHAT, json=ask("echo"), headers=mine).status_code for _ in range(4)]
    assert codes == [200, 200, 200, 429]
    limited = http.post(server.url + CHAT, json=ask("echo"), headers=mine)
    assert int(limited.headers["retry-after"]) >= 1
    assert (
        http.post(server.url + CHAT, json=ask("echo"), headers={"authorization": f"Bearer {other}"}).status_code == 200
    )


def test_concurrency_limit_counts_streams_until_their_end(gateway):
    server = gateway(concurrent=1)
    with http.stream("POST", server.url + CHAT, json=ask("count 100 20", stream=True)) as answer:
        chunks = answer.iter_bytes()
        next(chunks)
        assert http.post(server.url + CHAT, json=ask("echo")).status_code == 429
        chunks.close()
    assert wait_until(lambda: http.post(server.url + CHAT, json=ask("echo")).status_code == 200)


def test_slow_client_holds_the_back_end_back(gateway, backend):
    """The gateway reads no faster than its client: what is in flight stays within the socket buffers."""
    server = gateway()
    with http.stream("POST", server.url + CHAT, json=ask("big 60000", stream=True), timeout=30) as answer:
        chunks = answer.iter_bytes()
        received = len(next(chunks))
        time.sleep(1.0)
        # 60 MB were asked for; a gateway that buffers would have finished with the back end by now
        assert server.state.pool.backends[0].running == 1
        assert received + sum(map(len, chunks)) > 60_000_000


def test_old_chat_form(gateway):
    server = gateway()
    assert http.post(server.url + "/chat", json={"prompt": "echo do it", "system": "s"}).json() == {"action": "do it"}
    assert http.post(server.url + "/chat", json={"prompt": ""}).status_code == 400
    assert http.post(server.url + "/chat", json={"prompt": "status 500"}).status_code == 502


def test_unknown_paths_and_methods_have_the_same_shape(gateway):
    server = gateway()
    assert http.get(server.url + "/nowhere").json()["error"]["type"] == "not_found_error"
    assert http.get(server.url + CHAT).status_code == 405
    assert "error" in http.get(server.url + CHAT).json()


def test_least_busy_replica_is_chosen(gateway, backend_process):
    urls = [backend_process("twin")[1] for _ in range(2)]
    server = gateway(backends=[{"url": url, "models": ["twin"]} for url in urls])
    hanging = threading.Thread(
        target=lambda: http.post(server.url + CHAT, json=ask("count 1 1500", "twin", stream=True))
    )
    hanging.start()
    assert wait_until(lambda: sum(b.running for b in server.state.pool.backends) == 1)
    busy = next(b for b in server.state.pool.backends if b.running)
    http.post(server.url + CHAT, json=ask("echo", "twin"))
    seen = {b.name: len(http.get(b.name + "/stats").json()["seen"]) for b in server.state.pool.backends}
    hanging.join()
    assert seen[busy.name] == 1
    assert sorted(seen.values()) == [1, 1]


def test_nothing_secret_is_logged(gateway, caplog):
    server = gateway(keys={"me": KEY})
    image = "data:image/png;base64,iVBORw0KGgoSECRETPIXELS"
    content = [{"type": "text", "text": "private words"}, {"type": "image_url", "image_url": {"url": image}}]
    with caplog.at_level(logging.DEBUG):
        for key in (KEY, "wrong-key-that-is-secret-too"):
            body = {"model": "small", "messages": [{"role": "user", "content": content}]}
            http.post(server.url + CHAT + "?token=querysecret", json=body, headers={"authorization": f"Bearer {key}"})
        http.post(server.url + CHAT, content=b'{"bad private words', headers={"authorization": f"Bearer {KEY}"})
        assert wait_until(lambda: sum("request=" in r.getMessage() for r in caplog.records) >= 3)
    own = "\n".join(r.getMessage() for r in caplog.records if r.name in {"gateway", "uvicorn", "uvicorn.error"})
    assert "key=me" in own
    for secret in (KEY, "wrong-key", "SECRETPIXELS", "private words", "querysecret"):
        assert secret not in own
    everything = "\n".join(r.getMessage() for r in caplog.records)
    assert KEY not in everything
    assert "SECRETPIXELS" not in everything


def test_open_to_the_network_needs_a_key(backend):
    settings = GatewaySettings.model_validate({"host": "0.0.0.0", "backends": [{"url": backend.url, "models": ["m"]}]})
    with pytest.raises(SettingsError, match="without a key"):
        create_app(settings, KeyRing({}))
    create_app(settings, KeyRing({"me": KEY}))


def test_back_end_key_is_sent_and_the_clients_is_not(gateway, backend, monkeypatch):
    monkeypatch.setenv("BACKEND_KEY", "for-the-back-end")
    server = gateway(
        keys={"me": KEY}, backends=[{"url": backend.url, "models": ["small"], "api_key_env": "BACKEND_KEY"}]
    )
    http.post(server.url + CHAT, json=ask("echo"), headers={"authorization": f"Bearer {KEY}"})
    assert backend.state.seen[-1]["authorization"] == "Bearer for-the-back-end"


def test_metrics_count_requests(gateway):
    server = gateway()
    http.post(server.url + CHAT, json=ask("echo"))
    http.post(server.url + CHAT, json=ask("echo", "made-up-model"))
    text = http.get(server.url + "/metrics").text
    assert 'gateway_requests_total{model="small",status="200"} 1.0' in text
    assert "made-up-model" not in text


def test_schemathesis_finds_no_500(backend):
    import schemathesis
    from hypothesis import HealthCheck, given
    from hypothesis import settings as hypothesis_settings

    gateway_settings = GatewaySettings.model_validate({"backends": [{"url": backend.url, "models": ["small"]}]})
    app = create_app(gateway_settings, KeyRing({"me": KEY}))
    server = serve(app)
    try:
        schema = schemathesis.openapi.from_url(server.url + "/openapi.json")
        tried = 0
        for operation in schema.get_all_operations():
            case_strategy = operation.ok().as_strategy()

            @hypothesis_settings(
                max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
            )
            @given(case=case_strategy)
            def probe(case: Any) -> None:
                nonlocal tried
                tried += 1
                response = case.call(base_url=server.url, headers={"authorization": f"Bearer {KEY}"})
                assert response.status_code != 500, case.as_curl_command()

            probe()
        assert tried > 100
    finally:
        server.stop()


def test_freed_memory_is_kept_where_the_c_library_can():
    assert keep_freed_memory() is (platform.libc_ver()[0] == "glibc")
