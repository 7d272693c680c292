"""Reading what a client sent: size, JSON, the few fields that the gateway itself needs."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from pydantic_core import from_json
from starlette.requests import ClientDisconnect

from vllm_script.gateway.errors import GatewayError

_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A checked request; `body` is what the client sent, byte for byte."""

    body: bytes
    model: str
    stream: bool


def bearer(request: Request) -> str:
    """The key that a request carries (RFC 6750, 2.1); an empty text when it carries none."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else ""


def request_id(request: Request) -> str:
    """The client's own id when it is a plain token, else a new one."""
    given = request.headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


async def read_body(request: Request, limit: int) -> bytes:
    """The body, at most `limit` bytes. Raises GatewayError 413, or 400 when the client broke off."""
    too_large = GatewayError(413, f"the request is larger than {limit} bytes", code="request_too_large")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise too_large
    chunks: list[bytes] = []
    size = 0
    try:
        async for chunk in request.stream():
            size += len(chunk)
            if size > limit:
                raise too_large
            chunks.append(chunk)
    except ClientDisconnect as error:
        raise GatewayError(400, "the client broke off its request", code="client_disconnect") from error
    return b"".join(chunks)


def parse_object(body: bytes) -> dict[str, Any]:
    """A JSON object. Raises GatewayError 400."""
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        raise GatewayError(400, f"the body is not valid JSON: {_position(error)}", code="invalid_json") from error
    if not isinstance(value, dict):
        raise GatewayError(400, "the body must be a JSON object", code="invalid_json")
    return value


def parse_chat(body: bytes) -> ChatRequest:
    """A chat completion request. Raises GatewayError 400; all further fields are the back end's to check."""
    fields = parse_object(body)
    model = fields.get("model")
    if not isinstance(model, str) or not model:
        raise GatewayError(400, "`model` must be a non-empty string", param="model")
    messages = fields.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(m, dict) and "role" in m for m in messages):
        raise GatewayError(400, "`messages` must be a non-empty list of objects with a role", param="messages")
    stream = fields.get("stream", False)
    if stream is None:
        stream = False
    if not isinstance(stream, bool):
        raise GatewayError(400, "`stream` must be true or false", param="stream")
    return ChatRequest(body, model, stream)


def _position(error: ValueError) -> str:
    # the parser's message names line and column; it never quotes the body
    return str(error).splitlines()[0][:120]
