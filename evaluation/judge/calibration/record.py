"""A judge's measured errors as a file, and the shelf where reports look for it."""

from __future__ import annotations

import re
from pathlib import Path

from pydantic import ValidationError

from evaluation.statistics.misclassification import (
    Confusion,
    Estimate,
    balanced_accuracy,
    error_rate,
    kappa,
    sensitivity,
    specificity,
)
from phonebench.schema.base import SCHEMA_VERSION, Record
from phonebench.schema.errors import ConfigError
from phonebench.trace.files import write_json


class Figure(Record):
    """An estimate with its 95% interval."""

    value: float
    low: float
    high: float


class Group(Record):
    """Counts of truth and judgement over some of the episodes, and what follows from them; null where nothing does."""

    passed_passed: int
    passed_failed: int
    failed_failed: int
    failed_passed: int
    unscored: int
    """Episodes that the judge could not decide; in none of the four."""
    sensitivity: Figure | None
    specificity: Figure | None
    balanced_accuracy: Figure | None
    kappa: Figure | None
    error: Figure | None

    @property
    def confusion(self) -> Confusion:
        """The four counts."""
        return Confusion(self.passed_passed, self.passed_failed, self.failed_failed, self.failed_passed)


class JudgeCalibration(Record):
    """What a judge got right and wrong. Holds for its exact model, prompt and settings: `judge_digest`."""

    schema_version: int = SCHEMA_VERSION
    judge: str
    judge_digest: str
    votes: int
    created_at: str
    """Host time, ISO 8601 UTC."""
    sets: tuple[str, ...]
    """name@version of the labelled sets."""
    set_digest: str
    """sha256 (hex) over what was judged and its truth."""
    simulated: bool
    """True when any of the labelled episodes is from a simulated phone."""
    human_labels: int
    """Episodes whose truth is a person's word; the others' is the phone's state."""
    overall: Group
    by_app: dict[str, Group]
    by_kind: dict[str, Group]
    by_source: dict[str, Group]
    """solution, near_miss, truncated, random or recorded."""
    disputed_goals: int
    """Goals on which the votes differed."""
    goals: int
    calls: int
    prompt_tokens: int
    completion_tokens: int
    cost: float | None
    """In the price's currency; null without a price."""
    judge_seconds: float
    """Seconds of model calls, one after the other."""


def group(counts: Confusion, unscored: int) -> Group:
    """All figures that follow from counts."""
    return Group(
        passed_passed=counts.passed_passed,
        passed_failed=counts.passed_failed,
        failed_failed=counts.failed_failed,
        failed_passed=counts.failed_passed,
        unscored=unscored,
        sensitivity=_figure(sensitivity(counts)),
        specificity=_figure(specificity(counts)),
        balanced_accuracy=_figure(balanced_accuracy(counts)),
        kappa=_figure(kappa(counts)),
        error=_figure(error_rate(counts)),
    )


def _figure(estimate: Estimate | None) -> Figure | None:
    return None if estimate is None else Figure(value=estimate.value, low=estimate.low, high=estimate.high)


class CalibrationStore:
    """Calibrations by judge: a folder of them, or one file that goes first (`--calibration FILE`)."""

    def __init__(self, folder: Path, chosen: Path | None = None) -> None:
        self._folder = folder
        self._chosen = None if chosen is None else _read(chosen)

    def save(self, calibration: JudgeCalibration) -> Path:
        """Store in place of the same judge's earlier one; returns the file."""
        path = self._folder / f"{_plain(calibration.judge)}-{calibration.judge_digest[:12]}.json"
        write_json(path, calibration)
        return path

    def find(self, judge: str, digest: str) -> JudgeCalibration | None:
        """The calibration of exactly this judge; None when there is none. Raises ConfigError for a damaged file."""
        if self._chosen is not None and self._chosen.judge_digest == digest:
            return self._chosen
        return self.stored(judge, digest)

    def stored(self, judge: str, digest: str) -> JudgeCalibration | None:
        """As `find`, in the folder only: what `save` would replace."""
        path = self._folder / f"{_plain(judge)}-{digest[:12]}.json"
        if not digest or not path.exists():
            return None
        found = _read(path)
        return found if found.judge_digest == digest else None

    def outdated(self, judge: str, digest: str) -> bool:
        """Is there a calibration of the same model with another prompt or other settings?"""
        if self._chosen is not None and self._chosen.judge == judge and self._chosen.judge_digest != digest:
            return True
        return any(self._folder.glob(f"{_plain(judge)}-*.json")) and self.find(judge, digest) is None


def _read(path: Path) -> JudgeCalibration:
    try:
        return JudgeCalibration.model_validate_json(path.read_bytes())
    except OSError as problem:
        raise ConfigError("the calibration cannot be read", where=str(path), why=str(problem)) from None
    except ValidationError as problem:
        why = problem.errors(include_url=False)[0]["msg"]
        raise ConfigError(
            "this is no calibration", where=str(path), why=why, next_step="make one: generate_result.py --calibrate"
        ) from None


def _plain(judge: str) -> str:
    return re.sub(r"[^A-Za-z0-9.]+", "_", judge)[:80]
