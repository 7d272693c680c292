"""The serving side against a real vLLM (CPU build, tiny random model): make test-vllm."""

from __future__ import annotations

import base64
import json
import subprocess
from collections.abc import Callable
from typing import Any

import httpx
import openai
import openpyxl
import pytest

from phonebench.agent.dialects import make_dialect
from phonebench.config import load_config
from phonebench.model import chat_client
from phonebench.schema.action import Tap
from phonebench.schema.errors import ConfigError, ContextOverflow
from phonebench.schema.observation import Observation
from simphone.phone.phone import Phone
from tests.vllm_cpu.conftest import MODEL, ROOT, TAP, Serving, free_port
from vllm_script.stack import group

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(600)]
Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def screenshot() -> bytes:
    phone = Phone("androidlab", width=1080, height=2400, density=420)
    phone.launch("com.android.settings")
    return phone.png()


@pytest.fixture
def client(serving: Serving) -> openai.OpenAI:
    return openai.OpenAI(base_url=serving.gateway + "/v1", api_key=serving.key, max_retries=0, timeout=90)


def shown(*pngs: bytes, text: str = "Open the settings.") -> list[dict[str, Any]]:
    urls = ["data:image/png;base64," + base64.b64encode(png).decode() for png in pngs]
    pictures = [{"type": "image_url", "image_url": {"url": url}} for url in urls]
    return [{"role": "user", "content": [*pictures, {"type": "text", "text": text}]}]


def test_wait_ready_from_the_command_line(serving, command: Command):
    words = ("vllm_script/wait_ready.py", serving.vllm, "--model", MODEL)
    good = command(*words, "--context", "12288", "--timeout", "30")
    assert (good.returncode, good.stdout.startswith(f"ready: {MODEL}")) == (0, True)
    short = command(*words, "--context", "25480", "--timeout", "30")
    assert (short.returncode, "context of 12288" in short.stderr) == (1, True)


def test_official_client_plain_and_streamed_with_a_screenshot(client, screenshot):
    asked = {"model": MODEL, "messages": shown(screenshot), "max_tokens": 16, "temperature": 0, "seed": 1}
    plain = client.chat.completions.create(**asked)
    assert plain.usage is not None
    assert plain.usage.prompt_tokens > 3000, "a screenshot of 1080x2400 is about 3400 tokens"
    chunks = list(client.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True}))
    words = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices]
    assert len(words) > 3, "the answer came in one piece"
    assert "".join(filter(None, words)) == plain.choices[0].message.content
    assert chunks[-1].usage is not None
    assert chunks[-1].usage.prompt_tokens == plain.usage.prompt_tokens
    assert [card.id for card in client.models.list()] == [MODEL]


def test_structured_output_forces_actions_that_the_parser_takes(client, screenshot):
    view = make_dialect("autoglm").look(Observation(png=screenshot, width=1080, height=2400))
    for seed in range(3):
        reply = client.chat.completions.create(
            model=MODEL,
            messages=shown(screenshot),
            max_tokens=64,
            temperature=1.5,
            seed=seed,
            extra_body={"structured_outputs": {"regex": TAP}},
        )
        parsed = make_dialect("autoglm").parse(reply.choices[0].message.content, view)
        assert isinstance(parsed.action, Tap)
        assert 0 <= parsed.action.at.x < 1080
        assert 0 <= parsed.action.at.y < 2400


def test_three_tasks_to_the_spreadsheet(command: Command, write_config, tmp_path):
    config = write_config()
    checked = command("eval.py", "-c", str(config), "--check")
    assert checked.returncode == 0, checked.stderr + checked.stdout
    assert "context 12288" in checked.stdout
    ran = command("eval.py", "-n", "tiny", "-c", str(config))
    assert ran.returncode == 0, ran.stderr + ran.stdout
    told = command("generate_result.py", "--input_folder", str(tmp_path / "logs"), "--output_folder", str(tmp_path))
    assert told.returncode == 0, told.stderr + told.stdout
    sheet = openpyxl.load_workbook(tmp_path / "results.xlsx")["Summary"]
    assert "SIMULATED" in sheet["A2"].value
    titles, values = ([cell.value for cell in sheet[row]] for row in (3, 4))
    row = dict(zip(titles, values, strict=True))
    assert (row["Run"], row["Episodes"], row["Scored"]) == ("tiny", 3, 3)
    for title in ("TTFT p50 s", "Model p50 s", "Tokens/s", "Prompt tokens", "Completion tokens"):
        assert row[title] > 0, title
    assert row["Steps"] == 3


def test_check_refuses_another_name_and_a_short_context(command: Command, write_config):
    wrong = command("eval.py", "-c", str(write_config("name", name="openphone-3b")), "--check")
    assert (wrong.returncode, "openphone-3b" in wrong.stdout + wrong.stderr) == (2, True)
    short = command("eval.py", "-c", str(write_config("context", min_context=25480)), "--check")
    assert (short.returncode, "context of 12288" in short.stdout + short.stderr) == (2, True)


def test_too_long_a_prompt_is_the_agents_error(write_config):
    model = load_config(write_config()).config.models["device"]
    chat = chat_client(model)
    with pytest.raises(ContextOverflow):
        chat.complete([{"role": "user", "content": "no end " * 12288}])
    chat.close()


def test_unknown_model_is_a_config_error_at_gateway_and_server(serving, write_config):
    for url in (serving.gateway, serving.vllm):
        model = load_config(write_config(name="no-such-model", base_url=url + "/v1")).config.models["device"]
        chat = chat_client(model)
        with pytest.raises(ConfigError, match="no-such-model"):
            chat.complete([{"role": "user", "content": "?"}])
        chat.close()


