"""The llm judge: a model sees the evidence and decides goal by goal; with several votes the majority does.

The verdict is the conjunction of its decisions, never the model's mood. What comes from the phone or from the agent is
data: it is sent as JSON between markers that it cannot contain, and the reply is parsed, not obeyed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from evaluation.judge.asking import Compose, Connect, JudgeModel
from evaluation.judge.cache import CachedReply, ReplyCache
from evaluation.judge.evidence import gather
from evaluation.judge.goals import answer_says, conclude, digest, unscored, unscored_reason
from evaluation.judge.prompt import PROMPT_DIGEST, compose, evidence_digest, prompt_text, repair
from evaluation.judge.reply import decisions
from phonebench.schema.authority import MODEL
from phonebench.schema.episode import ModelCall, Outcome
from phonebench.schema.errors import JudgeError
from phonebench.schema.protocols import EpisodeReader
from phonebench.schema.task import Task
from phonebench.schema.verdict import GoalVerdict, Verdict

Recall = Callable[[EpisodeReader, str], Verdict | None]
"""The verdict that a judge (by id) gave on an episode before, if any."""


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """How an llm judge works. `sampling` is what the model is asked with; it is only compared, never read."""

    votes: int = 1
    screens: int = 8
    ui_trees: bool = False
    sampling: str = ""


@dataclass(frozen=True, slots=True)
class _Vote:
    """One answer of the model: its decisions, or None with the reason."""

    goals: tuple[GoalVerdict, ...] | None
    problem: str
    reply: str
    calls: tuple[ModelCall, ...]


class LlmJudge:
    """Judges by asking a model. May be used by several threads; `connect` makes a client per thread and vote.

    `recall` gives back earlier verdicts: one of the same judge on the same evidence is returned instead of asking
    again, unless it is unscored. `cache` does the same for each vote, in whatever run the episode lies. The judge's id
    names the model; `digest` names model, prompt and settings: what a calibration holds for.
    """

    def __init__(
        self,
        connect: Connect,
        settings: JudgeSettings | None = None,
        *,
        recall: Recall | None = None,
        cache: ReplyCache | None = None,
    ) -> None:
        self._settings = settings or JudgeSettings()
        self._model = JudgeModel(connect)
        self._recall = recall
        self._cache = cache
        self.id = MODEL + self._model.name
        shown = self._settings
        self.digest = digest(
            [self._model.name, PROMPT_DIGEST, shown.votes, shown.screens, shown.ui_trees, shown.sampling]
        )

    @property
    def votes(self) -> int:
        """How often the model is asked about an episode."""
        return self._settings.votes

    def judge(self, task: Task, episode: EpisodeReader) -> Verdict:
        """Raises JudgeError when no usable reply can be had, ConfigError when the endpoint refuses key or model."""
        if reason := unscored_reason(episode):
            return unscored(self.id, episode, reason)
        goals = [goal.says for goal in task.goals]
        if (says := answer_says(task)) is not None:
            goals.append(says)
        if not goals:
            raise JudgeError(f"task {task.id} has no goal to judge by", where=task.source)
        shown = gather(episode, most_screens=self._settings.screens, ui_trees=self._settings.ui_trees)
        evidence = evidence_digest(goals, shown)
        if (earlier := self._earlier(episode, evidence)) is not None:
            return earlier
        messages = cache(lambda: compose(goals, shown))
        votes = [self._vote(number, goals, messages, evidence) for number in range(1, self.votes + 1)]
        return self._verdict(task, episode, goals, prompt_text(goals, shown), evidence, votes)

    def _earlier(self, episode: EpisodeReader, evidence: str) -> Verdict | None:
        earlier = self._recall(episode, self.id) if self._recall else None
        if earlier is None or earlier.result == "unscored":
            return None
        same = earlier.evidence_digest == evidence and earlier.judge_digest == self.digest
        return earlier if same else None

    def _vote(self, number: int, goals: Sequence[str], messages: Compose, evidence: str) -> _Vote:
        """One vote, from the cache or from the model."""
        if self._cache is None:
            return self._ask(number, goals, messages)
        key = digest([self._model.name, PROMPT_DIGEST, self._settings.sampling, number, evidence])
        with self._cache.alone(key):
            if (known := self._cache.get(key)) is not None:
                return _Vote(decisions(known.text, goals), "", known.text, known.calls)
            vote = self._ask(number, goals, messages)
            if vote.goals is not None:
                self._cache.put(key, CachedReply(text=vote.reply, calls=vote.calls))
            return vote

    def _ask(self, number: int, goals: Sequence[str], messages: Compose) -> _Vote:
        """One vote from the model; a useless reply is asked for once more."""
        first = self._model.ask(messages, number)
        vote = _read(first.text, goals, (first.call,))
        if vote.goals is not None:
            return vote
        again = self._model.ask(lambda: repair(messages(), first.text, vote.problem, len(goals)), number)
        mended = _read(again.text, goals, (first.call, again.call))
        return mended if mended.goals is not None else _Vote(None, vote.problem, first.text, mended.calls)

    def _verdict(
        self,
        task: Task,
        episode: EpisodeReader,
        goals: Sequence[str],
        prompt: str,
        evidence: str,
        votes: Sequence[_Vote],
    ) -> Verdict:
        usable = [vote.goals for vote in votes if vote.goals is not None]
        decided: tuple[GoalVerdict, ...] = ()
        if 2 * len(usable) <= len(votes):
            lost = len(votes) - len(usable)
            reason = next(vote.problem for vote in votes if vote.goals is None)
            reason = reason if len(votes) == 1 else f"{lost} of {len(votes)} votes are of no use: {reason}"
            result = unscored(self.id, episode, reason).result
        else:
            decided = majority(goals, usable)
            if task.answer is not None and episode.result.outcome is not Outcome.FINISHED:
                silent = decided[-1].model_copy(update={"passed": False, "reason": "the episode did not finish"})
                decided = (*decided[:-1], silent)
            result, reason = conclude(decided)
        return Verdict(
            task_id=episode.info.task_id,
            attempt=episode.info.attempt,
            judge=self.id,
            result=result,
            reason=reason,
            goals=decided,
            evidence_digest=evidence,
            prompt=prompt,
            raw_reply=_replies(votes),
            calls=tuple(call for vote in votes for call in vote.calls),
            judge_digest=self.digest,
            votes=tuple(tuple(bool(goal.passed) for goal in vote) for vote in usable) if self.votes > 1 else (),
        )


def majority(goals: Sequence[str], votes: Sequence[Sequence[GoalVerdict]]) -> tuple[GoalVerdict, ...]:
    """What most votes say, goal by goal, with the reason that one of them gives; None where they are even."""
    if len(votes) == 1:
        return tuple(votes[0])
    decided = []
    for number, says in enumerate(goals):
        cast = [vote[number] for vote in votes]
        met = sum(goal.passed is True for goal in cast)
        passed = None if 2 * met == len(cast) else 2 * met > len(cast)
        word = next((goal.reason for goal in cast if goal.passed is passed), "the votes are even")
        agree = max(met, len(cast) - met)
        decided.append(GoalVerdict(says=says, passed=passed, reason=f"{word} ({agree} of {len(cast)} votes)"))
    return tuple(decided)


def _read(reply: str, goals: Sequence[str], calls: tuple[ModelCall, ...]) -> _Vote:
    try:
        return _Vote(decisions(reply, goals), "", reply, calls)
    except JudgeError as problem:
        return _Vote(None, str(problem), reply, calls)


def _replies(votes: Sequence[_Vote]) -> str:
    if len(votes) == 1:
        return votes[0].reply
    return "\n\n".join(f"[vote {number}]\n{vote.reply}" for number, vote in enumerate(votes, start=1))
