"""What a run shows while it goes on: a live board on a terminal, plain lines elsewhere."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Iterator
from typing import Final

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from phonebench.runner import Ended
from phonebench.schema.action import Action, in_words
from phonebench.schema.episode import EpisodeResult, Outcome, SafetyEvent
from phonebench.schema.text import visible
from phonebench.trace import EpisodeKey

_STYLES: Final = {"pass": "green", "fail": "red", "unscored": "yellow", "infra_error": "yellow", "agent_error": "red"}


def clean(text: str, most: int = 160) -> str:
    """Text from outside on one line, without control characters that could drive the terminal."""
    line = " ".join(visible(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"


def show_action(action: Action | None) -> str:
    """An action in a few words."""
    return "no action" if action is None else clean(in_words(action), 60)


class PlainDisplay:
    """A line per episode, unless quiet. The board builds on it: it keeps the counts."""

    def __init__(self, console: Console, folder: str, retries: int, *, quiet: bool = False) -> None:
        self._console = console
        self._quiet = quiet
        self._folder = folder
        self._retries = retries
        self._lock = threading.RLock()
        self._total = self._done = self._done_before = 0
        self._started = time.monotonic()
        self._counts: Counter[str] = Counter()

    def __enter__(self) -> PlainDisplay:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    def run_started(self, total: int, done: int, phones: int) -> None:
        """Say what lies ahead."""
        self._total, self._done, self._done_before = total, done, done
        self._started = time.monotonic()
        if done == total:
            self._line(f"all {total} episodes are done already; -n NAME starts a new run")
            return
        before = f", {done} done already" if done else ""
        self._line(f"{total} episodes{before}; {phones} phone{'s' if phones != 1 else ''}; trace: {self._folder}")

    def episode_started(self, key: EpisodeKey, serial: str) -> None:
        """Nothing: the line comes at the end."""

    def step_taken(self, key: EpisodeKey, index: int, action: Action | None) -> None:
        """Nothing: the line comes at the end."""

    def safety_spoke(self, key: EpisodeKey, index: int, event: SafetyEvent) -> None:
        """A line for what was kept from happening, and for what a person decided."""
        if not self._quiet and (event.by != "policy" or event.done not in ("allowed", "told")):
            about = clean(event.about, 200)
            self._line(f"{key} step {index + 1}: {event.rule}: {about} - {event.done} by {event.by}", "yellow")

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """The terminal is somebody else's meanwhile."""
        yield

    def episode_retried(self, key: EpisodeKey, result: EpisodeResult) -> None:
        """Say why a try was lost."""
        error = result.error
        why = f"{error.type}: {clean(error.message)}" if error else ""
        self._line(f"{key} is tried again: lost at step {result.steps}: {why}", "yellow")

    def episode_ended(self, ended: Ended) -> None:
        """Count it and print its line."""
        with self._lock:
            self._done += 1
            self._counts[ended.result.outcome.value] += 1
            if ended.verdict is not None:
                self._counts[ended.verdict.result] += 1
            if not self._quiet or ended.result.outcome is Outcome.INFRA_ERROR:
                for line, style in self._story(ended):
                    self._line(line, style)

    def note(self, text: str) -> None:
        """A line."""
        self._line(clean(text, 300))

    def _story(self, ended: Ended) -> list[tuple[str, str]]:
        result, verdict = ended.result, ended.verdict
        width = len(str(self._total))
        head = f"[{self._done:>{width}}/{self._total}] {ended.key} {result.outcome.value}"
        style = _STYLES.get(verdict.result if verdict else result.outcome.value, "")
        judged = f" - {verdict.result}" if verdict else ""
        lines = [(f"{head}{judged} - {result.steps} steps, {result.seconds:.1f} s", style)]
        if result.error is not None:
            lines.append((f"    {result.error.type}: {clean(result.error.message, 300)}", style))
        if result.outcome is Outcome.INFRA_ERROR:
            used = f"{result.retries} of {self._retries} retries used"
            lines.append((f"    {used} - unscored - trace: {self._folder}/{ended.key}", style))
        elif verdict is not None and verdict.result != "pass":
            lines.append((f"    {clean(verdict.reason, 200)}", style))
        return lines

    def _line(self, text: str, style: str = "") -> None:
        self._console.print(Text(text, style=style), soft_wrap=True)

    def _status(self) -> str:
        """done / total, verdicts or outcomes, rate, coverage, time to go."""
        parts = [f"{self._done}/{self._total} done"]
        passed, failed = self._counts["pass"], self._counts["fail"]
        scored = passed + failed
        if scored or self._counts["unscored"]:
            parts.append(f"{passed} pass, {failed} fail, {self._counts['unscored']} unscored")
            if scored:
                parts.append(f"rate {passed / scored:.0%}, coverage {scored / (scored + self._counts['unscored']):.0%}")
        else:
            parts += [f"{count} {name}" for name, count in sorted(self._counts.items())]
        fresh = self._done - self._done_before
        if fresh and self._done < self._total:
            left_s = (time.monotonic() - self._started) / fresh * (self._total - self._done)
            parts.append(f"about {left_s / 60:.0f} min to go" if left_s > 90 else f"about {left_s:.0f} s to go")
        return " - ".join(parts)


class LiveDisplay(PlainDisplay):
    """The lines of the plain display, and below them a board: the counts, and what each phone is doing."""

    def __init__(self, console: Console, folder: str, retries: int, *, quiet: bool = False) -> None:
        super().__init__(console, folder, retries, quiet=quiet)
        self._phones: dict[str, tuple[str, str]] = {}
        self._serials: dict[EpisodeKey, str] = {}
        self._live = Live(get_renderable=self._board, console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> LiveDisplay:
        self._live.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self._live.stop()

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Without the board."""
        self._live.stop()
        try:
            yield
        finally:
            self._live.start()

    def episode_started(self, key: EpisodeKey, serial: str) -> None:
        """The phone's line begins."""
        with self._lock:
            self._serials[key] = serial
            self._phones[serial] = (str(key), "starting")

    def step_taken(self, key: EpisodeKey, index: int, action: Action | None) -> None:
        """The phone's line moves on."""
        with self._lock:
            self._phones[self._serials.get(key, "")] = (str(key), f"step {index + 1}: {show_action(action)}")

    def episode_ended(self, ended: Ended) -> None:
        """The phone is free."""
        with self._lock:
            self._phones[self._serials.pop(ended.key, "")] = ("", "")
        super().episode_ended(ended)

    def _board(self) -> Group:
        with self._lock:
            table = Table.grid(padding=(0, 2))
            for serial, (key, doing) in sorted(self._phones.items()):
                if serial:
                    table.add_row(Text(serial, "cyan"), Text(key), Text(doing, "dim"))
            return Group(Text(self._status(), "bold", no_wrap=True, overflow="ellipsis"), table)


def make_display(console: Console, folder: str, retries: int, *, quiet: bool = False) -> PlainDisplay:
    """A board on a terminal, plain lines in a pipe; a quiet one has lines for lost episodes only."""
    return (LiveDisplay if console.is_terminal else PlainDisplay)(console, folder, retries, quiet=quiet)
