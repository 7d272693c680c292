"""Hand-over from the device model to the cloud model: a stub server plays both; calls are counted by hand."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stub_server import Answer, Fault, Reply, StubServer
from test_agents import DEVICE, node, seen, task
from test_runner import MemoryPhones, no_faults
from test_runner import task as runner_task

from phonebench.agent import agent_for, check_agent, models_used, prompts_digest
from phonebench.agent.policy import Past, read_plan, says_who, told
from phonebench.config import LimitsConfig, RunConfig
from phonebench.model import chat_client
from phonebench.runner import Silent, execute, make_plan
from phonebench.schema.action import Finish, LongPress, Point, PressKey, Swipe, Tap
from phonebench.schema.errors import BadAction, ConfigError, ModelUnavailable
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.schema.protocols import Decision
from phonebench.suite import make_suite
from phonebench.trace import EpisodeKey, RunReader
from phonebench.uitree import touched


class Models:
    """Plays both models: which reply is due is seen from the model's name and the system prompt."""

    def __init__(self, *, plan: Answer, controller: Sequence[Answer], device: Sequence[str]) -> None:
        self.plan = plan
        self.controller = iter(controller)
        self.device = iter(device)
        self.asked_in = ""

    def __call__(self, body: dict[str, Any]) -> Answer:
        system = body["messages"][0]["content"]
        if body["model"] == "small":
            return Reply(next(self.device))
        if "CLOUD or DEVICE" in system:
            self.asked_in += "b" if "took over from it" in system else "o"
            return next(self.controller)
        return self.plan if '{"start"' in system else Reply('do(action="Home")')


def settings(base_url: str, **controller: Any) -> RunConfig:
    model = {"base_url": base_url, "retries": 0}
    return RunConfig.model_validate(
        {
            "models": {"device": model | {"name": "small"}, "cloud": model | {"name": "large"}},
            "agent": {"policy": "device_cloud", "dialect": "som", "controller": controller},
        }
    )


def screen(number: int) -> Observation:
    return seen(node((0, 0, 1000, 2000), node((0, 100, 900, 200), text=str(number), clickable=True)))


def moving(number: int) -> Observation:
    """A screen that differs from every other one in app and page."""
    one = screen(number)
    return Observation(one.png, one.width, one.height, ui=one.ui, package="com.x", activity=f"page{number}")


def play(config: RunConfig, screens: Sequence[Observation]) -> list[Decision]:
    with agent_for(config, 1, lambda key: chat_client(config.models[key])) as agent:
        agent.start(task(), "Do it.", DEVICE)
        return [agent.decide(one) for one in screens]


def deciders(decisions: Sequence[Decision]) -> str:
    """The first letter of each decider."""
    return "".join(decision.decided_by[0] for decision in decisions)


def roles(decisions: Sequence[Decision]) -> list[str]:
    return ["+".join(call.role for call in decision.calls) for decision in decisions]


PLAN = Reply('```json\n{"start": 2, "every": 2}\n```')
TURNS = ["I go back.\nback()", "home()", "wait(1)", "back()", "home()", "wait(1)", "back()"]


def test_the_controller_hands_over_for_the_rest() -> None:
    models = Models(plan=PLAN, controller=[Reply("DEVICE"), Reply("**CLOUD**: it is lost")], device=TURNS)
    with StubServer(models) as server:
        decisions = play(settings(server.base_url), [moving(n) for n in range(6)])
    assert deciders(decisions) == "dddccc"
    assert roles(decisions) == ["planner+device", "controller+device", "device", "controller+cloud", "cloud", "cloud"]
    assert Counter(body["model"] for body in server.requests) == {"small": 3, "large": 6}
    assert all(call.usage.prompt_tokens == 100 for decision in decisions for call in decision.calls)
    assert decisions[3].extra["handed_over"] == "the controller said CLOUD"
    assert decisions[3].extra["asked"][0]["reply"] == "**CLOUD**: it is lost"
    assert decisions[0].extra["marks"]
    assert "marks" not in decisions[4].extra
    assert "base64" not in json.dumps([[decision.prompt, dict(decision.extra)] for decision in decisions])
    prompt = decisions[3].prompt
    assert prompt[1]["content"][0]["image_url"]["url"] == "screens/003.png"
    said = prompt[1]["content"][1]["text"]
    assert "Do it.\n\nAnother model began this task. Steps so far:\n1. I go back. -> " in said
    assert [message["role"] for message in prompt] == ["system", "user"]
    assert '3. {"type":"wait","seconds":1.0}' in said
    controlled = [body for body in server.requests if "CLOUD or DEVICE" in body["messages"][0]["content"]]
    assert [part["type"] for part in controlled[0]["messages"][1]["content"]] == ["image_url", "text"]


