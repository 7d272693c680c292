"""People label episodes: blind, in an order of chance, resumable; in the terminal and behind a guarded local page."""

from __future__ import annotations

import io
import queue
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from golden_runs import ALARM_OFF, COUNT, Recipe, Run, passed
from playwright.sync_api import Browser, expect
from rich.console import Console

from evaluation.cli import main
from evaluation.judge.labelling import Labelling
from evaluation.judge.labelling.browser import LabelPage, label_in_browser
from evaluation.judge.labelling.terminal import label_in_terminal
from phonebench.schema.episode import Outcome
from phonebench.schema.errors import MissingTool
from phonebench.schema.verdict import Verdict
from phonebench.trace import RunReader

TASKS = {"real": {task.id: task for task in (ALARM_OFF, COUNT)}}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    run = Run(tmp_path / "logs", "real", simulated=False, tasks=[ALARM_OFF, COUNT])
    for attempt in range(1, 6):
        run.add(passed(attempt=attempt))
    run.add(Recipe(COUNT, answer="<b>One</b> [red]alarm[/red]"))
    run.add(Recipe(COUNT, attempt=2, outcome=Outcome.INFRA_ERROR))
    return run


def labelling(run: Run, name: str = "ann", seed: int = 0) -> Labelling:
    return Labelling(RunReader(run.folder).episodes(), TASKS, name, seed)


def keys(text: str) -> Iterator[str]:
    return iter(text)


def in_terminal(run: Run, text: str, **kwargs: object) -> tuple[int, str]:
    pressed = keys(text)
    out = io.StringIO()

    def ask(_: str) -> str:
        key = next(pressed, None)
        if key is None:
            raise EOFError
        return key

    return label_in_terminal(labelling(run), Console(file=out, width=100, highlight=False), ask), out.getvalue()


def test_all_but_lost_episodes_are_labelled_in_an_order_of_the_seed(run: Run) -> None:
    assert labelling(run).total == 6
    first = [labelling(run, seed=seed).next()[1].episode.folder.name for seed in range(8)]  # type: ignore[index]
    assert len(set(first)) > 1
    assert labelling(run, seed=3).item(2).episode.folder == labelling(run, seed=3).item(2).episode.folder


def test_keys_in_the_terminal(run: Run) -> None:
    count, shown = in_terminal(run, "pfsupq")
    # p, f, s, then u takes the f back, p says it anew.
    assert count == 2
    assert ALARM_OFF.instruction in shown
    assert "[red]alarm[/red]" in shown or "must hold: it is off" in shown
    verdicts = [v for e in RunReader(run.folder).episodes() for v in e.verdicts()]
    assert [(v.judge, v.result) for v in verdicts] == [("human:ann", "pass")] * 2
    count, _ = in_terminal(run, "ffffffff")
    assert count == 4
    assert labelling(run).next() is None
    assert labelling(run, "bob").done == 0


def test_texts_of_an_episode_cannot_drive_the_terminal(run: Run) -> None:
    run.add(Recipe(COUNT, attempt=3, answer="\x1b]0;title\x07 \x1b[31mred"))
    _, shown = in_terminal(run, "s" * 7)
    assert "red" in shown
    assert "\x1b" not in shown


def test_other_verdicts_are_not_shown(run: Run) -> None:
    for episode in RunReader(run.folder).episodes():
        info = episode.info
        episode.write_verdict(
            Verdict(task_id=info.task_id, attempt=info.attempt, judge="llm:x", result="fail", reason="TELLTALE")
        )
    _, shown = in_terminal(run, "s" * 6)
    assert "TELLTALE" not in shown
    assert "single/autoglm" not in shown  # nor who the agent was


@pytest.fixture
def page(run: Run) -> Iterator[LabelPage]:
    with LabelPage(labelling(run)) as page:
        yield page


@pytest.fixture
def client(page: LabelPage) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=page.url, timeout=20) as client:
        yield client


