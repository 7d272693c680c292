"""What a run shows: lines in a pipe, a board on a terminal; text from outside cannot drive either."""

from __future__ import annotations

import io

from rich.console import Console

from phonebench.cli.display import LiveDisplay, PlainDisplay, clean, make_display, show_action
from phonebench.runner import Ended
from phonebench.schema.action import Finish, Point, Tap
from phonebench.schema.episode import EpisodeResult, ErrorInfo, Outcome
from phonebench.schema.verdict import Verdict
from phonebench.trace import EpisodeKey

KEY = EpisodeKey("clock_1", 1)
HOSTILE = "\x1b[2J\x07[bold]evil[/bold]\r\n\u202espoof" + "x" * 500


def ended(outcome: Outcome, verdict: str | None = None, error: str = "") -> Ended:
    result = EpisodeResult(
        task_id="clock_1", attempt=1, outcome=outcome, steps=3, seconds=2.0, retries=2,
        error=ErrorInfo(type="DeviceLost", message=error) if error else None,
    )  # fmt: skip
    judged = {"task_id": "clock_1", "attempt": 1, "judge": "state", "result": verdict, "reason": HOSTILE}
    return Ended(KEY, result, Verdict.model_validate(judged) if verdict else None)


def test_plain_lines() -> None:
    out = io.StringIO()
    with make_display(Console(file=out, width=300), "logs/x", 2) as display:
        assert type(display) is PlainDisplay
        display.run_started(4, 1, 2)
        display.episode_ended(ended(Outcome.FINISHED, "pass"))
        display.episode_ended(ended(Outcome.FINISHED, "fail"))
        display.episode_ended(ended(Outcome.INFRA_ERROR, "unscored", HOSTILE))
    lines = out.getvalue().splitlines()
    assert lines[0] == "4 episodes, 1 done already; 2 phones; trace: logs/x"
    assert lines[1] == "[2/4] clock_1.1 finished - pass - 3 steps, 2.0 s"
    assert "2 of 2 retries used - unscored - trace: logs/x/clock_1.1" in out.getvalue()
    assert "\x1b" not in out.getvalue()
    assert "[bold]evil[/bold]" in out.getvalue()


def test_the_board() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=120, legacy_windows=False)
    with make_display(console, "logs/x", 2) as display:
        assert type(display) is LiveDisplay
        display.run_started(4, 0, 1)
        display.episode_started(KEY, "sim-1")
        display.step_taken(KEY, 0, Tap(at=Point(x=1, y=2)))
        display.episode_ended(ended(Outcome.FINISHED, "pass"))
        display.episode_ended(ended(Outcome.FINISHED, "unscored"))
        board = Console(file=io.StringIO(), width=200)
        board.print(display._board())
        shown = board.file.getvalue()  # type: ignore[attr-defined]
    assert "2/4 done - 1 pass, 0 fail, 1 unscored - rate 100%, coverage 50%" in shown
    assert "[2J" not in out.getvalue().replace("�[2J", "")


def test_hostile_text_is_one_harmless_line() -> None:
    line = clean(HOSTILE)
    assert len(line) == 160
    assert line.isprintable()
    assert show_action(Finish(answer=HOSTILE)).isprintable()
    assert show_action(Tap(at=Point(x=1, y=2))) == "tap 1,2"
    assert show_action(None) == "no action"
