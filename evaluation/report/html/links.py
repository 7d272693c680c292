"""Addresses within a report, for whoever links to it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

INDEX = "index.html"


def report_folder(excel: Path) -> Path:
    """Where the HTML report of a spreadsheet lies: `report/` beside results.xlsx, `NAME_report/` beside NAME.xlsx."""
    return excel.with_name("report" if excel.stem == "results" else f"{excel.stem}_report")


def run_address(run_id: str) -> str:
    """The page of a run, relative to the report's folder; `Report.run_ids` names the runs."""
    return f"{INDEX}#/run/{quote(run_id)}"


def episode_address(run_id: str, task_id: str, attempt: int, step: int | None = None) -> str:
    """The page of an episode, relative to the report's folder; `step` counts from 1, as in the sheet Steps."""
    place = "" if step is None else f"/{step}"
    return f"{INDEX}#/episode/{quote(run_id)}/{quote(f'{task_id}.{attempt}')}{place}"
