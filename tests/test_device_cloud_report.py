"""A small and a large model share episodes on a simulated phone; what the report says of it equals a count by hand.

Each model is an HTTP server. The servers write down what they served, and the expected figures are sums over that list:
nothing of the product's own counting is used.
"""

from __future__ import annotations

import json
import signal
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from stub_server import Reply, StubServer
from traces import spoken

from evaluation.cli import main as generate_result
from phonebench.cli import main as evaluate
from phonebench.trace import EpisodeKey, RunReader

TASKS = {"clock_4": "the existing 9 AM alarm", "clock_13": "How many of the alarms", "zoom_1": "1234567890"}
"""With a piece of each instruction. The small model solves the first, is wrong at the second, is lost at the third."""
PRICES = {"small": {"prompt": 1, "completion": 2}, "large": {"prompt": 10, "completion": 40, "cached": 1}}
"""Per million tokens."""


@dataclass(frozen=True)
class Served:
    """One reply of a server."""

    task: str
    role: str
    prompt: int
    cached: int
    completion: int

    @property
    def cost(self) -> float:
        if self.role == "device":
            return (self.prompt * 1 + self.completion * 2) / 1e6
        return ((self.prompt - self.cached) * 10 + self.cached * 1 + self.completion * 40) / 1e6


class Model:
    """One model behind HTTP: which reply is due follows from what is asked and of which task."""

    def __init__(self, replies: Mapping[tuple[str, str], Iterator[str]], served: list[Served]) -> None:
        self._replies = replies
        self._served = served

    def __call__(self, body: dict[str, Any]) -> Reply:
        system = body["messages"][0]["content"]
        said = json.dumps(body["messages"])
        (task,) = (name for name, words in TASKS.items() if words in said)
        role = "device" if body["model"] == "small" else "cloud"
        if role == "cloud" and "CLOUD or DEVICE" in system:
            role = "controller"
        elif role == "cloud" and '{"start"' in system:
            role = "planner"
        prompt, cached = {"device": (300, 0), "cloud": (1000, 400), "controller": (200, 100), "planner": (50, 0)}[role]
        text = next(self._replies[task, role])
        self._served.append(Served(task, role, prompt, cached, len(text.split())))
        return Reply(text, prompt_tokens=prompt, cached_tokens=cached)


@dataclass(frozen=True)
class Runs:
    """What was served in the shared runs (`back`: of one task, with hand-back) and in the one of the cloud model alone,
    and what the report made of it."""

    logs: Path
    both: list[Served]
    cloud: list[Served]
    back: list[Served]
    rows: dict[str, dict[str, Any]]
    """Of the sheet Summary, by run and column."""
    episodes: dict[tuple[str, str], dict[str, Any]]
    """Of the sheet Episodes, by run and task."""


