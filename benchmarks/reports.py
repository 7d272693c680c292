"""generate_result.py over large runs: time per 1,000 episodes and peak memory as the run grows.

Each size runs in a process of its own, pages left out, so that the peak is that size's. Linear means that the CPU time
per 1,000 episodes stays (ratio near 1); bounded means that memory grows by little per episode: figures are kept, traces
are not. The sizes here are a quick look of half a minute; `python -m benchmarks.reports 5000 10000 20000` is the long
one, of four minutes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measure import table, write
from benchmarks.synthetic_runs import KINDS, make_run, make_tasks

SIZES = (500, 1_000, 2_000)
CHILD = """
import resource, sys, time
from evaluation.cli import main
started, busy = time.perf_counter(), time.process_time()
main(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("FIGURES", time.perf_counter() - started, time.process_time() - busy, peak)
"""


def main(sizes: Sequence[int] = SIZES) -> Path:
    """Measures runs of these sizes and prints; returns the JSON file."""
    figures: dict[str, dict[str, float]] = {}
    rows: list[list[object]] = [["episodes", "wall s", "CPU s", "CPU s per 1,000", "ratio", "peak MB", "workbook MB"]]
    for size in sizes:
        with tempfile.TemporaryDirectory(prefix="phonebench-") as folder:
            row = _measure(Path(folder), size)
        per_thousand = row["cpu_s"] / size * 1000
        first = figures.get(str(sizes[0]), row)
        row["ratio"] = round(per_thousand / (first["cpu_s"] / sizes[0] * 1000), 3)
        figures[str(size)] = row
        rows.append([size, row["wall_s"], row["cpu_s"], per_thousand, row["ratio"], row["peak_mb"], row["workbook_mb"]])
    print(table(rows))
    return write("reports", figures)


def _measure(folder: Path, size: int) -> dict[str, float]:
    """Judges and reports a new run of `size` episodes."""
    tasks = make_tasks(folder / "tasks", size // 4)
    make_run(folder / "logs", tasks, KINDS[1], attempts=4)
    out = folder / "out"
    options = ["--input_folder", str(folder / "logs"), "--output_folder", str(out), "--no_html", "-p", "1"]
    done = subprocess.run([sys.executable, "-c", CHILD, *options], capture_output=True, text=True, timeout=1800)
    line = next((line for line in done.stdout.splitlines() if line.startswith("FIGURES")), None)
    if line is None:
        raise RuntimeError(done.stderr)
    names = ("wall_s", "cpu_s", "peak_mb")
    figures = dict(zip(names, map(float, line.split()[1:]), strict=True))
    figures["workbook_mb"] = (out / "results.xlsx").stat().st_size / 1e6
    return {name: round(value, 2) for name, value in figures.items()}


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or SIZES)
