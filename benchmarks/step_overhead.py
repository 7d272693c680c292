"""What a step costs beside the model: looking at the phone and tapping, our way and the ways of two other harnesses.

Over real adb on the simulated phone, in turns, in one run. The others' ways are reproduced from what they send to adb:
each call an adb process of its own, the screenshot written to a file on the phone, pulled and decoded. Their fixed
sleeps are left out, and so is our wait for a stable screen, which stands beside. The phone's own work - the same device
commands in one line, their output thrown away there - is no overhead of a harness: it is taken off, round by round.
"""

from __future__ import annotations

import base64
import io
import itertools
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shlex import join

from PIL import Image

from benchmarks.measure import Sample, table, write
from phonebench.config import PhoneConfig
from phonebench.device import AdbPhone, make_provider
from phonebench.device.adb import find_adb
from phonebench.schema.action import Point, Tap

CLOCK = "com.google.android.deskclock"
AIM = 10
ROUNDS = 30
_FOCUS = "dumpsys window > /dev/null"
_SHOT = "screencap -p > /dev/null"
_TREE = "uiautomator dump /sdcard/ui.xml"
_KEYBOARD = "dumpsys input_method > /dev/null"
_OURS = (
    "dumpsys window | grep -E 'mCurrentFocus|mFocusedApp|Window #| fl=' > /dev/null",
    "date +%Y-%m-%dT%H:%M:%S > /dev/null",
    "dumpsys input_method | grep mInputShown > /dev/null",
    f"rm -f /sdcard/ui.xml; {_TREE}; cat /sdcard/ui.xml > /dev/null",
    _SHOT,
)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to look and tap; `device` is what it makes the phone do, without the tap."""

    name: str
    step: Callable[[int, int], None]
    device: tuple[str, ...]


def main() -> Path:
    """Measures and prints; returns the JSON file."""
    config = PhoneConfig(kind="sim", world="androidlab", width=1080, height=2400, density=420)
    with (
        make_provider(config) as provider,
        provider.lease() as phone,
        tempfile.TemporaryDirectory(prefix="phonebench-bench-") as scratch,
    ):
        phone.open_app(CLOCK)
        ways = _ways(phone, _Adb(phone, Path(scratch)))
        steps, overheads = _measure(phone, ways)
    ours = overheads[ways[0].name].median
    rows: list[list[object]] = [["look and tap, 1080x2400", "step p50 ms", "p95", "overhead p50 ms", "of ours", "aim"]]
    figures = {}
    for way in ways:
        step, overhead = steps[way.name], overheads[way.name]
        ratio = overhead.median / ours
        aim = "" if way.name.startswith("ours") else AIM
        rows.append([way.name, step.median, step.quantile(0.95), overhead.median, ratio, aim])
        figures[way.name] = {"step": step.row(), "overhead": overhead.row(), "ratio": round(ratio, 1)}
    print(table(rows))
    return write("step_overhead", figures)


def _ways(phone: AdbPhone, adb: _Adb) -> tuple[Way, ...]:
    def ours(x: int, y: int) -> None:
        phone.observe()
        phone.perform(Tap(at=Point(x=x, y=y)))

    def settled(x: int, y: int) -> None:
        phone.perform(Tap(at=Point(x=x, y=y)))
        phone.settle()

    return (
        Way("ours", ours, _OURS),
        Way("ours, with the wait for a stable screen", settled, (*_OURS, _SHOT)),
        Way("Open-AutoGLM's", adb.open_autoglm, (_SHOT, _FOCUS)),
        Way("AndroidLab's", adb.androidlab, (_SHOT, _TREE, _FOCUS, _KEYBOARD)),
    )


def _measure(phone: AdbPhone, ways: tuple[Way, ...]) -> tuple[dict[str, Sample], dict[str, Sample]]:
    """Every way in each round, so that none has the quieter machine: (steps, steps less the phone's own work)."""
    taps = itertools.cycle((1080 * (2 * n + 1) // 10, 2400 - 63 - 105) for n in range(5))  # the five tabs of Clock

    def spent(work: Callable[[], object]) -> float:
        started = time.perf_counter()
        work()
        return (time.perf_counter() - started) * 1000

    steps: dict[str, list[float]] = {way.name: [] for way in ways}
    overheads: dict[str, list[float]] = {way.name: [] for way in ways}
    for number in range(ROUNDS + 2):
        for way in ways:
            x, y = next(taps)
            step = spent(partial(way.step, x, y))
            line = "; ".join((f"input tap {x} {y}", *way.device))
            own = spent(partial(phone.shell, line)) - spent(partial(phone.shell, "true"))
            if number >= 2:  # the first ones draw what the later ones find in caches
                steps[way.name].append(step)
                overheads[way.name].append(step - own)
    return _samples(steps), _samples(overheads)


def _samples(values: dict[str, list[float]]) -> dict[str, Sample]:
    return {name: Sample(name, tuple(each)) for name, each in values.items()}


class _Adb:
    """adb as a program, a process for each call."""

    def __init__(self, phone: AdbPhone, folder: Path) -> None:
        self._command = [find_adb(), "-s", phone.line.serial]
        self._env = os.environ | {"ANDROID_ADB_SERVER_PORT": str(phone.line.server.port)}
        self._folder = folder

    def open_autoglm(self, x: int, y: int) -> None:
        """Screenshot to a file, pull, decode, encode again for the model; the current app from dumpsys; tap."""
        local = self._folder / "screen.png"
        self._run("shell", "screencap", "-p", "/sdcard/tmp.png")
        self._run("pull", "/sdcard/tmp.png", str(local))
        with Image.open(local) as image:
            again = io.BytesIO()
            image.save(again, format="PNG")
        base64.b64encode(again.getvalue())
        self._run("shell", "dumpsys", "window")
        self._run("shell", "input", "tap", str(x), str(y))

    def androidlab(self, x: int, y: int) -> None:
        """Screenshot and UI tree to files, each pulled; app and keyboard from dumpsys, cut out by host tools; tap."""
        self._piped("grep mCurrentFocus | awk -F/ '{print $1}' | awk '{print $NF}'", "shell", "dumpsys", "window")
        self._piped("", "shell", "screencap", "-p", "/sdcard/screen.png")
        self._piped("", "pull", "/sdcard/screen.png", str(self._folder / "screen.png"))
        self._piped("", "shell", "uiautomator", "dump", "/sdcard/ui.xml")
        self._piped("", "pull", "/sdcard/ui.xml", str(self._folder / "ui.xml"))
        self._piped("grep mInputShown", "shell", "dumpsys", "input_method")
        self._piped("", "shell", "input", "tap", str(x), str(y))

    def _run(self, *words: str) -> None:
        subprocess.run([*self._command, *words], env=self._env, capture_output=True, timeout=20, check=True)

    def _piped(self, tools: str, *words: str) -> None:
        """Through a shell of the host."""
        command = " | ".join(filter(None, (join([*self._command, *words]), tools)))
        subprocess.run(command, shell=True, env=self._env, capture_output=True, timeout=20, check=True)
