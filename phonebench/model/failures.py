"""Reads an endpoint's failures: which are worth another try, and what each means for the episode."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import httpx
import openai

from phonebench.config import ModelConfig
from phonebench.schema.errors import BenchError, ConfigError, ContextOverflow, ModelUnavailable, RateLimited

RETRIED_STATUS: Final = frozenset({408, 409, 425, 429})
_OVERFLOW: Final = re.compile(
    r"context[ _](length|window|size)|maximum (context|model) len|max_model_len|prompt is too long|input is too long"
    r"|input length \(?\d+\)? exceeds|too many (input )?tokens|reduce the length|exceeds? the (model'?s )?(max|context)"
    r"|prompt \(?.{0,20}\)? exceeds",
    re.IGNORECASE,
)
_NO_TOOLS: Final = re.compile(r"\btools?\b|tool[_ -](choice|call)|function[_ -]?call", re.I)
_NO_MODEL: Final = re.compile(r"model\b.*(not exist|not found|unknown|no such|does not)|model_not_found", re.I | re.S)


class MalformedAnswerError(Exception):
    """An answer that is no chat completion, or a stream that broke off before its end."""


def worth_retrying(failure: Exception) -> bool:
    """True for 408, 409, 425, 429, 5xx and a connection that broke or stalled."""
    if isinstance(failure, openai.APIStatusError):
        return failure.status_code in RETRIED_STATUS or failure.status_code >= 500
    return isinstance(failure, openai.APIError | httpx.TransportError | MalformedAnswerError)


def retry_after_s(failure: Exception) -> float | None:
    """Seconds of a Retry-After header given as a number (RFC 9110, 10.2.3); None without one."""
    if not isinstance(failure, openai.APIStatusError):
        return None
    value = failure.response.headers.get("retry-after", "")
    return min(float(value), 300.0) if re.fullmatch(r"\d{1,6}(\.\d+)?", value) else None


def refused_extra(failure: Exception, extras: Iterable[str]) -> str | None:
    """Which of the optional fields of a request an older server objects to; None when it is none of them."""
    if not isinstance(failure, openai.APIStatusError) or failure.status_code not in (400, 422):
        return None
    said = message_of(failure).replace("include_usage", "stream_options")
    return next((extra for extra in sorted(extras) if extra in said), None)


def is_overflow(failure: Exception) -> bool:
    """True when the server says that the prompt is longer than the model's context."""
    return (
        isinstance(failure, openai.APIStatusError)
        and failure.status_code in (400, 413, 422)
        and _OVERFLOW.search(message_of(failure)) is not None
    )


def meaning(failure: Exception, config: ModelConfig, tries: int, *, with_tools: bool = False) -> BenchError:
    """The error of our tree that a failed request amounts to; `with_tools` when it offered functions to call."""
    where = f"{config.name} at {config.base_url}"
    said = message_of(failure)
    if is_overflow(failure):
        return ContextOverflow("the prompt does not fit the model's context", where=where, why=said)
    if isinstance(failure, openai.APIStatusError):
        status = failure.status_code
        if status in (401, 403):
            held = f"it is read from ${config.api_key_env}" if config.api_key_env else "the config names no api_key_env"
            return ConfigError(f"the endpoint refused the key ({status})", where=where, why=held)
        if status == 404 and _NO_MODEL.search(said):
            return ConfigError(
                f"the endpoint does not serve a model '{config.name}'",
                where=where,
                why=said,
                next_step="served names: python eval.py -c FILE --check",
            )
        if status in (400, 404, 422, 501) and with_tools and _NO_TOOLS.search(said):
            return ConfigError(
                "the endpoint refuses native tool calls",
                where=where,
                why=said,
                next_step="serve it with tool calls (vLLM: --enable-auto-tool-choice --tool-call-parser ...), "
                "or choose a dialect that calls in text (docs/dialects.md)",
            )
        if status == 429:
            return RateLimited(f"still rate limited after {tries} tries", where=where, why=said)
        return ModelUnavailable(f"the endpoint answered {status} ({tries} tries)", where=where, why=said)
    return ModelUnavailable(f"no usable answer after {tries} tries", where=where, why=said)


def message_of(failure: Exception) -> str:
    """What the server or the connection said, on one short line."""
    text = failure.message if isinstance(failure, openai.APIError) else str(failure)
    if isinstance(failure, openai.APIConnectionError) and failure.__cause__ is not None:
        text = f"{text} ({failure.__cause__})" if str(failure.__cause__) else text
    text = " ".join((text or type(failure).__name__).split())
    return text if len(text) <= 300 else text[:299] + "…"
