"""The summary on a terminal: the same figures as the spreadsheet's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import combinations

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.compare import Paired
from evaluation.metrics import Figures, Latency, Rate
from evaluation.report.console_notes import notes
from evaluation.report.numbers import Report
from evaluation.report.sheets import pair_table, summary_table
from evaluation.report.sheets.apps import caution
from evaluation.report.sheets.table import text_of
from evaluation.statistics import percent, rounded
from phonebench.schema.text import visible

MOST_APPS = 20
MOST_PAIRS = 6
LONGEST_BAR = 24
WIDE = 110
"""Terminal columns from which the secondary figures are shown too; no figure is ever cut."""


def show(console: Console, report: Report) -> None:
    """Print tables of runs, of apps for a single run, of pairs and of errors, then what went wrong."""
    wide = console.width >= WIDE
    console.print(Text(f"phonebench - {report.label}", style="bold"))
    console.print(_figures("Run", ((run.name, run.overall) for run in report.runs), wide))
    if len(report.runs) == 1 and len(report.runs[0].apps) > 1:
        apps = report.runs[0].apps
        console.print(_figures("App", [(_app(app, figures), figures) for app, figures in apps[:MOST_APPS]], wide))
        if len(apps) > MOST_APPS:
            console.print(f"... {len(apps) - MOST_APPS} more apps in the spreadsheet")
    shown = _foremost(report)
    for table in (_more(report), _pairs(report, shown) if shown else None, _errors(report)):
        if table is not None:
            console.print(table)
    if len(shown) < len(report.pairs):
        console.print(f"... {len(report.pairs) - len(shown)} more pairs of runs in the sheets Compare and Matrix")
    for note in notes(report):
        note.plain = visible(note.plain)
        console.print(note)


def _app(app: str, figures: Figures) -> str:
    warning = caution(figures)
    return f"{app} ({warning})" if warning else app


def rate_text(rate: Rate) -> str:
    """`31/32  96.9%`; a dash without a denominator."""
    return "-" if rate.value is None else f"{rate.hits}/{rate.of} {percent(rate.value)}"


def share_text(share: float | None) -> str:
    """One decimal, as in the spreadsheet; a dash for none."""
    return "-" if share is None else percent(share)


def interval_text(rate: Rate) -> str:
    """`84.3-99.4%`."""
    interval = rate.interval
    return "-" if interval is None else f"{percent(interval.low)[:-1]}-{percent(interval.high)}"


_COLUMNS: tuple[tuple[str, bool, Callable[[Figures], str]], ...] = (
    ("SR", True, lambda f: rate_text(f.success)),
    ("95%", True, lambda f: interval_text(f.success)),
    ("Scored", True, lambda f: f"{f.coverage.hits}/{f.coverage.of}"),
    ("Sub-SR", True, lambda f: share_text(f.sub_goals.value)),
    ("RRR", False, lambda f: share_text(f.redundancy)),
    ("ROR", False, lambda f: share_text(f.reasonable.value)),
    ("Clean", True, lambda f: share_text(f.clean.value)),
    ("False", True, lambda f: f"{f.false_completions.hits}/{f.false_completions.of}"),
    ("Steps", False, lambda f: "-" if f.mean_steps is None else rounded(f.mean_steps, 1)),
    ("s/step", True, lambda f: _seconds(f.step)),
)
"""(title, shown on a narrow terminal too, text); s/step is p50 / p95."""


def _figures(first: str, rows: Iterable[tuple[str, Figures]], wide: bool) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column(first, overflow="fold", min_width=6)
    shown = [(title, text) for title, narrow, text in _COLUMNS if wide or narrow]
    for title, _ in shown:
        table.add_column(title, justify="right", no_wrap=True)
    for name, figures in rows:
        table.add_row(Text(name), *(text(figures) for _, text in shown))
    return table


def _seconds(latency: Latency) -> str:
    if latency.p50 is None or latency.p95 is None:
        return "-"
    return f"{rounded(latency.p50, 2)}/{rounded(latency.p95, 2)}"


def _foremost(report: Report) -> tuple[Paired, ...]:
    """All pairs of runs; of many, those of the run with the highest success rate."""
    if len(report.pairs) <= MOST_PAIRS:
        return report.pairs
    best = max(range(len(report.runs)), key=lambda place: report.runs[place].overall.success.value or 0.0)
    places = combinations(range(len(report.runs)), 2)
    return tuple(pair for pair, both in zip(report.pairs, places, strict=True) if best in both)


def _pairs(report: Report, pairs: Iterable[Paired]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    for name in ("Run", "Against"):
        table.add_column(name, overflow="fold")
    columns = {column.title: column for column in pair_table(report).columns}
    for name in ("Tasks", "Wins-losses-ties", "Difference", "95%", "p (Holm)"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("In words", overflow="fold")
    for pair in pairs:
        shown = {title: text_of(column, pair) or "-" for title, column in columns.items()}
        table.add_row(
            Text(pair.first),
            Text(pair.second),
            shown["Tasks"],
            f"{pair.wins}-{pair.losses}-{pair.ties}",
            shown["Difference"],
            f"{shown['Difference low'][:-1]} to {shown['Difference high']}" if pair.interval else "-",
            shown["p (Holm)"],
            Text(pair.words),
        )
    return table


_MORE = ("Attempts", "pass@k", "pass^k", "Spread", "Device share", "Cloud share", "Controller calls per task",
         "Cloud calls", "Cloud tokens", "Cloud calls saved", "Cloud-only run", "Cost", "Cost per success")  # fmt: skip
"""Columns of Summary that are shown where they say something: several attempts, a cloud model, prices."""


def _more(report: Report) -> Table | None:
    """Attempts, cloud and cost, figures as rows and runs as columns; None where there is nothing of them."""
    columns = [column for column in summary_table(report).columns if column.title in _MORE]
    filled = [column for column in columns if any(column.value(run) for run in report.runs)]
    # That a single model on the device decided all steps is nothing to tell.
    filled = filled if {column.title for column in filled} - {"Device share"} else []
    if not filled:
        return None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("")
    for run in report.runs:
        table.add_column(Text(run.name), justify="right", overflow="fold")
    for column in filled:
        table.add_row(column.title, *(Text(text_of(column, run) or "-") for run in report.runs))
    return table


def _errors(report: Report) -> Table | None:
    """A histogram of the errors that ended episodes, over all runs; None without any."""
    counts = Counter({name: 0 for run in report.runs for name, _ in run.overall.errors})
    for run in report.runs:
        counts.update(dict(run.overall.errors))
    if not counts:
        return None
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Errors", overflow="fold")
    table.add_column("", no_wrap=True)
    for run in report.runs if len(report.runs) > 1 else ():
        table.add_column(Text(run.name), justify="right", overflow="fold")
    longest = LONGEST_BAR if len(report.runs) < WIDE // LONGEST_BAR else LONGEST_BAR // 3
    most = max(counts.values())
    for name, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        bar = "█" * max(1, round(count / most * longest))
        own = (dict(run.overall.errors).get(name, 0) for run in report.runs if len(report.runs) > 1)
        table.add_row(Text(name), f"{bar} {count}", *map(str, own))
    return table
