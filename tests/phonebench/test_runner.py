"""The runner on phones in memory: how episodes end, what is retried, how a run goes on."""

from __future__ import annotations

import contextlib
import io
import json
import queue
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from traces import contents

from phonebench.agent.change import changed
from phonebench.config import PhoneConfig, RunConfig
from phonebench.runner import Ended, GaveUpError, Silent, Summary, execute, make_plan
from phonebench.runner.attempts import episode_seed
from phonebench.runner.instruction import instruction_for
from phonebench.schema.action import Action, Finish, Point, PressKey, Tap
from phonebench.schema.episode import DeviceInfo, Outcome
from phonebench.schema.errors import (
    BadAction,
    ConfigError,
    ContextOverflow,
    DeviceLost,
    ModelUnavailable,
    ReplyTooSlow,
    TraceError,
    UiDumpError,
)
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.protocols import Decision, EpisodeReader
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict
from phonebench.suite import make_suite
from phonebench.trace import EpisodeKey, RunReader


def png(shade: int, caret: bool = False) -> bytes:
    out = io.BytesIO()
    image = Image.new("RGB", (200, 400), (shade % 256, 0, 0))
    if caret:
        image.paste((0, 255, 0), (100, 200, 102, 210))
    image.save(out, "PNG")
    return out.getvalue()


class MemoryPhone:
    """A phone whose whole state is how often it was touched. `faults` maps the number of a call to what it raises."""

    def __init__(self, serial: str, faults: Callable[[str, int], Exception | None]) -> None:
        self.info = DeviceInfo(serial=serial, kind="sim", simulated=True, width=200, height=400)
        self.touched = 0
        self.setup: Mapping[str, Any] | None = None
        self._faults = faults
        self._calls = 0

    def _call(self, name: str) -> None:
        self._calls += 1
        fault = self._faults(name, self._calls)
        if fault is not None:
            raise fault

    def observe(self) -> Observation:
        return self.settle()

    def settle(self) -> Observation:
        self._call("settle")
        xml = f"<hierarchy touched='{self.touched}'/>"
        return Observation(png(self.touched), 200, 400, xml, UiNode(Bounds(0, 0, 200, 400)), "com.x", took_s=0.001)

    def perform(self, action: Action) -> None:
        self._call("perform")
        if not isinstance(action, PressKey):
            self.touched += 1

    def reset(self, setup: Mapping[str, Any] | None, *, package: str = "") -> None:
        self._call("reset")
        self.touched, self.setup = 0, setup

    def open_app(self, package: str) -> None:
        self._call("open_app")

    def go_home(self) -> None:
        self._call("go_home")

    def state(self) -> dict[str, Any] | None:
        self._call("state")
        return {"touched": self.touched}

    def shell(self, command: str, timeout_s: float = 20.0) -> tuple[int, str]:
        self._call("shell")
        return 0, f"{command}\n"


class MemoryPhones:
    """A provider; each lease that ended in an exception gives a fresh phone next."""

    def __init__(self, config: PhoneConfig, faults: Callable[[str, int], Exception | None]) -> None:
        self.size = config.count
        self.leases = 0
        self.made = 0
        self._faults = faults
        self._free: queue.SimpleQueue[MemoryPhone | None] = queue.SimpleQueue()
        for _ in range(self.size):
            self._free.put(None)

    def __enter__(self) -> MemoryPhones:
        return self

    def __exit__(self, *exc: object) -> None:
        pass

    @contextlib.contextmanager
    def lease(self) -> Iterator[MemoryPhone]:
        phone = self._free.get()
        self.leases += 1
        broken = True
        try:
            if phone is None:
                self.made += 1
                phone = MemoryPhone(f"memory-{self.made}", self._faults)
            phone._call("lease")
            yield phone
            broken = False
        finally:
            self._free.put(None if broken else phone)


class Puppet:
    """Does or raises what its task's instruction says, e.g. `tap tap finish:42`."""

    def __init__(self) -> None:
        self.name = "puppet"
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls = ()
        self._acts: Iterator[str] = iter(())

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        self._acts = iter(task.instruction.split())

    def decide(self, observation: Observation) -> Decision:
        self.last_reply = act = next(self._acts, "tap")
        self.last_prompt = [{"role": "user", "content": act}]
        raised: dict[str, Exception] = {
            "mumble": BadAction("no action in the reply", reply="mumble"),
            "overflow": ContextOverflow("too long"),
            "slow": ReplyTooSlow("too slow"),
            "down": ModelUnavailable("no answer"),
            "config": ConfigError("the endpoint does not serve it"),
            "bug": ZeroDivisionError("division by zero"),
            "stop": KeyboardInterrupt(),
        }
        if act in raised:
            raise raised[act]
        if act == "nonsense":
            return None  # type: ignore[return-value]
        action: Action = Tap(at=Point(x=1, y=2))
        if act == "back":
            action = PressKey(key="back")
        if act.startswith("finish"):
            action = Finish(answer=act.partition(":")[2])
        return Decision(action=action, thought="hm", reply=act, prompt=self.last_prompt, decided_by="device")


