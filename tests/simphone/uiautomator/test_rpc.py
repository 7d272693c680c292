"""The server by itself: whatever is asked, it answers, and the phone lives on."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simphone.phone.phone import Phone
from simphone.uiautomator import http
from simphone.uiautomator.rpc import Server

PHONE = Phone(width=540, height=1200, density=210)
SERVER = Server()
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=8,
)
SELECTORS = st.fixed_dictionaries(
    {"mask": st.integers(0, 0x1FFFFFF) | JSON},
    optional={
        "text": JSON,
        "textMatches": st.text(max_size=8),
        "className": JSON,
        "clickable": JSON,
        "instance": st.integers(-2, 3),
        "childOrSibling": st.lists(st.sampled_from(["child", "sibling", "other"]), max_size=3) | JSON,
        "childOrSiblingSelector": st.lists(st.fixed_dictionaries({"mask": st.integers(0, 1)}), max_size=3) | JSON,
    },
)
METHODS = st.sampled_from(sorted(SERVER._methods)) | st.text(max_size=10)


def ask(method: Any, params: Any) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(
        SERVER.answer(PHONE, json.dumps({"jsonrpc": "2.0", "id": 7, "method": method, "params": params}).encode())
    )
    assert answer["id"] == 7
    return answer


@given(METHODS, st.lists(SELECTORS | JSON, max_size=5) | JSON)
def test_any_call_is_answered(method: str, params: Any) -> None:
    answer = ask(method, params)
    assert ("result" in answer) != ("error" in answer)


@given(st.binary(max_size=200))
def test_any_body_is_answered(body: bytes) -> None:
    assert "error" in json.loads(SERVER.answer(PHONE, body))


def test_errors_are_told_as_the_client_expects_them() -> None:
    missing = ask("objInfo", [{"mask": 1, "text": "Nowhere"}])["error"]
    assert missing["code"] == -32002
    assert "uiautomator.UiObjectNotFoundException" in missing["message"]
    assert ask("noSuchThing", [])["error"]["code"] == -32601
    assert ask("click", ["a", "b"])["error"]["code"] == -32602
    assert ask("exist", [{"mask": 4, "textMatches": "("}])["error"]["code"] == -32602
    assert ask("exist", ["unknown object"])["error"]["code"] == -32602


class Wire:
    """A client that has said everything it has to say."""

    def __init__(self, said: bytes) -> None:
        self._said = said
        self.heard = b""

    async def read(self, size: int) -> bytes:
        part, self._said = self._said[:size], self._said[size:]
        return part

    async def write(self, data: bytes) -> None:
        self.heard += data


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"GET /ping HTTP/1.1\r\nHost: p\r\n\r\n", b"200"),
        (b"GET /nothing HTTP/1.1\r\nHost: p\r\n\r\n", b"404"),
        (b"GET /jsonrpc/0 HTTP/1.1\r\nHost: p\r\n\r\n", b"405"),
        (b"POST /jsonrpc/0 HTTP/1.1\r\nHost: p\r\nContent-Length: 2\r\n\r\n{}", b"200"),
        (b"no http at all\r\n\r\n", b"400"),
    ],
)
def test_http(said: bytes, status: bytes) -> None:
    wire = Wire(said)
    asyncio.run(http.serve(wire, lambda body: SERVER.answer(PHONE, body)))
    assert wire.heard.split(b" ", 2)[1] == status


@given(st.binary(max_size=300))
def test_any_bytes_end_the_conversation(said: bytes) -> None:
    asyncio.run(http.serve(Wire(said), lambda body: SERVER.answer(PHONE, body)))
    asyncio.run(http.serve(Wire(b"POST /jsonrpc/0 HTTP/1.1\r\n" + said), lambda body: SERVER.answer(PHONE, body)))
