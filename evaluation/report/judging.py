"""Who judged a run, and what it took: one object for the sheet Judge, the pages and the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.judge.calibration import Correction, JudgeCalibration
from evaluation.metrics import EpisodeFigures, Rate, token_cost
from phonebench.config import PriceConfig


@dataclass(frozen=True, slots=True)
class JudgeSummary:
    """One judge's part in a run."""

    judge: str
    scored: Rate
    """Episodes that it decided / episodes that were put to it."""
    passed: Rate
    """Episodes that it passed / episodes that it decided: its raw rate."""
    unscored: tuple[tuple[str, int], ...]
    """Reasons, most frequent first."""
    disputed: Rate | None
    """Goals on which its votes differ / goals; None for a judge that does not vote."""
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    """In the price's currency; None without a price, 0 without calls."""
    calibration: JudgeCalibration | None


def judge_summaries(
    episodes: Sequence[EpisodeFigures], correction: Correction, prices: Mapping[str, PriceConfig]
) -> tuple[JudgeSummary, ...]:
    """One entry per judge, by name. `prices` go by model name. What the machinery lost is put to no judge."""
    groups: dict[str, list[EpisodeFigures]] = {}
    for episode in episodes:
        if episode.judging is not None and episode.driven:
            groups.setdefault(episode.judging.judge, []).append(episode)
    calibrations = dict(correction.calibrations)
    return tuple(_summary(judge, groups[judge], calibrations.get(judge), prices) for judge in sorted(groups))


def _summary(
    judge: str,
    episodes: Sequence[EpisodeFigures],
    calibration: JudgeCalibration | None,
    prices: Mapping[str, PriceConfig],
) -> JudgeSummary:
    figures = [episode.judging for episode in episodes if episode.judging is not None]
    scored = [episode for episode in episodes if episode.scored]
    reasons = Counter(e.reason.splitlines()[0] if e.reason else "no reason" for e in episodes if not e.scored)
    voting = [f for f in figures if f.votes > 1]
    calls = sum(f.calls for f in figures)
    price = prices.get(judge.removeprefix("llm:"))
    prompt, completion = sum(f.prompt_tokens for f in figures), sum(f.completion_tokens for f in figures)
    cost = token_cost(price, prompt, sum(f.cached_tokens for f in figures), completion) if calls else 0.0
    return JudgeSummary(
        judge=judge,
        scored=Rate(len(scored), len(episodes)),
        passed=Rate(sum(e.passed for e in scored), len(scored)),
        unscored=tuple(sorted(reasons.items(), key=lambda entry: (-entry[1], entry[0]))),
        disputed=Rate(sum(f.disputed for f in voting), sum(f.goals for f in voting)) if voting else None,
        calls=calls,
        prompt_tokens=prompt,
        completion_tokens=completion,
        cost=cost,
        calibration=calibration,
    )
