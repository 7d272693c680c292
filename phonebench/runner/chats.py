"""Makes the model clients of an episode, replays included: their replies come from a recorded run."""

from __future__ import annotations

from phonebench.config import ModelConfig, RunConfig
from phonebench.config.paths import resolve
from phonebench.model import Chat, ScriptedChat, chat_client
from phonebench.schema.errors import ConfigError
from phonebench.trace import EpisodeKey, RunReader


def chat_for(config: RunConfig, model: str, key: EpisodeKey, seed: int) -> Chat:
    """The client of `models.<model>` for one episode; raises ConfigError, TraceError."""
    settings = config.models[model]
    if settings.replay:
        return _replay(settings, key)
    return chat_client(settings, seed=seed, task_id=key.task_id, timeout_s=config.limits.step_timeout_s)


def _replay(settings: ModelConfig, key: EpisodeKey) -> Chat:
    run = RunReader(resolve(str(settings.replay)))
    if key not in set(run.keys()):
        raise ConfigError(f"{key} is not in the recorded run", where=str(settings.replay))
    steps = [step for step in run.episode(key).steps() if step.reply]
    if len({step.decided_by for step in steps}) > 1:
        what = f"{key} was handed over: its replies are those of two models"
        raise ConfigError(what, where=str(settings.replay), next_step="replay a run of one model")
    firsts = [step.extra.get("first_reply") for step in steps]
    replies = [str(reply) for first, step in zip(firsts, steps, strict=True) for reply in (first, step.reply) if reply]
    return ScriptedChat(replies, name=settings.label, source=f"{settings.replay}/{key}")
