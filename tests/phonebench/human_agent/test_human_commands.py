"""A person's typed commands, and the terminal that takes them."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phonebench.agent import Scene
from phonebench.human.commands import HELP, Unclear, parse
from phonebench.human.terminal import TerminalDriver
from phonebench.runner import Answer
from phonebench.schema.action import (
    ACTION,
    DoubleTap,
    Drag,
    Finish,
    Launch,
    LongPress,
    Point,
    PressKey,
    Swipe,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.observation import Bounds, Observation
from phonebench.trace import RunReader
from phonebench.uitree import parse_ui

ROOT = Path(__file__).parents[3]
MARKS = [Bounds(0, 0, 100, 50), Bounds(0, 100, 200, 300)]


def p(x: int, y: int) -> Point:
    return Point(x=x, y=y)


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("tap 2", Tap(at=p(100, 200))),
        ("TAP 30, 40", Tap(at=p(30, 40))),
        ("tap 9999 -5", Tap(at=p(399, 0))),
        ("double 1", DoubleTap(at=p(50, 25))),
        ("long 1", LongPress(at=p(50, 25))),
        ("swipe up", Swipe(start=p(200, 600), end=p(200, 200))),
        ("swipe left 2", Swipe(start=p(150, 200), end=p(50, 200))),
        ("swipe 1 2 3 4", Swipe(start=p(1, 2), end=p(3, 4))),
        ("drag 1 2 3 4", Drag(start=p(1, 2), end=p(3, 4))),
        ("type  hello  world ", TypeText(text="hello  world")),
        ("type", TypeText(text="")),
        ("add more", TypeText(text="more", clear=False)),
        ("back", PressKey(key="back")),
        ("key volume_up", PressKey(key="volume_up")),
        ("launch Clock", Launch(app="Clock")),
        ("wait", Wait(seconds=1)),
        ("wait 2.5", Wait(seconds=2.5)),
        ("finish it is 7", Finish(answer="it is 7")),
        ("fail no such app", Finish(answer="no such app", success=False)),
    ],
)
def test_commands(line: str, action: object) -> None:
    assert parse(line, MARKS, 400, 800) == action


@pytest.mark.parametrize(
    "line",
    ["", "dance", "tap", "tap 3", "tap 0", "tap 1.5", "tap a b", "tap nan", "swipe", "swipe up up", "swipe up 1 2",
     "drag 1 2", "key x", "launch", "wait 1 2", "tap inf inf"],
)  # fmt: skip
def test_what_is_no_command_is_unclear(line: str) -> None:
    with pytest.raises(Unclear):
        parse(line, MARKS, 400, 800)


@given(st.text() | st.from_regex(r"(tap|long|swipe|wait|key|type)( [-\d.,eE]+){0,5}"))
def test_any_line_is_an_action_or_unclear(line: str) -> None:
    try:
        action = parse(line, MARKS, 400, 800)
    except Unclear:
        return
    assert ACTION.validate_json(ACTION.dump_json(action)) == action


class Fingers:
    """A person who types what was laid down, and keeps what was asked."""

    def __init__(self, *lines: str | None) -> None:
        self.lines = list(lines)
        self.asked: list[str] = []

    def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
        self.asked.append(question)
        return Answer(self.lines.pop(0))


def scene() -> Scene:
    xml = (
        '<hierarchy rotation="0"><node class="android.widget.Button" text="Go \x1b[2J" clickable="true" package="p" '
        'bounds="[0,0][100,50]"/></hierarchy>'
    ).replace("\x1b", "")
    seen = Observation(png=b"picture", width=400, height=800, xml=xml, ui=parse_ui(xml), notice="A person said: hello")
    return Scene("clock_1", "Do it.", 1, 60, DeviceInfo(serial="sim", kind="sim", simulated=True), seen)


def test_the_terminal_asks_until_it_understands(tmp_path: Path) -> None:
    person = Fingers("dance", "?", "tap 1")
    driver = TerminalDriver(person, tmp_path / "screen.png")
    assert driver.decide(scene(), 60, lambda: False) == Tap(at=p(50, 25))
    assert (tmp_path / "screen.png").read_bytes() == b"picture"
    first, second, third = person.asked
    assert "clock_1: Do it." in first and "  1 Button" in first and "A person said: hello" in first
    assert "unknown command" in second and third == HELP
    for word in re.findall(r"^(\w+)|\| (\w+)", HELP, re.M):
        assert "".join(word)


def test_nobody_at_the_terminal(tmp_path: Path) -> None:
    assert TerminalDriver(Fingers(None), tmp_path / "s.png").decide(scene(), 60, lambda: False) is None
    assert TerminalDriver(Fingers(), tmp_path / "s.png").decide(scene(), 60, lambda: True) is None


def test_a_task_is_done_at_a_real_terminal(tmp_path: Path) -> None:
    """eval.py on a pseudo terminal: instruction and numbered elements appear, typed commands are carried out."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "eval.py", "-n", "typed", "-c", "configs/human.yaml", "--task_id", "zoom_1", "--judge"]
    command += ["--set", "agent.human.face=terminal", "--set", f"logs_dir={tmp_path}"]
    env = os.environ | {"TERM": "xterm", "COLUMNS": "200", "LINES": "80"}
    process = subprocess.Popen(command, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=env)
    os.close(theirs)
    shown = ""
    try:
        for wanted, typed in (
            (r"(\d+) \w+ \"Join a meeting\"", "tap {0}"),
            (r"step 2", "type 1234567890"),
            (r"step 3", "finish ready"),
        ):
            shown = until(ours, wanted + r"[\s\S]*\? helps[\s\S]*> ")
            number = (re.findall(wanted, shown) or [""])[-1]
            os.write(ours, (typed.format(number) + "\n").encode())
        until(ours, "1/1.*pass")
        assert process.wait(30) == 0
    finally:
        process.kill()
        os.close(ours)
    steps = list(next(RunReader(tmp_path / "typed").episodes()).steps())
    assert [step.decided_by for step in steps] == ["human"] * 3


def until(terminal: int, wanted: str, timeout_s: float = 60) -> str:
    """What the terminal shows, as soon as it shows what is wanted."""
    shown, deadline = "", time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                shown += os.read(terminal, 65536).decode("utf-8", "replace")
            except OSError:
                break
            plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown)
            if re.search(wanted, plain):
                return plain
    raise AssertionError(f"not shown: {wanted}\n{shown[-3000:]}")
