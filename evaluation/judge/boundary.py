"""The judge boundary: whatever a judge runs into, an episode gets a verdict."""

from __future__ import annotations

import logging

from evaluation.judge.goals import unscored
from phonebench.schema.errors import BenchError, ConfigError
from phonebench.schema.protocols import EpisodeReader, Judge
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict

log = logging.getLogger(__name__)


def verdict_of(judge: Judge, task: Task | None, episode: EpisodeReader) -> Verdict:
    """The judge's verdict; unscored with the reason when it cannot answer, never a fail.

    Raises ConfigError: a wrong key or model name would leave every episode unscored, so it stops the judging.
    """
    if task is None:
        return unscored(judge.id, episode, "the task is not in the suite any more")
    try:
        return judge.judge(task, episode)
    except ConfigError:
        raise
    except BenchError as problem:
        return unscored(judge.id, episode, str(problem))
    except Exception as problem:
        log.exception("judge %s broke on %s.%d", judge.id, task.id, episode.info.attempt)
        return unscored(judge.id, episode, f"the judge broke: {type(problem).__name__}: {problem}")