def task(id: str, acts: str, **more: Any) -> Task:  # noqa: A002
    plain = {"id": id, "app": "a", "package": "com.x", "kind": "operation", "reference_steps": 2, "instruction": acts}
    return Task.model_validate(plain | {"goals": [{"says": "done"}]} | more)


def no_faults(name: str, number: int) -> Exception | None:
    return None


class Ears(Silent):
    """Remembers what a run told."""

    def __init__(self) -> None:
        self.ended: list[Ended] = []
        self.retried: list[EpisodeKey] = []
        self.serials: list[str] = []

    def episode_started(self, key: EpisodeKey, serial: str) -> None:
        self.serials.append(serial)

    def episode_ended(self, ended: Ended) -> None:
        self.ended.append(ended)

    def episode_retried(self, key: EpisodeKey, result: Any) -> None:
        self.retried.append(key)


def run(
    folder: Path,
    *tasks: Task,
    faults: Callable[[str, int], Exception | None] = no_faults,
    ears: Silent | None = None,
    score: Any = None,
    redo: tuple[Outcome, ...] = (),
    **config: Any,
) -> Summary:
    settings = RunConfig.model_validate({"agent": f"{__name__}:Puppet"} | config)
    plan = make_plan(settings, make_suite("s", tasks), "try1", folder)
    return execute(plan, lambda phone: MemoryPhones(phone, faults), ears or Silent(), score=score, redo=redo)


def episode(folder: Path, key: str = "t_1.1") -> Any:
    task_id, _, attempt = key.rpartition(".")
    return RunReader(folder / "try1").episode(EpisodeKey(task_id, int(attempt)))


OUTCOMES: list[tuple[str, dict[str, Any], Outcome, str | None, int]] = [
    ("tap back finish:42", {}, Outcome.FINISHED, None, 3),
    ("finish", {}, Outcome.FINISHED, None, 1),
    ("tap mumble", {}, Outcome.AGENT_ERROR, "BadAction", 2),
    ("overflow", {}, Outcome.AGENT_ERROR, "ContextOverflow", 1),
    ("tap slow", {}, Outcome.TIME_LIMIT, "ReplyTooSlow", 2),
    ("tap bug", {}, Outcome.AGENT_ERROR, "AgentError", 2),
    ("nonsense", {}, Outcome.AGENT_ERROR, "AgentError", 1),
    ("tap tap tap", {"limits": {"max_steps": 2}}, Outcome.STEP_LIMIT, None, 2),
    ("tap tap tap", {"limits": {"episode_timeout_s": 1e-9}}, Outcome.TIME_LIMIT, None, 1),
    ("back tap tap tap tap", {"limits": {"repeat_limit": 3}}, Outcome.STEP_LIMIT, "Stuck", 4),
    ("tap back back tap back back back", {"limits": {"unchanged_limit": 3}}, Outcome.STEP_LIMIT, "Stuck", 7),
    ("tap down", {}, Outcome.INFRA_ERROR, "ModelUnavailable", 2),
]


@pytest.mark.parametrize(("acts", "config", "outcome", "error", "steps"), OUTCOMES)
def test_how_an_episode_ends(
    tmp_path: Path, acts: str, config: dict[str, Any], outcome: Outcome, error: str | None, steps: int
) -> None:
    run(tmp_path, task("t_1", acts), retries=0, **config)
    recorded = episode(tmp_path)
    result = recorded.result
    assert (result.outcome, result.error and result.error.type, result.steps) == (outcome, error, steps)
    assert len(list(recorded.steps())) == steps
    assert (result.answer, result.claimed_success) == (
        ("42" if "42" in acts else "", True) if "finish" in acts else (None, None)
    )
    if outcome is not Outcome.INFRA_ERROR:
        assert recorded.state_after() is not None
        assert recorded.read_bytes(result.final_screen).startswith(b"\x89PNG")


