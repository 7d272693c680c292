"""Asks the judge's model: a client per thread, and the strictest form of answer that the server knows."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from evaluation.judge.breaker import CircuitBreaker
from evaluation.judge.prompt import FORMATS
from phonebench.model import Chat, Completion, Message
from phonebench.schema.errors import AgentError, JudgeError, ModelError

Connect = Callable[[int], Chat]
"""Makes a client for a vote (from 1): each vote samples with a seed of its own."""
Compose = Callable[[], Sequence[Message]]
"""Makes the messages. Their pictures take longest, so it is called only when the endpoint will be asked."""


class JudgeModel:
    """A model that judges. May be used by several threads."""

    def __init__(self, connect: Connect) -> None:
        self._connect = connect
        self._local = threading.local()
        self._form = 0
        self._breaker = CircuitBreaker()
        self.name = self._client(1).name

    def ask(self, compose: Compose, vote: int) -> Completion:
        """One reply. Raises JudgeError when none can be had, ConfigError when the endpoint refuses key or model."""
        self._breaker.check()
        try:
            completion = self._complete(compose(), vote)
        except (ModelError, AgentError) as problem:
            self._breaker.failed(problem)
            raise JudgeError(
                f"the judge {self.name} gave no answer",
                why=str(problem),
                next_step="python generate_result.py asks again",
            ) from problem
        self._breaker.worked()
        return completion

    def _complete(self, messages: Sequence[Message], vote: int) -> Completion:
        form = self._form
        while True:
            try:
                return self._client(vote).complete(messages, role="judge", response_format=FORMATS[form])
            except ModelError as problem:
                if FORMATS[form] is None or not _refuses_form(problem):
                    raise
                form += 1
                self._form = max(self._form, form)

    def _client(self, vote: int) -> Chat:
        clients: dict[int, Chat] = self._local.__dict__.setdefault("clients", {})
        if vote not in clients:
            clients[vote] = self._connect(vote)
        return clients[vote]


def _refuses_form(problem: ModelError) -> bool:
    said = f"{problem.what} {problem.why}".lower()
    return any(
        word in said for word in ("response_format", "json_schema", "json_object", "json mode", "guided", "structured")
    )
