"""What the OpenAPI document says of requests that the routes read by themselves, to forward the bytes as they came."""

from __future__ import annotations

from typing import Any, Final

from fastapi import FastAPI
from pydantic import BaseModel

CHAT: Final = "/v1/chat/completions"
_CHAT_BODY: Final = {
    "type": "object",
    "required": ["model", "messages"],
    "properties": {
        "model": {"type": "string", "minLength": 1},
        "messages": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "required": ["role"], "properties": {"role": {"type": "string"}}},
        },
        "stream": {"type": ["boolean", "null"]},
    },
}
_OLD_CHAT_BODY: Final = {
    "type": "object",
    "required": ["prompt"],
    "properties": {"prompt": {"type": "string", "minLength": 1}, "system": {"type": ["string", "null"]}},
}


class ErrorDetail(BaseModel):
    """What went wrong."""

    message: str
    type: str
    param: str | None = None
    code: str | None = None


class ErrorBody(BaseModel):
    """OpenAI's error shape."""

    error: ErrorDetail


FAILURES: Final[dict[int | str, dict[str, Any]]] = {
    status: {"model": ErrorBody} for status in (400, 401, 404, 405, 413, 429, 502, 503, 504)
}


def _takes(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


OLD_CHAT: Final = _takes(_OLD_CHAT_BODY)


def describe_chat(app: FastAPI) -> None:
    """Adds the chat route, which is none of FastAPI's, to the application's document."""
    plain = app.openapi
    failure = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorBody"}}}
    operation = {
        "summary": "Chat Completions",
        "description": "A chat completion, plain or streamed; the body reaches the back end as it is.",
        "operationId": "chat_completions",
        "security": [{"HTTPBearer": []}],
        **_takes(_CHAT_BODY),
        "responses": {
            "200": {"description": "A chat completion, or its chunks", "content": {"application/json": {}}},
            **{str(status): {"description": "Error", "content": failure} for status in FAILURES},
        },
    }

    def openapi() -> dict[str, Any]:
        document = plain()
        document["paths"].setdefault(CHAT, {"post": operation})
        return document

    app.openapi = openapi  # type: ignore[method-assign]
