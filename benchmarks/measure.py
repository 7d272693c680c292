"""Repeated measurements as medians and ratios. Figures are written as JSON; nothing here is a test."""

from __future__ import annotations

import json
import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "output" / "benchmarks"


@dataclass(frozen=True, slots=True)
class Sample:
    """Milliseconds of repeated runs of one thing."""

    name: str
    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    def quantile(self, share: float) -> float:
        """The value below which `share` of the runs lie (nearest rank)."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    def row(self) -> dict[str, Any]:
        """For JSON: ms, rounded to the microsecond."""
        return {
            "p50_ms": round(self.median, 3),
            "p95_ms": round(self.quantile(0.95), 3),
            "min_ms": round(min(self.values), 3),
            "runs": len(self.values),
        }


def timed(name: str, work: Callable[[], object], runs: int, *, before: Callable[[], object] | None = None) -> Sample:
    """Runs `work` and keeps each duration; `before` runs untimed in front of each. Warm-up is the caller's business."""
    values = []
    for _ in range(runs):
        if before is not None:
            before()
        started = time.perf_counter()
        work()
        values.append((time.perf_counter() - started) * 1000)
    return Sample(name, tuple(values))


def write(name: str, figures: dict[str, Any]) -> Path:
    """Writes output/benchmarks/NAME.json with what is needed to read the figures later."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    path = RESULTS / f"{name}.json"
    machine = {"cpus": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    record = {"benchmark": name, "at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": machine}
    path.write_text(json.dumps({**record, "figures": figures}, indent=2) + "\n")
    return path


def table(rows: Sequence[Sequence[object]]) -> str:
    """Left-aligned columns."""
    cells = [[f"{c:.3g}" if isinstance(c, float) else str(c) for c in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in cells)
