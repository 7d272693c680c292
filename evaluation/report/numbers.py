"""The one object that spreadsheet, console and JSON are written from, so that their figures cannot disagree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evaluation.compare import Against, Paired
from evaluation.judge.calibration import CorrectedRate
from evaluation.metrics import EpisodeFigures, Figures
from evaluation.report.judging import JudgeSummary
from phonebench.schema.episode import Lock, RunInfo


@dataclass(frozen=True, slots=True)
class RunReport:
    """One run: what it was, and what came of it. `episodes` are in the order of the run's tasks."""

    folder: str
    info: RunInfo
    lock: Lock
    overall: Figures
    apps: tuple[tuple[str, Figures], ...]
    episodes: tuple[EpisodeFigures, ...]
    warnings: tuple[str, ...] = ()
    judging: tuple[JudgeSummary, ...] = ()
    """Who judged, and what it took."""
    corrected: tuple[CorrectedRate, ...] = ()
    """The success rate with an llm judge's errors taken into account; empty where none judged or nothing is known."""
    calibration_note: str = ""
    """What is known of these errors, in words; "" where no llm judged."""
    against: Against | None = None
    """Set against the report's baseline; None for the baseline itself and where there is none."""

    @property
    def name(self) -> str:
        """Name of the run."""
        return self.info.name

    @property
    def phone(self) -> str:
        """What it ran on; simulated phones are named as such wherever a figure stands."""
        if self.info.simulated:
            return f"SIMULATED ({self.info.world})" if self.info.world else "SIMULATED"
        return self.info.device_kind

    def corrected_by(self, method: str) -> CorrectedRate | None:
        """The corrected success rate by a method; None where it could not be used."""
        return next((rate for rate in self.corrected if rate.method == method), None)

    @property
    def judges(self) -> tuple[str, ...]:
        """Ids of the judges whose verdicts count here."""
        return tuple(sorted({episode.judge for episode in self.episodes if episode.scored}))


@dataclass(frozen=True, slots=True)
class Report:
    """Runs side by side, and each pair of them on the tasks that both did."""

    runs: tuple[RunReport, ...]
    pairs: tuple[Paired, ...] = ()
    baseline: str = ""
    """The run that the others are set against; "" for none."""

    @property
    def label(self) -> str:
        """The line that heads every sheet and table: on what kind of phone these figures were measured."""
        simulated = sum(run.info.simulated for run in self.runs)
        if simulated == len(self.runs):
            return "SIMULATED PHONE: figures of a simulation, not of a real device"
        if simulated:
            return f"{simulated} of {len(self.runs)} runs on a SIMULATED PHONE: see column Phone"
        return "real phones or emulators"

    @property
    def run_ids(self) -> tuple[str, ...]:
        """A name for each run that is safe in addresses and as a folder, and that no other run of the report has."""
        ids: list[str] = []
        for run in self.runs:
            plain = re.sub(r"[^A-Za-z0-9_-]+", "-", run.name).strip("-")[:80] or "run"
            same = sum(other == plain or other.startswith(f"{plain}~") for other in ids)
            ids.append(f"{plain}~{same + 1}" if same else plain)
        return tuple(ids)
