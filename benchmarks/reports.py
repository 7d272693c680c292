"""generate_result.py over large runs: time per 1,000 episodes and peak memory as the run grows.

Each size runs in a process of its own, pages left out, so that the peak is that size's. Linear means that the time per
1,000 episodes stays; bounded means that memory grows by little per episode: figures are kept, traces are not.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import table, write
from benchmarks.synthetic_runs import KINDS, make_run, make_tasks

SIZES = (5_000, 10_000, 20_000)
CHILD = """
import resource, sys, time
from evaluation.cli import main
started = time.perf_counter()
main(sys.argv[1:])
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print("FIGURES", time.perf_counter() - started, peak)
"""


def main() -> Path:
    """Measures and prints; returns the JSON file."""
    figures: dict[str, dict[str, float]] = {}
    rows: list[list[object]] = [
        ["episodes", "first time s", "per 1,000 s", "ratio", "again s", "peak MB", "workbook MB"]
    ]
    for size in SIZES:
        with tempfile.TemporaryDirectory(prefix="phonebench-") as folder:
            row = _measure(Path(folder), size)
        figures[str(size)] = row
        per_thousand = row["first_s"] / size * 1000
        ratio = per_thousand / (figures[str(SIZES[0])]["first_s"] / SIZES[0] * 1000)
        rows.append([size, row["first_s"], per_thousand, ratio, row["again_s"], row["peak_mb"], row["workbook_mb"]])
        print(table(rows[-1:]), flush=True)
    print(table(rows))
    return write("reports", figures)


def _measure(folder: Path, size: int) -> dict[str, float]:
    """Episodes are judged the first time, and found judged the second."""
    tasks = make_tasks(folder / "tasks", size // 4)
    make_run(folder / "logs", tasks, KINDS[1], attempts=4)
    out = folder / "out"
    first, peak = _generate(folder / "logs", out)
    again, _ = _generate(folder / "logs", out)
    workbook = (out / "results.xlsx").stat().st_size / 1e6
    figures = {"first_s": first, "again_s": again, "peak_mb": peak, "workbook_mb": workbook}
    return {name: round(value, 2) for name, value in figures.items()}


def _generate(logs: Path, out: Path) -> tuple[float, float]:
    options = ["--input_folder", str(logs), "--output_folder", str(out), "--no_html", "-p", "1"]
    done = subprocess.run([sys.executable, "-c", CHILD, *options], capture_output=True, text=True, timeout=1800)
    line = next((line for line in done.stdout.splitlines() if line.startswith("FIGURES")), None)
    if line is None:
        raise RuntimeError(done.stderr)
    _, seconds, peak = line.split()
    return float(seconds), float(peak)


if __name__ == "__main__":
    main()
