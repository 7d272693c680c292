"""The chat client: the openai package over an OpenAI-compatible endpoint, with timings, usage, retries and bounds."""

from __future__ import annotations

import logging
import os
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
import openai
from openai.types.chat import ChatCompletionChunk
from openai.types.completion_usage import CompletionUsage

from phonebench.config import ModelConfig
from phonebench.model import failures
from phonebench.model.chat import Completion, Message, Role
from phonebench.model.deadline import DeadlineTransport
from phonebench.model.failures import MalformedAnswerError
from phonebench.model.tools import ToolCalls
from phonebench.schema.episode import ModelCall, Usage
from phonebench.schema.errors import ConfigError, ReplyTooSlow
from phonebench.schema.text import whole

log = logging.getLogger(__name__)

MAX_REPLY_CHARS: Final = 400_000
"""A reply longer than this is cut and marked `length`: it cannot fill the memory."""
CONNECT_TIMEOUT_S: Final = 10.0


@dataclass(slots=True)
class _Reply:
    """A reply while it is coming."""

    with_tools: bool = False
    text: list[str] = field(default_factory=list)
    reasoning: list[str] = field(default_factory=list)
    chars: int = 0
    ttft_s: float | None = None
    usage: Usage = field(default_factory=Usage)
    finish_reason: str = ""
    calls: ToolCalls = field(default_factory=ToolCalls)

    def add(self, text: str | None, reasoning: str | None) -> None:
        self.text.append(text or "")
        self.reasoning.append(reasoning or "")
        self.chars += len(text or "") + len(reasoning or "")

    def add_calls(self, deltas: Any) -> bool:
        """Pieces of native tool calls; True when there were any."""
        chars = self.calls.add(deltas)
        self.chars += chars
        return chars > 0


class ChatClient:
    """Asks one model. `seed` makes the jitter between tries repeatable; `sleep` is there for tests."""

    def __init__(self, config: ModelConfig, *, seed: int = 0, sleep: Callable[[float], None] = time.sleep) -> None:
        if not config.base_url or not config.name:
            raise ConfigError("a chat client needs base_url and name")
        self.name = config.name
        self._config = config
        self._random = random.Random(seed)
        self._sleep = sleep
        self._extras = {"stream_options", "parallel_tool_calls"}
        """Wishes that an older server may refuse; then it is asked without them."""
        self._transport = DeadlineTransport()
        self._client = openai.OpenAI(
            api_key=read_key(config),
            base_url=config.base_url,
            max_retries=0,
            http_client=httpx.Client(transport=self._transport, follow_redirects=False),
        )

    def complete(
        self,
        messages: Sequence[Message],
        *,
        role: Role = "device",
        response_format: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
    ) -> Completion:
        """One reply; see `Chat.complete`."""
        request = self._request(messages, response_format, tools)
        attempt = 1
        while True:
            started = time.monotonic()
            reply = _Reply(with_tools=bool(tools))
            try:
                self._ask(request, reply, started)
                return self._completion(reply, role, attempt, time.monotonic() - started)
            except (openai.APIError, httpx.HTTPError, MalformedAnswerError) as failure:
                extra = failures.refused_extra(failure, self._extras)
                if extra is not None:
                    self._extras.remove(extra)
                    continue
                self._give_up_or_wait(failure, reply, started, attempt)
            attempt += 1

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _give_up_or_wait(self, failure: Exception, reply: _Reply, started: float, attempt: int) -> None:
        """Return when another try is due; else raise what the failure means."""
        if reply.chars and time.monotonic() - started >= self._config.timeout_s:
            raise ReplyTooSlow(
                f"the reply was still coming after {self._config.timeout_s:g} s",
                why=f"{reply.chars} characters so far: {''.join(reply.text)[:200]}",
            ) from failure
        if attempt > self._config.retries or not failures.worth_retrying(failure):
            raise failures.meaning(failure, self._config, attempt, with_tools=reply.with_tools) from failure
        pause = failures.retry_after_s(failure)
        if pause is None:
            pause = min(self._config.backoff_s * 2 ** (attempt - 1), 60.0) * self._random.uniform(0.5, 1.5)
        log.info("%s: try %d failed (%s), next in %.1f s", self.name, attempt, failures.message_of(failure), pause)
        self._sleep(pause)

    def _request(
        self,
        messages: Sequence[Message],
        response_format: Mapping[str, Any] | None,
        tools: Sequence[Mapping[str, Any]] | None,
    ) -> dict[str, Any]:
        config = self._config
        optional = {
            "temperature": config.temperature,
            "top_p": config.top_p,
            "max_tokens": config.max_tokens,
            "frequency_penalty": config.frequency_penalty,
            "presence_penalty": config.presence_penalty,
            "seed": config.seed,
            "stop": list(config.stop) or None,
            "extra_body": config.extra_body or None,
            "response_format": dict(response_format) if response_format else None,
            "tools": list(tools) if tools else None,
        }
        sent = {key: value for key, value in optional.items() if value is not None}
        return {"model": config.name, "messages": list(messages), **sent}

    def _ask(self, request: dict[str, Any], reply: _Reply, started: float) -> None:
        try:
            self._take(request, reply, started)
        except (ValueError, TypeError, AttributeError, IndexError) as problem:
            # The openai package does not check what it is sent: an answer of another shape shows like this.
            raise MalformedAnswerError(f"the answer is no chat completion ({problem})") from problem

    def _take(self, request: dict[str, Any], reply: _Reply, started: float) -> None:
        config = self._config
        self._transport.deadline = started + config.timeout_s
        silence = min(config.stall_timeout_s, config.timeout_s)
        create: Any = self._client.chat.completions.create
        if reply.with_tools and "parallel_tool_calls" in self._extras:
            request = {**request, "parallel_tool_calls": False}
        if not config.stream:
            timeout = httpx.Timeout(config.timeout_s, connect=CONNECT_TIMEOUT_S)
            _take_whole(create(**request, timeout=timeout), reply)
            return
        if "stream_options" in self._extras:
            request = {**request, "stream_options": {"include_usage": True}}
        timeout = httpx.Timeout(silence, connect=min(CONNECT_TIMEOUT_S, silence))
        with create(**request, stream=True, timeout=timeout) as stream:
            for chunk in stream:
                _take_chunk(chunk, reply, started)
                if reply.chars > MAX_REPLY_CHARS:
                    reply.finish_reason = "length"
                    return
        if not reply.finish_reason:
            raise MalformedAnswerError("the stream broke off before its end")

    def _completion(self, reply: _Reply, role: Role, attempt: int, total_s: float) -> Completion:
        call = ModelCall(
            role=role,
            model=self.name,
            ttft_s=None if reply.ttft_s is None else round(reply.ttft_s, 4),
            total_s=round(total_s, 4),
            usage=reply.usage,
            attempts=attempt,
            finish_reason=reply.finish_reason,
        )
        return Completion(whole("".join(reply.text)), call, whole("".join(reply.reasoning)), reply.calls.whole())


