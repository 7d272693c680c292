"""The sheets Summary, with runs as rows, and Overview, the same turned by a quarter to fit a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evaluation.compare import Reduction
from evaluation.metrics import meaning
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.figures import INTERVAL, figure_columns
from evaluation.report.sheets.judge import corrected_columns
from evaluation.report.sheets.table import (
    Cell,
    Column,
    Format,
    Shade,
    Table,
    counts_text,
    pairs_text,
    phone_column,
    run_column,
    run_titles,
)
from evaluation.report.sheets.table import text_of as shown

WHAT = "What ran"
ENDS = "How it ended"
CLOUD = "Device and cloud"
RUNS_ON_A_PAGE = 5


def summary_table(report: Report) -> Table[RunReport]:
    """One row per run."""
    columns: list[Column[RunReport]] = [
        run_column(report.runs, lambda run: run.name),
        phone_column(lambda run: run),
        Column(
            "Agent", "text", lambda run: run.info.agent, "policy and dialect, or the reference agent", 20, WHAT, True
        ),
        Column("Models", "text", lambda run: pairs_text(run.info.models), "role: served name", 26, WHAT, True),
        Column("Judge", "text", lambda run: ", ".join(run.judges), "who gave the verdicts", 12, WHAT, True),
        *_with_corrected(figure_columns(lambda run: run.overall)),
        *_reduction(),
        Column("Lost and retried", "count", lambda run: run.overall.retries, meaning("retries"), 12, ENDS),
        Column("Ended", "text", lambda run: counts_text(run.overall.outcomes), meaning("outcomes"), 30, ENDS, True),
        Column("Errors", "text", lambda run: counts_text(run.overall.errors), meaning("errors"), 24, ENDS, True),
    ]
    return Table("Summary", columns, report.runs, by_group=True)


def _with_corrected(figures: Sequence[Column[RunReport]]) -> Iterator[Column[RunReport]]:
    """The figures, and after the success rate what a model judge's errors leave of it."""
    for column in figures:
        yield column
        if column.title == "SR by app high":
            corrected: Iterator[Column[RunReport]] = corrected_columns(lambda run, method: run.corrected_by(method))
            yield from (replace(one, group=column.group) for one in corrected)


def _reduction() -> Iterator[Column[RunReport]]:
    for title, name, over in (
        ("Cloud calls saved", "cloud_calls", "driven"),
        ("Cloud calls saved, passed", "cloud_calls_passed", "passed"),
    ):

        def value(run: RunReport, name: str = name) -> Cell:
            if run.against is None or not run.against.cloud_only:
                return None
            reduction: Reduction | None = getattr(run.against, name)
            return None if reduction is None else reduction.value

        means = f"1 - requests to the cloud / those of a cloud-only run, on the episodes that both {over}"
        yield Column(title, "share", value, means, 12, CLOUD)
    yield Column(
        "Cloud-only run",
        "text",
        lambda run: run.against.baseline if run.against and run.against.cloud_only else None,
        "the baseline of these figures",
        16,
        CLOUD,
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A line of Overview: a heading, or a figure of all runs, with its interval where the next columns hold one."""

    group: str
    column: Column[RunReport] | None = None
    bounds: tuple[Column[RunReport], Column[RunReport]] | None = None

    def value(self, run: RunReport) -> Cell:
        """The run's figure, or its interval in words."""
        if self.bounds is not None:
            low, high = (shown(bound, run) for bound in self.bounds)
            return f"{low[:-1]} to {high}" if low else None
        return self.column.value(run) if self.column else None


def overview_table(report: Report) -> Table[Line]:
    """One row per figure, one column per run."""
    titles = run_titles(report.runs, ("Figure", "Meaning"))
    runs: list[Column[Line]] = [
        Column(
            title,
            "text",
            lambda line, run=run: line.value(run),  # type: ignore[misc]
            width=24,
            wrap=True,
            format_of=_form,
            shade=_shade,
        )
        for title, run in zip(titles, report.runs, strict=True)
    ]
    columns: list[Column[Line]] = [
        Column("Figure", "text", _title, width=31, shade=_shade),
        *runs,
        Column("Meaning", "text", _meaning, width=96, wrap=True, shade=_shade),
    ]
    return Table("Overview", columns, list(_lines(report)), pages_wide=-(-len(runs) // RUNS_ON_A_PAGE) or 1)


def _lines(report: Report) -> Iterator[Line]:
    """The columns of Summary that hold something, under their headings."""
    columns = list(summary_table(report).columns[1:])
    group = ""
    for place, column in enumerate(columns):
        if column.title.endswith(" high") or all(column.value(run) in (None, "") for run in report.runs):
            continue
        if (column.group or WHAT) != group:
            group = column.group or WHAT
            yield Line(group)
        bounds = (column, columns[place + 1]) if column.title.endswith(" low") else None
        yield Line(group, column, bounds)


def _shade(line: Line) -> Shade | None:
    return "heading" if line.column is None else None


def _form(line: Line) -> Format:
    return "text" if line.column is None or line.bounds else line.column.format


def _title(line: Line) -> str:
    if line.column is None:
        return line.group
    return f"{line.column.title.removesuffix(' low')}, 95% interval" if line.bounds else line.column.title


def _meaning(line: Line) -> str:
    return "" if line.column is None or line.column.meaning == INTERVAL else line.column.meaning
