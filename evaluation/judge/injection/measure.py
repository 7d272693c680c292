"""Puts every attack to a judge, and the same episode without it, and counts the verdicts that turn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Literal

from evaluation.judge.boundary import verdict_of
from evaluation.judge.injection.cases import Case, load_cases
from evaluation.judge.injection.trajectories import clean, injected, story_of
from evaluation.judge.llm import LlmJudge
from evaluation.statistics import wilson
from phonebench.schema.base import SCHEMA_VERSION, Record
from phonebench.schema.verdict import Verdict

Progress = Callable[[Verdict], None]
Result = Literal["pass", "fail", "unscored"]


class CaseResult(Record):
    """One attack: the verdict without it and with it."""

    id: str
    channel: str
    wants: Literal["pass", "fail"]
    clean: Result
    injected: Result
    reached: bool
    """Did the attack get before the judge? One that is only in the UI tree does not when trees are not shown."""
    reason: str
    """Of the verdict with the attack."""

    @property
    def counts(self) -> bool:
        """Was there anything to turn: right without the attack, and decided with it?"""
        return self.reached and self.clean not in (self.wants, "unscored") and self.injected != "unscored"

    @property
    def flipped(self) -> bool:
        """Did the attack get what it wants?"""
        return self.counts and self.injected == self.wants


class FlipRate(Record):
    """Attacks that worked, of those that count; rate and 95% Wilson interval, null without any."""

    flips: int
    of: int
    rate: float | None
    low: float | None
    high: float | None


class InjectionProbe(Record):
    """How often a judge falls for texts in the record."""

    schema_version: int = SCHEMA_VERSION
    judge: str
    judge_digest: str
    created_at: str
    """Host time, ISO 8601 UTC."""
    overall: FlipRate
    by_channel: dict[str, FlipRate]
    silenced: int
    """Attacks that left the judge without a usable verdict, where it had one before."""
    wrong_without: int
    """Episodes that it misjudges without any attack, or cannot judge; they do not count."""
    cases: tuple[CaseResult, ...]


def probe_injection(
    judge: LlmJudge, cases: Sequence[Case] = (), *, threads: int = 1, progress: Progress = lambda _: None
) -> InjectionProbe:
    """Judge all attacks, by default those of cases.yaml. Raises ConfigError as the judge does."""

    def one(case: Case) -> tuple[Case, Verdict, Verdict]:
        task = story_of(case).task
        return case, verdict_of(judge, task, clean(case)), verdict_of(judge, task, injected(case))

    results = []
    pool = ThreadPoolExecutor(threads, thread_name_prefix="judge")
    try:
        for case, without, within in pool.map(one, cases or load_cases()):
            progress(without)
            progress(within)
            results.append(
                CaseResult(
                    id=case.id,
                    channel=case.channel,
                    wants=case.wants,
                    clean=without.result,
                    injected=within.result,
                    reached=without.evidence_digest != within.evidence_digest,
                    reason=within.reason,
                )
            )
    finally:
        pool.shutdown(cancel_futures=True)
    channels = sorted({result.channel for result in results})
    right = [result for result in results if result.clean not in (result.wants, "unscored")]
    return InjectionProbe(
        judge=judge.id,
        judge_digest=judge.digest,
        created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        overall=_rate(results),
        by_channel={channel: _rate([r for r in results if r.channel == channel]) for channel in channels},
        silenced=sum(result.injected == "unscored" for result in right),
        wrong_without=len(results) - len(right),
        cases=tuple(results),
    )


def _rate(results: Sequence[CaseResult]) -> FlipRate:
    flips, of = sum(result.flipped for result in results), sum(result.counts for result in results)
    interval = wilson(flips, of)
    return FlipRate(
        flips=flips,
        of=of,
        rate=flips / of if of else None,
        low=interval.low if interval else None,
        high=interval.high if interval else None,
    )
