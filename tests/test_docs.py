"""What the documents show is run as it stands there."""

from __future__ import annotations

import importlib
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml
from screens import app_screens

from phonebench.agent import agent_for, dialects
from phonebench.agent.dialects.base import View
from phonebench.config import AgentConfig, load_config
from phonebench.model import ScriptedChat
from phonebench.schema.action import Action, Finish, Point, PressKey, Swipe, Tap, TypeText
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import BadAction, ConfigError
from phonebench.suite import load_suite
from simphone.apps import all_apps
from simphone.core.app import App
from simphone.gallery.script import play
from simphone.phone.phone import Phone

ROOT = Path(__file__).parents[1]


def block(language: str, document: str = "tasks.md") -> str:
    text = (ROOT / "docs" / document).read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)[0]


def test_the_task_of_the_documents_loads(tmp_path: Path):
    (tmp_path / "clock.yaml").write_text(block("yaml"))
    (task,) = load_suite(str(tmp_path / "clock.yaml")).tasks
    assert (task.id, len(task.solution), len(task.near_misses)) == ("clock_27", 4, 1)


def test_the_app_of_the_documents_works():
    scope: dict[str, Any] = {}
    exec(compile(block("python"), "docs/tasks.md", "exec"), scope)
    app: App = scope["APP"]
    phone = Phone("androidlab", width=1080, height=2400, density=420, apps=(*all_apps(), app))
    package = {"label": "Notes", "app": "notes", "system": False, "version": "1"}
    phone.reset(patch={"packages": {app.manifest.package: package}, "apps": {"notes": app.fresh_data()}})
    assert phone.launch(app.manifest.package)
    script = [
        {"tap": {"desc": "New note"}}, {"type": "milk & <eggs>"}, {"tap": {"text": "Save"}},
        {"tap": {"desc": "New note"}}, {"type": "x"}, {"tap": {"text": "Cancel"}},
    ]  # fmt: skip
    for _ in play(phone, script):
        phone.png()
    assert phone.state["apps"]["notes"] == {"notes": [{"id": 1, "text": "milk & <eggs>"}]}
    for _ in play(phone, [{"tap": {"text": "milk & <eggs>"}}, {"tap": {"text": "Delete"}}]):
        phone.png()
    assert phone.state["apps"]["notes"] == {"notes": []}
    assert "No notes yet" in phone.xml()
    assert "Note deleted" in phone.xml()


def test_the_agent_of_the_documents_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "my_agents.py").write_text(block("python", "agents.md"))
    (tmp_path / "my_agents.yaml").write_text(block("yaml", "agents.md").replace("configs/", f"{ROOT}/configs/"))
    monkeypatch.syspath_prepend(tmp_path)
    config = load_config(tmp_path / "my_agents.yaml").config
    seen = next(screen.observation for screen in app_screens() if screen.where == "clock 0")
    task = load_suite(str(ROOT / "tasks/androidlab/clock.yaml")).tasks[0]
    device = DeviceInfo(serial="sim", kind="sim", simulated=True)
    with agent_for(config, 0, lambda _: ScriptedChat([])) as agent:
        agent.start(task, "Open the Timer and then the Stopwatch.", device)
        actions = [agent.decide(seen).action for _ in range(3)]
    assert actions == [Tap(at=Point(x=540, y=2232)), Tap(at=Point(x=756, y=2232)), Finish(answer="Timer, Stopwatch")]


def test_the_dialect_of_the_documents_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "capitals.py").write_text(block("python", "dialects.md"))
    monkeypatch.syspath_prepend(tmp_path)
    capitals = importlib.import_module("capitals").Capitals
    monkeypatch.setattr(dialects, "DIALECTS", {**dialects.DIALECTS, "capitals": capitals})
    view = View(png=b"", width=1080, height=2400, sent=(540, 1200))
    for coordinates in ("thousand", "pixels"):
        dialect = dialects.make_dialect("capitals", {"coordinates": coordinates})
        middle, low = Point(x=540, y=1200), Point(x=540, y=2160)
        said: list[Action] = [Tap(at=middle), Swipe(start=low, end=middle), TypeText(text="a b"), Finish(answer="6")]
        for action in (*said, PressKey(key="home"), TypeText(text="")):
            assert dialect.parse(f"Let us see.\n{dialect.render(action, view)}\n", view).action == action
        for nothing in ("", "tap it", "TAP", "TAP 1", "TAP 1 2 3 4", "SWIPE 1 2", "TAP \n" * 9999, "TAP " + "1" * 9999):
            with pytest.raises(BadAction):
                dialect.parse(nothing, view)
    with pytest.raises(ConfigError, match="'cells'"):
        dialects.make_dialect("capitals", {"coordinates": "cells"})


def test_the_dialects_of_the_documents_are_those_there_are():
    rows = re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", (ROOT / "docs" / "dialects.md").read_text("utf-8"), re.M)
    assert [name for name, _ in rows] == list(dialects.DIALECTS)
    for name, options in rows:
        told = dict(re.findall(r"`(\w+): (\w+)", options))
        assert told == {field.name: str(field.default).lower() for field in fields(dialects.DIALECTS[name])}


def test_the_config_of_the_documents_on_dialects_loads():
    agent = yaml.safe_load(block("yaml", "dialects.md"))["agent"]
    config = AgentConfig.model_validate(agent)
    assert dialects.dialect_of(config).name == "mobile_use"