def sheet(book: Path, name: str, keys: tuple[str, ...]) -> dict[Any, dict[str, Any]]:
    """Rows of a sheet by some of their columns; the header is the first row that holds all of these."""
    lines = list(openpyxl.load_workbook(book, read_only=True)[name].iter_rows(values_only=True))
    top = next(number for number, line in enumerate(lines) if set(keys) <= set(line))
    found = {}
    for line in lines[top + 1 :]:
        row = {str(title): value for title, value in zip(lines[top], line, strict=False) if title}
        key = tuple(row[name] for name in keys)
        found[key if len(keys) > 1 else key[0]] = row
    return found


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Runs on one phone: the solutions (to know what a good model says), both models, the cloud model alone, and both
    with hand-back."""
    folder = tmp_path_factory.mktemp("device_cloud")
    logs = folder / "logs"
    phone = {"count": 1, "width": 720, "height": 1600, "density": 280}

    def play(name: str, tasks: Iterable[str] = TASKS, **config: Any) -> None:
        (folder / f"{name}.yaml").write_text(json.dumps({"phone": phone, "logs_dir": str(logs), **config}))
        old = signal.getsignal(signal.SIGTERM)
        try:
            assert evaluate(["-n", name, "-c", str(folder / f"{name}.yaml"), "--task_id", *tasks]) == 0
        finally:
            signal.signal(signal.SIGTERM, old)

    play("reference", agent="reference")
    som, autoglm = ({task: spoken(logs / "reference", d, task) for task in TASKS} for d in ("som", "autoglm"))
    script: dict[str, dict[tuple[str, str], list[str]]] = {
        "both": {
            ("zoom_1", "planner"): ['{"start": 2, "every": 2}'],
            ("zoom_1", "controller"): ["DEVICE", "It is lost. CLOUD"],
            ("zoom_1", "device"): ["wait(1)", "Hm.\nwait(1)", "wait(1)"],
            ("zoom_1", "cloud"): autoglm["zoom_1"],
            ("clock_4", "planner"): ['{"start": 50, "every": 50}'],
            ("clock_4", "device"): som["clock_4"],
            ("clock_13", "planner"): ["No plan."],
            ("clock_13", "device"): ['finish("99")'],
        },
        "cloud": {(task, "cloud"): autoglm[task] for task in TASKS},
        "back": {
            ("zoom_1", "planner"): ['{"start": 2, "every": 2}'],
            ("zoom_1", "controller"): ["CLOUD", "The rest is easy: DEVICE"],
            ("zoom_1", "device"): ["wait(1)", som["zoom_1"][2]],
            ("zoom_1", "cloud"): autoglm["zoom_1"][:2],
        },
    }
    agent = {"dialect": "som", "cloud_dialect": "autoglm"}
    policies = {
        "both": {"policy": "device_cloud"},
        "cloud": {"policy": "always_cloud"},
        "back": {"policy": "device_cloud", "controller": {"hand_back": True}},
    }
    served: dict[str, list[Served]] = {name: [] for name in policies}
    for name, policy in policies.items():
        model = Model({key: iter(texts) for key, texts in script[name].items()}, served[name])
        small, large = ([{"id": served_name, "object": "model"}] for served_name in ("small", "large"))
        with StubServer(model, models=small) as device, StubServer(model, models=large) as cloud:
            models = {
                "device": {"base_url": device.base_url, "name": "small"},
                "cloud": {"base_url": cloud.base_url, "name": "large"},
            }
            tasks = dict.fromkeys(task for task, _ in script[name])
            play(name, tasks, models=models, prices=PRICES, agent=agent | policy)
    book = folder / "results.xlsx"
    assert generate_result(["--input_folder", str(logs), "-n", *policies, "--output_excel", str(book)]) == 0
    rows, episodes = sheet(book, "Summary", ("Run",)), sheet(book, "Episodes", ("Run", "Task"))
    return Runs(logs, rows=rows, episodes=episodes, **served)


def test_the_trace_names_every_call_in_its_order(runs: Runs) -> None:
    steps = list(RunReader(runs.logs / "both").episode(EpisodeKey("zoom_1", 1)).steps())
    assert [step.decided_by for step in steps] == ["device"] * 3 + ["cloud"] * 3
    assert [[call.role for call in step.calls] for step in steps] == [
        ["planner", "device"], ["controller", "device"], ["device"], ["controller", "cloud"], ["cloud"], ["cloud"],
    ]  # fmt: skip
    assert [call.model for call in steps[3].calls] == ["large", "large"]
    assert steps[3].extra["handed_over"] == "the controller said CLOUD"
    recorded = [
        (call.role, call.usage.prompt_tokens, call.usage.cached_tokens, call.usage.completion_tokens)
        for step in steps
        for call in step.calls
    ]
    assert recorded == [(o.role, o.prompt, o.cached, o.completion) for o in runs.both if o.task == "zoom_1"]
    alone = list(RunReader(runs.logs / "cloud").episode(EpisodeKey("clock_4", 1)).steps())
    assert {(step.decided_by, *(call.role for call in step.calls)) for step in alone} == {("cloud", "cloud")}


def test_the_spreadsheet_equals_a_count_by_hand(runs: Runs) -> None:
    both, cloud = runs.rows["both"], runs.rows["cloud"]
    clock = sum(one.task == "clock_4" and one.role == "device" for one in runs.both)
    steps = clock + 1 + 6
    counts = {role: sum(one.role == role for one in runs.both) for role in ("planner", "controller", "cloud", "device")}
    assert counts == {"planner": 3, "controller": 2, "cloud": 3, "device": clock + 1 + 3}
    assert (both["SR"], cloud["SR"]) == (pytest.approx(2 / 3), 1)
    for row, served in ((both, runs.both), (cloud, runs.cloud)):
        in_cloud = [one for one in served if one.role != "device"]
        assert row["Model calls"] == len(served)
        assert row["Prompt tokens"] == sum(one.prompt for one in served)
        assert row["Completion tokens"] == sum(one.completion for one in served)
        assert row["Cloud calls"] == len(in_cloud)
        assert row["Cloud tokens"] == sum(one.prompt + one.completion for one in in_cloud)
        assert row["Cost"] == pytest.approx(sum(one.cost for one in served))
        assert row["Cloud cost"] == pytest.approx(sum(one.cost for one in in_cloud))
        assert row["Cost per success"] == pytest.approx(row["Cost"] / (2 if row is both else 3))
        assert not row["No price for"]
    assert (both["Device share"], both["Cloud share"]) == (pytest.approx((clock + 4) / steps), pytest.approx(3 / steps))
    assert (cloud["Device share"], cloud["Cloud share"]) == (0, 1)
    assert (both["Cloud-only run"], cloud["Cloud-only run"]) == ("cloud", None)
    assert both["Cloud calls saved"] == pytest.approx(1 - 8 / len(runs.cloud))
    alone = sum(one.task != "clock_13" for one in runs.cloud)
    assert both["Cloud calls saved, passed"] == pytest.approx(1 - 7 / alone), "where both passed"


def test_per_task_and_over_passed_tasks(runs: Runs) -> None:
    both = runs.rows["both"]
    clock = sum(one.task == "clock_4" and one.role == "device" for one in runs.both)
    expected = {
        "Steps per task": ((clock + 7) / 3, (clock + 6) / 2),
        "Device steps per task": ((clock + 4) / 3, (clock + 3) / 2),
        "Cloud steps per task": (3 / 3, 3 / 2),
        "Controller calls per task": (2 / 3, 2 / 2),
    }
    for title, (driven, passed) in expected.items():
        assert (both[title], both[f"{title}, passed"]) == (pytest.approx(driven), pytest.approx(passed)), title


def test_hand_back_by_hand(runs: Runs) -> None:
    """One of four steps on the device, two in the cloud, the last one on the device again."""
    steps = list(RunReader(runs.logs / "back").episode(EpisodeKey("zoom_1", 1)).steps())
    assert [step.decided_by for step in steps] == ["device", "cloud", "cloud", "device"]
    assert [[call.role for call in step.calls] for step in steps] == [
        ["planner", "device"], ["controller", "cloud"], ["cloud"], ["controller", "device"],
    ]  # fmt: skip
    assert steps[3].extra["handed_back"] == "the controller said DEVICE"
    row, in_cloud = runs.rows["back"], [one for one in runs.back if one.role != "device"]
    assert (len(runs.back), len(in_cloud)) == (7, 5)
    assert (row["SR"], row["Device share"], row["Cloud share"]) == (1, 0.5, 0.5)
    assert (row["Controller calls per task"], row["Cloud calls"], row["Model calls"]) == (2, 5, 7)
    assert row["Cloud tokens"] == sum(one.prompt + one.completion for one in in_cloud)
    assert row["Cost"] == pytest.approx(sum(one.cost for one in runs.back))
    assert row["Cloud cost"] == pytest.approx(sum(one.cost for one in in_cloud))
    alone = sum(one.task == "zoom_1" for one in runs.cloud)
    assert row["Cloud calls saved"] == pytest.approx(1 - 5 / alone), "looking on cost more than it saved"


def test_each_episode_has_its_own_calls(runs: Runs) -> None:
    for task in TASKS:
        row = runs.episodes["both", task]
        assert row["Model calls"] == sum(one.task == task for one in runs.both)
        assert row["Verdict"] == ("fail" if task == "clock_13" else "pass")
