"""The speed measurement against a stub server with known delays: what was scripted must be found again."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from stub_server import Answer, Fault, Reply, StubServer

from evaluation.report.speed import figure_rows, publish, ratio
from evaluation.statistics import bootstrap_ratio
from phonebench.config.paths import REPO_ROOT
from phonebench.schema.action import Finish, Point, Tap, TypeText
from phonebench.schema.episode import DeviceInfo, EpisodeInfo, EpisodeResult, Lock, Outcome, RunInfo, StepRecord
from phonebench.schema.observation import Observation
from phonebench.speed import server
from phonebench.speed.cli import main
from phonebench.trace import EpisodeKey, RunWriter

WORDS = "one two three four five"
ACTIONS = (Tap(at=Point(x=54, y=120)), TypeText(text="meeting"), Finish(answer="done"))
XML = (
    "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">"
    '<node index="0" text="OK" resource-id="" class="android.widget.Button" package="com.a" content-desc="" '
    'checkable="false" checked="false" clickable="true" enabled="true" focusable="true" focused="false" '
    'scrollable="false" long-clickable="false" password="false" selected="false" bounds="[0,60][240,180]" />'
    "</hierarchy>"
)


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two finished episodes of three steps each, with real PNGs."""
    folder = tmp_path_factory.mktemp("logs") / "recorded"
    info = RunInfo(
        name="recorded", created_at="2024-05-10T12:00:00Z", phonebench_version="0", suite="s", suite_digest="0",
        task_ids=("clock_1", "clock_2"), attempts=1, agent="reference", models={}, device_kind="sim", simulated=True,
        config={},
    )  # fmt: skip
    device = DeviceInfo(serial="x", kind="sim", simulated=True, width=240, height=480)
    with RunWriter.open(folder, info, Lock(config="", tasks="", prompts="", versions={})) as run:
        for number, task in enumerate(info.task_ids):
            episode = run.episode(EpisodeKey(task, 1))
            episode.start(
                EpisodeInfo(
                    run="recorded", task_id=task, attempt=1, app="clock", package="com.a", kind="operation",
                    instruction=f"Do {task}.", reference_steps=3, agent="reference", device=device, seed=0,
                    started_at="2024-05-10T12:00:00Z",
                )
            )  # fmt: skip
            for index, action in enumerate(ACTIONS):
                screen, ui = episode.observation(index, Observation(png(number * 3 + index), 240, 480, XML))
                episode.step(StepRecord(index=index, screen=screen, ui=ui, width=240, height=480, action=action))
            episode.finish(EpisodeResult(task_id=task, attempt=1, outcome=Outcome.FINISHED, steps=3, seconds=1))
    return folder


