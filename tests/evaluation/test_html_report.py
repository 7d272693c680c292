"""The HTML report in a real browser, opened from disk: figures, pages, keys, hostile texts, a thousand episodes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from golden_runs import ALARM_OFF, ALARMS, COUNT, TASKS, ZOOM, Recipe, Run, passed, png, state
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page, expect

from evaluation.judge import make_judge
from evaluation.judge.calibration import CorrectedRate
from evaluation.report import Judging, Report, collect, records
from evaluation.report.html import check_folder, write_report
from evaluation.report.html.scripts import script
from evaluation.report.html.uitree import rows as ui_rows
from evaluation.report.sheets import Pages, episode_table
from phonebench.config import JudgeConfig
from phonebench.schema.action import Drag, Finish, LongPress, Point, Swipe, Tap, TypeText
from phonebench.schema.episode import ErrorInfo, ModelCall, Outcome, SafetyEvent, StepRecord, StepTimings, Usage
from phonebench.schema.errors import ConfigError
from phonebench.schema.observation import Observation
from phonebench.schema.verdict import GoalVerdict, SideEffect, Verdict
from phonebench.trace import EpisodeKey, RunReader, RunWriter, find_runs

EVIL = "<img src=x onerror=alert(1)></script><script>alert(2)</script>\u2028\u2029'\"`${alert(3)}\\ {{7*7}} \u202eabc"
UI = """<?xml version='1.0' encoding='UTF-8'?><hierarchy rotation="0">
<node class="android.widget.FrameLayout" bounds="[0,0][36,78]" enabled="true">
<node class="android.widget.Button" text="&lt;b&gt;Save" resource-id="com.x:id/save" clickable="true" enabled="true"
 bounds="[4,10][30,20]" /></node></hierarchy>"""


def hostile_run(root: Path) -> None:
    """One episode in which every text that a stranger can set is hostile, and every gesture is made."""
    run = Run(root, "hybrid")
    info = run._episode(Recipe(ALARM_OFF)).model_copy(update={"instruction": f"Do {EVIL}"})
    actions = [
        Tap(at=Point(x=18, y=40), sensitive=EVIL),
        LongPress(at=Point(x=10, y=20)),
        Swipe(start=Point(x=18, y=60), end=Point(x=18, y=20)),
        Drag(start=Point(x=5, y=60), end=Point(x=30, y=20)),
        TypeText(text=EVIL),
        None,
        Finish(answer=EVIL),
    ]
    picture = {"type": "image_url", "image_url": {"url": "screens/001.png", "width": 36, "height": 78}}
    prompt = [
        {"role": "system", "content": EVIL},
        {"role": f"user {EVIL}", "content": [picture, {"type": "text", "text": EVIL}, {"odd": {"__proto__": EVIL}}]},
    ]
    call = ModelCall(role="cloud", model=EVIL, ttft_s=0.1, total_s=0.5, usage=Usage(prompt_tokens=7))
    with RunWriter.open(run.folder, run.info, run.lock) as writing:
        writer = writing.episode(EpisodeKey("clock_26", 1))
        writer.start(info)
        writer.state_before(state())
        for index, action in enumerate(actions):
            screen, ui = writer.observation(index, Observation(png=png(f"#{index}5a8c0"), width=36, height=78, xml=UI))
            step = StepRecord(
                index=index, screen=screen, ui=ui, prompt=writer.prompt(index, prompt), package=EVIL, activity=EVIL,
                width=36, height=78, decided_by="cloud" if index > 2 else "device", thought=EVIL, reply=EVIL,
                action=action, error=EVIL if action is None else None, calls=(call,), effect="changed",
                safety=(SafetyEvent(rule="confirm", about=EVIL, by="policy", done="denied", told=EVIL),),
                timings=StepTimings(observe_s=0.0625, model_s=0.5, total_s=0.6),
                extra={
                    "marks": [[4, 10, 30, 20]], "handed_over": EVIL, "__proto__": {"x": EVIL},
                    "asked": [{"prompt": prompt, "reply": EVIL}],
                },
            )  # fmt: skip
            writer.step(step)
        writer.state_after(state([{**ALARMS[0], "label": EVIL}, ALARMS[1]]))
        result = run._result(Recipe(ALARM_OFF, answer=EVIL, steps=len(actions)))
        writer.finish(result.model_copy(update={"error": ErrorInfo(type="Bad<b>", message=EVIL)}))
    RunReader(run.folder).episode(EpisodeKey("clock_26", 1)).write_verdict(
        Verdict(
            task_id="clock_26",
            attempt=1,
            judge=f"llm:{EVIL}",
            result="fail",
            reason=EVIL,
            raw_reply=EVIL,
            prompt=EVIL,
            goals=(GoalVerdict(says=EVIL, passed=None, reason=EVIL),),
            side_effects=(SideEffect(path=EVIL, before={"__proto__": EVIL}, after=[EVIL]),),
        )
    )


def make_report(logs: Path) -> Report:
    judge = make_judge(JudgeConfig())
    assert judge is not None
    tasks = {task.id: task for task in TASKS}
    return collect([Judging(run, tasks, judge) for run in find_runs(logs)])


@dataclass
class Golden:
    logs: Path
    report: Report
    index: Path


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Golden:
    logs = tmp_path_factory.mktemp("html") / "logs"
    first = Run(logs, "first")
    first.add(passed(thought="The alarm is on."))
    first.add(Recipe(COUNT, answer="2"))
    first.add(Recipe(ZOOM, outcome=Outcome.STEP_LIMIT, steps=5))
    second = Run(logs, "second")
    second.add(Recipe(ALARM_OFF))
    second.add(Recipe(COUNT, answer="one"))
    hostile_run(logs)
    report = make_report(logs)
    return Golden(logs, report, write_report(report, logs.parent / "report"))


@dataclass
class Watched:
    """A page, and everything on it that should not happen."""

    page: Page
    index: Path
    wrong: list[str] = field(default_factory=list)

    def open(self, address: str = "") -> Page:
        self.page.goto(f"{self.index.as_uri()}{address}")
        expect(self.page.locator("main h1").first).to_be_attached()
        return self.page


@pytest.fixture
def watch(browser: Browser) -> Iterator[Callable[..., Watched]]:
    contexts = []

    def start(index: Path, **options: Any) -> Watched:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
        context.set_default_timeout(30_000)
        contexts.append(context)
        watched = Watched(context.new_page(), index)
        page, wrong = watched.page, watched.wrong
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("console", lambda message: wrong.append(f"console: {message.text}"))
        page.on("dialog", lambda dialog: (wrong.append("dialog"), dialog.dismiss()))
        page.on("request", lambda request: request.url.startswith("file:") or wrong.append(request.url))
        return watched

    yield start
    for context in contexts:
        context.close()


def test_the_figures_are_those_of_the_records(golden: Golden, watch: Callable[..., Watched]) -> None:
    watched = watch(golden.index)
    page = watched.open()
    expect(page.locator("#label")).to_have_text("SIMULATED PHONE: figures of a simulation, not of a real device")
    lines = {line.locator("th a").inner_text(): line for line in page.locator(".board tbody tr").all()}
    data = records(golden.report)
    for row in data["Summary"]:
        line = lines[str(row["Run"])]
        shown = line.locator(".stands").inner_text()
        low, high = (f"{float(row[title] or 0) * 100:.1f}" for title in ("SR low", "SR high"))
        assert shown == f"{float(row['SR'] or 0) * 100:.1f}% {low}-{high}%"
        assert line.locator("[data-name=Passed]").inner_text() == f"{row['Passed']}/{row['Scored']}"
        assert line.locator("[data-name=Scored]").inner_text() == f"{row['Scored']}/{row['Episodes']}"
        bar = line.locator("rect.bar").get_attribute("width")
        assert bar is not None
        assert float(bar.rstrip("%")) == pytest.approx(float(row["SR"] or 0) * 100)
    assert next(iter(lines)) == "second"
    page.get_by_text("All figures of the spreadsheet").click()
    table = page.get_by_role("region", name="All figures")
    expect(table).to_contain_text("Prompt tokens")
    shown_rows = {}
    for line in table.locator("tbody tr:has(td)").all():
        shown_rows[line.locator("th").inner_text()] = [cell.inner_text() for cell in line.locator("td.figure").all()]
    for title, form in (
        ("Prompt tokens", ","),
        ("Step p50 s", ".3f"),
        ("Ended", ""),
        ("Steps", ".2f"),
        ("SR low", ".1%"),
    ):
        assert shown_rows[title] == [format(row[title], form) for row in data["Summary"]], title
    page.goto(f"{golden.index.as_uri()}#/compare/first/second")
    pair = next(row for row in data["Compare"] if (row["Run"], row["Against"]) == ("first", "second"))
    facts = page.locator(".card .facts").first
    expect(facts).to_contain_text(f"Wins\n{pair['Wins']}", use_inner_text=True)
    expect(facts).to_contain_text(f"Losses\n{pair['Losses']}", use_inner_text=True)
    assert watched.wrong == []


def test_two_runs_with_several_attempts_compare_task_by_task(tmp_path: Path, watch: Callable[..., Watched]) -> None:
    first, second = Run(tmp_path / "logs", "first"), Run(tmp_path / "logs", "second")
    for attempt in (1, 2):
        first.add(passed(attempt=attempt))
        first.add(Recipe(ZOOM, attempt=attempt))
        first.add(Recipe(COUNT, attempt=attempt, answer="1" if attempt == 1 else "3"))
        second.add(passed(attempt=attempt) if attempt == 1 else Recipe(ALARM_OFF, attempt=attempt))
        second.add(Recipe(ZOOM, attempt=attempt))
        second.add(Recipe(COUNT, attempt=attempt, answer="1" if attempt == 2 else "3"))
    watched = watch(write_report(make_report(tmp_path / "logs"), tmp_path / "report"))
    page = watched.open("#/compare/first/second")
    heads = page.locator(".card details summary")
    assert heads.all_text_contents() == [
        "first passed more often (1)",
        "second passed more often (0)",
        "Both passed equally often, but not always (1)",
        "Both failed (1)",
        "Both passed (0)",
        "Not scored in both (0)",
    ]
    row = page.locator(".sides tbody tr")
    expect(row).to_have_count(1)
    assert row.locator(".badge").all_text_contents() == ["✓1", "✓2", "✓1", "✕2"]
    legend = page.locator(".balance li").all_text_contents()
    assert legend == ["2 only first passed", "3 same result", "1 only second passed"]
    expect(page.locator("main")).to_contain_text("80% power")
    page.goto(f"{watched.index.as_uri()}#/run/first")
    expect(page.locator(".tiles")).to_contain_text("pass^2 / pass@2")
    assert watched.wrong == []


def test_deep_link_opens_a_step_and_keys_walk(golden: Golden, watch: Callable[..., Watched]) -> None:
    watched = watch(golden.index)
    table = episode_table(golden.report, pages=Pages(golden.report, "report/index.html"))
    linked = next(row.page for row in table.rows if row.episode.task_id == "zoom_4")
    page = watched.open(str(linked).removeprefix("report/index.html"))
    expect(page.locator("h1")).to_have_text("zoom_4.1")
    page = watched.open("#/episode/first/zoom_4.1/3")
    current = page.locator(".frame[aria-current]")
    expect(current.locator(".caption b")).to_have_text("3")
    expect(page.locator(".action")).to_have_text("tap 2, 5")
    page.keyboard.press("j")
    expect(current.locator(".caption b")).to_have_text("4")
    assert page.url.endswith("#/episode/first/zoom_4.1/4")
    page.keyboard.press("End")
    expect(current.locator(".caption b")).to_have_text("end")
    page.keyboard.press("4")
    expect(page.get_by_role("tab", name="Verdict")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#panel")).to_contain_text("audio connects")
    page.keyboard.press("p")
    expect(page.locator("h1")).to_have_text("clock_13.1")
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("zoom_4.1")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    expect(page.locator("h1")).to_have_text("Leaderboard")
    page.keyboard.press("/")
    expect(page.locator("#search")).to_be_focused()
    for address in ("#/episode/first/none.1", "#/run/none", "#/nowhere", "#/episode/second/zoom_4.1"):
        page.goto(f"{golden.index.as_uri()}{address}")
        expect(page.get_by_role("alert")).to_contain_text("Nothing to show here")
    assert watched.wrong == []


def test_corrected_rates_stand_beside_raw_ones(golden: Golden, watch: Callable[..., Watched], tmp_path: Path) -> None:
    corrected = CorrectedRate("Rogan-Gladen", 0.4125, 0.2, 0.65, 412, "412 labelled episodes")
    first, *others = golden.report.runs
    noted = replace(first, corrected=(corrected,), calibration_note=f"sensitivity 0.90 {EVIL}")
    report = replace(golden.report, runs=(noted, *others))
    watched = watch(write_report(report, tmp_path / "report", screens="link"))
    page = watched.open()
    board = page.locator(".board tbody tr", has_text="first")
    expect(board.locator(".corrected .data, div.corrected")).to_have_text("corrected (Rogan-Gladen) 41.3% 20.0-65.0%")
    expect(board.locator("svg .corrected circle")).to_have_attribute("cx", "41.25%")
    expect(page.locator(".notes .judge")).to_contain_text("sensitivity 0.90 <img")
    page.goto(f"{watched.index.as_uri()}#/run/first")
    expect(page.locator(".tile", has_text="Corrected")).to_contain_text("41.3%")
    assert watched.wrong == []


def test_filters_and_search_narrow_the_list(golden: Golden, watch: Callable[..., Watched]) -> None:
    watched = watch(golden.index)
    page = watched.open("#/episodes")
    rows = page.locator(".list .row")
    expect(page.get_by_role("status")).to_have_text("9 of 9 episodes; 2 of 6 scored passed")
    page.get_by_label("Verdict").select_option("fail")
    expect(rows).to_have_count(4)
    page.get_by_label("Run").select_option("first")
    expect(rows).to_have_count(2)
    assert "verdict=fail" in page.url
    assert "run=first" in page.url
    page.locator("#search").fill("AUDIO connect")
    expect(rows).to_have_count(1)
    expect(rows.first).to_contain_text("zoom_4.1")
    rows.first.click()
    expect(page.locator("h1")).to_have_text("zoom_4.1")
    expect(page.get_by_role("navigation", name="Episodes")).to_contain_text("1 of 1")
    page.go_back()
    expect(page.locator(".list .row")).to_have_count(1)
    page.get_by_role("link", name="Clear").click()
    page.get_by_label("Decided by").select_option("cloud")
    expect(rows).to_have_count(1)
    page.keyboard.press("Escape")
    page.locator(".list").focus()
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("clock_26.1")
    page.goto(f"{golden.index.as_uri()}#/episodes?effects=some")
    expect(rows).to_have_count(1)
    assert watched.wrong == []


def test_hostile_texts_stay_texts(golden: Golden, watch: Callable[..., Watched]) -> None:
    watched = watch(golden.index)
    page = watched.open("#/episode/hybrid/clock_26.1/1")
    seen = EVIL.replace("\u2028", "").replace("\u2029", "")[:20]
    for step in range(1, 8):
        page.goto(f"{golden.index.as_uri()}#/episode/hybrid/clock_26.1/{step}")
        for tab in "12345":
            page.keyboard.press(tab)
            expect(page.locator("#panel")).to_have_attribute("aria-labelledby", f"tab-{int(tab) - 1}")
            expect(page.locator("#panel")).to_contain_text("<b>Save" if tab == "3" else seen)
            page.locator("#panel details").evaluate_all("folds => folds.forEach(fold => { fold.open = true; })")
    assert page.locator("#panel script, #panel b b, main img[src='x']").count() == 0
    page.keyboard.press("3")
    page.get_by_text("Button").hover()
    expect(page.locator(".large .overlay .node")).to_have_attribute("x", "4")
    page.locator(".large").hover(position={"x": 5, "y": 5})
    expect(page.locator(".large .overlay .node")).to_have_attribute("width", "36")
    expect(page.locator(".tree .lit")).to_contain_text("FrameLayout")
    page.goto(f"{golden.index.as_uri()}#/episodes?run=hybrid&q={'%3Cimg'}")
    expect(page.locator(".list .row")).to_contain_text(["<img src=x onerror"])
    page.goto(f"{golden.index.as_uri()}#/episodes?run=%3Cimg%20src=x%20onerror=alert(1)%3E")
    expect(page.locator(".list .row")).to_have_count(0)
    assert page.evaluate("({}).x") is None
    assert watched.wrong == []


def test_gestures_and_marks_are_drawn_in_device_pixels(golden: Golden, watch: Callable[..., Watched]) -> None:
    watched = watch(golden.index)
    page = watched.open("#/episode/hybrid/clock_26.1/1")
    layer = page.locator(".large .overlay")
    assert layer.get_attribute("viewBox") == "0 0 36 78"
    assert layer.locator(".touch .solid").get_attribute("cx") == "18"
    assert layer.locator(".mark rect").first.get_attribute("width") == "26"
    picture, drawn = page.locator(".large img").bounding_box(), layer.bounding_box()
    assert picture == drawn
    page.keyboard.press("m")
    expect(layer.locator(".mark")).to_have_count(0)
    page.keyboard.press("j")
    expect(layer.locator(".press")).to_have_count(1)
    page.keyboard.press("j")
    line = layer.locator("line.stroke")
    assert [line.get_attribute(name) for name in ("x1", "y1", "x2", "y2")] == ["18", "60", "18", "20"]
    page.keyboard.press("j")
    expect(layer.locator("line.dashed")).to_have_count(1)
    assert page.locator(".large img").evaluate("image => image.naturalWidth") == 36
    assert watched.wrong == []


def test_a_thousand_episodes_stay_few_nodes_and_load_on_demand(
    golden: Golden, watch: Callable[..., Watched], tmp_path: Path
) -> None:
    index = write_report(golden.report, tmp_path / "report", screens="link")
    listing = index.parent / "data" / "first" / "episodes.js"
    text = listing.read_text("utf-8")
    value = json.loads(text[text.index(",") + 1 : text.rindex(")")])
    value["rows"] = [[*row[:2], n, *row[3:]] for n in range(400) for row in value["rows"]]
    listing.write_text(script("episodes/first", value), "utf-8")
    watched = watch(index)
    asked: list[str] = []
    watched.page.on("request", lambda request: asked.append(request.url.partition("/data/")[2].rpartition("/")[2]))
    page = watched.open("#/episodes?run=first")
    expect(page.get_by_role("status")).to_contain_text("1,200 of 1,206 episodes")
    assert page.locator(".list .row").count() < 40
    page.locator(".list").evaluate("list => { list.scrollTop = list.scrollHeight / 2; }")
    expect(page.locator(".list .row[aria-posinset='601']")).to_be_visible()
    assert page.locator(".list .row").count() < 60
    assert page.evaluate("document.querySelectorAll('*').length") < 1200
    assert sorted(name for name in asked if name in ("report.js", "episodes.js")) == ["episodes.js"] * 3 + ["report.js"]
    assert not [name for name in asked if re.match(r"(clock|zoom)_", name)]
    page.locator(".list .row[aria-posinset='601']").click()
    expect(page.locator("h1")).to_have_text("clock_26.1")
    assert [name for name in asked if re.match(r"(clock|zoom)_", name)] == ["clock_26.1.js"]
    page.keyboard.press("3")
    expect(page.locator("#panel")).to_contain_text("The UI tree is empty")
    own = [name for name in asked if re.match(r"(clock|zoom)_", name)]
    assert own == ["clock_26.1.js", "clock_26.1.more.js"]
    assert page.locator("head script").count() == 0
    assert watched.wrong == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_phone_shows_every_page_without_sideways_scrolling(
    golden: Golden, watch: Callable[..., Watched], scheme: str
) -> None:
    watched = watch(golden.index, viewport={"width": 390, "height": 844}, color_scheme=scheme)
    pages = (
        "#/runs",
        "#/run/hybrid",
        "#/compare/first/second",
        "#/episodes",
        "#/episode/hybrid/clock_26.1/3",
        "#/about",
    )
    for address in pages:
        page = watched.open(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
    grounds = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.keyboard.press("t")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != grounds
    assert watched.wrong == []


def test_a_repetition_writes_only_what_changed(golden: Golden, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    write_report(golden.report, folder)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    assert len([path for path in before if path.suffix == ".webp"]) >= 9
    (folder / "data" / "gone").mkdir()
    (folder / "data" / "first" / "clock_99.1.js").touch()
    write_report(golden.report, folder, threads=3)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()} == before
    (folder / "data" / "first" / "zoom_4.1.js").unlink()
    changed = RunReader(golden.logs / "second").episode(EpisodeKey("clock_13", 1))
    changed.write_verdict(Verdict(task_id="clock_13", attempt=1, judge="llm:later", result="fail"))
    write_report(golden.report, folder)
    after = {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
    names = {path.name for path in before if before[path] != after.get(path) and path.suffix == ".js"}
    assert names == {"zoom_4.1.js", "clock_13.1.js"}
    full = write_report(golden.report, folder, screens="full").parent
    copied = full / "screens" / "hybrid" / "clock_26.1" / "000.png"
    assert copied.read_bytes() == (golden.logs / "hybrid" / "clock_26.1" / "screens" / "000.png").read_bytes()


def test_damaged_traces_cost_one_episode_not_the_report(tmp_path: Path) -> None:
    run = Run(tmp_path / "logs", "run")
    run.add(passed())
    run.add(Recipe(COUNT))
    folder = run.folder / "clock_26.1"
    (folder / "screens" / "000.png").write_bytes(b"\x89PNG no picture")
    (folder / "ui" / "000.xml").write_text("<!DOCTYPE a [<!ENTITY b 'c'>]><hierarchy/>")
    report = make_report(tmp_path / "logs")
    (run.folder / "clock_13.1" / "steps.jsonl").write_text("{}\n")
    index = write_report(report, tmp_path / "report")
    listing = (index.parent / "data" / "run" / "episodes.js").read_text("utf-8")
    assert "damaged trace file" in listing
    shown = (index.parent / "data" / "run" / "clock_26.1.js").read_text("utf-8")
    assert '"copy":null' in shown


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ConfigError, match="it holds files that are no report"):
        check_folder(tmp_path)
    check_folder(tmp_path / "new")


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=8))
def test_scripts_are_json_in_one_line_that_nothing_ends(value: Any) -> None:
    text = script("episodes/x", value, {"by": value})
    head, body, rest = text.split("\n")
    assert rest == ""
    assert json.loads(head[2:]) == {"by": value}
    assert json.loads(body[len('phonebench.load("episodes/x", ') : -2]) == value
    assert not set("<>&\u2028\u2029") & set(text)
    text.encode("utf-8")


@given(
    st.text()
    | st.sampled_from([UI, "<hierarchy>" * 3, f"<hierarchy><node text='{'x' * 999}' bounds='[0,0][1,1]'/></hierarchy>"])
)
def test_any_ui_dump_gives_rows_or_none(xml: str) -> None:
    found = ui_rows(xml.encode("utf-8", "replace"))
    assert found is None or all(len(row) == 10 and len(row[2]) <= 300 for row in found)
