"""What --check tells of a phone, what a run refuses, and what is recorded of its health."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from phones import SimProcess

from phonebench.config import AgentConfig, PhoneConfig, RunConfig
from phonebench.device import make_provider, preflight
from phonebench.device.adb import Line, Reply
from phonebench.device.first_run import covered
from phonebench.device.health import parse_health
from phonebench.device.window import posture_problem, split_screen
from phonebench.runner import Silent, execute, make_plan
from phonebench.schema.episode import HealthReading
from phonebench.schema.errors import ConfigError, DeviceError
from phonebench.schema.observation import Bounds, Observation, UiNode
from phonebench.suite import load_suite, select

SPLIT = (
    "    * Task{1a2 #7 type=standard A=1:com.a U=0 visible=true visibleRequested=true mode=multi-window sz=1}\n"
    "    * Task{1a3 #8 type=standard A=1:com.b U=0 visible=true visibleRequested=true mode=multi-window sz=1}\n"
)
WHOLE = (
    "    * Task{1a2 #7 type=standard A=1:com.a U=0 visible=true visibleRequested=true mode=fullscreen sz=1}\n"
    "    * Task{1a3 #3 type=undefined U=0 visible=false visibleRequested=false mode=multi-window sz=0}\n"
)
EMPTY = "  USB powered: false\n  level: 9\n  scale: 100\n  temperature: 310\n"
HOT = "  level: 80\n  temperature: 450\nThermal Status: 3\n"
Answering = Callable[[dict[str, str]], None]


@pytest.fixture
def config(sim_phone: SimProcess) -> PhoneConfig:
    return PhoneConfig(kind="attached", adb_server_port=sim_phone.adb.port, serials=(sim_phone.serial,))


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Answering:
    """Other answers to commands that hold a text, from now on."""

    def answer(replies: dict[str, str]) -> None:
        run = Line.run

        def instead(self: Line, command: str, **options: Any) -> Reply:
            for text, reply in replies.items():
                if text in command and "echo " not in command:
                    return Reply(0, reply.encode(), b"")
            return run(self, command, **options)

        monkeypatch.setattr(Line, "run", instead)

    return answer


def found(config: PhoneConfig, *tasks: str) -> dict[str, tuple[bool, str, str]]:
    """Name of a check, without the phone's -> whether it held, what was found, the fix."""
    suite = select(load_suite("tasks/androidlab"), tasks, [])
    return {
        check.name.removeprefix(f"{config.serials[0]} "): (check.ok, check.found, check.next_step)
        for check in preflight(config, suite.tasks)
    }


def test_a_phone_in_order(config):
    checks = found(config, "clock_*", "zoom_1")
    assert list(checks) == [
        "adb", "phones", "input", "keyboard", "preparation", "screen", "animations", "power saving",
        "battery and heat", "apps", "first pages", "observation",
    ]  # fmt: skip
    assert all(ok for ok, _, _ in checks.values()), checks
    assert checks["apps"][1] == "all 2 that the tasks need"
    assert "simulated Pixel 7 Pro" in checks["observation"][1]
    assert "png screenshots" in checks["observation"][1]


@pytest.mark.parametrize(
    ("command", "reply", "name", "word"),
    [
        ("input keyevent 0", "java.lang.SecurityException: INJECT_EVENTS", "input", "security settings"),
        ("settings get global low_power", "1\n", "power saving", "Battery saver"),
        ("dumpsys battery", EMPTY, "battery and heat", "Charge"),
        ("dumpsys battery", HOT, "battery and heat", "cool"),
        ("pm list packages", "package:com.android.deskclock\n", "apps", "com.android.deskclock"),
    ],
)
def test_each_trouble_with_its_fix(config, answering, command, reply, name, word):
    answering({command: reply})
    ok, _, fix = found(config, "clock_1", "zoom_1")[name]
    assert not ok
    assert word in fix


def test_animations_are_advice_only(config, answering):
    answering({"settings get global": "1.0\n1.0\n1.0\n"})
    ok, text, fix = found(config)["animations"]
    assert ok
    assert "on" in text
    assert "Developer options" in fix


