"""The simulated phone inside its own process, at 1080x2400: what one step, one screenshot, one reset cost.

The aims beside the figures are those the project set itself for 2 cores. "Fresh" empties the cache of screen bands
before each run, so that every pixel is drawn and deflated anew; "seen" finds bands that some phone of the process
showed before, which is what most steps of a long run do.
"""

from __future__ import annotations

import gc
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.measure import Sample, table, timed, write
from simphone.phone.phone import Phone
from simphone.ui import raster

CLOCK = "com.google.android.deskclock"
COLD = """
import time; started = time.perf_counter()
from simphone.phone.phone import Phone
Phone("androidlab", width=1080, height=2400, density=420).png()
print((time.perf_counter() - started) * 1000)
"""


def main() -> Path:
    """Measures and prints; returns the JSON file."""
    samples = {"cold_process_first_png": _cold(), **_phone_samples()}
    figures: dict[str, Any] = {name: sample.row() for name, sample in samples.items()}
    figures["memory_per_phone_mb"] = round(_memory_per_phone(), 2)
    figures["steps_per_second"] = {str(n): round(_steps_per_second(n), 1) for n in (1, 4, 8)}
    _print(samples, figures)
    return write("phone", figures)


AIMS = {
    "cold_process_first_png": 600,
    "warm_start_first_png": 150,
    "tap_png_fresh": 20,
    "png_fresh": 15,
    "dump": 5,
    "snapshot": 3,
    "fork": 3,
    "reset": 3,
}


def _print(samples: dict[str, Sample], figures: dict[str, Any]) -> None:
    rows: list[list[object]] = [["1080x2400", "p50 ms", "p95 ms", "aim ms"]]
    rows += [[name, s.median, s.quantile(0.95), AIMS.get(name, "")] for name, s in samples.items()]
    rows.append(["memory per further phone (MB)", figures["memory_per_phone_mb"], "", 10])
    rows += [[f"steps/s, {n} phones in one process", rate, "", 100] for n, rate in figures["steps_per_second"].items()]
    print(table(rows))


def _phone() -> Phone:
    return Phone("androidlab", width=1080, height=2400, density=420)


def _cold() -> Sample:
    """From the first import to the first PNG in a new interpreter."""
    values = []
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", COLD], capture_output=True, text=True, check=True, timeout=60)
        values.append(float(done.stdout))
    return Sample("cold", tuple(values))


def _phone_samples() -> dict[str, Sample]:
    phone = _phone()
    phone.png()
    samples = {"warm_start_first_png": timed("start", lambda: _phone().png(), 20)}
    tabs = itertools.cycle(_tab_centres(phone))

    def tap() -> None:
        phone.tap(*next(tabs))

    def tap_png() -> None:
        tap()
        phone.png()

    def scroll() -> None:
        phone.swipe(540, 1500, 540, 1300 if next(up) else 1700, 400)

    up = itertools.cycle((True, False))
    for _ in range(10):
        tap_png()
    samples["tap_png_fresh"] = timed("tap + PNG of another tab", tap_png, 60, before=raster.forget)
    samples["tap_png_seen"] = timed("tap + PNG of another tab", tap_png, 60)
    samples["png_fresh"] = timed("whole PNG", phone.png, 60, before=raster.forget)
    samples["png_same"] = timed("PNG of the same screen", phone.png, 60)
    samples["dump"] = timed("uiautomator XML", phone.xml, 60, before=tap)
    phone.launch("com.android.settings")
    samples["scroll_png"] = timed("PNG after scrolling", phone.png, 40, before=scroll)
    snapshot = phone.snapshot()
    samples["snapshot"] = timed("snapshot", phone.snapshot, 60)
    samples["restore"] = timed("restore", lambda: phone.restore(snapshot), 60)
    samples["fork"] = timed("fork", phone.fork, 60)
    samples["reset"] = timed("reset", phone.reset, 60)
    return samples


def _tab_centres(phone: Phone) -> list[tuple[float, float]]:
    phone.launch(CLOCK)
    width, height = phone.metrics.width, phone.metrics.height
    y = height - phone.metrics.nav_bar - phone.metrics.px(40)
    return [(width * (2 * n + 1) / 10, y) for n in range(5)]


def _memory_per_phone() -> float:
    """MB of resident memory that a further, used phone adds (mean of 20)."""

    def used_phone() -> Phone:
        phone = _phone()
        for x, y in _tab_centres(phone):
            phone.tap(x, y)
            phone.png()
            phone.xml()
        return phone

    phones = [used_phone()]
    gc.collect()
    before = _resident_mb()
    phones += [used_phone() for _ in range(20)]
    gc.collect()
    return (_resident_mb() - before) / 20


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _steps_per_second(count: int, seconds: float = 3.0) -> float:
    """Tap and screenshot, phones taking turns in one thread."""
    phones = [_phone() for _ in range(count)]
    steps: list[Callable[[], object]] = []
    for phone in phones:
        tabs = itertools.cycle(_tab_centres(phone))
        steps.append(lambda phone=phone, tabs=tabs: (phone.tap(*next(tabs)), phone.png()))  # type: ignore[misc]
    end = time.perf_counter() + seconds
    for done, step in enumerate(itertools.cycle(steps), 1):
        step()
        if time.perf_counter() >= end:
            return done / seconds
    raise AssertionError("unreachable: the cycle has no end")
