"""Runs a judge on labelled episodes and counts what it gets right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime

from evaluation.judge.boundary import verdict_of
from evaluation.judge.calibration.labelled import Labelled
from evaluation.judge.calibration.record import Group, JudgeCalibration, group
from evaluation.judge.goals import digest
from evaluation.judge.llm import LlmJudge
from evaluation.metrics import token_cost
from evaluation.metrics.judging import JudgeFigures, judge_figures
from evaluation.statistics.misclassification import Confusion
from phonebench.config import PriceConfig
from phonebench.schema.verdict import Verdict

Progress = Callable[[Verdict], None]


@dataclass(frozen=True, slots=True)
class _Judged:
    labelled: Labelled
    verdict: Verdict


def measure_judge(
    judge: LlmJudge,
    episodes: Sequence[Labelled],
    *,
    sets: Sequence[str] = (),
    threads: int = 1,
    price: PriceConfig | None = None,
    progress: Progress = lambda _: None,
) -> JudgeCalibration:
    """Judge all episodes, store the verdicts beside them, and count. Raises ConfigError as the judge does."""

    def one(labelled: Labelled) -> _Judged:
        verdict = verdict_of(judge, labelled.task, labelled.episode)
        labelled.episode.write_verdict(verdict)
        return _Judged(labelled, verdict)

    judged = []
    pool = ThreadPoolExecutor(threads, thread_name_prefix="judge")
    try:
        for entry in pool.map(one, episodes):
            progress(entry.verdict)
            judged.append(entry)
    finally:
        pool.shutdown(cancel_futures=True)
    return _count(judge, judged, sets, price)


def _count(
    judge: LlmJudge, judged: Sequence[_Judged], sets: Sequence[str], price: PriceConfig | None
) -> JudgeCalibration:
    """The calibration that judged episodes amount to."""
    figures = [judge_figures(entry.verdict, entry.labelled.passed) for entry in judged]
    prompt, completion = sum(f.prompt_tokens for f in figures), sum(f.completion_tokens for f in figures)
    voting = [f for f in figures if f.votes > 1]
    labels = [[str(e.labelled.episode.folder.name), e.labelled.task.id, e.labelled.passed] for e in judged]
    return JudgeCalibration(
        judge=judge.id,
        judge_digest=judge.digest,
        votes=judge.votes,
        created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        sets=tuple(sets),
        set_digest=digest(labels),
        simulated=any(e.labelled.episode.info.device.simulated for e in judged),
        human_labels=sum(e.labelled.human for e in judged),
        overall=_group(judged),
        by_app=_by(judged, lambda labelled: labelled.task.app),
        by_kind=_by(judged, lambda labelled: labelled.task.kind),
        by_source=_by(judged, lambda labelled: labelled.source),
        disputed_goals=sum(f.disputed for f in voting),
        goals=sum(f.goals for f in figures),
        calls=sum(f.calls for f in figures),
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost=token_cost(price, prompt, _cached(figures), completion),
        judge_seconds=round(sum(call.total_s for e in judged for call in e.verdict.calls), 3),
    )


def _cached(figures: Iterable[JudgeFigures]) -> int:
    return sum(entry.cached_tokens for entry in figures)


def _by(judged: Sequence[_Judged], key: Callable[[Labelled], str]) -> dict[str, Group]:
    groups: dict[str, list[_Judged]] = {}
    for entry in judged:
        groups.setdefault(key(entry.labelled), []).append(entry)
    return {name: _group(groups[name]) for name in sorted(groups)}


def _group(judged: Sequence[_Judged]) -> Group:
    counts = Confusion()
    unscored = 0
    for entry in judged:
        if entry.verdict.result == "unscored":
            unscored += 1
        else:
            counts = counts.plus(entry.labelled.passed, entry.verdict.result == "pass")
    return group(counts, unscored)
