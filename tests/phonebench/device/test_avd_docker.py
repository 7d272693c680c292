"""Emulators in containers, by a stand-in for the docker command; the relay is the real one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from avd_sdk import alone
from phones import Adb

from phonebench.config import PhoneConfig
from phonebench.device import make_provider, preflight
from phonebench.device.avd.docker import reap_containers
from phonebench.schema.action import Launch
from phonebench.schema.errors import DeviceError, DeviceLost, MissingTool

HOME = "com.google.android.apps.nexuslauncher"
CLOCK = "com.google.android.deskclock"
STANDIN = Path(__file__).parents[2] / "standins" / "docker"

Configured = Callable[..., PhoneConfig]


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where the stand-in keeps its containers; none may be left."""
    folder = tmp_path / "containers"
    folder.mkdir()
    program = tmp_path / "bin" / "docker"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{STANDIN}" "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("STANDIN_DOCKER", str(folder))
    with alone():
        yield folder
        left = [path.name for path in folder.iterdir() if path.is_dir()]
        for name in left:
            subprocess.run([program, "rm", "--force", name], check=True)
        assert left == []


@pytest.fixture
def configured(store: Path, adb_server: Adb) -> Configured:
    def make(**docker: object) -> PhoneConfig:
        image = {"image": "android-lab", "start": ["emulator", "-avd", "Pixel_7_Pro"], "args": []} | docker
        facts = {"kind": "avd", "boot_timeout_s": 30.0, "adb_server_port": adb_server.port, "docker": image}
        return PhoneConfig.model_validate(facts)

    return make


def test_a_phone_in_a_container(configured: Configured, store: Path):
    with make_provider(configured()) as pool, pool.lease() as phone:
        assert (phone.info.kind, phone.info.serial.split(":")[0]) == ("avd", "127.0.0.1")
        before = phone.state()
        phone.perform(Launch(app=CLOCK))
        assert phone.settle().package == CLOCK
        phone.reset(None)
        assert phone.settle().package == HOME
        after = phone.state()
        assert before is not None
        assert after is not None
        assert after["settings"] == before["settings"]
        assert (store / "calls").read_text().count("run --detach") == 1


@pytest.mark.slow
def test_a_refused_snapshot_means_a_new_container(configured: Configured, store: Path):
    with make_provider(configured()) as pool, pool.lease() as phone:
        phone.shell("simctl snapshot delete phonebench_clean; settings put system screen_brightness 7")
        phone.reset(None)
        assert phone.shell("settings get system screen_brightness")[1].strip() != "7"
        assert (store / "calls").read_text().count("run --detach") == 2


@pytest.mark.slow
def test_an_image_that_does_all_by_itself(configured: Configured):
    config = configured(image="self-starting", start=(), relay=False)
    with make_provider(config) as pool, pool.lease() as phone:
        assert phone.observe().package == HOME


def test_a_container_that_ends_says_so(configured: Configured):
    with pytest.raises(DeviceLost, match="has ended") as caught, make_provider(configured(image="broken", start=())):
        pass
    assert "the log of phonebench-" in str(caught.value)


def test_an_image_without_that_program(configured: Configured):
    with pytest.raises(DeviceError, match="exec failed") as caught, make_provider(configured(start=("emu",))):
        pass
    assert "executable file not found" in str(caught.value)


def test_only_containers_of_dead_runs_of_this_machine_are_reaped(store: Path, configured: Configured):
    owners = {
        "dead": f"{os.uname().nodename}|4194304|1@x",
        "foreign": "another-machine|4194304|1@x",
        "odd": "no owner at all",
    }
    for name, owner in owners.items():
        words = ["--name", name, "--label", f"phonebench.owner={owner}", "--publish", "127.0.0.1:1:2", "idle"]
        subprocess.run(["docker", "run", "--detach", *words], check=True, capture_output=True)
    assert reap_containers() == ["dead"]
    assert sorted(path.name for path in store.iterdir() if path.is_dir()) == ["foreign", "odd"]
    subprocess.run(["docker", "rm", "--force", "foreign", "odd"], check=True)


def test_the_doctor(configured: Configured, monkeypatch: pytest.MonkeyPatch):
    good = list(preflight(configured()))
    assert all(check.ok for check in good), good
    assert [check.name for check in good][:4] == ["docker", "leftovers", "image", "adb"]
    *_, bad = preflight(configured(image="missing"))
    assert not bad.ok
    assert "docs/avd.md" in bad.next_step
    monkeypatch.setenv("PATH", "/nowhere")
    (none,) = preflight(configured())
    assert "there is no docker" in none.found
    with pytest.raises(MissingTool):
        make_provider(configured())