def test_without_a_keyboard(config, sim_phone):
    sim_phone.shell("pm uninstall com.android.adbkeyboard")
    checks = found(config)
    assert not checks["keyboard"][0]
    assert "adb_keyboard_apk" in checks["keyboard"][2]


def test_what_stands_in_front_of_an_app():
    def seen(package: str, text: str = "") -> Observation:
        box = Bounds(0, 0, 9, 9)
        return Observation(b"", 9, 9, "<x/>", UiNode(box, children=(UiNode(box, text=text),)), package)

    assert covered(seen("com.a", "Alarm"), "com.a") == ""
    assert covered(seen("com.a", " Not Now "), "com.a") == "a page with 'Not Now'"
    assert covered(seen("com.a", "Don\u2019t allow"), "com.a")
    assert covered(seen("com.google.android.permissioncontroller"), "com.a").startswith("a dialog of")
    assert covered(seen("com.b"), "com.a") == "another app: com.b"


def test_apps_that_do_not_open_are_told(config, answering):
    answering({"monkey -p us.zoom": "** No activities found to run, monkey aborted."})
    ok, text, fix = found(config, "clock_1", "zoom_1")["first pages"]
    assert ok
    assert text.startswith("Zoom: us.zoom.videomeetings cannot be opened")
    assert fix


# --- apps ----------------------------------------------------------------------------------------------------------
def test_a_run_does_not_begin_without_its_apps(config, sim_phone, tmp_path: Path):
    sim_phone.shell("pm uninstall us.zoom.videomeetings")
    suite = select(load_suite("tasks/androidlab"), ["zoom_1", "zoom_2", "clock_26"], [])
    plan = make_plan(RunConfig(phone=config, agent=AgentConfig(policy="reference"), logs_dir=str(tmp_path)), suite, "x")
    with pytest.raises(ConfigError, match="lacks Zoom") as caught:
        execute(plan, make_provider, Silent())
    assert "2 tasks" in str(caught.value)
    assert "--app clock" in str(caught.value)
    assert not list((tmp_path / "x").glob("*/result.json"))


# --- health --------------------------------------------------------------------------------------------------------
def test_health_is_recorded_with_an_episode(config, tmp_path: Path):
    suite = select(load_suite("tasks/androidlab"), ["clock_26"], [])
    plan = make_plan(RunConfig(phone=config, agent=AgentConfig(policy="reference"), logs_dir=str(tmp_path)), suite, "x")
    execute(plan, make_provider, Silent())
    result = json.loads((tmp_path / "x" / "clock_26.1" / "result.json").read_text())
    reading = {"battery_percent": 100, "battery_celsius": 25.0, "powered": True, "thermal_status": 0}
    assert result["device_health"] == {"start": reading, "end": reading}


def test_health_of_an_old_phone():
    text = "Current Battery Service state:\n  AC powered: false\n  level: 50\n  scale: 200\n  temperature: -35\n"
    assert parse_health(text + "Can't find service: thermalservice") == HealthReading(
        battery_percent=25, battery_celsius=-3.5, powered=False
    )
    assert parse_health("") == HealthReading()


@given(st.text())
def test_health_of_anything(text):
    parse_health(text)


# --- screens that are not whole ------------------------------------------------------------------------------------
def test_split_and_folded_screens_are_told():
    assert split_screen(SPLIT)
    assert not split_screen(WHOLE)
    assert "half opened" in posture_problem("Committed state: DeviceState{identifier=2, name='HALF_OPENED'}")
    for text in ("Committed state: DeviceState{identifier=3, name='OPENED'}", "Can't find service: device_state", ""):
        assert posture_problem(text) == ""


@pytest.mark.parametrize(
    ("command", "reply", "message"),
    [
        ("dumpsys window policy", SPLIT, "split"),
        ("cmd device_state", "Committed state: DeviceState{identifier=0, name='CLOSED'}", "folded"),
    ],
)
def test_split_and_folded_screens_are_refused(config, answering, monkeypatch, command, reply, message):
    monkeypatch.setattr("phonebench.device.prepare._PAUSE_S", 0.0)
    answering({command: reply})
    with pytest.raises(DeviceError, match=message), make_provider(config):
        pass
