"""Speed measurements as a workbook, JSON and a table: models side by side, ratios to the first with intervals."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.table import Table as RichTable
from rich.text import Text

from evaluation.report.sheets import Cell, Column, Table, about_table
from evaluation.report.workbook import check_writable, write_tables
from evaluation.statistics import Interval, bootstrap_ratio, quantile
from phonebench.speed import CacheEffect, Level, ModelSpeed, Sample, ServerFigure, SpeedReport

Value = Callable[[Sample], float | None]
MS: Final = 1000.0

FIGURES: Final[tuple[tuple[str, str, Value, str], ...]] = (
    ("TTFT", "ms", lambda s: _ms(s.ttft_s), "from sending the request to the first piece of the reply"),
    ("Time per output token", "ms", lambda s: _ms(s.token_s), "after the first one"),
    ("Model", "ms", lambda s: s.total_s * MS, "from sending the request to the end of the reply"),
    ("Prepare", "ms", lambda s: s.prepare_s * MS, "marks, scaling and encoding of the screenshot, on this machine"),
    ("Step", "ms", lambda s: s.step_s * MS, "prepare and model: what a step takes besides the phone"),
    ("Output tokens per second", "1/s", lambda s: _rate(s), "of one request, over its whole time"),
    ("Prompt tokens", "", lambda s: float(s.prompt_tokens), "as the server counts them"),
    ("Cached prompt tokens", "", lambda s: float(s.cached_tokens), "0 also where the server does not tell"),
    ("Output tokens", "", lambda s: float(s.completion_tokens), "as the server counts them"),
)
"""Title, unit, value in one request, meaning."""
_CLIENT_SIDE: Final[dict[str, Value]] = {
    "TTFT": lambda s: _ms(s.ttft_s),
    "inter-token latency": lambda s: _ms(s.token_s),
    "time per output token": lambda s: _ms(s.token_s),
    "whole request": lambda s: s.total_s * MS,
}


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure of all models; `values` maps a model's position to its requests' values by prompt number."""

    title: str
    unit: str
    values: tuple[dict[int, float], ...]


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One model at one level; `first` is the first model at the same level."""

    model: ModelSpeed
    level: Level
    first: Level


@dataclass(frozen=True, slots=True)
class CacheRow:
    """One model's requests sent twice."""

    model: ModelSpeed
    effect: CacheEffect


@dataclass(frozen=True, slots=True)
class ServerRow:
    """One figure of a server, with the client's mean of the same thing where there is one."""

    model: ModelSpeed
    concurrency: int
    title: str
    count: int
    figure: ServerFigure | None = None
    client_ms: float | None = None


def publish(report: SpeedReport, folder: Path) -> str:
    """Write speed.xlsx and speed.json; returns the table for the console. Raises ConfigError."""
    tables: list[Table[Any]] = [
        speed_table(report), concurrency_table(report), cache_table(report), server_table(report)
    ]  # fmt: skip
    excel = folder / "speed.xlsx"
    check_writable(excel)
    about = about_table(list(_about(report, tables)))
    write_tables([*tables, about], excel, label=report.label, title="phonebench speed")
    content = {"label": report.label, **{table.title: _records(table) for table in tables}, "raw": asdict(report)}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / "speed.json").write_text(text, "utf-8", errors="replace")
    return f"{_console(report)}\nspreadsheet: {excel}"


def speed_table(report: SpeedReport) -> Table[FigureRow]:
    """One row per figure, one request at a time; models side by side."""
    columns: list[Column[FigureRow]] = [
        Column("Figure", "text", lambda row: row.title, width=26),
        Column("Unit", "text", lambda row: row.unit, width=7),
    ]
    for position, model in enumerate(report.models):
        columns += _side(position, model, report.models[0])
    return Table("Speed", columns, figure_rows(report.models), frozen=2)


def figure_rows(models: Sequence[ModelSpeed]) -> list[FigureRow]:
    """The figures of one request at a time."""
    return [
        FigureRow(title, unit, tuple(_by_prompt(model.levels[0], value) for model in models))
        for title, unit, value, _ in FIGURES
    ]


def ratio(row: FigureRow, position: int) -> tuple[float, Interval] | None:
    """Mean of a model over the mean of the first, on the prompts that both answered, with its 95% interval."""
    first, own = row.values[0], row.values[position]
    pairs = [(first[prompt], own[prompt]) for prompt in sorted(first.keys() & own.keys())]
    return _ratio_of(pairs)