def test_never_handed_over_and_nonsense_means_defaults() -> None:
    models = Models(plan=Reply("As often as you like."), controller=[Reply("Well, who knows?")] * 2, device=TURNS * 2)
    with StubServer(models) as server:
        decisions = play(settings(server.base_url), [moving(n) for n in range(11)])
    assert deciders(decisions) == "d" * 11
    told = ["planner+device", *["device"] * 3, "controller+device", *["device"] * 4, "controller+device", "device"]
    assert roles(decisions) == told


def test_without_a_plan_the_config_says_when() -> None:
    models = Models(plan=Fault("500"), controller=[Reply("DEVICE"), Reply("CLOUD")], device=TURNS)
    with StubServer(models) as server:
        config = settings(server.base_url, plan=False, monitor_from=1, every=3)
        decisions = play(config, [moving(n) for n in range(5)])
    assert deciders(decisions) == "dddcc"
    assert roles(decisions) == ["controller+device", "device", "device", "controller+cloud", "cloud"]


RULES: list[tuple[list[str], bool, str, list[str], str]] = [
    (["home()"] * 3, True, "dddcc", ["device"] * 3 + ["cloud"] * 2, "the same action 3 times in a row"),
    (["back()", "home()", "back()"], False, "ddccc", ["device"] * 2 + ["cloud"] * 3, "the screen stayed the same"),
    (["back()", "Hm."], True, "dcccc", ["device", "device+cloud", "cloud", "cloud", "cloud"], "no action in the reply"),
    (TURNS, True, "ddddd", ["device"] * 5, ""),
]


@pytest.mark.parametrize(("device", "moves", "who", "called", "why"), RULES)
def test_rules_need_no_model(device: list[str], moves: bool, who: str, called: list[str], why: str) -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=device)) as server:
        config = settings(server.base_url, kind="rules")
        decisions = play(config, [moving(n if moves else 0) for n in range(5)])
    assert (deciders(decisions), roles(decisions)) == (who, called)
    reasons = [decision.extra["handed_over"] for decision in decisions if "handed_over" in decision.extra]
    assert len(reasons) == bool(why)
    assert all(why in reason for reason in reasons)
    if "Hm." in device:
        assert decisions[1].extra["device_reply"] == "Hm."


def test_the_controller_hands_back_and_over_again() -> None:
    answers = [Reply(word) for word in ("CLOUD", "CLOUD", "Hm.", "DEVICE", "DEVICE", "CLOUD")]
    models = Models(plan=Fault("500"), controller=answers, device=TURNS)
    with StubServer(models) as server:
        config = settings(server.base_url, plan=False, monitor_from=2, every=1, hand_back=True)
        decisions = play(config, [moving(n) for n in range(7)])
    assert deciders(decisions) == "dcccddc"
    assert models.asked_in == "obbboo"
    assert roles(decisions)[0] == "device"
    assert roles(decisions)[1:] == [f"controller+{decision.decided_by}" for decision in decisions[1:]]
    told = {n: key for n, d in enumerate(decisions) for key in ("handed_over", "handed_back") if key in d.extra}
    assert told == {1: "handed_over", 4: "handed_back", 6: "handed_over"}
    assert decisions[4].extra["handed_back"] == "the controller said DEVICE"
    back = decisions[4].prompt[1]["content"][1]["text"]
    assert "You and another model have worked on this task. Steps so far:\n1. [device] I go back. -> " in back
    assert '4. [cloud] {"type":"key","key":"home"}' in back
    assert decisions[4].prompt[1]["content"][0]["image_url"]["url"] == "screens/004.png"
    assert decisions[4].extra["asked"][0]["role"] == "controller"
    assert len(decisions[5].prompt) == 4


def test_what_was_done_is_told_without_anybodys_coordinates() -> None:
    done = [
        Past(Tap(at=Point(x=540, y=1010)), "It adds one.", "device", ("Alarm", "Add alarm")),
        Past(Swipe(start=Point(x=500, y=900), end=Point(x=520, y=300)), by="cloud"),
        Past(Tap(at=Point(x=7, y=8)), by="cloud"),
    ]
    assert told(done, "en").splitlines() == [
        "Steps so far:",
        '1. [device] It adds one. -> {"type":"tap","at":"Alarm, Add alarm"}',
        '2. [cloud] {"type":"swipe","finger moves":"up"}',
        '3. [cloud] {"type":"tap","at":{"x":7,"y":8}}',
    ]


