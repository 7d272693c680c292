"""Configs and task files of AndroidLab and OpenPhone, read as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from stub_server import Reply, StubServer

from phonebench.config import load_config
from phonebench.config.describe import print_config, translated
from phonebench.schema.errors import ConfigError, TaskError
from phonebench.suite import load_suite
from phonebench.trace import RunReader

HERE = Path(__file__).parent / "legacy"
ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PHONEBENCH_DEVICE_KEY", "PHONEBENCH_CLOUD_KEY"):
        monkeypatch.delenv(name, raising=False)


def test_a_text_only_config() -> None:
    loaded = load_config(HERE / "text_only.yaml")
    config = loaded.config
    assert (config.agent.policy, config.agent.dialect, config.agent.model) == ("single", "androidlab_xml", "device")
    model = config.models["device"]
    assert (model.base_url, model.name, model.max_tokens) == ("http://127.0.0.1:1/v1", "some-model", 512)
    assert (config.phone.kind, config.phone.avd, config.phone.start) == ("avd", "Pixel_7_Pro_API_33", "in_app")
    assert config.phone.sdk_path == "/opt/android-sdk"
    assert config.limits.max_steps == 25
    assert config.logs_dir == "./logs/old"


def test_a_key_in_the_file_is_used_and_never_shown() -> None:
    loaded = load_config(HERE / "text_only.yaml")
    variable = loaded.config.models["device"].api_key_env
    assert variable is not None
    assert os.environ[variable] == "sk-a-real-looking-key-123"
    assert loaded.translation is not None
    for text in (translated(loaded.translation), print_config(loaded.config), repr(loaded)):
        assert "sk-a-real" not in text
    assert any(variable in note for note in loaded.translation.notes)


def test_every_key_without_counterpart_is_noted() -> None:
    translation = load_config(HERE / "text_only.yaml").translation
    assert translation is not None
    dropped = {note.split(" left out")[0] for note in translation.notes if "left out" in note}
    assert dropped == {
        "agent.name", "task.args.request_interval", "eval.avd_base", "eval.is_relative_bbox", "eval.docker_args.port",
    }  # fmt: skip


def test_what_is_printed_runs_as_it_stands(tmp_path: Path) -> None:
    loaded = load_config(HERE / "text_only.yaml")
    assert loaded.translation is not None
    saved = tmp_path / "new.yaml"
    saved.write_text(translated(loaded.translation))
    assert load_config(saved).config == loaded.config


def test_device_and_cloud() -> None:
    config = load_config(HERE / "hyper.yaml").config
    assert config.agent.policy == "device_cloud"
    assert (config.agent.dialect, config.agent.cloud_dialect) == ("openphone", "openphone")
    assert config.agent.cloud_dialect_options == {"reflection": True}
    assert {role: model.name for role, model in config.models.items()} == {
        "device": "openphone-3b",
        "cloud": "big-model",
    }
    assert all(model.api_key_env is None for model in config.models.values()), "placeholders are no keys"
    assert config.phone.docker is not None and config.phone.docker.image == "android_eval:latest"


@pytest.mark.parametrize(
    ("name", "policy", "dialect", "options"),
    [
        ("ScreenshotMobileTask_AutoTest", "single", "som", {}),
        ("TextOnlyReactTask_AutoTest", "single", "androidlab_xml", {"variant": "react"}),
        ("TextOnlySeeActTask_AutoTest", "single", "androidlab_xml", {"variant": "seeact"}),
        ("ScreenReactTask_AutoTest", "single", "openphone", {}),
        ("ScreenReactTask_AutoTest_Cloud", "single", "openphone", {"reflection": True}),
        ("ScreenReactTask_AutoTest_Cloud_for_show", "single", "openphone", {"reflection": True}),
    ],
)
def test_class_names(tmp_path: Path, name: str, policy: str, dialect: str, options: dict[str, Any]) -> None:
    old = yaml.safe_load((HERE / "text_only.yaml").read_text())
    old["task"]["class"] = name
    file = tmp_path / "old.yaml"
    file.write_text(yaml.safe_dump(old))
    config = load_config(file).config
    assert (config.agent.policy, config.agent.dialect, config.agent.dialect_options) == (policy, dialect, options)
    assert config.agent.model == ("cloud" if "_Cloud" in name else "device")


def test_an_empty_endpoint_is_openais_own(tmp_path: Path) -> None:
    old = yaml.safe_load((HERE / "text_only.yaml").read_text())
    old["agent"]["args"]["api_base"] = ""
    file = tmp_path / "old.yaml"
    file.write_text(yaml.safe_dump(old))
    loaded = load_config(file)
    assert str(loaded.config.models["device"].base_url).startswith("https://api.openai.com")
    assert loaded.translation is not None
    assert any("names no endpoint" in note for note in loaded.translation.notes)


def test_what_an_old_config_lacks_is_told(tmp_path: Path) -> None:
    old = yaml.safe_load((HERE / "hyper.yaml").read_text())
    del old["cloud_agent"]
    file = tmp_path / "old.yaml"
    file.write_text(yaml.safe_dump(old))
    with pytest.raises(ConfigError, match=r"the cloud model is named nowhere: --set models\.cloud"):
        load_config(file)
    config = load_config(file, ["models.cloud.base_url=http://127.0.0.1:1/v1", "models.cloud.name=big"]).config
    assert config.models["cloud"].name == "big"


def test_an_unknown_class_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    file = tmp_path / "old.yaml"
    file.write_text("agent: {name: A, args: {}}\ntask:\n  class: ScreenshotMobilTask_AutoTest\n")
    with pytest.raises(ConfigError) as caught:
        load_config(file)
    assert "did you mean 'ScreenshotMobileTask_AutoTest'?" in str(caught.value)
    assert "old.yaml:3" in str(caught.value)


def test_old_tasks() -> None:
    suite = load_suite(str(HERE / "tasks.yaml"))
    first, second = suite.tasks
    assert (first.id, first.kind, second.kind) == ("old_clock_1", "operation", "query")
    assert first.instruction == "Switch the alarm of nine o'clock off."
    assert first.goals[0].state is None and first.instruction in first.goals[0].says
    assert first.probes[0].shell == "settings get system next_alarm_formatted"
    assert first.app == "clock" and first.package == "com.google.android.deskclock"
    assert first.reference_steps == 0, "nobody has counted them"


@pytest.mark.parametrize("query", ["rm -rf ~", "adb push a b", "echo x; adb shell ls", 7])
def test_a_query_that_would_run_on_the_host_is_refused(tmp_path: Path, query: object) -> None:
    file = tmp_path / "tasks.yaml"
    entry = {"task_id": "a", "task": "Do it.", "adb_query": query}
    file.write_text(yaml.safe_dump({"APP": "clock", "package": "p", "tasks": [entry]}))
    with pytest.raises(TaskError, match="adb shell"):
        load_suite(str(file))


def test_a_whole_run_from_old_files(tmp_path: Path) -> None:
    """The old config, the old tasks, a stub for the model and one for the judge, on the simulated phone."""
    judged = '{"goals": [{"goal": 1, "evidence": "seen", "met": true}]}'
    with StubServer([Reply('finish(message="there are 4")')]) as model, StubServer([Reply(judged)]) as judge:
        old = yaml.safe_load((HERE / "text_only.yaml").read_text())
        old["agent"]["args"]["api_base"] = model.base_url
        old["agent"]["args"]["model_name"] = "stub-model"
        old["task"]["class"] = "ScreenshotMobileTask_AutoTest"
        file = tmp_path / "old.yaml"
        file.write_text(yaml.safe_dump(old))
        logs = tmp_path / "logs"
        run = [sys.executable, str(ROOT / "eval.py"), "-n", "old", "-c", str(file), "--task_config"]
        run += [str(HERE / "tasks.yaml"), "--set", "phone.kind=sim", "--set", f"logs_dir={logs}"]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stderr
        assert "in today's keys" in done.stderr
        assert model.keys[0].endswith("sk-a-real-looking-key-123")
        report = [
            sys.executable,
            str(ROOT / "generate_result.py"),
            "--input_folder",
            str(logs / "old"),
            "--judge",
            "llm",
        ]
        report += [
            "--judge_model",
            "stub-model",
            "--api_base",
            judge.base_url,
            "--output_folder",
            str(tmp_path / "out"),
        ]
        done = subprocess.run(report, cwd=ROOT, capture_output=True, text=True, timeout=100)
        assert done.returncode == 0, done.stderr + done.stdout
    reader = RunReader(logs / "old")
    assert [next(episode.verdicts()).result for episode in reader.episodes()] == ["pass", "pass"]
    written = "".join(p.read_text(errors="replace") for p in tmp_path.rglob("*.json*")) + done.stdout + done.stderr
    assert "sk-a-real" not in written
