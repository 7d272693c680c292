"""The person at the terminal: answers what the safety rules ask while a run goes on."""

from __future__ import annotations

import contextlib
import os
import select
import sys
import termios
import threading
import time
from collections.abc import Callable
from typing import Final, TextIO

from rich.console import Console
from rich.text import Text

from phonebench.cli.display import PlainDisplay, clean
from phonebench.runner import Answer

_TICK_S: Final = 0.2
_MOST_BYTES: Final = 16_384


class TerminalPerson:
    """Shows one question at a time and reads one line; the board rests meanwhile."""

    def __init__(self, console: Console, display: PlainDisplay, stdin: TextIO = sys.stdin) -> None:
        self._console = console
        self._display = display
        self._stdin = stdin
        self._one = threading.Lock()

    @property
    def present(self) -> bool:
        """Is there a terminal, to show questions and to read answers?"""
        return self._console.is_terminal and self._stdin.isatty()

    def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
        """What was typed; nothing when there is no terminal, when it was closed, or when the time is over."""
        if not self.present:
            return Answer(None, "there is no terminal to ask at")
        nobody = Answer(None, f"nobody answered within {timeout_s:g} s")
        deadline = time.monotonic() + timeout_s
        while not self._one.acquire(timeout=_TICK_S):  # another episode's question stands there
            if stopped() or time.monotonic() > deadline:
                return nobody
        try:
            with self._display.paused():
                self._show(question, deadline)
                answer = self._read(deadline, stopped)
                if answer is None:
                    self._console.print(Text("no answer", "yellow"))
                return answer or nobody
        finally:
            self._one.release()

    def _show(self, question: str, deadline: float) -> None:
        with contextlib.suppress(termios.error):
            # What was typed before the question is no answer to it.
            termios.tcflush(self._stdin.fileno(), termios.TCIFLUSH)
        for line in question.splitlines():
            self._console.print(Text(clean(line, 400), "bold yellow"), soft_wrap=True)
        self._console.print(Text(f"({max(0.0, deadline - time.monotonic()):.0f} s) > ", "bold yellow"), end="")

    def _read(self, deadline: float, stopped: Callable[[], bool]) -> Answer | None:
        """One line, unbuffered, so that nothing of it is left for the next question."""
        file = self._stdin.fileno()
        while not stopped() and time.monotonic() < deadline:
            if select.select([file], [], [], _TICK_S)[0]:
                typed = os.read(file, _MOST_BYTES)
                if not typed:
                    return Answer(None, "the terminal was closed")
                return Answer(typed.decode("utf-8", "replace").partition("\n")[0].strip())
        self._console.print()
        return None
