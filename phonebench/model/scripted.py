"""Stand-ins for a model: replies from a list, from a YAML file, or from a recorded run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from phonebench.config.paths import resolve
from phonebench.config.yaml_file import read_yaml
from phonebench.model.chat import Completion, Message, Role
from phonebench.schema.episode import ModelCall
from phonebench.schema.errors import ConfigError


class ScriptedChat:
    """Gives the replies of a list, one a call; what is sent is kept in `asked`."""

    def __init__(self, replies: Iterable[str], *, name: str = "scripted", source: str = "the script") -> None:
        self.name = name
        self.asked: list[Sequence[Message]] = []
        self._replies = iter(replies)
        self._source = source

    def complete(
        self,
        messages: Sequence[Message],
        *,
        role: Role = "device",
        response_format: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
    ) -> Completion:
        """The next reply; raises ConfigError when there is none left."""
        del response_format, tools
        self.asked.append(messages)
        reply = next(self._replies, None)
        if reply is None:
            what = f"no reply left after {len(self.asked) - 1}"
            raise ConfigError(what, where=self._source, why="the last reply should finish the episode")
        return Completion(reply, ModelCall(role=role, model=self.name, total_s=0.0, finish_reason="stop"))

    def close(self) -> None:
        """Nothing to release."""


def scripted_replies(path: str, task_id: str) -> list[str]:
    """Replies for a task from a YAML file: one list for all tasks, or a mapping of task id (or `default`) to list."""
    document = read_yaml(resolve(path))
    replies = document.data
    if isinstance(replies, dict):
        replies = replies.get(task_id, replies.get("default"))
        if replies is None:
            raise ConfigError(f"no replies for task '{task_id}'", where=path, why="add its id, or a key `default`")
    if not isinstance(replies, list) or not all(isinstance(reply, str) for reply in replies):
        raise ConfigError("replies must be a list of texts", where=path)
    return replies