def read_key(config: ModelConfig) -> str:
    """The key from the environment; raises ConfigError when the named variable is empty. Local servers need none."""
    if config.api_key_env is None:
        return "none"
    key = os.environ.get(config.api_key_env, "").strip()
    if not key:
        raise ConfigError(
            f"the environment variable {config.api_key_env} is not set",
            why=f"it holds the key for {config.base_url}",
            next_step=f"export {config.api_key_env}=...    (keys never stand in files)",
        )
    return key


def _take_chunk(chunk: ChatCompletionChunk, reply: _Reply, started: float) -> None:
    if chunk.usage is not None:
        reply.usage = _usage(chunk.usage)
    for choice in (chunk.choices or [])[:1]:
        delta = choice.delta
        text = delta.content if delta else None
        reasoning = _reasoning(delta)
        called = reply.add_calls(getattr(delta, "tool_calls", None))
        if (text or reasoning or called) and reply.ttft_s is None:
            reply.ttft_s = time.monotonic() - started
        reply.add(text, reasoning)
        reply.finish_reason = choice.finish_reason or reply.finish_reason


def _take_whole(answer: Any, reply: _Reply) -> None:
    choice = answer.choices[0]
    reply.add(choice.message.content, _reasoning(choice.message))
    reply.add_calls(getattr(choice.message, "tool_calls", None))
    reply.finish_reason = choice.finish_reason or "stop"
    if answer.usage is not None:
        reply.usage = _usage(answer.usage)


def _reasoning(holder: Any) -> str | None:
    value = getattr(holder, "reasoning_content", None) or getattr(holder, "reasoning", None)
    return value if isinstance(value, str) else None


def _usage(usage: CompletionUsage) -> Usage:
    details = usage.prompt_tokens_details
    return Usage(
        prompt_tokens=usage.prompt_tokens or 0,
        completion_tokens=usage.completion_tokens or 0,
        cached_tokens=(details.cached_tokens or 0) if details else 0,
    )
