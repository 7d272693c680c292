"""From the rate that a judge gives to the rate that its errors leave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.judge.calibration.record import CalibrationStore, JudgeCalibration
from evaluation.metrics import EpisodeFigures
from evaluation.metrics.rates import grouped
from evaluation.statistics import design_effect
from evaluation.statistics.misclassification import Estimate, corrected_rate
from evaluation.statistics.ppi import labels_alone, powered_rate

Method = Literal["Rogan-Gladen", "prediction-powered"]
CALIBRATE = "measure it: python generate_result.py --calibrate --judge_model MODEL --api_base URL"
WEAK_SET = 100
"""Calibration episodes below which a correction is called weak."""


@dataclass(frozen=True, slots=True)
class CorrectedRate:
    """A success rate with the judge's errors taken into account; shares 0..1, 95% interval.

    `n_calibration`: labelled episodes that it rests on.
    """

    method: Method
    estimate: float
    low: float
    high: float
    n_calibration: int
    note: str


@dataclass(frozen=True, slots=True)
class Correction:
    """What can be said of a run's rate in the light of its judge's errors. `note` says it in words; "" when no model
    judged, so that there is nothing to correct."""

    rates: tuple[CorrectedRate, ...] = ()
    note: str = ""
    calibrations: tuple[tuple[str, JudgeCalibration], ...] = ()
    """(judge, calibration), of the judges that have one."""


def correct(episodes: Sequence[EpisodeFigures], store: CalibrationStore) -> Correction:
    """Correct the rate of the episodes that a model judged; raises ConfigError for a damaged calibration."""
    judged = [e for e in episodes if e.scored and e.judging is not None and e.judging.by_model]
    if not judged:
        return Correction()
    judges = sorted({(e.judging.judge, e.judging.digest) for e in judged if e.judging is not None})
    scored = sum(episode.scored for episode in episodes)
    part = "" if len(judged) == scored else f"of the {len(judged)} of {scored} episodes that a model judged"
    found = {key: store.find(*key) for key in judges}
    calibrations = tuple((key[0], calibration) for key, calibration in found.items() if calibration is not None)
    design = design_effect(grouped(judged, lambda e: (int(e.passed), 1), lambda e: e.task_id))
    rates = []
    only = next(iter(found.values())) if len(judges) == 1 else None
    if only is not None and (rate := _rogan_gladen(judged, only, design, part)) is not None:
        rates.append(rate)
    if (powered := _powered(judged, design, part)) is not None:
        rates.append(powered)
    return Correction(tuple(rates), _note(found, store, episodes), calibrations)


def _rogan_gladen(
    judged: Sequence[EpisodeFigures], calibration: JudgeCalibration, design: float, part: str
) -> CorrectedRate | None:
    counts = calibration.overall.confusion
    estimate = corrected_rate(sum(e.passed for e in judged), len(judged), counts, design=design)
    weak = f"only {counts.total} calibration episodes" if counts.total < WEAK_SET else ""
    return _rate("Rogan-Gladen", estimate, counts.total, "if it errs here as it did in calibration", part, weak)


def _powered(judged: Sequence[EpisodeFigures], design: float, part: str) -> CorrectedRate | None:
    truths = [(e.judging.truth, e.passed) for e in judged if e.judging is not None]
    labelled = [(truth, passed) for truth, passed in truths if truth is not None]
    others = [passed for truth, passed in truths if truth is None]
    if not others:
        said = "every episode has a true verdict: this is their rate"
    elif labels_alone(labelled, others):
        said = "if these were drawn at random; too few passed or failed to use the judge: this is their own rate"
    else:
        said = "if these were drawn at random"
    estimate = powered_rate(labelled, others, design=design)
    return _rate("prediction-powered", estimate, len(labelled), said, part)


def _rate(method: Method, estimate: Estimate | None, episodes: int, *notes: str) -> CorrectedRate | None:
    if estimate is None:
        return None
    note = "; ".join(note for note in notes if note)
    return CorrectedRate(method, estimate.value, estimate.low, estimate.high, episodes, note)


def _note(
    found: dict[tuple[str, str], JudgeCalibration | None], store: CalibrationStore, episodes: Sequence[EpisodeFigures]
) -> str:
    words = [_of_judge(judge, digest, calibration, store) for (judge, digest), calibration in found.items()]
    simulated = any(calibration is not None and calibration.simulated for calibration in found.values())
    if simulated and any(e.judging is not None and e.judging.by_model and e.judging.truth is None for e in episodes):
        words.append("the calibration is from a simulated phone: on other screens the judge may err more or less")
    if len(found) > 1:
        words.append("several judges, or one with several settings, share this run: no common correction")
    return "; ".join(words)


def _of_judge(judge: str, digest: str, calibration: JudgeCalibration | None, store: CalibrationStore) -> str:
    if calibration is None:
        if store.outdated(judge, digest):
            return f"{judge} was calibrated with another prompt or other settings, which says nothing now; {CALIBRATE}"
        return f"{judge} was never calibrated: how often it errs is unknown, and how far this rate is off; {CALIBRATE}"
    overall = calibration.overall
    if overall.sensitivity is None or overall.specificity is None:
        return f"the calibration of {judge} lacks passed or failed episodes: nothing can be corrected; {CALIBRATE}"
    rates = f"sensitivity {overall.sensitivity.value:.1%}, specificity {overall.specificity.value:.1%}"
    said = f"{judge} was calibrated on {overall.confusion.total} episodes: {rates}"
    if overall.sensitivity.value + overall.specificity.value <= 1:
        return f"{said}; no better than chance: its rate says nothing"
    if overall.balanced_accuracy is not None and overall.balanced_accuracy.low <= 0.5:
        return f"{said}; perhaps no better than chance: its rate says little"
    return said
