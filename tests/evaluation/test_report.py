"""The spreadsheet and its siblings, from golden runs through the command line, read back with openpyxl and pandas."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import openpyxl
import pandas as pd
import pytest
import yaml
from golden_runs import ALARM_OFF, COUNT, TASKS, ZOOM, Recipe, Run, passed
from hypothesis import given
from hypothesis import strategies as st
from stub_server import Reply, StubServer

from evaluation.cli import main
from evaluation.judge.state import StateJudge
from evaluation.report import Judging, collect, frames
from evaluation.report.sheets import app_table, pair_table, summary_table
from evaluation.report.sheets.table import text_of
from evaluation.report.workbook import safe_text
from phonebench.schema.episode import ErrorInfo, Outcome, StepRecord
from phonebench.trace import EpisodeKey, RunReader, find_runs

FORMULAS = [
    '=HYPERLINK("http://evil","click")',
    "+cmd|'/c calc'!A0",
    "-2+3+cmd",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    " =1+1",
    "＝1",
]


@pytest.fixture
def suite(tmp_path: Path) -> str:
    folder = tmp_path / "tasks"
    folder.mkdir()
    for app in ("clock", "zoom"):
        tasks = [task for task in TASKS if task.app == app]
        plain = [t.model_dump(mode="json", exclude={"app", "package", "source"}, exclude_none=True) for t in tasks]
        text = yaml.safe_dump({"app": app, "package": tasks[0].package, "tasks": plain})
        (folder / f"{app}.yaml").write_text(text, encoding="utf-8")
    return str(folder)


@pytest.fixture
def logs(tmp_path: Path, suite: str) -> Path:
    first = Run(tmp_path / "logs", "first", suite=suite)
    first.add(passed(thought=FORMULAS[0]))
    first.add(Recipe(COUNT, answer=FORMULAS[0]))
    first.add(Recipe(ZOOM, outcome=Outcome.STEP_LIMIT, steps=5))
    second = Run(tmp_path / "logs", "second", suite=suite)
    second.add(Recipe(ALARM_OFF))
    second.add(Recipe(COUNT, answer="control \x07 and \x00 characters"))
    return tmp_path / "logs"


def generate(logs: Path, *more: str) -> tuple[int, Path]:
    out = logs.parent / "out"
    return main(["--input_folder", str(logs), "--output_folder", str(out), *more]), out / "results.xlsx"


def rows(book: Any, sheet: str) -> list[dict[str, Any]]:
    lines = list(book[sheet].iter_rows(min_row=3, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def test_sheets_are_formatted_filterable_and_frozen(logs: Path) -> None:
    code, path = generate(logs)
    assert code == 1  # zoom_4 of the second run was never run
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == [
        "Overview", "Summary", "Charts", "Compare", "By app", "Tasks", "Episodes", "Steps", "Speed", "Judge", "About"
    ]  # fmt: skip
    for sheet in book:
        assert sheet["A2"].value.startswith("SIMULATED PHONE")
        assert re.fullmatch(rf"A3:[A-Z]+{sheet.max_row}", sheet.auto_filter.ref)
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.print_title_rows == "$3:$3"
        assert re.fullmatch(r"[A-Z]+4", sheet.freeze_panes)
        assert all(sheet.column_dimensions[cell.column_letter].width >= 6 for cell in sheet[3])


def test_summary_has_one_row_per_run_with_intervals_as_percentages(logs: Path) -> None:
    _, path = generate(logs)
    book = openpyxl.load_workbook(path)
    first, second = rows(book, "Summary")
    assert (first["Run"], first["Episodes"], first["Scored"], first["Passed"]) == ("first", 3, 3, 1)
    assert first["SR"] == pytest.approx(1 / 3)
    assert (first["SR low"], first["SR high"]) == (pytest.approx(0.0615, abs=1e-4), pytest.approx(0.7923, abs=1e-4))
    assert second["Coverage"] == pytest.approx(2 / 3)
    assert second["RRR"] is None
    assert first["Phone"] == "SIMULATED (androidlab)"
    assert first["Ended"] == "finished 2, step_limit 1"
    header = {cell.value: cell.column for cell in book["Summary"][3]}
    for title in ("Coverage", "SR", "SR low", "SR high", "Sub-SR", "RRR", "ROR", "Clean SR", "False share"):
        assert book["Summary"].cell(4, header[title]).number_format == "0.0%"
    assert book["Summary"].cell(4, header["Step p95 s"]).number_format == "0.000"


def test_tasks_have_coloured_verdicts(logs: Path) -> None:
    _, path = generate(logs)
    book = openpyxl.load_workbook(path)
    verdicts = [(row["Run"], row["Task"], row["Verdict"], row["Ended"]) for row in rows(book, "Episodes")]
    assert verdicts == [
        ("first", "clock_26", "pass", "finished"),
        ("first", "clock_13", "fail", "finished"),
        ("first", "zoom_4", "fail", "step_limit"),
        ("second", "clock_26", "fail", "finished"),
        ("second", "clock_13", "fail", "finished"),
        ("second", "zoom_4", "unscored", "not run"),
    ]
    column = next(cell.column for cell in book["Episodes"][3] if cell.value == "Verdict")
    colours = [book["Episodes"].cell(row, column).fill.fgColor.rgb for row in (4, 5, 9)]
    assert len(set(colours)) == 3


def test_steps_and_about_hold_what_the_trace_says(logs: Path) -> None:
    _, path = generate(logs)
    book = openpyxl.load_workbook(path)
    steps = rows(book, "Steps")
    assert len(steps) == 2 + 2 + 5 + 2 + 2
    assert (steps[0]["Action"], steps[0]["Step s"], steps[0]["TTFT s"]) == ("tap", 1.4, 0.2)
    assert steps[0]["Screenshot"] == "clock_26.1/screens/000.png"
    about = {(row["Subject"], row["Item"]): row["Text"] for row in rows(book, "About")}
    assert about["first", "Config digest"] == "c" * 64
    assert about["first", "Phone"] == "SIMULATED (androidlab)"
    assert about["Sheet Summary", "SR"] == "passed episodes / scored episodes"
    assert "missing" in about["second", "WARNING"]


def test_no_text_from_outside_becomes_a_formula(logs: Path) -> None:
    _, path = generate(logs)
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    answers = [row["Answer"] for row in rows(book, "Episodes")]
    assert answers[1] == "'" + FORMULAS[0]
    assert answers[4] == "control  and  characters"
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f>" not in archive.read(name)


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_get_an_apostrophe(text: str) -> None:
    assert safe_text(text).startswith("'")


@pytest.mark.parametrize("text", ["-5", "+852 1234", "-11,400.00", "done", "a=b", "7:30 AM", ""])
def test_plain_text_stays_as_it_is(text: str) -> None:
    assert safe_text(text) == text


@given(st.text(max_size=50))
def test_safe_text_is_fit_for_xml(text: str) -> None:
    safe = safe_text(text)
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", safe)
    assert not safe.startswith(("=", "@", "\t", "\r"))


def test_long_text_is_cut_to_what_a_cell_holds() -> None:
    assert len(safe_text("x" * 100_000)) == 32_767


def test_spreadsheet_console_and_records_agree(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, path = generate(logs)
    data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    frame = pd.read_excel(path, sheet_name="Summary", header=2)
    assert list(frame.columns) == list(data["Summary"][0])
    for row, record in zip(frame.to_dict("records"), data["Summary"], strict=True):
        for title, value in record.items():
            assert value is None or value == "" or row[title] == pytest.approx(value), title
    printed = capsys.readouterr().out
    assert "SIMULATED PHONE" in printed
    assert "1/3 33.3%" in printed
    assert "6.1-79.2%" in printed
    assert printed.splitlines()[-1] == f"spreadsheet: {path}"


def test_judging_twice_gives_the_same_and_touches_nothing(logs: Path) -> None:
    generate(logs)
    verdicts = {path: path.stat().st_mtime_ns for path in logs.rglob("verdict.*.json")}
    assert len(verdicts) == 5
    generate(logs)
    assert {path: path.stat().st_mtime_ns for path in logs.rglob("verdict.*.json")} == verdicts


def test_threads_change_nothing(logs: Path) -> None:
    _, path = generate(logs, "-p", "1")
    one = path.with_suffix(".json").read_bytes()
    generate(logs, "-p", "8")
    assert path.with_suffix(".json").read_bytes() == one


def test_one_run_by_name_and_all_scored_is_code_0(logs: Path) -> None:
    code, path = generate(logs, "-n", "first")
    assert code == 0
    book = openpyxl.load_workbook(path)
    assert "Compare" not in book.sheetnames
    assert [row["Run"] for row in rows(book, "Summary")] == ["first"]


def test_a_damaged_episode_is_unscored_and_named(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (logs / "first" / "clock_26.1" / "result.json").write_text("{", encoding="utf-8")
    code, path = generate(logs, "-n", "first")
    assert code == 1
    assert rows(openpyxl.load_workbook(path), "Episodes")[0]["Verdict"] == "unscored"
    assert "damaged trace file" in " ".join(capsys.readouterr().out.split())  # the table wraps where the path is long


def test_changed_tasks_are_reported(logs: Path, suite: str, capsys: pytest.CaptureFixture[str]) -> None:
    file = Path(suite) / "zoom.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("audio connects", "audio is on"), encoding="utf-8")
    generate(logs, "-n", "first")
    assert "tasks have changed" in capsys.readouterr().out


def test_a_mix_of_phones_is_labelled(tmp_path: Path, suite: str) -> None:
    Run(tmp_path / "logs", "sim", suite=suite).add(passed())
    Run(tmp_path / "logs", "real", suite=suite, simulated=False).add(passed(before=None, after=None))
    code, path = generate(tmp_path / "logs")
    assert code == 1
    book = openpyxl.load_workbook(path)
    assert "1 of 2 runs on a SIMULATED PHONE" in book["Summary"]["A2"].value
    assert [row["Phone"] for row in rows(book, "Summary")] == ["attached", "SIMULATED (androidlab)"]


def test_a_judge_model_scores_a_real_phone_and_its_verdicts_stay(tmp_path: Path, suite: str) -> None:
    run = Run(tmp_path / "logs", "real", suite=suite, simulated=False, tasks=[ALARM_OFF])
    run.add(passed(before=None, after=None))
    answer = '{"goals": [{"goal": 1, "met": true}, {"goal": 2, "met": true}]}'
    with StubServer([Reply(answer)]) as stub:
        code, path = generate(tmp_path / "logs", "--judge_model", "big", "--api_base", stub.base_url)
        assert code == 0
        assert generate(tmp_path / "logs", "--judge_model", "big", "--api_base", stub.base_url)[0] == 0
        assert len(stub.requests) == 1
        generate(tmp_path / "logs", "--judge_model", "big", "--api_base", stub.base_url, "--rejudge")
        assert len(stub.requests) == 2
    # Without a model the earlier verdict stands.
    assert generate(tmp_path / "logs")[0] == 0
    assert rows(openpyxl.load_workbook(path), "Summary")[0]["Judge"] == "llm:big"
    episode = RunReader(run.folder).episode(EpisodeKey("clock_26", 1))
    assert [verdict.result for verdict in episode.verdicts()] == ["pass"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--input_folder", "/nowhere"], "no recorded run here"),
        (["-n", "nope"], "there are: first, second"),
        (["--baseline", "nope"], "no run 'nope' to set the others against"),
        (["--judge", "llm"], "the llm judge needs a model"),
        (["--judge_model", "m"], "--judge_model needs --api_base"),
        (["--api_base", "http://x/v1"], "--api_base needs --judge_model"),
        (["--judge_model", "m", "--api_base", "ftp://x"], "http:// or https://"),
        (["--judge", "state", "--judge_model", "m", "--api_base", "http://x/v1"], "asks no model"),
        (["--judge_model", "m", "--api_base", "http://x/v1", "--api_key_env", "NO_SUCH_KEY"], "NO_SUCH_KEY"),
        (["--judge_model", "m", "--api_base", "http://x/v1", "--api_key_env", "sk-1.23"], "not the key itself"),
        (["--task_config", "/nowhere"], "no task file or folder"),
        (["--output_excel", "/proc/nowhere/x.xlsx"], "cannot be written"),
    ],
)
def test_what_the_user_can_mend_is_said_in_a_line(
    logs: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    code, _ = generate(logs, *arguments)
    err = capsys.readouterr().err
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_help_fits_a_screen(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    assert stop.value.code == 0
    text = capsys.readouterr().out
    assert len(text.splitlines()) <= 60
    for group in ("what:", "where:", "how:", "look:", "examples"):
        assert group in text


def test_steps_that_outgrow_a_sheet_are_cut_with_a_word(logs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("evaluation.report.workbook.MOST_ROWS", 9)
    _, path = generate(logs)
    sheet = openpyxl.load_workbook(path)["Steps"]
    assert sheet.max_row == 9
    assert "cut here" in sheet.cell(9, 1).value


def test_step_records_without_action_or_calls_are_rows_too(logs: Path) -> None:
    steps = logs / "first" / "clock_26.1" / "steps.jsonl"
    with steps.open("a", encoding="utf-8") as file:
        file.write(StepRecord(index=2, error="BadAction: no action").model_dump_json() + "\n")
    _, path = generate(logs, "-n", "first")
    row = rows(openpyxl.load_workbook(path), "Steps")[2]
    assert (row["Step"], row["Action"], row["Error"]) == (3, None, "BadAction: no action")


def test_frames_hold_the_same_figures_for_a_notebook(logs: Path) -> None:
    judgings = [Judging(run, {task.id: task for task in TASKS}, StateJudge()) for run in find_runs(logs)]
    report = collect(judgings)
    summary, tasks = frames(report)["Summary"], frames(report)["Episodes"]
    assert summary["Run"].tolist() == ["first", "second"]
    assert summary["SR"].tolist() == pytest.approx([1 / 3, 0.0])
    assert len(tasks) == 6


def cells_as_text(book: Any, sheet: str) -> dict[tuple[str, str], str]:
    """(first column, title) -> what the cell shows, formatted as its number format says."""
    found = {}
    for row in book[sheet].iter_rows(min_row=4):
        for head, cell in zip(book[sheet][3], row, strict=True):
            found[str(row[0].value), str(head.value)] = as_shown(cell.value, cell.number_format)
    return found


def as_shown(value: Any, number_format: str) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if "%" in number_format:
        return f"{value * 100:{'+' if '+' in number_format else ''}.1f}%"
    digits = len(number_format.rpartition(".")[2]) if "." in number_format else 0
    return f"{value:,.{digits}f}"


def test_overview_summary_records_and_console_agree_to_the_last_digit(
    logs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, path = generate(logs)
    printed = capsys.readouterr().out
    book = openpyxl.load_workbook(path)
    summary, overview = cells_as_text(book, "Summary"), cells_as_text(book, "Overview")
    data = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    for record in data["Summary"]:
        name = record["Run"]
        row = next(line for line in printed.splitlines() if line.split()[:1] == [name])
        for title in ("SR", "Sub-SR", "RRR", "ROR", "Clean SR"):
            shown = summary[name, title]
            assert shown == ("" if record[title] is None else f"{record[title] * 100:.1f}%")
            assert (shown or "-") in row
            if any(other[title] is not None for other in data["Summary"]):
                assert overview[title, name] == shown
        low, high = summary[name, "SR low"], summary[name, "SR high"]
        assert overview["SR, 95% interval", name] == f"{low[:-1]} to {high}"
        assert f"{low[:-1]}-{high}" in row
        assert f"{summary[name, 'Step p50 s'][:-1]}/" in row
    (pair,) = data["Compare"]
    assert (pair["Wins"], pair["Losses"], pair["Ties"], pair["p"]) == (1, 0, 1, 1.0)
    assert "1-0-1" in printed
    assert cells_as_text(book, "Compare")["first", "Difference"] == "+50.0%"
    assert "+50.0%" in printed
    assert pair["In words"][:30] in " ".join(printed.split())


def test_rows_lead_to_the_pages_by_real_links(logs: Path) -> None:
    _, path = generate(logs)
    sheet = openpyxl.load_workbook(path)["Episodes"]
    column = next(cell.column for cell in sheet[3] if cell.value == "Open")
    links = [sheet.cell(row, column).hyperlink for row in range(4, 10)]
    assert links[0].target == "report/index.html#/episode/first/clock_26.1"
    assert links[5] is None  # never run
    assert (path.parent / "report" / "index.html").exists()
    steps = openpyxl.load_workbook(path)["Steps"]
    assert [steps.cell(row, 5).hyperlink.target for row in (4, 5)] == [
        f"report/index.html#/episode/first/clock_26.1/{step}" for step in (1, 2)
    ]
    _, path = generate(logs, "--no_html")
    book = openpyxl.load_workbook(path)
    assert "Open" not in [cell.value for sheet in ("Episodes", "Steps") for cell in book[sheet][3]]


def test_two_workbooks_in_a_folder_have_pages_of_their_own(logs: Path) -> None:
    for name, folder in (("results.xlsx", "report"), ("half & half.xlsx", "half & half_report")):
        path = logs.parent / "out" / name
        generate(logs, "--output_excel", str(path), "-n", "first")
        assert (path.parent / folder / "index.html").exists()
        (link, *_) = (cell.hyperlink.target for cell in openpyxl.load_workbook(path)["Episodes"]["E"] if cell.hyperlink)
        assert unquote(link) == f"{folder}/index.html#/episode/first/clock_26.1"


def test_three_runs_have_a_matrix_and_two_have_none(logs: Path, suite: str) -> None:
    _, path = generate(logs)
    assert "Matrix" not in openpyxl.load_workbook(path).sheetnames
    third = Run(logs, "third", suite=suite)
    third.add(passed())
    _, path = generate(logs)
    matrix = {row["Row less column"]: row for row in rows(openpyxl.load_workbook(path), "Matrix")}
    assert matrix["first"] == {
        "Row less column": "first", "first": None, "second": "50.0 more\np 1.0000", "third": "equal\np 1.0000"
    }  # fmt: skip
    assert matrix["second"]["first"] == "50.0 less\np 1.0000"


def test_sheets_of_many_columns_print_group_by_group(logs: Path) -> None:
    _, path = generate(logs)
    sheet = openpyxl.load_workbook(path)["Summary"]
    titles = {cell.column: cell.value for cell in sheet[3]}
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_cols == "$A:$A"
    after = [titles[brk.id + 1] for brk in sheet.col_breaks.brk]
    assert "Step p50 s" in after
    hidden = {titles[cell.column] for cell in sheet[3] if sheet.column_dimensions[cell.column_letter].hidden}
    assert {"pass@k", "Battery points"} < hidden
    assert "SR" not in hidden


def test_hostile_names_of_runs_models_and_tasks_are_texts_on_every_sheet(tmp_path: Path) -> None:
    hostile = ALARM_OFF.model_copy(update={"app": FORMULAS[1], "id": "clock_1"})
    suite = tmp_path / "tasks.yaml"
    plain = hostile.model_dump(mode="json", exclude={"app", "package", "source"}, exclude_none=True)
    suite.write_text(yaml.safe_dump({"app": FORMULAS[1], "package": hostile.package, "tasks": [plain]}), "utf-8")
    for number, name in enumerate(FORMULAS[:4]):
        run = Run(tmp_path / "logs", f"run{number}", tasks=[hostile], suite=str(suite))
        run.add(Recipe(hostile, outcome=Outcome.AGENT_ERROR, error=ErrorInfo(type=name, message=name)))
        path = run.folder / "run.json"
        info = json.loads(path.read_text("utf-8"))
        info |= {"name": name, "agent": name, "models": {"device": name}}
        path.write_text(json.dumps(info), "utf-8")
    _, path = generate(tmp_path / "logs", "--no_html")
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(("=", "+", "@", "\t"))]
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    # Names reach charts as references to cells only.
    assert len(charts) == 3
    assert not any("HYPERLINK" in chart or "cmd" in chart for chart in charts)


def test_charts_show_what_the_rows_above_them_hold(logs: Path) -> None:
    _, path = generate(logs)
    sheet = openpyxl.load_workbook(path)["Charts"]
    rates = {row[0].value: [cell.value for cell in row[1:4]] for row in sheet.iter_rows(min_row=4, max_row=5)}
    assert rates["first"][0] == pytest.approx(1 / 3)
    assert rates["first"][0] - rates["first"][1] == pytest.approx(0.0615, abs=1e-4)
    assert rates["first"][0] + rates["first"][2] == pytest.approx(0.7923, abs=1e-4)
    parts = [sheet.cell(4, column).value for column in range(5, 11)]
    assert sum(parts[1:]) == pytest.approx(parts[0])
    with zipfile.ZipFile(path) as archive:
        charts = [archive.read(f"xl/charts/chart{number}.xml").decode() for number in (1, 2, 3)]
    assert "'Charts'!$C$4:$C$5" in charts[0]
    assert "errBars" in charts[0]
    assert "scatterChart" in charts[1]
    assert 'val="stacked"' in charts[2]


def test_tasks_stand_beside_each_other_run_by_run(logs: Path) -> None:
    _, path = generate(logs)
    book = openpyxl.load_workbook(path)
    assert [(row["Task"], row["first"], row["second"], row["Passed"]) for row in rows(book, "Tasks")] == [
        ("clock_26", "pass", "fail", 1),
        ("clock_13", "fail", "fail", 0),
        ("zoom_4", "fail", "unscored", 0),
    ]
    colours = [book["Tasks"].cell(row, column).fill.fgColor.rgb for row, column in ((4, 6), (4, 7), (6, 7))]
    assert len(set(colours)) == 3


def test_few_tasks_are_warned_of(logs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, path = generate(logs, "-n", "first")
    assert [row["Caution"] for row in rows(openpyxl.load_workbook(path), "By app")] == ["only 2 tasks", "only 1 task"]
    assert "only 2 tasks" in capsys.readouterr().out


def test_published_speed_is_marked_and_measured_speed_has_a_ratio(logs: Path) -> None:
    _, path = generate(logs, "--baseline", "second")
    speed = rows(openpyxl.load_workbook(path), "Speed")
    published = [row for row in speed if row["Source"].startswith("published")]
    assert [row["Mean ms"] for row in published] == [4170.63, 3524.25, 6289.15, 4587.79, 14584.89]
    steps = {row["Run"]: row for row in speed if row["What"] == "whole step" and row["Source"] == "measured"}
    assert steps["second"]["Ratio"] is None
    assert steps["first"]["Ratio"] == pytest.approx(1.0)
    assert steps["first"]["Mean ms"] == pytest.approx((1.4 + 2.4 + 1.4 + 2.4 + 1.4 + 2.4 + 3.4 + 4.4 + 5.4) / 9 * 1000)


def test_steps_can_be_left_out(logs: Path) -> None:
    _, path = generate(logs, "--no_steps")
    assert "Steps" not in openpyxl.load_workbook(path).sheetnames


def test_errors_are_counted_by_type_and_commands_look_closer(
    tmp_path: Path, suite: str, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(tmp_path / "logs", "mixed", suite=suite)
    run.add(Recipe(ALARM_OFF, outcome=Outcome.INFRA_ERROR, error=ErrorInfo(type="DeviceLost", message="gone")))
    run.add(Recipe(COUNT, outcome=Outcome.AGENT_ERROR, error=ErrorInfo(type="BadAction", message="?")))
    generate(tmp_path / "logs")
    printed = capsys.readouterr().out
    assert re.search(r"BadAction +█+ 1", printed)
    assert "run the 1 lost again: python eval.py -c FILE -n mixed --redo infra_error" in printed
    assert "run the 1 missing: python eval.py -c FILE -n mixed" in printed
    # What the machinery lost was put to no judge.
    book = openpyxl.load_workbook(tmp_path / "out" / "results.xlsx")
    assert [(row["Judge"], row["Episodes"], row["Scored"]) for row in rows(book, "Judge")] == [("state", 1, 1)]


def test_attempts_have_a_sheet_of_their_own(tmp_path: Path, suite: str) -> None:
    run = Run(tmp_path / "logs", "twice", suite=suite)
    for attempt, recipe in enumerate((passed, lambda **more: Recipe(ALARM_OFF, **more)), 1):
        run.add(recipe(attempt=attempt))
        run.add(Recipe(COUNT, attempt=attempt))
        run.add(Recipe(ZOOM, attempt=attempt))
    _, path = generate(tmp_path / "logs")
    book = openpyxl.load_workbook(path)
    attempts = rows(book, "Attempts")
    assert [row["k"] for row in attempts] == [1, 2]
    assert [row["pass@k"] for row in attempts] == pytest.approx([1 / 6, 1 / 3])
    assert [row["pass^k"] for row in attempts] == pytest.approx([1 / 6, 0])
    assert [row["twice"] for row in rows(book, "Tasks")] == ["1 of 2", "0 of 2", "0 of 2"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_opens_the_workbook_and_prints_every_sheet(logs: Path, tmp_path: Path) -> None:
    _, path = generate(logs, "--no_html")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "results.pdf").read_bytes().startswith(b"%PDF")
    # Every sheet as text, each cell as it is shown.
    form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
    command[command.index("pdf")] = form
    subprocess.run(command, capture_output=True, timeout=100, check=True)
    tasks = {task.id: task for task in TASKS}
    report = collect([Judging(run, tasks, StateJudge()) for run in find_runs(logs)])
    for table in (summary_table(report), app_table(report), pair_table(report)):
        with (tmp_path / f"results-{table.title}.csv").open(encoding="utf-8", newline="") as file:
            lines = list(csv.reader(file))[3:]
        assert lines == [[text_of(column, row) for column in table.columns] for row in table.rows], table.title