def test_a_recorded_step(tmp_path: Path) -> None:
    run(tmp_path, task("t_1", "tap back mumble", probes=[{"name": "p", "shell": "date"}]), retries=0)
    recorded = episode(tmp_path)
    tap, back, mumble = recorded.steps()
    assert (tap.effect, back.effect, mumble.effect) == ("changed", "unchanged", "none")
    assert (tap.screen, tap.ui, tap.prompt) == ("screens/000.png", "ui/000.xml", "prompts/000.json")
    assert (tap.thought, tap.reply, tap.package, tap.width) == ("hm", "tap", "com.x", 200)
    assert (mumble.action, mumble.reply) == (None, "mumble")
    assert "no action in the reply" in mumble.error
    assert json.loads(recorded.read_bytes(mumble.prompt)) == [{"role": "user", "content": "mumble"}]
    timings = tap.timings
    parts = timings.observe_s + timings.model_s + timings.act_s + timings.settle_s
    assert 0 < timings.observe_s <= parts <= timings.total_s + 1e-9
    assert (recorded.state_before(), recorded.state_after()) == ({"touched": 0}, {"touched": 1})
    assert recorded.probes() == {"p": "date\n"}
    assert recorded.info.instruction == "Use the app a for this task: tap back mumble"
    assert recorded.result.final_screen == "screens/002.png"


def test_the_screen_after_the_last_touch_is_kept(tmp_path: Path) -> None:
    run(tmp_path, task("t_1", "tap tap"), limits={"max_steps": 2})
    first, last = episode(tmp_path).steps()
    assert (first.screen_after, last.screen_after) == (None, "screens/002.png")
    assert episode(tmp_path).result.final_screen == "screens/002.png"


def test_infra_trouble_is_retried_on_a_fresh_phone_and_every_try_kept(tmp_path: Path) -> None:
    def faults(name: str, number: int) -> Exception | None:
        # The first phone dies at its fifth perform-or-settle; later phones live.
        return DeviceLost("gone") if state["alive"] and number == 7 and not state.update(alive=False) else None

    state = {"alive": True}
    ears = Ears()
    run(tmp_path, task("t_1", "tap tap finish:1"), faults=faults, ears=ears)
    recorded = episode(tmp_path)
    assert (recorded.result.outcome, recorded.result.retries, ears.retried) == (Outcome.FINISHED, 1, [("t_1", 1)])
    assert len(list(recorded.steps())) == 3
    (lost,) = recorded.retries()
    assert (lost.outcome, lost.error.type) == (Outcome.INFRA_ERROR, "DeviceLost")
    assert ears.serials == ["memory-1", "memory-2"]
    assert recorded.info.device.serial == "sim"
    assert (recorded.folder / "retries/1/steps.jsonl").exists()


@pytest.mark.parametrize("name", ["lease", "reset", "open_app", "settle", "state", "perform", "shell"])
@pytest.mark.parametrize("error", [DeviceLost("gone"), UiDumpError("no tree"), KeyError("a bug of ours")])
def test_a_phone_that_always_fails_is_never_the_agents_fault(tmp_path: Path, name: str, error: Exception) -> None:
    ears = Ears()
    summary = run(
        tmp_path,
        task("t_1", "tap finish", probes=[{"name": "p", "shell": "date"}]),
        faults=lambda called, _: error if called == name else None,
        ears=ears,
        retries=2,
    )
    recorded = episode(tmp_path)
    assert (recorded.result.outcome, recorded.result.retries, len(ears.retried)) == (Outcome.INFRA_ERROR, 2, 2)
    assert len(list(recorded.retries())) == 2
    assert recorded.info.task_id == "t_1"
    assert (summary.done, summary.unscored) == (1, 1)


def test_a_users_error_ends_the_run(tmp_path: Path) -> None:
    tasks = [task("t_1", "finish"), task("t_2", "config"), task("t_3", "finish")]
    with pytest.raises(ConfigError, match="does not serve"):
        run(tmp_path, *tasks)
    assert [str(key) for key in RunReader(tmp_path / "try1").unfinished()] == ["t_2.1", "t_3.1"]


def test_many_losses_in_a_row_end_the_run(tmp_path: Path) -> None:
    tasks = [task(f"t_{n}", "down") for n in range(9)]
    with pytest.raises(GaveUpError, match="3 episodes in a row"):
        run(tmp_path, *tasks, retries=0, stop_after_infra=3)
    done = RunReader(tmp_path / "try1").keys()
    assert 3 <= len(done) <= 5
    healed = [task(f"t_{n}", "down") for n in range(9)]
    with pytest.raises(GaveUpError):
        run(tmp_path, *healed, retries=0, stop_after_infra=3, redo=(Outcome.INFRA_ERROR,))


TASKS = [task(f"t_{n}", "tap " * n + "finish:x") for n in range(5)]


