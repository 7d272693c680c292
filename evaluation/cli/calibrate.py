"""`--calibrate`: a judge against known truth; what it gets right is printed and stored for later reports."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.cli.progress import JudgingProgress
from evaluation.cli.runs import CALIBRATIONS, Judges, choose_runs, shown, tasks_of
from evaluation.judge.calibration.labelled import Labelled, LabelledSet, human_labels, load_set
from evaluation.judge.calibration.measure import measure_judge
from evaluation.judge.calibration.record import Figure, Group, JudgeCalibration
from evaluation.statistics.rounding import percent, rounded
from phonebench.config.paths import resolve
from phonebench.schema.errors import ConfigError

OK, UNSCORED = 0, 1


def calibrate(options: Namespace) -> int:
    """Run the command; returns its exit code. Raises ConfigError, TraceError."""
    judges = Judges(options)
    judge, price = judges.llm()
    chosen = _set(judges.logs / CALIBRATIONS, options)
    episodes = list(chosen.episodes) if chosen else []
    if options.labels:
        episodes += _labels(options)
    if not episodes:
        raise ConfigError(
            "no labelled episodes", next_step="eval.py --build_calibration, or generate_result.py --label"
        )
    earlier = judges.calibrations.stored(judge.id, judge.digest)
    with JudgingProgress(len(episodes), "calibrating") as progress:
        found = measure_judge(
            judge,
            episodes,
            sets=[chosen.name] if chosen else [],
            threads=options.parallel,
            price=price,
            progress=progress.advance,
        )
    out = Console() if sys.stdout.isatty() else Console(width=120)
    show_calibration(out, found)
    decided, unscored = found.overall.confusion.total, found.overall.unscored
    known = earlier.overall.confusion.total if earlier else 0
    if not decided or (unscored and known > decided):
        stays = f"; the calibration on {known} episodes stays" if earlier else ""
        out.print(f"not stored: only {decided} of {len(episodes)} episodes could be judged{stays}", highlight=False)
        return UNSCORED
    path = judges.calibrations.save(found)
    instead = f" (in place of one on {known} episodes)" if earlier and known != decided else ""
    out.print(f"stored: {shown(path)}{instead}", soft_wrap=True, markup=False, highlight=False)
    return UNSCORED if unscored else OK


def show_calibration(out: Console, found: JudgeCalibration) -> None:
    """Print what a calibration says: overall, by app, by kind, by where the episodes come from."""
    where = "SIMULATED PHONE" if found.simulated else "real phones"
    sets = ", ".join(found.sets) or "human labels"
    out.print(Text(f"{found.judge} on {sets} - {where}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("", no_wrap=True)
    for title in ("Sensitivity", "Specificity", "Error", "Unscored"):
        table.add_column(title, justify="right", no_wrap=True)
    for name, group in _rows(found):
        counts = group.confusion
        cells = (
            _figure(group.sensitivity, counts.positives),
            _figure(group.specificity, counts.negatives),
            _figure(group.error, counts.total),
        )
        table.add_row(Text(name), *cells, str(group.unscored))
    out.print(table)
    out.print(
        "sensitivity: passed episodes that it passes; specificity: failed ones that it fails; 95% intervals",
        highlight=False,
    )
    overall = found.overall
    if overall.balanced_accuracy and overall.kappa:
        kappa = overall.kappa
        chance = "; perhaps no better than chance" if overall.balanced_accuracy.low <= 0.5 else ""
        out.print(
            f"balanced accuracy {_figure(overall.balanced_accuracy)}, "
            f"kappa {kappa.value:.2f} ({kappa.low:.2f} to {kappa.high:.2f}){chance}",
            highlight=False,
        )
    if found.human_labels:
        episodes = overall.confusion.total + overall.unscored
        out.print(f"the truth of {found.human_labels} of {episodes} is a person's word", highlight=False)
    cost = "" if found.cost is None else f", cost {found.cost:.4f}"
    disputed = "" if found.votes == 1 else f", votes differ on {found.disputed_goals} of {found.goals} goals"
    tokens = f"{found.prompt_tokens:,} prompt and {found.completion_tokens:,} completion tokens"
    out.print(f"{found.calls} calls, {tokens}{cost}{disputed}", highlight=False)


def _rows(found: JudgeCalibration) -> Iterator[tuple[str, Group]]:
    yield "all", found.overall
    for title, groups in (("kind", found.by_kind), ("source", found.by_source), ("app", found.by_app)):
        for name, group in groups.items():
            yield f"{title} {name}", group


def _figure(figure: Figure | None, of: int | None = None) -> str:
    if figure is None:
        return "-"
    among = "" if of is None else f" of {of}"
    return f"{percent(figure.value)}{among} ({rounded(figure.low * 100, 1)}-{rounded(figure.high * 100, 1)})"


def _set(folder: Path, options: Namespace) -> LabelledSet | None:
    """The set by path or name; None for the default one that nobody made, when there are labels to go by."""
    given = resolve(options.calibrate)
    path = given if given.is_dir() else folder / options.calibrate
    if options.labels and options.calibrate == "default" and not path.is_dir():
        return None
    return load_set(path)


def _labels(options: Namespace) -> list[Labelled]:
    return [found for run in choose_runs(options) for found in human_labels(run.episodes(), tasks_of(run, options))]
