"""Makes the judge that a config or a command line asks for."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from evaluation.judge.boundary import verdict_of
from evaluation.judge.cache import ReplyCache, replies_beside
from evaluation.judge.goals import unscored, unscored_reason
from evaluation.judge.llm import JudgeSettings, LlmJudge, Recall
from evaluation.judge.probe import ProbeJudge, can_probe
from evaluation.judge.state import StateJudge
from phonebench.config import JudgeConfig, ModelConfig
from phonebench.model import Chat, chat_client
from phonebench.schema.errors import ConfigError
from phonebench.schema.protocols import EpisodeReader, Judge
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict


@dataclass
class AutoJudge:
    """The best judge that an episode allows: its state; else the llm judge, if there is one; else its probes."""

    state: StateJudge
    llm: LlmJudge | None
    probe: ProbeJudge
    id: str = "auto"

    def judge(self, task: Task, episode: EpisodeReader) -> Verdict:
        """The verdict carries the id of the judge that gave it."""
        if reason := unscored_reason(episode):
            return unscored(self.id, episode, reason)
        if episode.info.device.simulated and all(goal.state is not None for goal in task.goals):
            return self.state.judge(task, episode)
        if self.llm is not None:
            return self.llm.judge(task, episode)
        if can_probe(task):
            return self.probe.judge(task, episode)
        return unscored(
            self.id,
            episode,
            "a real phone has no recorded state and the task no probes: name an llm judge (--judge_model)",
        )


def make_judge(config: JudgeConfig, *, recall: Recall | None = None, cache: ReplyCache | None = None) -> Judge | None:
    """The judge of a config; None for kind `none`.

    `recall` lets an llm judge find its earlier verdicts, `cache` its earlier replies. Raises ConfigError when the llm
    judge has no model, or the model's key is missing.
    """
    if config.kind == "none":
        return None
    if config.kind == "state":
        return StateJudge()
    if config.kind == "probe":
        return ProbeJudge()
    if config.kind == "llm" and config.model is None:
        raise ConfigError(
            "the llm judge needs a model", next_step="--judge_model NAME --api_base URL, or judge.model in the config"
        )
    llm = None if config.model is None else make_llm(config, config.model, recall=recall, cache=cache)
    return llm if config.kind == "llm" else AutoJudge(StateJudge(), llm, ProbeJudge())


def scorer(config: JudgeConfig, runs: Path) -> Callable[[Task, EpisodeReader], Verdict] | None:
    """What judges episodes while they are made (eval.py --judge); None for kind `none`. Raises ConfigError.

    `runs` is the folder that they are recorded in: replies are shared with generate_result.py.
    """
    judge = make_judge(config, cache=replies_beside(runs))
    return None if judge is None else partial(verdict_of, judge)


def make_llm(
    config: JudgeConfig, model: ModelConfig, *, recall: Recall | None = None, cache: ReplyCache | None = None
) -> LlmJudge:
    """The llm judge of a config. Several votes sample at `judge.temperature`, each with a seed of its own."""
    if config.votes > 1:
        model = model.model_copy(update={"temperature": config.temperature})

    def connect(vote: int) -> Chat:
        seeded = model if config.votes == 1 else model.model_copy(update={"seed": (model.seed or 0) + vote})
        return chat_client(seeded)

    keys = ("temperature", "top_p", "max_tokens", "frequency_penalty", "presence_penalty", "seed", "stop", "extra_body")
    sampling = json.dumps({key: model.model_dump(mode="json")[key] for key in keys}, sort_keys=True)
    settings = JudgeSettings(config.votes, config.screens, config.ui_trees, sampling)
    return LlmJudge(connect, settings, recall=recall, cache=cache)