def test_a_resumed_run_equals_an_undisturbed_one(tmp_path: Path) -> None:
    run(tmp_path / "whole", *TASKS, attempts=2, phone={"count": 2})

    calls = {"perform": 0}

    def faults(name: str, number: int) -> Exception | None:
        calls["perform"] += name == "perform"
        return ConfigError("stop here") if calls["perform"] == 9 else None

    with pytest.raises(ConfigError):
        run(tmp_path / "broken", *TASKS, attempts=2, faults=faults)
    half = RunReader(tmp_path / "broken/try1")
    assert 0 < len(half.keys()) < 10
    # An episode that a killed process left: steps, no result, a line cut off.
    (key, *_) = half.unfinished()
    (half.episode(key).folder / "screens").mkdir(parents=True, exist_ok=True)
    (half.episode(key).folder / "screens/099.png").write_bytes(b"stale")
    (half.episode(key).folder / "steps.jsonl").write_bytes(b'{"index": 0, "rep')
    ears = Ears()
    run(tmp_path / "broken", *TASKS, attempts=2, ears=ears)
    assert len(ears.ended) + len(set(half.info.task_ids)) * 2 - 10 < 10
    whole, broken = contents(tmp_path / "whole/try1"), contents(tmp_path / "broken/try1")
    whole.pop("run.json")
    broken.pop("run.json")
    assert whole == broken


def test_done_is_done(tmp_path: Path) -> None:
    run(tmp_path, *TASKS)
    before = contents(tmp_path)
    ears = Ears()
    summary = run(tmp_path, *TASKS, ears=ears)
    assert (ears.ended, summary.done) == ([], 5)
    assert contents(tmp_path) == before
    with pytest.raises(TraceError, match="begun with another config"):
        run(tmp_path, *TASKS, seed=5)
    with pytest.raises(TraceError, match="begun with another tasks"):
        run(tmp_path, *TASKS[:2])


def test_redo_runs_chosen_outcomes_again(tmp_path: Path) -> None:
    tasks = [task("t_1", "mumble"), task("t_2", "finish")]
    run(tmp_path, *tasks)
    ears = Ears()
    run(tmp_path, *tasks, ears=ears, redo=(Outcome.AGENT_ERROR,))
    assert [str(ended.key) for ended in ears.ended] == ["t_1.1"]


def test_judging_as_it_goes(tmp_path: Path) -> None:
    def score(task: Task, reader: EpisodeReader) -> Verdict:
        touched = (reader.state_after() or {})["touched"]
        return Verdict(task_id=task.id, attempt=1, judge="state", result="pass" if touched else "fail")

    ears = Ears()
    summary = run(tmp_path, task("t_1", "tap finish"), task("t_2", "finish"), ears=ears, score=score)
    assert summary.verdicts == {"pass": 1, "fail": 1}
    assert episode(tmp_path, "t_1.1").verdict("state").result == "pass"
    assert json.loads((tmp_path / "try1/summary.json").read_bytes())["verdicts"] == {"fail": 1, "pass": 1}


def test_replay_gives_the_recorded_replies_again(tmp_path: Path) -> None:
    script = tmp_path / "replies.yaml"
    script.write_text("""- do(action="Tap", element=[500,500])\n- finish(message="6")\n""")
    agent = {"policy": "single", "dialect": "autoglm"}
    run(tmp_path / "a", task("t_1", "x"), agent=agent, models={"device": {"scripted": str(script)}})
    run(tmp_path / "b", task("t_1", "x"), agent=agent, models={"device": {"replay": str(tmp_path / "a/try1")}})
    first, second = episode(tmp_path / "a"), episode(tmp_path / "b")
    assert first.result.answer == second.result.answer == "6"
    assert [step.reply for step in first.steps()] == [step.reply for step in second.steps()]


def test_instructions() -> None:
    both = task("t_1", "Do it.", instruction_zh="做吧。")

    def put(given: Task, **prompt: Any) -> str:
        return instruction_for(given, RunConfig.model_validate({"prompt": prompt}).prompt)

    assert put(both) == "Use the app a for this task: Do it."
    assert put(both, name_app=False) == "Do it."
    assert put(both, language="zh") == "请使用应用 a 完成以下任务：做吧。"
    assert put(both, language="zh", name_app=False) == "做吧。"
    assert put(task("t_1", "Do it."), language="zh", name_app=False) == "Do it."


def test_what_counts_as_a_change() -> None:
    def screen(shade: int = 1, caret: bool = False, xml: str = "<a/>", package: str = "p") -> Observation:
        return Observation(png(shade, caret), 200, 400, xml, package=package, device_time=str(shade))

    assert not changed(screen(), screen())
    assert not changed(screen(), screen(caret=True))
    assert changed(screen(), screen(shade=90))
    assert changed(screen(), screen(xml="<b/>"))
    assert changed(screen(), screen(package="q"))


def test_seeds_do_not_depend_on_the_order() -> None:
    keys = [EpisodeKey("t_1", 1), EpisodeKey("t_1", 2), EpisodeKey("t_2", 1)]
    seeds = [episode_seed(0, key) for key in keys]
    assert len(set(seeds)) == 3
    assert seeds[0] == episode_seed(0, keys[0]) != episode_seed(1, keys[0])
