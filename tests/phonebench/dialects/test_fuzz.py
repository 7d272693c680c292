"""Whatever a model writes: an action or BadAction comes out, soon, and nothing of it is executed."""

from __future__ import annotations

import collections
import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from mutations import every_variant, good_replies, mutated
from spoken import VIEW

from phonebench.agent.dialects import DIALECTS, make_dialect
from phonebench.schema.action import ACTION, TypeText
from phonebench.schema.errors import BadAction

LONGEST_S = 20
"""No reply takes so long; an alarm, not a measurement."""
PARSED_ONLY = "<unknown>"
"""The file name under which ast.parse compiles to a tree, the one use of the compiler that is allowed."""


_FORBIDDEN = ("exec", "compile", "open", "import")


class Watch:
    """Counts audit events of this thread while it is on: code run, files opened, processes, sockets, imports."""

    def __init__(self) -> None:
        self.on = False
        self.seen: collections.Counter[str] = collections.Counter()
        self._thread = threading.get_ident()
        sys.addaudithook(self._note)

    def _note(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on or threading.get_ident() != self._thread:
            return
        if event == "compile" and len(arguments) > 1 and arguments[1] == PARSED_ONLY:
            return
        if event in ("exec", "compile", "open", "import") or event.startswith(
            ("os.", "subprocess.", "socket.", "shutil.")
        ):
            self.seen[event] += 1


@pytest.fixture(scope="module")
def watch() -> Iterator[Watch]:
    """One hook for all tests of this module: hooks stay until the process ends."""
    watch = Watch()
    yield watch
    watch.on = False


@contextlib.contextmanager
def alarm(reply: list[str]) -> Iterator[None]:
    """Ends the test when one reply takes too long; `reply` holds the present one."""

    def ring(*_: object) -> None:
        raise AssertionError(f"still reading after {LONGEST_S} s: {reply[0][:300]!r}")

    before = signal.signal(signal.SIGALRM, ring)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def feed(replies: Iterator[str], watch: Watch) -> collections.Counter[str]:
    """Every reply to one of the dialects, in turn; how many gave which action."""
    dialects = every_variant()
    for dialect in dialects:  # what is imported or opened on first use happens here
        for reply in ("", *good_replies()):
            with contextlib.suppress(BadAction):
                dialect.parse(reply, VIEW)
    said: collections.Counter[str] = collections.Counter()
    present = [""]
    watch.seen.clear()
    with alarm(present):
        for number, reply in enumerate(replies):
            present[0] = reply
            signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
            watch.on = True
            try:
                action = dialects[number % len(dialects)].parse(reply, VIEW).action
            except BadAction:
                said["bad"] += 1
                continue
            finally:
                watch.on = False
            said[action.type] += 1
            assert ACTION.validate_python(action.model_dump()) == action
            ACTION.dump_json(action)  # text that no file could hold would fail here
    assert not watch.seen, watch.seen
    return said


def test_the_watch_sees_what_is_executed(watch: Watch) -> None:
    watch.seen.clear()
    watch.on = True
    eval("1 + 1")
    watch.on = False
    assert watch.seen == {"compile": 1, "exec": 1}


def test_mutated_replies(watch: Watch) -> None:
    said = feed(mutated(seed=4, count=4_000), watch)
    assert said["bad"] > 300
    assert set(said) >= {"tap", "swipe", "type", "key", "launch", "wait", "finish"}


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_a_million_mutated_replies(watch: Watch) -> None:
    said = feed(mutated(seed=5, count=1_000_000), watch)
    assert said.total() == 1_000_000


PATTERNS = [
    *('{"', '{"a":"', '{"action": "type", "text": "', "[", "{", '"', "'", "\\", "<tool_call>", "<tool_call>{"),
    *(
        "{'a': '",
        '"a": ',
        " ",
        "\n",
        "```",
        "Action: ",
        "click(",
        "click(point='<point>",
        "<point>1 ",
        "a=1 ",
        "“",
        "（",
    ),
    *("type(content='", "')", '") ', 'do(action="Type", text="', 'do(action="', "element=[1,", "1,", "tap(", "tap(1"),
    *('text("', "<answer>", '{"name": "tap", "arguments": "', "</think>", "{} ", "{a:1} ", '", "a": "', "(((((", ")"),
    *("do(", "x" * 500 + "(", "<STATE_ASSESSMENT>", "<CALLED_FUNCTION>"),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_long_replies_end(pattern: str) -> None:
    present = [pattern]
    with alarm(present):
        for name in DIALECTS:
            signal.setitimer(signal.ITIMER_REAL, LONGEST_S)
            with contextlib.suppress(BadAction):
                make_dialect(name).parse(pattern * (100_000 // len(pattern)) + '")}', VIEW)


@pytest.mark.parametrize(
    ("dialect", "reply"),
    [
        ("autoglm", 'do(action="Type", text="half \\ud83d, whole \\ud83d\\ude00")'),
        ("som", 'text("half \ud83d, whole \ud83d\ude00")'),
        ("ui_tars", "Action: type(content='half \\ud83d, whole \\ud83d\\ude00')"),
        ("mobile_use", '{"action": "type", "text": "half \\ud83d, whole \\ud83d\\ude00"}'),
        ("mobile_use", "{'action': 'type', 'text': 'half \\ud83d, whole \\ud83d\\ude00'}"),
    ],
)
def test_half_a_character_reaches_no_file(dialect: str, reply: str) -> None:
    action = make_dialect(dialect).parse(reply, VIEW).action
    assert isinstance(action, TypeText)
    assert action.text == "half \ufffd, whole 😀"