def test_words_that_a_tap_touches() -> None:
    switch = UiNode(Bounds(0, 0, 40, 40), text="Off", resource_id="x/sw", clickable=True)
    bare = UiNode(Bounds(50, 0, 90, 40), resource_id="x/more", clickable=True)
    root = UiNode(Bounds(0, 0, 100, 100), resource_id="x/root", children=(switch, bare))
    assert touched(Tap(at=Point(x=5, y=5)), root) == ("Off",)
    assert touched(LongPress(at=Point(x=60, y=5)), root) == ("root", "more")
    assert touched(Tap(at=Point(x=5, y=5)), None) == touched(PressKey(key="back"), root) == ()


def test_rules_hand_back_when_things_move() -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=["home()"] * 9)) as server:
        config = settings(server.base_url, kind="rules", hand_back=True, repeats=2, recovered=2, unchanged=None)
        decisions = play(config, [moving(n) for n in (0, 1, 2, 2, 3, 4, 5, 6)])
    assert deciders(decisions) == "ddcccddc"
    reasons = [(n, d.extra.get("handed_over") or d.extra.get("handed_back")) for n, d in enumerate(decisions)]
    assert [(n, why) for n, why in reasons if why] == [
        (2, "the same action 2 times in a row"),
        (5, "the screen changed 2 times in a row"),
        (7, "the same action 2 times in a row"),
    ]


@pytest.mark.parametrize(
    ("controller", "screens", "who"),
    [
        ({"unchanged": 1, "repeats": None}, (0, 0), "dc"),
        ({"unchanged": None, "repeats": None}, (0, 0, 0, 0), "dddd"),
        ({"unchanged": None, "repeats": 4}, (0, 0, 0, 0, 0), "ddddc"),
    ],
)
def test_thresholds_of_the_rules(controller: dict[str, Any], screens: tuple[int, ...], who: str) -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=["home()"] * 9)) as server:
        config = settings(server.base_url, kind="rules", **controller)
        assert deciders(play(config, [moving(n) for n in screens])) == who


def test_bad_replies_may_end_the_episode() -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=["Hm."])) as server, pytest.raises(BadAction):
        play(settings(server.base_url, kind="rules", bad_replies=False), [moving(0)])


@pytest.mark.parametrize(("policy", "model", "who"), [("always_device", "small", "d"), ("always_cloud", "large", "c")])
def test_one_file_three_policies(policy: str, model: str, who: str) -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=TURNS)) as server:
        both = settings(server.base_url)
        config = both.model_copy(update={"agent": both.agent.model_copy(update={"policy": policy})})
        decisions = play(config, [moving(n) for n in range(3)])
    assert deciders(decisions) == who * 3
    assert {call.role for decision in decisions for call in decision.calls} == {decisions[0].decided_by}
    assert {body["model"] for body in server.requests} == {model}
    assert models_used(config) == [policy.removeprefix("always_")]
    assert check_agent(config) == {"small": "small (som)", "large": "large (autoglm)"}[model]
    assert config.agent.first_decider == decisions[0].decided_by
    assert prompts_digest(config) != prompts_digest(both)


@pytest.mark.parametrize(("step", "who"), [(1, "ccc"), (3, "ddc"), (9, "ddd")])
def test_fixed_switch(step: int, who: str) -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=TURNS)) as server:
        decisions = play(settings(server.base_url, kind="step", step=step), [moving(n) for n in range(3)])
    assert deciders(decisions) == who
    assert roles(decisions) == [{"d": "device", "c": "cloud"}[letter] for letter in who]


def test_failures_keep_what_was_asked() -> None:
    models = Models(plan=PLAN, controller=[Fault("500")], device=["home()", "home()"])
    with StubServer(models) as server:
        config = settings(server.base_url)
        with agent_for(config, 1, lambda key: chat_client(config.models[key])) as agent:
            agent.start(task(), "Do it.", DEVICE)
            agent.decide(moving(0))
            with pytest.raises(ModelUnavailable):
                agent.decide(moving(1))
            assert "CLOUD or DEVICE" in agent.last_prompt[0]["content"]
            (asked,) = agent.last_extra["asked"]
            assert (asked["role"], asked["reply"]) == ("controller", "")
            assert "500" in asked["error"]
    with StubServer(Models(plan=PLAN, controller=[], device=["Hm."])) as server:
        config = settings(server.base_url)
        with agent_for(config, 1, lambda key: chat_client(config.models[key])) as agent:
            agent.start(task(), "Do it.", DEVICE)
            with pytest.raises(BadAction):
                agent.decide(moving(0))
            assert ([call.role for call in agent.last_calls], agent.last_reply) == (["planner", "device"], "Hm.")
            assert agent.last_extra["asked"][0]["reply"] == PLAN.text
            assert agent.last_decided_by == "device"
    with StubServer([Fault("500")]) as server, pytest.raises(ModelUnavailable):
        play(settings(server.base_url), [moving(0)])


