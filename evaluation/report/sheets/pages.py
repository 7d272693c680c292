"""Links from rows to the pages of the HTML report that lies beside the workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import quote

from evaluation.metrics import EpisodeFigures
from evaluation.report.numbers import Report, RunReport
from evaluation.report.sheets.table import Column, Row


@dataclass(frozen=True)
class Pages:
    """Addresses of the pages of a report; `index` is its first page, as seen from the workbook."""

    report: Report
    index: str
    _ids: dict[int, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for run, run_id in zip(self.report.runs, self.report.run_ids, strict=True):
            self._ids[id(run)] = run_id

    def address(self, run: RunReport, episode: EpisodeFigures, step: int | None = None) -> str | None:
        """Of an episode, or of one of its steps, counted from 0; None for an episode that was never recorded."""
        if episode.outcome is None:
            return None
        place = f"{self._ids[id(run)]}/{quote(episode.task_id, safe='')}.{episode.attempt}"
        return f"{quote(self.index)}#/episode/{place}{'' if step is None else f'/{step + 1}'}"


def link_columns(pages: Pages | None, address: Callable[[Row], str | None]) -> list[Column[Row]]:
    """The column that opens a row's page; none where there are no pages."""
    if pages is None:
        return []
    return [Column("Open", "text", lambda row: address(row) and "open", "its page in the report", 7, link=address)]
