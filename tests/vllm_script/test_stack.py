"""The launchers, with a stand-in `vllm` program: a real process that understands `serve` or fails as vLLM does."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import yaml
from phones import free_port

from tests.vllm_script.conftest import http
from vllm_script.diagnose import from_log
from vllm_script.presets import PresetError, load_preset, preset_names
from vllm_script.shapes import SHAPES_FILE, shape_names
from vllm_script.stack import Service, birth
from vllm_script.wait_ready import NotReadyError, Wanted, wait_ready

ROOT = Path(__file__).parents[2]
STAND_IN = """#!{python}
import sys
sys.path.insert(0, {root!r})
from tests.vllm_script import scripted_backend as b
words = sys.argv[1:]
option = lambda name: words[words.index("--" + name) + 1]
assert words[0] == "serve", words
if words[1] == "too-big":
    print("ValueError: Free memory on device cuda:0 (3.1/31.7 GiB) on startup is less than desired GPU memory "
          "utilization (0.9, 28.5 GiB). Decrease GPU memory utilization")
    sys.exit(1)
import asyncio, socket, uvicorn
app = b.Script([option("served-model-name")], int(option("max-model-len"))).app()
uvicorn.run(app, host=option("host"), port=int(option("port")), log_level="critical")
"""


@pytest.fixture
def stand_in(tmp_path: Path) -> Path:
    path = tmp_path / "vllm"
    path.write_text(STAND_IN.format(python=sys.executable, root=str(ROOT)))
    path.chmod(0o755)
    return path


def script(name: str, *words: str, timeout: float = 60) -> subprocess.CompletedProcess[str]:
    path = str(ROOT / "vllm_script" / name)
    command = [sys.executable, path] if name.endswith(".py") else [path]
    return subprocess.run([*command, *words], capture_output=True, text=True, timeout=timeout, check=False)


@pytest.mark.parametrize("name", preset_names())
def test_every_preset_makes_a_plain_command(name):
    words = load_preset(name).command()
    assert (Path(words[0]).name, words[1]) == ("vllm", "serve")
    flag = lambda name: words[words.index(name) + 1]  # noqa: E731
    assert flag("--served-model-name") == name
    assert int(flag("--max-model-len")) >= 12288
    assert json.loads(flag("--limit-mm-per-prompt"))["image"] >= 1
    assert "--enable-prompt-tokens-details" in words, "flags of the defaults stay under a preset's own"


def test_every_preset_has_a_shape_that_fits_together():
    raw = yaml.safe_load(SHAPES_FILE.read_text())
    assert sorted(shape_names()) == sorted(preset_names())
    for name, shape in raw["shapes"].items():
        text, vision = shape["config"]["text_config"], shape["config"]["vision_config"]
        family = raw["families"][shape["family"]]
        heads = text["num_attention_heads"]
        turned = text.get("head_dim", text["hidden_size"] // heads) * text.get("partial_rotary_factor", 1)
        assert vision["out_hidden_size"] == text["hidden_size"], name
        assert heads % text["num_key_value_heads"] == 0, name
        assert 2 * sum(text["rope_scaling"]["mrope_section"]) == turned, name
        assert text["max_position_embeddings"] >= load_preset(name).max_model_len, name
        assert set(family["tokens"].values()) <= set(family["special"]), name
        assert vision["patch_size"] == family["processor"]["patch_size"], name


def test_a_shape_that_cannot_be_written_says_why(tmp_path):
    done = script("shapes.py", "no-such-model", str(tmp_path))
    assert (done.returncode, "known: tiny-cpu, qwen2.5-vl-3b" in done.stderr) == (2, True)
    if importlib.util.find_spec("tokenizers") is None:
        done = script("shapes.py", "tiny-cpu", str(tmp_path / "tiny"))
        assert (done.returncode, "run this with vLLM's Python" in done.stderr) == (2, True)


def test_presets_listen_on_different_ports():
    ports = [load_preset(name).port for name in preset_names()]
    assert len(set(ports)) == len(ports)


def test_autoglm_preset_has_the_published_flags():
    line = " ".join(load_preset("autoglm-phone-9b").command())
    for words in (
        "--max-model-len 25480",
        '--limit-mm-per-prompt {"image":10,"video":0}',
        '--mm-processor-kwargs {"max_pixels":5000000}',
        "--chat-template-content-format string",
        "--mm-encoder-tp-mode data",
        "--mm-processor-cache-type shm",
    ):
        assert words in line


def test_changes_reach_every_depth():
    preset = load_preset(
        "openphone-3b", ["port=9001", "flags.enforce-eager=true", "flags.seed=1", "env.X=y", "dtype=half"]
    )
    line = " ".join(preset.command())
    assert "--port 9001" in line
    assert "--enforce-eager --seed 1" in line
    assert "--dtype half" in line
    assert preset.env == {"X": "y"}


@pytest.mark.parametrize(
    "change", ["prot=1", "port=high", "port", "=1", "gpu_memory=2", "dtype=int3", "flags.x=[", "port=0"]
)
def test_bad_changes_are_named(change):
    with pytest.raises(PresetError) as error:
        load_preset("openphone-3b", [change])
    assert change.partition("=")[0].split(".")[0] in str(error.value) or "--set" in str(error.value)


def test_unknown_preset_suggests():
    result = script("serve_3b.sh", "--set", "no-such-key=1", "--dry-run")
    assert result.returncode == 2
    with pytest.raises(PresetError, match="did you mean 'openphone-3b'"):
        load_preset("openphone-3")


def test_serve_without_a_name_lists_the_presets():
    result = script("serve.py")
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == preset_names()
    assert "port 8080  context  25480  weights 19 GiB" in lines[1]


def test_serve_dry_run_prints_and_starts_nothing():
    result = script("serve_9b.sh", "--dry-run")
    assert result.returncode == 0
    assert result.stdout.startswith("vllm serve zai-org/AutoGLM-Phone-9B --served-model-name autoglm-phone-9b")


def test_start_all_without_vllm_fails_at_once_and_says_why(tmp_path):
    started = time.monotonic()
    result = script("start_all.sh", "--set", "vllm=/nowhere/vllm", "--folder", str(tmp_path))
    assert (result.returncode, result.stdout) == (1, "")
    assert "vLLM is not installed" in result.stderr
    assert "next: pip install vllm" in result.stderr
    assert "Traceback" not in result.stderr
    assert time.monotonic() - started < 20  # not a speed figure: it must not wait for a server that cannot come


def test_start_all_comes_up_serves_and_stops_clean(stand_in, tmp_path):
    ports = [free_port(), free_port(), free_port()]
    folder = tmp_path / "serving"
    result = script(
        "start_all.sh", "openphone-3b", "autoglm-phone-9b", "--set", f"vllm={stand_in}",
        "--set", f"openphone-3b:port={ports[0]}", "--set", f"autoglm-phone-9b:port={ports[1]}",
        "--gateway-port", str(ports[2]), "--folder", str(folder), "--timeout", "40",
    )  # fmt: skip
    try:
        assert result.returncode == 0, result.stderr
        assert result.stdout.count("ready:") == 3
        base = f"http://127.0.0.1:{ports[2]}"
        for model in ("openphone-3b", "autoglm-phone-9b"):
            body = {"model": model, "messages": [{"role": "user", "content": "echo " + model}]}
            answer = http.post(base + "/v1/chat/completions", json=body)
            assert answer.json()["choices"][0]["message"]["content"] == model
        pids = [json.loads(path.read_text())["pid"] for path in folder.glob("*.pid")]
        assert len(pids) == 3
    finally:
        stopped = script("stop_all.sh", "--folder", str(folder))
    assert stopped.stdout.splitlines()[0] == "stopped: gateway"
    assert all(birth(pid) is None for pid in pids)
    assert not list(folder.glob("*.pid"))
    assert script("stop_all.sh", "--folder", str(folder)).stdout.strip() == "nothing was started here"


def test_known_failure_is_diagnosed_and_nothing_is_left(stand_in, tmp_path):
    result = script(
        "start_all.sh", "openphone-3b", "--set", f"vllm={stand_in}", "--set", "model=too-big",
        "--set", f"port={free_port()}", "--gateway-port", str(free_port()), "--folder", str(tmp_path),
        "--timeout", "30",
    )  # fmt: skip
    assert result.returncode == 1
    assert "not enough free GPU memory: 3.1 GiB are free, 28.5 GiB are asked for" in result.stderr
    assert "log:" in result.stderr
    assert not list(tmp_path.glob("*.pid"))


def test_port_in_use_and_missing_model_path(stand_in):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = script("serve_3b.sh", "--set", f"vllm={stand_in}", "--set", f"port={port}")
        assert (result.returncode, f"port {port} is in use" in result.stderr) == (2, True)
    result = script("serve_3b.sh", "--set", f"vllm={stand_in}", "--set", "model=/no/such/weights")
    assert (result.returncode, "/no/such/weights does not exist" in result.stderr) == (2, True)


def test_stop_never_touches_a_process_that_it_did_not_start(tmp_path):
    bystander = subprocess.Popen(["sleep", "60"], start_new_session=True)
    try:
        service = Service("vllm", tmp_path)
        service.pid_file.write_text(json.dumps({"pid": bystander.pid, "born": "Thu Jan  1 00:00:00 1970"}))
        assert service.stop() is False
        assert bystander.poll() is None
    finally:
        os.killpg(bystander.pid, signal.SIGKILL)
        bystander.wait()


@pytest.mark.parametrize(
    ("log", "words"),
    [
        ("torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2 GiB", "does not fit into the GPU"),
        ("ERROR FlashAttention only supports Ampere GPUs or newer.", "too old"),
        ("ValueError: Bfloat16 is only supported on GPUs with compute capability of at least 8.0", "too old"),
        ("OSError: [Errno 98] Address already in use", "port is in use"),
        ("OSError: foo/bar is not a local folder and is not a valid model identifier listed", "not found"),
        ("ValueError: As of transformers v4.44, default chat template is no longer allowed", "chat template"),
        ("RuntimeError: Failed to infer device type", "no GPU"),
        ("vllm: error: unrecognized arguments: --mm-encoder", "does not know one of the flags"),
        ("ValueError: The model's max seq len (25480) is larger than the maximum number of tokens that can be stored "
         "in KV cache", "context does not fit"),
        ("ValueError: To serve at least one request with the model's max seq len (25480), (3.1 GiB KV cache is needed, "
         "which is larger than the available KV cache memory (1.2 GiB).", "context does not fit"),
        ("something\nRuntimeError: never seen before", "never seen before"),
        ("", "log is empty"),
    ],
)  # fmt: skip
def test_logs_are_read(log, words):
    assert words in from_log(log).what


def test_wait_ready_checks_name_context_and_image(backend):
    assert "ready: small" in wait_ready(Wanted(backend.url, "small", 12288), 5)
    with pytest.raises(NotReadyError, match="does not serve 'large'"):
        wait_ready(Wanted(backend.url, "large"), 5)
    with pytest.raises(NotReadyError, match="context of 12288 tokens, 25480 are needed"):
        wait_ready(Wanted(backend.url, "small", 25480), 5)
    with pytest.raises(NotReadyError, match="not ready in time"):
        wait_ready(Wanted(f"http://127.0.0.1:{free_port()}", "small"), 0.3, poll_s=0.05)
    with pytest.raises(NotReadyError, match="has ended"):
        wait_ready(Wanted(f"http://127.0.0.1:{free_port()}", "small"), 30, alive=lambda: False)


def test_wait_ready_command_line(backend):
    path = ROOT / "vllm_script" / "wait_ready.py"
    good = subprocess.run(
        [sys.executable, path, backend.url + "/v1", "--model", "small"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert (good.returncode, good.stdout.startswith("ready: small")) == (0, True)
    bad = subprocess.run(
        [sys.executable, path, backend.url, "--model", "large"], capture_output=True, text=True, timeout=30, check=False
    )
    assert (bad.returncode, "not ready:" in bad.stderr) == (1, True)