@pytest.mark.parametrize("what", ["images", "base64", "not_an_image", "length", "regex"])
def test_errors_of_the_server_reach_the_client_in_openais_shape(client, screenshot, what):
    asked: dict[str, Any] = {"model": MODEL, "max_tokens": 4, "messages": shown(screenshot)}
    if what == "images":
        asked["messages"] = shown(*[screenshot] * 3)
    elif what == "length":
        asked["messages"] = [{"role": "user", "content": "no end " * 12288}]
    elif what == "regex":
        asked["extra_body"] = {"structured_outputs": {"regex": "("}}
    else:
        url = "data:image/png;base64," + ("%%%" if what == "base64" else base64.b64encode(b"words").decode())
        asked["messages"][0]["content"][0]["image_url"]["url"] = url
    with pytest.raises(openai.BadRequestError) as refused:
        client.chat.completions.create(**asked)
    assert {"message", "type", "param", "code"} <= set(refused.value.response.json()["error"])
    assert client.chat.completions.create(**{**asked, "messages": shown(screenshot), "extra_body": {}}).choices


def test_wrong_key_never_reaches_the_server(serving, direct):
    before = direct.get("/metrics").text
    answer = httpx.post(serving.gateway + "/v1/chat/completions", json={"model": MODEL, "messages": shown(b"")})
    assert answer.status_code == 401
    count = [line for line in before.splitlines() if line.startswith("vllm:request_success_total")]
    after = [line for line in direct.get("/metrics").text.splitlines() if line.startswith("vllm:request_success_total")]
    assert count == after


def test_figures_of_gateway_and_server_can_be_scraped(serving, client, direct, screenshot):
    client.chat.completions.create(model=MODEL, messages=shown(screenshot), max_tokens=4)
    own = httpx.get(serving.gateway + "/metrics", headers={"authorization": f"Bearer {serving.key}"}).text
    assert f'gateway_requests_total{{model="{MODEL}",status="200"}}' in own
    assert f'gateway_time_to_first_byte_seconds_count{{model="{MODEL}"}}' in own
    theirs = direct.get("/metrics").text
    for name in ("time_to_first_token_seconds", "inter_token_latency_seconds", "e2e_request_latency_seconds"):
        assert f"vllm:{name}_sum" in theirs


def test_speed_of_two_configs_side_by_side_with_the_servers_own_figures(
    serving, command: Command, write_config, tmp_path
):
    small = tmp_path / "small.yaml"
    small.write_text(json.dumps({"extends": "tiny.yaml", "agent": {"image": {"format": "jpeg", "max_side": 700}}}))
    ran = command(
        "vllm_script/bench_speed.py", "-c", str(write_config()), str(small), "--steps", "4", "--concurrency", "1,2",
        "--metrics", f"{MODEL}={serving.vllm}", "--output", str(tmp_path / "speed"),
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    found = json.loads((tmp_path / "speed" / "speed.json").read_text())
    full, less = f"{MODEL} (tiny)", f"{MODEL} (small)"
    rows = {row["Figure"]: row for row in found["Speed"]}
    for title in ("TTFT", "Time per output token", "Model", "Step", "Output tokens per second", "Output tokens"):
        assert rows[title][f"{full} p50"] > 0, title
    assert rows["Prompt tokens"][f"{less} ratio"] < 1
    assert [row["Failed"] for row in found["Concurrency"]] == [0] * 4
    cached = {row["Model"]: row["Cached tokens"] / row["Prompt tokens"] for row in found["Cache"]}
    assert min(cached.values()) > 0.5, "vLLM found the same prompt in its cache"
    server = {(row["Model"], row["At a time"], row["Figure"]): row for row in found["Server"]}
    ttft = server[full, 1, "TTFT"]
    assert (ttft["Count"], ttft["Mean ms"] > 0, ttft["Client's mean ms"] > 0) == (4, True, True)
    for title in ("inter-token latency", "whole request", "queue", "prefill", "decode", "generated tokens"):
        assert server[full, 1, title]["Count"] > 0
    sheets = openpyxl.load_workbook(tmp_path / "speed" / "speed.xlsx").sheetnames
    assert sheets == ["Speed", "Concurrency", "Cache", "Server", "About"]


def test_start_all_comes_up_on_the_cpu_and_stop_all_leaves_nothing(vllm_program, tmp_path, screenshot):
    folder, gateway = tmp_path / "serving", free_port()
    started = subprocess.run(
        [str(ROOT / "vllm_script/start_all.sh"), "tiny-cpu", "--set", f"port={free_port()}", "--gateway-port",
         str(gateway), "--folder", str(folder), "--timeout", "240"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    pids = [json.loads(path.read_text())["pid"] for path in folder.glob("*.pid")]
    try:
        assert started.returncode == 0, started.stderr
        assert started.stdout.count("ready:") == 2
        assert len(pids) == 2
        assert sum(len(group(pid)) for pid in pids) > 2, "vLLM has children"
        body = {"model": MODEL, "messages": shown(screenshot), "max_tokens": 4}
        answer = httpx.post(f"http://127.0.0.1:{gateway}/v1/chat/completions", json=body, timeout=60)
        assert answer.status_code == 200
    finally:
        stopped = subprocess.run(
            [str(ROOT / "vllm_script/stop_all.sh"), "--folder", str(folder)],
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert stopped.stdout.splitlines() == ["stopped: gateway", "stopped: tiny-cpu"]
    assert [group(pid) for pid in pids] == [[], []]
    assert sorted(path.suffix for path in folder.iterdir()) == [".log", ".log", ".yaml"]