def png(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (240, 480), (shade * 20, 90, 90)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def bench(recording: Path, tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Runs the command on configs for the given servers; returns speed.json."""

    def run(*servers: StubServer, code: int = 0, options: tuple[str, ...] = (), **agent: Any) -> dict[str, Any]:
        paths = [config(tmp_path / f"{chr(97 + n)}.yaml", server, **agent) for n, server in enumerate(servers)]
        words = ["-c", *map(str, paths), "--trace", str(recording), "--output", str(tmp_path / "out"), *options]
        assert main(publish, words) == code
        found = tmp_path / "out" / "speed.json"
        return json.loads(found.read_text()) if found.exists() else {}

    return run


def config(path: Path, server: StubServer, **agent: Any) -> Path:
    model = {"base_url": server.base_url, "name": "stub-model", "timeout_s": 20}
    path.write_text(json.dumps({"models": {"device": model}, "agent": {"policy": "single", **agent}}))
    return path


def pictures(body: dict[str, Any]) -> list[str]:
    parts = [
        part for message in body["messages"] if isinstance(message["content"], list) for part in message["content"]
    ]
    return [part["image_url"]["url"] for part in parts if part["type"] == "image_url"]


def figures(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["Figure"]: row for row in found["Speed"]}


def test_scripted_delays_are_recovered_side_by_side(bench):
    slow, fast = Reply(WORDS, pieces=5, pause_s=0.04), Reply(WORDS, pieces=5, pause_s=0.005)
    with StubServer([fast]) as one, StubServer([slow]) as two:
        found = bench(one, two, options=("--steps", "4", "--concurrency", "1,4"))
    rows = figures(found)
    a, b = "stub-model (a)", "stub-model (b)"
    assert rows["TTFT"][f"{a} mean"] >= 5
    assert rows["TTFT"][f"{b} p50"] >= 40
    assert rows["Model"][f"{b} mean"] >= 200
    # a busy machine may see the first piece late, so only the sum of both has a bound of its own
    after_first = 4 * rows["Time per output token"][f"{b} mean"]
    assert after_first + rows["TTFT"][f"{b} mean"] == pytest.approx(rows["Model"][f"{b} mean"])
    assert rows["Step"][f"{b} mean"] >= rows["Model"][f"{b} mean"]
    assert rows["Output tokens"][f"{a} mean"] == 5
    assert rows["Prompt tokens"][f"{a} mean"] == 100
    assert rows["Output tokens per second"][f"{b} mean"] <= 25
    means = rows["Model"][f"{a} mean"], rows["Model"][f"{b} mean"]
    assert rows["Model"][f"{b} ratio"] == pytest.approx(means[1] / means[0])
    assert rows["Model"][f"{b} low"] <= rows["Model"][f"{b} ratio"] <= rows["Model"][f"{b} high"]
    levels = [(row["Model"], row["At a time"], row["Requests"], row["Failed"]) for row in found["Concurrency"]]
    assert levels == [(a, 1, 4, 0), (a, 4, 12, 0), (b, 1, 4, 0), (b, 4, 12, 0)]
    assert found["Concurrency"][2]["Requests/s"] <= 5
    assert found["Concurrency"][3]["Requests/s"] <= 20
    assert "SIMULATED" in found["label"]
    assert all("/metrics answers 404" in model["server_note"] for model in found["raw"]["models"])


def test_no_server_has_seen_a_screen_before_except_the_ones_sent_twice(bench):
    seen: set[str] = set()

    def cache(body: dict[str, Any]) -> Answer:
        known = json.dumps(body["messages"]) in seen
        seen.add(json.dumps(body["messages"]))
        return Reply(WORDS, pause_s=0.0 if known else 0.05, cached_tokens=90 if known else 0)

    with StubServer(cache) as stub:
        found = bench(stub, options=("--steps", "6", "--concurrency", "2"))
        sent = Counter(json.dumps(body["messages"]) for body in stub.requests)
    assert sorted(sent.values()) == [1] * (1 + 6 + 6) + [2] * 6
    newest = Counter(pictures({"messages": json.loads(text)})[-1] for text in sent)
    assert set(newest.values()) == {1}
    (row,) = found["Cache"]
    assert row["Prompts"] == 6
    assert row["TTFT unknown ms"] >= 50
    assert row["Ratio low"] <= row["Ratio"] <= row["Ratio high"]
    assert row["Cached tokens"] == 90
    assert figures(found)["Cached prompt tokens"]["stub-model mean"] == 0


def test_requests_are_those_of_the_configs_own_dialect_with_the_recordings_history(bench):
    image = {"format": "jpeg", "max_side": 120}
    with StubServer([Reply(WORDS)]) as stub:
        bench(stub, options=("--steps", "3", "--concurrency", "1"), dialect="autoglm", image=image)
        third = stub.requests[3]
    roles = [message["role"] for message in third["messages"]]
    assert roles == ["system", "user", "assistant", "user", "assistant", "user"]
    assert third["messages"][2]["content"] == 'do(action="Tap", element=[225,250])'
    assert third["messages"][4]["content"] == 'do(action="Type", text="meeting")'
    (url,) = pictures(third)
    head, _, data = url.partition(",")
    assert head == "data:image/jpeg;base64"
    assert Image.open(io.BytesIO(base64.b64decode(data))).size == (60, 120)
    assert "Do clock_1." in json.dumps(third["messages"][1])


def test_marks_are_drawn_for_som(bench):
    with StubServer([Reply(WORDS)]) as stub:
        bench(stub, options=("--steps", "1", "--concurrency", "1"), dialect="som")
        plain = pictures(stub.requests[1])[0]
    with Image.open(io.BytesIO(base64.b64decode(plain.partition(",")[2]))) as image:
        assert len(image.convert("RGB").crop((0, 60, 240, 180)).getcolors(10_000) or ()) > 1, "no mark on the button"


def test_failures_are_counted_and_told_and_not_in_the_figures(bench, tmp_path):
    with StubServer([Reply(WORDS), Reply(WORDS), Fault("500"), Fault("overflow"), Reply(WORDS)]) as stub:
        found = bench(stub, options=("--steps", "4", "--concurrency", "1"))
    assert [(row["Requests"], row["Failed"]) for row in found["Concurrency"]] == [(4, 2)]
    about = openpyxl.load_workbook(tmp_path / "out" / "speed.xlsx")["About"]
    told = [row[2].value for row in about.iter_rows() if "FAILED" in str(row[1].value)]
    assert [text.partition(":")[0] for text in told] == ["ContextOverflow", "ModelUnavailable"]


def test_a_model_that_does_not_answer_ends_it_with_a_reason(bench, capsys):
    with StubServer([Fault("500")]) as stub:
        bench(stub, code=2)
    assert "stub-model does not answer" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (("agent=reference",), "asks no single model"),
        (("models.device.base_url=null", "models.device.scripted=x.yaml"), "no endpoint to measure"),
        (("models.device.max_tokens=none",), "max_tokens"),
    ],
)
def test_configs_that_cannot_be_measured_say_why(recording, tmp_path, capsys, changes, words):
    with StubServer([Reply(WORDS)]) as stub:
        path = config(tmp_path / "a.yaml", stub)
    sets = [word for change in changes for word in ("--set", change)]
    assert main(publish, ["-c", str(path), "--trace", str(recording), *sets]) == 2
    assert words in capsys.readouterr().err


def test_a_trace_without_episodes_is_named(tmp_path, capsys):
    with StubServer([Reply(WORDS)]) as stub:
        assert main(publish, ["-c", str(config(tmp_path / "a.yaml", stub)), "--trace", str(tmp_path)]) == 2
    assert "no recorded run here" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["--steps", "0"], ["--concurrency", "1,x"], ["--metrics", "m"], ["--concurrency", "999"]]
)
def test_bad_options_are_refused(words):
    with pytest.raises(SystemExit) as ended:
        main(publish, ["-c", "a.yaml", *words])
    assert ended.value.code == 2


def test_output_tokens_fix_the_length_of_replies(bench):
    with StubServer([Reply(WORDS)]) as stub:
        bench(stub, options=("--steps", "1", "--concurrency", "1", "--output_tokens", "64"))
        assert all((body["max_tokens"], body["ignore_eos"]) == (64, True) for body in stub.requests)


def test_sheets_are_formatted_like_the_results(bench, tmp_path):
    with StubServer([Reply(WORDS)]) as stub:
        bench(stub, options=("--steps", "2", "--concurrency", "1"))
    book = openpyxl.load_workbook(tmp_path / "out" / "speed.xlsx")
    assert book.sheetnames == ["Speed", "Concurrency", "Cache", "Server", "About"]
    for sheet in book:
        assert "SIMULATED" in sheet["A2"].value
        assert sheet.freeze_panes
        assert sheet.auto_filter.ref


def test_the_script_runs_as_a_file(recording, tmp_path):
    with StubServer([Reply(WORDS)]) as stub:
        path = config(tmp_path / "a.yaml", stub)
        done = subprocess.run(
            [sys.executable, str(REPO_ROOT / "vllm_script/bench_speed.py"), "-c", str(path), "--trace", str(recording),
             "--steps", "2", "--concurrency", "1", "--output", str(tmp_path / "out")],
            cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "requests/s, 1 at a time" in done.stdout
    assert (tmp_path / "out" / "speed.xlsx").exists()


METRICS = """\
# TYPE vllm:time_to_first_token_seconds histogram
vllm:time_to_first_token_seconds_bucket{{engine="0",le="0.1",model_name="m"}} {a}
vllm:time_to_first_token_seconds_bucket{{engine="0",le="0.2",model_name="m"}} {b}
vllm:time_to_first_token_seconds_bucket{{engine="0",le="+Inf",model_name="m"}} {c}
vllm:time_to_first_token_seconds_count{{engine="0",model_name="m"}} {c}
vllm:time_to_first_token_seconds_sum{{engine="0",model_name="m"}} {d}
vllm:time_to_first_token_seconds_sum{{engine="0",model_name="other"}} 99.0
# TYPE vllm:prompt_tokens_total counter
vllm:prompt_tokens_total{{engine="0",model_name="m"}} {e}
vllm:prompt_tokens_total{{engine="1",model_name="m"}} {e}
# TYPE process_cpu_seconds_total counter
process_cpu_seconds_total 7.0
"""


def test_what_the_server_counted_between_two_looks():
    before = server.parse(METRICS.format(a=1, b=1, c=1, d=0.05, e=100), "m")
    after = server.parse(METRICS.format(a=1, b=5, c=5, d=0.65, e=700), "m")
    (figure,) = server.figures(4, before, after)
    assert (figure.concurrency, figure.name, figure.count) == (4, "TTFT", 4)
    assert figure.mean_s == pytest.approx(0.15)
    assert figure.p50_s == pytest.approx(0.15)
    assert server.tokens(4, before, after) == ((4, "prompt tokens", 1200),)
    assert server.parse(METRICS.format(a=1, b=1, c=1, d=1, e=1), "unknown").sums == {}


@pytest.mark.parametrize(
    "text", ["", "nonsense", "vllm:x{", 'vllm:prompt_tokens_total{model_name="m"} word', "\x00\x01"]
)
def test_other_pages_yield_no_figures(text):
    try:
        assert server.parse(text, "m").sums == {}
    except server.NoFiguresError as reason:
        assert "cannot be read" in str(reason)


@given(st.lists(st.integers(0, 50), min_size=2, max_size=8), st.floats(0, 1))
def test_quantiles_lie_inside_their_bucket(counts, share):
    cumulative, total = {}, 0
    for bound, count in enumerate(counts, 1):
        total += count
        cumulative[float(bound)] = float(total)
    cumulative[float("inf")] = float(total)
    found = server.quantile(cumulative, share)
    if total == 0:
        assert found is None
    else:
        assert found is not None
        assert 0 <= found <= len(counts)
        assert sum(counts[: int(found)]) <= share * total + 1e-6


@given(st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=1, max_size=20))
def test_the_ratios_interval_holds_the_extremes_and_is_repeatable(pairs):
    interval = bootstrap_ratio(pairs, resamples=50)
    assert interval is not None
    ratios = [second / first for first, second in pairs]
    assert min(ratios) - 1e-9 <= interval.low <= interval.high <= max(ratios) + 1e-9
    assert bootstrap_ratio(pairs, resamples=50) == interval
    assert bootstrap_ratio([]) is None


def test_figures_of_models_that_share_no_screen_have_no_ratio():
    from phonebench.speed import Level, ModelSpeed, Sample

    def model(prompt: int) -> ModelSpeed:
        level = Level(1, (Sample(prompt, ttft_s=1.0, total_s=2.0, completion_tokens=3),), 2.0, 0.0)
        return ModelSpeed("m", "c", "u", "d", "png", (level,), None)

    row = figure_rows([model(0), model(1)])[0]
    assert ratio(row, 1) is None