def test_a_controller_that_cannot_be_reached_costs_a_try_and_is_on_record(tmp_path: Path) -> None:
    answers = Models(plan=Fault("500"), controller=[Fault("500"), Reply("CLOUD")], device=[])
    with StubServer(answers, models=None) as server:
        config = settings(server.base_url, plan=False, monitor_from=1, every=1).model_copy(
            update={"limits": LimitsConfig(max_steps=2), "retries": 1}
        )
        plan = make_plan(config, make_suite("s", [runner_task("t_1", "x")]), "try1", tmp_path)
        execute(plan, lambda phone: MemoryPhones(phone, no_faults), Silent())
    episode = RunReader(tmp_path / "try1").episode(EpisodeKey("t_1", 1))
    (lost,) = json.loads(f"[{(episode.folder / 'retries/1/steps.jsonl').read_text()}]")
    assert (lost["decided_by"], lost["action"], lost["calls"]) == ("device", None, [])
    assert lost["error"] == lost["extra"]["asked"][0]["error"]
    assert "500" in lost["error"]
    steps = list(episode.steps())
    assert [[call.role for call in step.calls] for step in steps] == [["controller", "cloud"], ["cloud"]]
    assert [step.decided_by for step in steps] == ["cloud", "cloud"]


def test_config_names_both_models() -> None:
    config = settings("http://127.0.0.1:9/v1")
    assert models_used(config) == ["device", "cloud"]
    with agent_for(config, 1, lambda key: chat_client(config.models[key])) as agent:
        assert agent.name == check_agent(config) == "small (som), then large (autoglm) by model"
    single = config.model_copy(update={"agent": config.agent.model_copy(update={"policy": "single"})})
    assert prompts_digest(config) != prompts_digest(single)
    wrong = config.model_copy(update={"agent": config.agent.model_copy(update={"cloud_dialect": "smo"})})
    with pytest.raises(ConfigError, match=r"agent\.cloud_dialect: unknown dialect 'smo'"):
        check_agent(wrong)
    with pytest.raises(ValueError, match=r"agent\.cloud is 'cloud', but models holds device"):
        RunConfig.model_validate({"models": {"device": {"scripted": "x"}}, "agent": {"policy": "device_cloud"}})
    with pytest.raises(ValueError, match="kind step looks at nothing and cannot hand back"):
        settings("http://127.0.0.1:9/v1", kind="step", step=3, hand_back=True)
    with pytest.raises(ValueError, match="kind step and the key step go together"):
        settings("http://127.0.0.1:9/v1", kind="step")


def test_finish_of_either_model_is_an_answer() -> None:
    with StubServer(Models(plan=Fault("500"), controller=[], device=['finish("42")'])) as server:
        assert play(settings(server.base_url, kind="rules"), [moving(0)])[0].action == Finish(answer="42")


PLANS = [
    ('{"start": 3, "every": 4}', (3, 4)),
    ("<think>start: 9</think>{'start': '3', 'every': 4}", (3, 4)),
    ('I say {"start": 1,\n "every": 10}.', (1, 10)),
    ('{"start": 7}', (7, 5)),
    ('{"start": 0, "every": -2}', (5, 5)),
    ('{"start": 2.5, "every": "often"}', (5, 5)),
    ('{"restart": 3}', (5, 5)),
    ("", (5, 5)),
]


@pytest.mark.parametrize(("reply", "plan"), PLANS)
def test_plans(reply: str, plan: tuple[int, int]) -> None:
    assert read_plan(reply, (5, 5)) == plan


ANSWERS = [
    ("CLOUD", True), ("cloud.", True), ('{"answer": "CLOUD"}', True), ("**CLOUD**, the device model is stuck", True),
    ("It is stuck on the device, so CLOUD", True), ("<think>CLOUD?</think>DEVICE", False), ("答案：交给CLOUD", True),
    ("Device goes on, no CLOUD needed", False), ("CLOUD or DEVICE", False), ("CLOUD or DEVICE? CLOUD", True),
    ("", False), ("a cloudy day", False), ("yes", False),
]  # fmt: skip


@pytest.mark.parametrize(("reply", "cloud"), ANSWERS)
def test_answers(reply: str, cloud: bool) -> None:
    assert says_who(reply, "device") == ("cloud" if cloud else "device")


@given(st.text() | st.from_regex(r"(start|every|CLOUD|device|[\"':{}<>/\d\s]|</think>){0,40}"))
def test_no_reply_breaks_the_parsers(reply: str) -> None:
    assert {says_who(reply, "device"), says_who(reply, "cloud")} <= {"device", "cloud"}
    assert min(read_plan(reply, (5, 5))) >= 1
