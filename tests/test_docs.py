"""What the documents show is run as it stands there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from screens import app_screens

from phonebench.agent import agent_for
from phonebench.config import load_config
from phonebench.model import ScriptedChat
from phonebench.schema.action import Finish, Point, Tap
from phonebench.schema.episode import DeviceInfo
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
