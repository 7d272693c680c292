"""What the safety rules let through, refuse, ask and tell; and that nothing refused ever reaches a phone."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from test_runner import MemoryPhone, MemoryPhones, no_faults, task

from phonebench.agent import Scene
from phonebench.cli import main
from phonebench.cli.display import LiveDisplay, PlainDisplay
from phonebench.cli.person import TerminalPerson
from phonebench.config import RunConfig, SafetyConfig, config_digest
from phonebench.config.paths import REPO_ROOT
from phonebench.runner import Answer, Nobody, Person, Silent, execute, make_plan
from phonebench.runner.events import CancelledError
from phonebench.runner.safeguard import Safeguard
from phonebench.safety.guard import Guard
from phonebench.schema.action import (
    Action,
    Drag,
    Finish,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.episode import DeviceInfo, EpisodeResult, ModelCall, Outcome, SafetyEvent, StepRecord
from phonebench.schema.errors import Denied, NeedsPerson
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task
from phonebench.suite import make_suite
from phonebench.trace import EpisodeKey, RunReader

MIDDLE = Point(x=100, y=200)
PAY = Tap(at=MIDDLE, sensitive="payment")
OTHER = "com.android.settings"


class Clerk:
    """A person who says what is written down, and remembers the questions."""

    def __init__(self, *answers: str | None) -> None:
        self._answers = iter(answers)
        self.asked: list[str] = []

    def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
        assert timeout_s > 0
        assert not stopped()
        self.asked.append(question)
        return Answer(next(self._answers), "asleep")


class Apps(MemoryPhone):
    """A phone that can show other apps: Launch brings one to the front, `home` leaves it; one screen is secure."""

    def __init__(self, stuck: bool = False) -> None:
        super().__init__("memory", no_faults)
        self.front = "com.x"
        self.performed: list[Action] = []
        self._stuck = stuck

    def settle(self) -> Observation:
        return replace(super().settle(), package=self.front, secure=self.front == "com.bank")

    def perform(self, action: Action) -> None:
        self.performed.append(action)
        super().perform(action)
        if isinstance(action, Launch) and not (self._stuck and self.front != "com.x"):
            self.front = action.app

    def go_home(self) -> None:
        self.front = "com.google.android.apps.nexuslauncher"


class Actor:
    """Does what the test wrote down."""

    script: Sequence[Action] = ()
    notices: list[str]

    def __init__(self) -> None:
        self.name = "actor"
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._acts: Iterator[Action] = iter(())

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        self._acts = iter(Actor.script)
        Actor.notices = []

    def decide(self, observation: Observation) -> Decision:
        Actor.notices.append(observation.notice)
        return Decision(next(self._acts, Finish(answer="done")), reply="said", prompt=[])


class OneApps(MemoryPhones):
    """Lends the one phone of the test."""

    def __init__(self, phone: Apps) -> None:
        super().__init__(RunConfig().phone, no_faults)
        self._free.get()
        self._free.put(phone)


class Ears(Silent):
    def __init__(self) -> None:
        self.heard: list[SafetyEvent] = []

    def safety_spoke(self, key: EpisodeKey, index: int, event: SafetyEvent) -> None:
        self.heard.append(event)


def play(
    folder: Path, script: Sequence[Action], safety: Mapping[str, Any], person: Person | None = None, **more: Any
) -> tuple[Apps, EpisodeResult, list[StepRecord]]:
    """The phone afterwards, the result, the steps."""
    Actor.script = script
    stuck = more.pop("stuck", False)
    config = RunConfig.model_validate({"agent": f"{__name__}:Actor", "safety": safety, "retries": 0} | more)
    phone, ears = Apps(stuck), Ears()
    plan = make_plan(config, make_suite("s", [task("t_1", "x")]), "try1", folder)
    execute(plan, lambda _: OneApps(phone), ears, person=person)
    recorded = RunReader(folder / "try1").episode(EpisodeKey("t_1", 1))
    steps = list(recorded.steps())
    assert [event for step in steps for event in step.safety] == ears.heard
    return phone, recorded.result, steps


def events(steps: Sequence[StepRecord]) -> list[tuple[int, str, str, str]]:
    """(step, rule, who decided, what was done)."""
    return [(step.index, event.rule, event.by, event.done) for step in steps for event in step.safety]


def ended(result: EpisodeResult) -> tuple[str, str | None]:
    return result.outcome.value, result.error and result.error.type


CONFIRM: list[tuple[str, list[str | None], tuple[str, str | None], tuple[str, str], int]] = [
    ("allow", [], ("finished", None), ("policy", "allowed"), 2),
    ("deny", [], ("agent_error", "Denied"), ("policy", "denied"), 1),
    ("ask", ["y"], ("finished", None), ("person", "allowed"), 2),
    ("ask", [" YES\n"], ("finished", None), ("person", "allowed"), 2),
    ("ask", ["no"], ("agent_error", "Denied"), ("person", "denied"), 1),
    ("ask", [""], ("agent_error", "Denied"), ("person", "denied"), 1),
    ("ask", [None], ("agent_error", "Denied"), ("nobody", "denied"), 1),
]


@pytest.mark.parametrize(("confirm", "answers", "how", "event", "performed"), CONFIRM)
def test_sensitive_taps(
    tmp_path: Path, confirm: str, answers: list[str | None], how: Any, event: Any, performed: int
) -> None:
    clerk = Clerk(*answers)
    phone, result, steps = play(tmp_path, [Wait(), PAY], {"confirm": confirm}, clerk)
    assert ended(result) == how
    assert events(steps) == [(1, "confirm", *event)]
    assert len(phone.performed) == performed
    assert (steps[1].action, steps[1].reply) == (PAY, "said")
    assert all("payment" in question and "t_1.1" in question for question in clerk.asked)
    assert len(clerk.asked) == len(answers)
    if "denied" in event:
        assert steps[1].effect == "none"
        assert "a sensitive action was denied: the agent's own warning: payment" in str(steps[1].error)
        assert result.error is not None
        assert "asleep" in result.error.message or None not in answers


HAND_OVER: list[tuple[str, list[str | None], tuple[str, str | None], tuple[str, str], str]] = [
    ("fail", [], ("agent_error", "NeedsPerson"), ("policy", "denied"), ""),
    ("skip", [], ("finished", None), ("policy", "skipped"), "nobody is there"),
    ("wait", ["  "], ("finished", None), ("person", "answered"), "A person has done what you asked for."),
    ("wait", ["the blue {one}"], ("finished", None), ("person", "answered"), "The user answers: the blue {one}"),
    ("wait", [None], ("agent_error", "NeedsPerson"), ("nobody", "denied"), ""),
]


@pytest.mark.parametrize(("policy", "answers", "how", "event", "told"), HAND_OVER)
def test_asking_for_a_person(
    tmp_path: Path, policy: str, answers: list[str | None], how: Any, event: Any, told: str
) -> None:
    clerk = Clerk(*answers)
    script = [TakeOver(message="Which one?"), Wait()]
    phone, result, steps = play(tmp_path, script, {"hand_over": policy}, clerk)
    assert ended(result) == how
    assert events(steps) == [(0, "hand_over", *event)]
    assert (steps[0].safety[0].about, steps[0].effect) == ("Which one?", "none")
    assert not any(isinstance(action, TakeOver) for action in phone.performed)
    if told:
        assert [told in notice for notice in Actor.notices] == [False, True, False]
        assert told in steps[0].safety[0].told


def test_nobody_watches_a_run_by_default(tmp_path: Path) -> None:
    _, result, steps = play(tmp_path, [PAY], {"confirm": "ask"})
    assert ended(result) == ("agent_error", "Denied")
    assert events(steps) == [(0, "confirm", "nobody", "denied")]
    assert Nobody().ask("?", 1.0, lambda: False).text is None


def test_a_run_that_is_stopped_leaves_no_denial() -> None:
    config = RunConfig(safety=SafetyConfig(confirm="ask"))
    safeguard = Safeguard(config, task("t_1", "x"), Nobody(), name="t_1.1", stopped=lambda: True)
    with pytest.raises(CancelledError):
        safeguard.clear(PAY, SHOP)
    assert safeguard.events() == ()


def test_told_in_chinese(tmp_path: Path) -> None:
    play(tmp_path, [TakeOver(message="?")], {}, prompt={"language": "zh"})
    assert "无人在场" in Actor.notices[1]


def test_a_screen_that_may_not_be_captured(tmp_path: Path) -> None:
    script = [Launch(app="com.bank"), Wait(), Tap(at=MIDDLE)]
    phone, result, steps = play(tmp_path / "a", script, {})
    assert ended(result) == ("finished", None)
    assert events(steps) == [
        (1, "secure", "policy", "told"), (2, "secure", "policy", "told"), (2, "confirm", "policy", "allowed"),
        (3, "secure", "policy", "told"),
    ]  # fmt: skip
    assert ["may not be captured" in notice for notice in Actor.notices] == [False, True, True, True]
    phone, result, steps = play(tmp_path / "b", script, {"confirm": "deny"})
    assert (ended(result), len(phone.performed)) == (("agent_error", "Denied"), 2)
    assert "the screen may not be captured" in str(steps[2].error)
    phone, result, steps = play(tmp_path / "c", script, {"secure": "fail"})
    assert (ended(result), len(phone.performed), len(steps)) == (("agent_error", "Denied"), 1, 2)
    assert (steps[1].action, steps[1].reply, steps[1].prompt) == (None, "", None)
    assert steps[1].decided_by == "script"
    assert events(steps) == [(1, "secure", "policy", "denied")]


def test_apps_that_may_not_be_launched(tmp_path: Path) -> None:
    script = [Launch(app="Settings"), Launch(app="com.y"), Wait()]
    phone, result, steps = play(tmp_path / "a", script, {"leave_app": "back", "allowed_apps": ["com.y"]})
    assert (ended(result), phone.performed) == (("finished", None), [Launch(app="com.y"), Wait()])
    assert events(steps) == [(0, "allowed_apps", "policy", "skipped")]
    assert Actor.notices == ["", "The app Settings may not be used; it was not launched.", "", ""]
    phone, result, steps = play(tmp_path / "b", script, {"leave_app": "fail"})
    assert (ended(result), phone.performed) == (("agent_error", "Denied"), [])
    phone, result, steps = play(tmp_path / "c", script, {"allowed_apps": ["com.y"]})
    assert (ended(result), phone.performed) == (("finished", None), script)
    assert events(steps) == [(0, "allowed_apps", "policy", "allowed"), (1, "allowed_apps", "policy", "allowed")]
    phone, result, _ = play(tmp_path / "d", [Launch(app="Clock")], {"leave_app": "back", "allowed_apps": [CLOCK]})
    assert phone.performed == [Launch(app=CLOCK)], "the package that was looked at, whatever else has that name"


CLOCK = "com.google.android.deskclock"


class Links(Apps):
    """Taps open another app."""

    def perform(self, action: Action) -> None:
        super().perform(action)
        if isinstance(action, Tap):
            self.front = OTHER


def test_apps_that_come_to_the_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(globals(), "Apps", Links)
    tap = Tap(at=MIDDLE)
    phone, result, steps = play(tmp_path / "a", [tap, Wait()], {"leave_app": "back"})
    assert (ended(result), phone.performed) == (("finished", None), [tap, Launch(app="com.x"), Wait()])
    assert events(steps) == [(1, "allowed_apps", "policy", "returned")]
    assert (steps[0].effect, steps[1].package) == ("changed", "com.x")
    assert Actor.notices[1] == f"The app {OTHER} may not be used; you were brought back."
    phone, result, _ = play(tmp_path / "b", [tap], {"leave_app": "back"}, phone={"start": "home"})
    assert (phone.performed, phone.front) == ([tap], "com.google.android.apps.nexuslauncher")
    phone, result, steps = play(tmp_path / "c", [tap, Wait()], {"leave_app": "fail"})
    assert (ended(result), phone.performed, len(steps)) == (("agent_error", "Denied"), [tap], 2)
    assert (steps[1].package, steps[1].action) == (OTHER, None)
    phone, result, steps = play(tmp_path / "d", [tap, Wait()], {"leave_app": "back"}, stuck=True)
    assert (ended(result), phone.performed[2:]) == (("agent_error", "Denied"), [])
    assert "could not be left" in str(steps[1].error)
    phone, result, _ = play(tmp_path / "e", [tap, Wait()], {"leave_app": "back", "allowed_apps": [OTHER]})
    assert (ended(result), phone.performed) == (("finished", None), [tap, Wait()])


def node(text: str, box: tuple[int, int, int, int], *children: UiNode, **more: Any) -> UiNode:
    return UiNode(Bounds(*box), text=text, children=children, **more)


SHOP = Observation(
    b"", 200, 400, package="com.shop",
    ui=node(
        "Payments", (0, 0, 200, 400),
        node("", (0, 100, 200, 150), node("Pay now", (10, 110, 90, 140)), node("¥ 12", (100, 110, 190, 140)),
             clickable=True),
        node("Display", (0, 200, 200, 250), clickable=True),
        node("确认支付", (0, 300, 200, 350), clickable=True),
        node("", (0, 350, 100, 400), desc="Bin", resource_id="com.shop:id/btn_delete", clickable=True),
        clickable=True,
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("y", "words", "sensitive"),
    [(120, ["pay"], True), (220, ["pay"], False), (320, ["支付"], True), (380, ["delete"], True), (380, ["bin"], True),
     (220, ["pay", "display"], True), (120, ["now"], True), (120, ["PAY NOW"], True), (20, ["display"], True),
     (120, ["payments"], True), (120, ["", " "], False), (120, ["."], False)],
)  # fmt: skip
def test_words_that_make_a_tap_sensitive(y: int, words: list[str], sensitive: bool) -> None:
    guard = Guard(SafetyConfig(sensitive_words=tuple(words)), "com.shop")
    for tap in (Tap(at=Point(x=20, y=y)), LongPress(at=Point(x=20, y=y))):
        assert bool(guard.why_sensitive(tap, SHOP)) is sensitive
        assert not guard.why_sensitive(tap, replace(SHOP, ui=None))


def test_a_person_reads_what_a_tap_would_touch() -> None:
    clerk = Clerk("y")
    config = RunConfig(safety=SafetyConfig(confirm="ask", sensitive_words=("pay",)))
    safeguard = Safeguard(config, task("t_1", "x"), clerk, name="t_1.1", stopped=lambda: False)
    tap = Tap(at=Point(x=20, y=120))
    assert safeguard.clear(tap, SHOP).act == tap
    assert (
        """"at":{"x":20,"y":120}} on 'Payments', 'Pay now', '¥ 12'\nsensitive: the element 'Pay now'"""
        in clerk.asked[0]
    )


POINTS = st.builds(Point, x=st.integers(0, 199), y=st.integers(0, 399))
PACKAGES = st.sampled_from(["com.x", "com.shop", "com.bank", OTHER])
APPS = st.sampled_from(["com.x", "com.shop", "com.bank", OTHER, "Settings", "clock", "nowhere"])
ACTIONS = st.one_of(
    st.builds(Tap, at=POINTS, sensitive=st.sampled_from([None, "", "pay"])),
    st.builds(Swipe, start=POINTS, end=POINTS),
    st.builds(Drag, start=POINTS, end=POINTS),
    st.builds(TypeText, text=st.text(max_size=3)),
    st.builds(PressKey, key=st.sampled_from(["back", "home", "enter"])),
    st.builds(Launch, app=APPS),
    st.builds(TakeOver, message=st.text(max_size=9)),
    st.builds(Wait) | st.builds(Note, text=st.just("n")) | st.builds(Finish),
)
SAFETY = st.builds(
    SafetyConfig,
    confirm=st.sampled_from(["allow", "deny", "ask"]),
    sensitive_packages=st.lists(PACKAGES, max_size=2).map(tuple),
    sensitive_words=st.lists(st.sampled_from(["pay", "支付", "bin"]), max_size=2).map(tuple),
    hand_over=st.sampled_from(["fail", "skip", "wait"]),
    allowed_apps=st.lists(PACKAGES, max_size=2).map(tuple),
    leave_app=st.sampled_from(["allow", "back", "fail"]),
)
PUTS_IN = ("tap", "swipe", "drag", "type")


@given(
    SAFETY, st.lists(st.tuples(ACTIONS, APPS, st.booleans()), max_size=6), st.sampled_from(["y", "n", "", None])
)  # fmt: skip
def test_nothing_denied_reaches_the_phone(
    safety: SafetyConfig, moments: list[tuple[Action, str, bool]], answer: str | None
) -> None:
    """The oracle knows the rules in words of its own; what a word is, the test above says."""

    class Echo:
        def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
            return Answer(answer, "asleep")

    config = RunConfig(safety=safety)
    safeguard = Safeguard(config, task("t_1", "x"), Echo(), name="t_1.1", stopped=lambda: False)
    allowed = {"com.x", *safety.allowed_apps}
    for action, package, secure in moments:
        seen = replace(SHOP, package=package, secure=secure)
        puts_in = action.type in PUTS_IN or action == PressKey(key="enter")
        risky = (isinstance(action, Tap) and bool(action.sensitive)) or (
            puts_in and (secure or package in safety.sensitive_packages)
        )
        try:
            act = safeguard.clear(action, seen).act
        except (Denied, NeedsPerson):
            assert safeguard.events()[-1].done == "denied"
            continue
        noted = safeguard.events()
        if risky:
            assert safety.confirm == "allow" or (safety.confirm == "ask" and answer == "y")
            assert (noted[-1].rule, noted[-1].done) == ("confirm", "allowed")
        if isinstance(action, TakeOver):
            assert act is None
            assert safety.hand_over != "fail"
        elif isinstance(action, Launch) and safety.leave_app != "allow":
            assert act is None or (isinstance(act, Launch) and act.app in allowed)
        else:
            assert act == action or isinstance(act, Launch)


def type_when_asked(terminal: int, shown: io.StringIO) -> None:
    while "(20 s) >" not in shown.getvalue():
        time.sleep(0.01)
    os.write(terminal, "是的\nleft over\n".encode())


def test_the_person_at_the_terminal() -> None:
    ours, theirs = pty.openpty()
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=100)
    with os.fdopen(theirs, "r+b", buffering=0) as raw, LiveDisplay(console, "x", 2) as display:
        stdin = io.TextIOWrapper(raw, write_through=True)
        person = TerminalPerson(console, display, stdin)
        os.write(ours, b"typed before the question\n")
        threading.Thread(target=type_when_asked, args=(ours, out), daemon=True).start()
        assert person.ask("t_1.1 \x1b[2Jwants to act\nallow?", 20.0, lambda: False) == Answer("是的")
        assert person.ask("and now?", 0.1, lambda: False).text is None
        assert person.ask("stopped?", 60.0, lambda: True).text is None
        stdin.detach()
    os.close(ours)
    assert "wants to act" in out.getvalue()
    assert "\x1b[2J" not in out.getvalue()


def test_without_a_terminal_nobody_answers() -> None:
    console = Console(file=io.StringIO())
    person = TerminalPerson(console, PlainDisplay(console, "x", 2), io.StringIO("y\n"))
    assert person.ask("allow?", 60.0, lambda: False) == Answer(None, "there is no terminal to ask at")


def test_the_display_tells_what_was_kept_from_happening() -> None:
    out = io.StringIO()
    display = PlainDisplay(Console(file=out, width=200), "x", 2)
    key = EpisodeKey("t_1", 1)
    display.safety_spoke(key, 2, SafetyEvent(rule="confirm", about="\x1b[2Jpay", by="person", done="denied"))
    display.safety_spoke(key, 3, SafetyEvent(rule="secure", about="com.bank", by="policy", done="told"))
    assert out.getvalue() == "t_1.1 step 3: confirm: �[2Jpay - denied by person\n"


def test_waiting_for_a_person_is_nobodys_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, late = time.monotonic, [0.0]

    class Slow(Clerk):
        def ask(self, question: str, timeout_s: float, stopped: Callable[[], bool]) -> Answer:
            late[0] += 5000
            return super().ask(question, timeout_s, stopped)

    monkeypatch.setattr(time, "monotonic", lambda: clock() + late[0])
    limits = {"episode_timeout_s": 2000}
    _, result, steps = play(tmp_path, [PAY], {"confirm": "ask"}, Slow("y"), limits=limits)
    assert result.outcome is Outcome.FINISHED
    assert steps[0].safety[0].waited_s >= 5000
    assert max(result.seconds, steps[0].timings.total_s) < 2000


class Hands:
    """A person who drives: does what was laid down, then leaves."""

    def __init__(self, *acts: Action) -> None:
        self._acts = iter(acts)

    def decide(self, scene: Scene, timeout_s: float, stopped: Callable[[], bool]) -> Action | None:
        assert scene.most_steps == 25
        return next(self._acts, None)


def test_a_person_who_drives_is_neither_timed_nor_asked_again(tmp_path: Path) -> None:
    safety = {"confirm": "ask", "sensitive_packages": ["com.x"]}
    limits = {"episode_timeout_s": 1e-9}
    config = RunConfig.model_validate({"agent": "human", "safety": safety, "limits": limits})
    plan = make_plan(config, make_suite("s", [task("t_1", "x")]), "try1", tmp_path)
    hands = Hands(Tap(at=MIDDLE), Finish(answer="seen"))
    execute(plan, lambda _: OneApps(Apps()), Ears(), person=Clerk(), driver=hands)
    recorded = RunReader(tmp_path / "try1").episode(EpisodeKey("t_1", 1))
    assert ended(recorded.result) == ("finished", None)
    assert recorded.result.seconds > 0
    steps = list(recorded.steps())
    assert events(steps) == [(0, "confirm", "person", "allowed")]
    assert [step.decided_by for step in steps] == ["human", "human"]


def test_the_config_of_the_documents() -> None:
    text = (REPO_ROOT / "docs/safety.md").read_text("utf-8")
    config = RunConfig.model_validate(yaml.safe_load(re.findall(r"```yaml\n(.*?)```", text, re.S)[0]))
    assert (config.safety.confirm, config.limits.unchanged_limit) == ("ask", 8)
    assert config_digest(config) != config_digest(RunConfig(limits=config.limits))


def test_on_a_simulated_phone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As users run it: the model is told in its next prompt, the trace and the terminal say what was done."""
    replies = ['do(action="Launch", app="Settings")', 'do(action="Take_over", message="Log in for me")']
    replies.append('do(action="Tap", element=[500,500], message="This pays.")')
    (tmp_path / "replies.yaml").write_text(json.dumps(replies))
    config = {
        "phone": {"width": 720, "height": 1600, "density": 280},
        "models": {"device": {"scripted": str(tmp_path / "replies.yaml")}},
        "agent": {"policy": "single", "dialect": "autoglm"},
        "safety": {"confirm": "ask", "leave_app": "back"},
    }
    (tmp_path / "x.yaml").write_text(json.dumps(config))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    code = main(["-c", str(tmp_path / "x.yaml"), "--task_id", "zoom_1", "--set", f"logs_dir={tmp_path}"])
    out = capsys.readouterr().out
    assert code == 0
    episode = RunReader(tmp_path / "x").episode(EpisodeKey("zoom_1", 1))
    steps = list(episode.steps())
    assert ended(episode.result) == ("agent_error", "Denied")
    assert events(steps) == [
        (0, "allowed_apps", "policy", "skipped"), (1, "hand_over", "policy", "skipped"),
        (2, "confirm", "nobody", "denied"),
    ]  # fmt: skip
    assert len({step.package for step in steps}) == 1
    told = [json.loads(episode.read_bytes(str(step.prompt)))[-1]["content"][-1]["text"] for step in steps]
    assert [said in told[index] for index, said in ((1, "not launched"), (2, "nobody is there"))] == [True, True]
    assert "zoom_1.1 step 2: hand_over: Log in for me - skipped by policy" in out
    assert "the safety rules ask a person, but there is no terminal" in out
    assert "there is no terminal to ask at" in out
    assert json.loads((tmp_path / "x/summary.json").read_bytes())["errors"] == {"Denied": 1}
