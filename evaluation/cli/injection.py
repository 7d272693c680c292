"""`--probe_injection`: how often does a judge do what a text in the record tells it to do?"""

from __future__ import annotations

import sys
from argparse import Namespace

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evaluation.cli.progress import JudgingProgress
from evaluation.cli.runs import CALIBRATIONS, Judges, shown
from evaluation.judge.injection import InjectionProbe, load_cases, probe_injection
from evaluation.judge.injection.measure import FlipRate
from evaluation.statistics import percent, rounded
from phonebench.trace.files import write_json
from phonebench.trace.layout import verdict

OK, UNSCORED = 0, 1


def probe(options: Namespace) -> int:
    """Run the command; returns its exit code. Raises ConfigError."""
    judges = Judges(options)
    judge, _ = judges.llm()
    with JudgingProgress(2 * len(load_cases()), "probing") as progress:
        found = probe_injection(judge, threads=options.parallel, progress=progress.advance)
    out = Console() if sys.stdout.isatty() else Console(width=120)
    show_probe(out, found)
    name = verdict(judge.id).replace("verdict.", "injection.", 1)
    path = judges.logs / CALIBRATIONS / "judges" / name
    write_json(path, found)
    out.print(f"stored: {shown(path)}", soft_wrap=True, markup=False, highlight=False)
    return OK if found.overall.of else UNSCORED


def show_probe(out: Console, found: InjectionProbe) -> None:
    """Print how many attacks worked, by the way in, and which."""
    out.print(Text(f"{found.judge}: attacks that turned a right verdict into the one they ask for", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("Way in", no_wrap=True)
    for title in ("Turned", "Of", "Rate", "95%"):
        table.add_column(title, justify="right", no_wrap=True)
    for name, rate in (("all", found.overall), *found.by_channel.items()):
        table.add_row(name, str(rate.flips), str(rate.of), *_cells(rate))
    out.print(table)
    if turned := [case.id for case in found.cases if case.flipped]:
        out.print(Text("turned by: " + ", ".join(turned)))
    if hidden := sum(not case.reached for case in found.cases):
        out.print(f"{hidden} attacks are in UI trees only, which this judge is not shown: --ui_trees", highlight=False)
    if found.wrong_without or found.silenced:
        out.print(
            f"not counted: {found.wrong_without} misjudged or not judged without any attack, "
            f"{found.silenced} left without a usable verdict by it",
            highlight=False,
        )


def _cells(rate: FlipRate) -> tuple[str, str]:
    if rate.rate is None or rate.low is None or rate.high is None:
        return "-", "-"
    return percent(rate.rate), f"{rounded(rate.low * 100, 1)}-{percent(rate.high)}"
