"""The simulated phone through the real adb server, as episodes drive it, at 1080x2400."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks.measure import Sample, table, timed, write
from phonebench.config import PhoneConfig
from phonebench.device import make_provider
from phonebench.schema.action import Point, Tap
from phonebench.schema.protocols import Phone

CLOCK = "com.google.android.deskclock"
AIMS = {"tap_png": 20, "png": 15, "dump": 5, "snapshot": 3, "reset": 3}


def main() -> Path:
    """Measures and prints; returns the JSON file."""
    started = time.perf_counter()
    with make_provider(_config(1)) as provider, provider.lease() as phone:
        first = (time.perf_counter() - started) * 1000
        samples = _one_phone(phone)
    figures: dict[str, Any] = {"provider_to_leased_phone_ms": round(first, 1)}
    figures |= {name: sample.row() for name, sample in samples.items()}
    figures["steps_per_second"] = {str(count): round(_steps_per_second(count), 1) for count in (1, 4, 8)}
    rows: list[list[object]] = [["1080x2400, over adb", "p50 ms", "p95 ms", "aim ms"]]
    rows += [[name, s.median, s.quantile(0.95), AIMS.get(name, "")] for name, s in samples.items()]
    rows.append(["adb server + phone process, to a leased phone", first, "", ""])
    rows += [[f"steps/s, {n} phones", rate, "", 100] for n, rate in figures["steps_per_second"].items()]
    print(table(rows))
    return write("phone_adb", figures)


def _config(count: int) -> PhoneConfig:
    return PhoneConfig(kind="sim", world="androidlab", count=count, width=1080, height=2400, density=420)


def _taps() -> Iterator[Tap]:
    """The five tabs of Clock, in turn."""
    return itertools.cycle(Tap(at=Point(x=1080 * (2 * n + 1) // 10, y=2400 - 63 - 105)) for n in range(5))


def _one_phone(phone: Phone) -> dict[str, Sample]:
    phone.open_app(CLOCK)
    taps = _taps()

    def tap() -> None:
        phone.perform(next(taps))

    def tap_png() -> None:
        # one line, one round trip: what a lean agent would do
        at = next(taps).at
        phone.shell(f"input tap {at.x} {at.y}; screencap -p >/dev/null")

    def step() -> None:
        tap()
        phone.settle()

    for _ in range(10):
        step()
    return {
        "tap": timed("tap", tap, 60),
        "tap_png": timed("tap + PNG", tap_png, 60),
        "png": timed("PNG", lambda: phone.shell("screencap -p >/dev/null"), 60, before=tap),
        "dump": timed("dump", lambda: phone.shell("uiautomator dump /dev/tty >/dev/null"), 60, before=tap),
        "observe": timed("observe (PNG, XML, focus, clock)", phone.observe, 60, before=tap),
        "step": timed("tap, settle, observe", step, 60),
        "state": timed("state", phone.state, 30),
        "snapshot": timed("snapshot", lambda: phone.shell("simctl snapshot save bench"), 30),
        "reset": timed("reset", lambda: phone.reset(None), 30),
        "nothing": timed("an empty shell command", lambda: phone.shell("true"), 60),
    }


def _steps_per_second(count: int, seconds: float = 4.0) -> float:
    """Tap, settle, observe on `count` phones at once, a thread each."""

    def drive(phone: Phone, end: float) -> int:
        taps = _taps()
        done = 0
        while time.perf_counter() < end:
            phone.perform(next(taps))
            phone.settle()
            done += 1
        return done

    with make_provider(_config(count)) as provider, ExitStack() as stack, ThreadPoolExecutor(count) as pool:
        phones = [stack.enter_context(provider.lease()) for _ in range(count)]
        for phone in phones:
            phone.open_app(CLOCK)
            phone.settle()
        end = time.perf_counter() + seconds
        return sum(pool.map(lambda phone: drive(phone, end), phones)) / seconds
