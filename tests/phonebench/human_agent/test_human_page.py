"""The page of a person who drives the phone, in a real browser; and everybody else turned away."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page

from phonebench.agent import ReferenceAgent, Scene
from phonebench.human.web import WebDriver
from phonebench.schema.action import Action, Finish, Tap, TypeText
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.observation import Observation
from phonebench.suite import load_suite
from phonebench.trace import RunReader
from phonebench.uitree import parse_ui

ROOT = Path(__file__).parents[3]
DEVICE = DeviceInfo(serial="sim", kind="sim", simulated=True)


@pytest.fixture
def run(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    command = [sys.executable, "eval.py", "-n", "clicked", "-c", "configs/human.yaml", "--task_id", "zoom_1", "--judge"]
    command += ["--set", f"logs_dir={tmp_path}"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    yield process, tmp_path / "clicked"
    process.kill()
    process.wait()


def test_a_task_is_solved_by_clicks(browser: Browser, run: tuple[subprocess.Popen[str], Path]) -> None:
    process, folder = run
    assert process.stdout is not None
    url = next(found[0] for line in process.stdout if (found := re.search(r"http://\S+", line)))
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(url)
    task = next(task for task in load_suite("tasks/androidlab/zoom.yaml").tasks if task.id == "zoom_1")
    guide = ReferenceAgent()
    guide.start(task, task.instruction, DEVICE)
    for step in range(1, 4):
        page.wait_for_selector(f"body:not(.waiting) #step:text-is('step {step} of 60')", timeout=60_000)
        assert task.instruction in page.inner_text("#instruction")
        assert page.is_visible("#simulated")
        xml = (folder / "zoom_1.1/ui" / f"{step - 1:03d}.xml").read_text()
        seen = Observation(png=b"", width=1080, height=2400, xml=xml, ui=parse_ui(xml))
        do(page, guide.decide(seen).action)
    assert "pass" in process.stdout.read()
    assert process.wait(30) == 0
    assert broken == []
    episode = next(RunReader(folder).episodes())
    assert [step.decided_by for step in episode.steps()] == ["human"] * 3
    assert [step.action.type for step in episode.steps() if step.action] == ["tap", "type", "finish"]
    page.close()


def do(page: Page, action: Action) -> None:
    """As a person does it."""
    if isinstance(action, Tap):
        box = page.locator("#screen").bounding_box()
        assert box is not None
        page.mouse.click(box["x"] + action.at.x / 1080 * box["width"], box["y"] + action.at.y / 2400 * box["height"])
    elif isinstance(action, TypeText):
        page.fill("#text", action.text)
        page.click("#type button")
    elif isinstance(action, Finish):
        page.fill("#answer", action.answer)
        page.click("#finish button.good")


@pytest.fixture
def driver() -> Iterator[WebDriver]:
    with WebDriver() as driver:
        yield driver


def scene(png: bytes = b"png", instruction: str = "Do it.") -> Scene:
    return Scene("clock_1", instruction, 1, 60, DEVICE, Observation(png=png, width=400, height=800))


def test_strangers_are_turned_away(driver: WebDriver) -> None:
    base, key = driver.url.rstrip("/").rsplit("/", 1)
    worker = Thread(target=driver.decide, args=(scene(), 5, lambda: False))
    worker.start()
    back = {"type": "key", "key": "back"}
    try:
        for folder in ("guess", key[:-1], "", "..", f"x/{key}"):
            assert httpx.get(f"{base}/{folder}/scene").status_code == 404
        assert httpx.get(f"{base}/{key}/scene", headers={"host": "evil.example"}).status_code == 404
        assert httpx.get(f"{base}/{key}/../web.py").status_code == 404
        assert httpx.post(f"{base}/guess/act?version=1", json=back).status_code == 404
        answer = httpx.get(driver.url)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["referrer-policy"] == "no-referrer"
        version = httpx.get(f"{base}/{key}/scene").json()["version"]
        for status, number, body in (
            (409, version + 1, back),
            (400, version, {"type": "dance"}),
            (413, version, {"type": "type", "text": "x" * 300_000}),
            (200, version, back),
        ):
            assert httpx.post(f"{base}/{key}/act?version={number}", json=body).status_code == status
    finally:
        worker.join(10)
    assert not worker.is_alive()


def test_gestures_of_the_mouse(browser: Browser, driver: WebDriver) -> None:
    with (ROOT / "tests/phonebench/human_agent/blank.png").open("rb") as file:
        blank = file.read()
    done: list[Any] = []
    hostile = "<img src=x onerror=alert(1)> {{7*7}}"

    def play() -> None:
        while len(done) < 8:
            done.append(driver.decide(scene(blank, hostile), 20, lambda: False))

    worker = Thread(target=play, daemon=True)
    worker.start()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("dialog", lambda dialog: done.append(dialog.message))
    page.clock.install(time=0)
    page.goto(driver.url)
    page.clock.pause_at(10_000)  # from here on the page's clock stands still but for what the test lets pass

    def ready(count: int) -> dict[str, float]:
        deadline = time.monotonic() + 20
        while len(done) < count and time.monotonic() < deadline:
            page.wait_for_timeout(20)
        if count < 8:
            page.wait_for_selector("body:not(.waiting)")
        box = page.locator("#screen").bounding_box()
        assert box is not None
        return box  # type: ignore[return-value]

    box = ready(0)
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.click(x, y)
    page.clock.run_for(400)
    ready(1)
    page.mouse.dblclick(x, y)
    ready(2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.clock.run_for(650)
    page.mouse.up()
    ready(3)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 200, steps=4)
    page.mouse.up()
    ready(4)
    page.mouse.move(x, y)
    page.mouse.wheel(0, 200)
    ready(5)
    page.keyboard.press("Escape")
    ready(6)
    page.mouse.move(x, y)
    page.mouse.down()
    page.clock.run_for(650)
    page.mouse.move(x + 50, y - 100, steps=4)
    page.mouse.up()
    ready(7)
    page.click("#fail")
    ready(8)
    assert page.inner_text("#instruction") == hostile
    kinds = [action.type for action in done]
    assert kinds == ["tap", "double_tap", "long_press", "swipe", "swipe", "key", "drag", "finish"]
    assert abs(done[0].at.x - 200) <= 2 and abs(done[0].at.y - 400) <= 2
    assert done[3].end.y < done[3].start.y and done[4].end.y < done[4].start.y
    assert done[6].end.y < done[6].start.y
    assert done[7].success is False
    page.close()
    worker.join(5)