def concurrency_table(report: SpeedReport) -> Table[LevelRow]:
    """One row per model and level."""
    columns: list[Column[LevelRow]] = [
        Column("Model", "text", lambda row: row.model.label, width=26),
        Column("At a time", "count", lambda row: row.level.concurrency, "requests under way"),
        Column("Requests", "count", lambda row: len(row.level.samples)),
        Column("Failed", "count", lambda row: len(row.level.samples) - len(row.level.good), "not in the figures"),
        Column("Requests/s", "number", lambda row: row.level.requests_per_s, "answered requests / wall time"),
        Column("Ratio", "number", _level_ratio, "requests/s over those of the first model at the same level"),
        Column("Output tokens/s", "number", lambda row: row.level.tokens_per_s, "of all requests together"),
        Column("TTFT p50 ms", "number", lambda row: _quantile(row.level.good, lambda s: _ms(s.ttft_s), 0.5)),
        Column("TTFT p95 ms", "number", lambda row: _quantile(row.level.good, lambda s: _ms(s.ttft_s), 0.95)),
        Column("Model p50 ms", "number", lambda row: _quantile(row.level.good, lambda s: s.total_s * MS, 0.5)),
        Column("Model p95 ms", "number", lambda row: _quantile(row.level.good, lambda s: s.total_s * MS, 0.95)),
        Column("Wall s", "seconds", lambda row: row.level.wall_s),
        Column("Client CPU", "share", lambda row: row.level.client_share, "near 100%, the client limits the figures"),
    ]
    rows = [
        LevelRow(model, level, first)
        for model in report.models
        for level, first in zip(model.levels, report.models[0].levels, strict=True)
    ]
    return Table("Concurrency", columns, rows, frozen=2)


def cache_table(report: SpeedReport) -> Table[CacheRow]:
    """One row per model: TTFT of prompts that no cache knows, and of the same prompts again."""
    columns: list[Column[CacheRow]] = [
        Column("Model", "text", lambda row: row.model.label, width=26),
        Column("Prompts", "count", lambda row: len(_cache_pairs(row.effect)), "answered both times"),
        Column("TTFT unknown ms", "number", lambda row: _half(row, 0), "median; a prompt new from its first word"),
        Column("TTFT again ms", "number", lambda row: _half(row, 1), "median; the same prompt at once again"),
        Column("Ratio", "number", lambda row: _cache_ratio(row, "value"), "mean again / mean unknown"),
        Column("Ratio low", "number", lambda row: _cache_ratio(row, "low"), "of the 95% bootstrap interval"),
        Column("Ratio high", "number", lambda row: _cache_ratio(row, "high"), "of the 95% bootstrap interval"),
        Column("Cached tokens", "number", lambda row: _mean(s.cached_tokens for s in row.effect.again), "mean, again"),
        Column("Prompt tokens", "number", lambda row: _mean(s.prompt_tokens for s in row.effect.again), "mean"),
    ]
    return Table("Cache", columns, [CacheRow(model, model.cache) for model in report.models if model.cache])


def server_table(report: SpeedReport) -> Table[ServerRow]:
    """What the servers measured themselves, beside the client's means."""
    columns: list[Column[ServerRow]] = [
        Column("Model", "text", lambda row: row.model.label, width=26),
        Column("At a time", "count", lambda row: row.concurrency),
        Column("Figure", "text", lambda row: row.title, width=34),
        Column("Count", "count", lambda row: row.count, "events, or tokens for counters"),
        Column("Mean ms", "number", lambda row: _ms(row.figure.mean_s) if row.figure else None),
        Column("p50 ms", "number", lambda row: _ms(row.figure.p50_s) if row.figure else None, _BUCKETS),
        Column("p95 ms", "number", lambda row: _ms(row.figure.p95_s) if row.figure else None, _BUCKETS),
        Column("Client's mean ms", "number", lambda row: row.client_ms, "of the same thing, seen from here"),
    ]
    return Table("Server", columns, list(_server_rows(report)), frozen=3)


_BUCKETS: Final = "read off the server's buckets, so no finer than these"


def _side(position: int, model: ModelSpeed, first: ModelSpeed) -> Iterator[Column[FigureRow]]:
    def statistic(title: str, of: Callable[[list[float]], float | None], meaning: str) -> Column[FigureRow]:
        return Column(
            f"{model.label} {title}", "number", lambda row: of(list(row.values[position].values())), meaning, 16
        )

    yield statistic("mean", _mean, "")
    yield statistic("p50", lambda values: quantile(values, 0.5), "")
    yield statistic("p95", lambda values: quantile(values, 0.95), "")
    if position == 0:
        return

    def part(title: str, of: Callable[[tuple[float, Interval]], float], meaning: str) -> Column[FigureRow]:
        def value(row: FigureRow) -> Cell:
            found = ratio(row, position)
            return None if found is None else of(found)

        return Column(f"{model.label} {title}", "number", value, meaning, 16)

    yield part("ratio", lambda found: found[0], f"mean over that of {first.label}, on the same screens")
    yield part("low", lambda found: found[1].low, "of the ratio's 95% bootstrap interval")
    yield part("high", lambda found: found[1].high, "of the ratio's 95% bootstrap interval")


def _server_rows(report: SpeedReport) -> Iterator[ServerRow]:
    for model in report.models:
        levels = {level.concurrency: level for level in model.levels}
        for figure in model.server:
            value = _CLIENT_SIDE.get(figure.name)
            seen = _values(levels[figure.concurrency].good, value) if value else []
            yield ServerRow(model, figure.concurrency, figure.name, figure.count, figure, _mean(seen))
        for concurrency, title, count in model.server_tokens:
            yield ServerRow(model, concurrency, title, count)


