"""The chat-completions client: streaming, timings, usage, retries; scripted stand-ins.

`openai` takes most of a second to import; so `chat_client` imports it when the first client is made.
"""

from __future__ import annotations

from phonebench.config import ModelConfig
from phonebench.model.chat import Chat, Completion, Message, Role, ToolCall
from phonebench.model.scripted import ScriptedChat, scripted_replies

__all__ = ["Chat", "Completion", "Message", "Role", "ScriptedChat", "ToolCall", "chat_client", "scripted_replies"]


def chat_client(config: ModelConfig, *, seed: int = 0, task_id: str = "", timeout_s: float | None = None) -> Chat:
    """A client for a model of the config: its endpoint, or its scripted replies for a task.

    `timeout_s` caps the model's own timeout. Raises ConfigError when the key is missing or the script unreadable.
    """
    if config.scripted:
        return ScriptedChat(scripted_replies(config.scripted, task_id), name=config.label, source=config.scripted)
    from phonebench.model.client import ChatClient

    if timeout_s is not None and timeout_s < config.timeout_s:
        config = config.model_copy(update={"timeout_s": timeout_s})
    return ChatClient(config, seed=seed)