def test_the_page_labels_until_nothing_is_left(run: Run, page: LabelPage, client: httpx.Client) -> None:
    for word in ("pass", "fail", "skip", "pass", "pass"):
        shown = client.get("next").json()
        assert shown["goals"]
        picture = client.get(shown["frames"][0]["url"])
        assert picture.content.startswith(b"\x89PNG")
        assert picture.headers["x-content-type-options"] == "nosniff"
        assert client.post("label", json={"number": shown["number"], "word": word}).status_code == 200
    assert client.post("label", json={"number": None, "word": "undo"}).status_code == 200
    for _ in range(2):
        number = client.get("next").json()["number"]
        client.post("label", json={"number": number, "word": "fail"})
    assert not page.over.is_set()
    last = client.get("next").json()
    assert (last["number"], last["done"], last["total"]) == (None, 5, 6)
    assert page.over.wait(20)
    results = sorted(v.result for e in RunReader(run.folder).episodes() for v in e.verdicts())
    assert results == ["fail"] * 3 + ["pass"] * 2


@pytest.mark.parametrize(
    "body", ["", "{", "[]", '{"word": "pass"}', '{"word": "maybe", "number": 0}', '{"word": "pass", "number": 99}',
             '{"word": "pass", "number": "0"}', '{"word": "pass", "number": -1}', "[" * 5000, "x" * 20_000],
)  # fmt: skip
def test_nonsense_is_no_label(run: Run, client: httpx.Client, body: str) -> None:
    assert client.post("label", content=body).status_code == 400
    assert not [v for e in RunReader(run.folder).episodes() for v in e.verdicts()]


@pytest.mark.parametrize("path", ["screen/99/0", "screen/0/99", "screen/0/..%2f..%2frun.json"])
def test_only_screenshots_are_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_damaged_episode_is_passed_over(run: Run) -> None:
    _, item = labelling(run).next()  # type: ignore[misc]
    (item.episode.folder / "steps.jsonl").write_text("{nonsense\n{}\n")
    _, other = labelling(run).next()  # type: ignore[misc]
    assert other.episode.folder != item.episode.folder


def test_the_server_ends_when_nothing_is_left(run: Run) -> None:
    addresses: queue.Queue[str] = queue.Queue()
    server = threading.Thread(target=label_in_browser, args=(labelling(run), addresses.put), daemon=True)
    server.start()
    url = addresses.get(timeout=20)
    assert url.startswith("http://127.0.0.1:")
    with httpx.Client(base_url=url, timeout=10) as client:
        while (number := client.get("next").json()["number"]) is not None:
            assert client.post("label", json={"number": number, "word": "pass"}).status_code == 200
    server.join(20)
    assert not server.is_alive()
    assert labelling(run).done == 6


def test_a_person_labels_by_keys_in_the_browser(run: Run, page: LabelPage, browser: Browser) -> None:
    view = browser.new_page(viewport={"width": 1280, "height": 800})
    broken: list[str] = []
    view.on("pageerror", lambda error: broken.append(str(error)))
    view.on("console", lambda said: broken.append(said.location["url"] + said.text) if said.type == "error" else None)
    view.goto(page.url)
    expect(view.locator("#count")).to_have_text("0 of 6 labelled")
    view.locator("#strip button").first.click()
    expect(view.locator("#large")).to_be_visible()
    view.keyboard.press("p")  # not while a screenshot is large
    view.keyboard.press("Escape")
    for count, key in enumerate("pfu", start=1):
        view.keyboard.press(key)
        expect(view.locator("#count")).to_have_text(f"{1 if key == 'u' else count} of 6 labelled")
    for count in range(2, 7):
        view.locator("#fail").click()
        expect(view.locator("#count")).to_have_text(f"{count} of 6 labelled")
    expect(view.locator("#over")).to_be_visible()
    assert page.over.wait(20)
    view.close()
    assert [entry for entry in broken if "favicon.ico" not in entry] == []
    results = sorted(v.result for e in RunReader(run.folder).episodes() for v in e.verdicts())
    assert results == ["fail"] * 5 + ["pass"]


def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingTool, match="extra `web`"):
        LabelPage(labelling(run))


def test_the_command_labels_from_a_pipe(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    suite = tmp_path / "suite.yaml"
    suite.write_text(
        "app: clock\npackage: com.google.android.deskclock\ntasks:\n"
        "  - {id: clock_26, kind: operation, instruction: x, reference_steps: 2, goals: [{says: it is off}]}\n"
    )
    monkeypatch.setattr("sys.stdin", io.StringIO("p\nf\n"))
    arguments = ["--input_folder", str(run.folder), "--task_config", str(suite), "--label", "--labeller", "ann"]
    assert main(arguments) == 0
    assert "2 labelled now, 2 of 5 in all as human:ann" in " ".join(capsys.readouterr().out.split())
    assert main([*arguments[:-1], "no/name"]) == 2