def _about(report: SpeedReport, tables: Sequence[Table[Any]]) -> Iterator[tuple[str, str, Cell]]:
    yield "Measurement", "Screens", f"{report.observations} observations: {report.source}"
    yield "Measurement", "Phone", report.label
    yield "Measurement", "Started", report.created_at
    for item, text in report.options:
        yield "Measurement", item, text
    yield (
        "Measurement",
        "History",
        "what a request carries of earlier steps is the recording's, the same for all models",
    )
    yield "Measurement", "Screenshots", "each is marked in a corner, so that no server has seen it before"
    yield "Measurement", "Intervals", "95% percentile bootstrap over screens, which both models answered"
    for model in report.models:
        yield model.label, "Config", model.config
        yield model.label, "Endpoint", model.base_url
        yield model.label, "Dialect", model.dialect
        yield model.label, "Screenshots as", model.image
        yield model.label, "Server's figures", model.server_note
        for level in model.levels:
            errors = sorted({sample.error for sample in level.samples if sample.error})
            for error in errors[:3]:
                yield model.label, f"FAILED, {level.concurrency} at a time", error
    for title, _, _, meaning in FIGURES:
        yield "Sheet Speed", title, meaning
    for table in tables:
        for column in table.columns:
            if column.meaning:
                yield f"Sheet {table.title}", column.title, column.meaning


def _console(report: SpeedReport) -> str:
    table = RichTable(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("one request at a time")
    for position, model in enumerate(report.models):
        table.add_column(Text(f"{model.label}, p50"), justify="right")
        if position:
            table.add_column("ratio (95%)", justify="right")
    for row in figure_rows(report.models):
        cells = [f"{row.title} {row.unit}".strip()]
        for position, values in enumerate(row.values):
            cells.append(_shown(quantile(list(values.values()), 0.5)))
            if position:
                cells.append(_ratio_text(ratio(row, position)))
        table.add_row(*map(Text, cells))
    for levels in zip(*(model.levels for model in report.models), strict=True):
        cells = [f"requests/s, {levels[0].concurrency} at a time", _shown(levels[0].requests_per_s)]
        for level in levels[1:]:
            base = levels[0].requests_per_s
            cells += [_shown(level.requests_per_s), f"{level.requests_per_s / base:.2f}" if base else "-"]
        table.add_row(*map(Text, cells))
    console = Console(width=400, color_system=None)
    with console.capture() as captured:
        console.print(Text(f"phonebench speed - {report.label}"))
        console.print(table)
    return "\n".join(line.rstrip() for line in captured.get().splitlines())


def _records(table: Table[Any]) -> list[dict[str, Cell]]:
    return [{column.title: column.value(row) for column in table.columns} for row in table.rows]


def _by_prompt(level: Level, value: Value) -> dict[int, float]:
    found = ((sample.prompt, value(sample)) for sample in level.good)
    return {prompt: number for prompt, number in found if number is not None}


def _values(samples: Iterable[Sample], value: Value) -> list[float]:
    return [number for sample in samples if (number := value(sample)) is not None]


def _quantile(samples: Iterable[Sample], value: Value, share: float) -> float | None:
    return quantile(_values(samples, value), share)


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return fmean(found) if found else None


def _ms(seconds: float | None) -> float | None:
    return None if seconds is None else seconds * MS


def _rate(sample: Sample) -> float | None:
    return sample.completion_tokens / sample.total_s if sample.total_s and sample.completion_tokens else None


def _level_ratio(row: LevelRow) -> float | None:
    return row.level.requests_per_s / row.first.requests_per_s if row.first.requests_per_s else None


def _ratio_of(pairs: Sequence[tuple[float, float]]) -> tuple[float, Interval] | None:
    if not pairs or any(first <= 0 for first, _ in pairs):
        return None
    interval = bootstrap_ratio(pairs)
    assert interval is not None
    return fmean(second for _, second in pairs) / fmean(first for first, _ in pairs), interval


def _cache_pairs(effect: CacheEffect) -> list[tuple[float, float]]:
    both = zip(effect.fresh, effect.again, strict=True)
    return [(a.ttft_s, b.ttft_s) for a, b in both if a.ttft_s is not None and b.ttft_s is not None]


def _half(row: CacheRow, side: int) -> float | None:
    return _ms(quantile([pair[side] for pair in _cache_pairs(row.effect)], 0.5))


def _cache_ratio(row: CacheRow, what: str) -> float | None:
    found = _ratio_of(_cache_pairs(row.effect))
    if found is None:
        return None
    return {"value": found[0], "low": found[1].low, "high": found[1].high}[what]


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def _ratio_text(found: tuple[float, Interval] | None) -> str:
    return "-" if found is None else f"{found[0]:.2f} ({found[1].low:.2f}-{found[1].high:.2f})"
