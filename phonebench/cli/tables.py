"""The tables that eval.py prints: tasks, checks, validation, the closing histogram."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from phonebench.cli.display import clean
from phonebench.config.describe import schema_lines
from phonebench.device import Check
from phonebench.runner import Finding, Summary
from phonebench.schema.task import Suite

_BAR = 30


def print_tasks(console: Console, suite: Suite) -> None:
    """id, app, kind, steps, instruction."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("id", "app", "kind", "steps", "instruction"):
        table.add_column(name, justify="right" if name == "steps" else "left", overflow="fold")
    for task in suite.tasks:
        cells = (task.id, task.app, task.kind, str(task.reference_steps), clean(task.instruction, 2000))
        table.add_row(*map(Text, cells))
    console.print(table)
    console.print(Text(f"{len(suite.tasks)} tasks"))


def print_schema(console: Console) -> None:
    """Key, type, default, meaning."""
    for key, kind, default, meaning in schema_lines():
        shown = f" = {default}" if default else ""
        console.print(Text.assemble((key, "bold"), f"  {kind}{shown}"), soft_wrap=True)
        if meaning:
            console.print(Text(f"    {' '.join(meaning.split())}"), soft_wrap=True)


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """One row per task, then the scripts that did not do as they should."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("task", "solution", "steps", "human", "near misses rejected"):
        table.add_column(name, justify="right" if name in ("steps", "human") else "left")
    for task in dict.fromkeys(finding.task.id for finding in findings):
        own = [finding for finding in findings if finding.task.id == task]
        solution, misses = own[0], own[1:]
        rejected = sum(1 for miss in misses if miss.ok)
        table.add_row(
            Text(task),
            Text("pass" if solution.ok else "FAIL", "green" if solution.ok else "red"),
            Text(str(solution.steps)),
            Text(str(solution.task.reference_steps)),
            Text(f"{rejected} of {len(misses)}", "green" if rejected == len(misses) else "red"),
        )
    console.print(table)
    for finding in findings:
        if not finding.ok:
            for line in _complaint(finding):
                console.print(Text(line), soft_wrap=True)
    good = sum(1 for finding in findings if finding.ok and finding.expected == "pass")
    solutions = sum(1 for finding in findings if finding.expected == "pass")
    rejected = sum(1 for finding in findings if finding.ok and finding.expected == "fail")
    misses_all = len(findings) - solutions
    console.print(Text(f"{good}/{solutions} solutions pass, {rejected}/{misses_all} near misses fail", "bold"))


def print_check(console: Console, check: Check) -> None:
    """One row, at once, since phones take their time: mark, name, what was found; below, what to do about it."""
    mark, style = ("ok", "green") if check.ok and not check.next_step else ("note", "yellow")
    if not check.ok:
        mark, style = "FAIL", "red"
    first, *more = [clean(line, 1000) for line in check.found.splitlines()] or [""]
    console.print(Text.assemble((f"{mark:<4}", style), f" {check.name + ':':<14} {first}"), soft_wrap=True)
    for line in (*more, *filter(None, [check.next_step and f"-> {check.next_step}"])):
        console.print(Text(f"{'':<20}{line}"), soft_wrap=True)


def print_histogram(console: Console, summary: Summary) -> None:
    """How the episodes ended, why some broke off, and how they were judged."""
    for title, counts in (("ended", summary.outcomes), ("errors", summary.errors), ("judged", summary.verdicts)):
        most = max(counts.values(), default=0)
        for name, count in counts.most_common():
            bar = "█" * max(1, round(_BAR * count / most))
            console.print(Text(f"{title:<8}{name:<18}{count:>6}  {bar}"))
            title = ""


def print_lines(console: Console, lines: Iterable[str]) -> None:
    """Plain lines."""
    for line in lines:
        console.print(Text(line), soft_wrap=True)


def _complaint(finding: Finding) -> list[str]:
    said = finding.verdict.result if finding.verdict else "not judged"
    lines = [f"{finding.task.id}, {finding.script}: should {finding.expected}, is {said} - {finding.folder}"]
    if finding.error:
        lines.append(f"    {clean(finding.error, 400)}")
    if finding.verdict is not None:
        lines.append(f"    {clean(finding.verdict.reason, 300)}")
        lines += [f"    side effect: {effect.path}" for effect in finding.verdict.side_effects[:5]]
    return lines
