"""The whole life of emulators, by the stand-in: real processes, real adb, the emulator's own command line."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from avd_sdk import FakeSdk, alone, make_sdk, processes, wait_for
from phones import Adb

from phonebench.device import make_provider
from phonebench.device.adb import AdbServer, Line
from phonebench.device.avd import console, guard
from phonebench.device.avd.boot import wait_for_boot
from phonebench.device.avd.command import CLEAN
from phonebench.schema.action import Launch
from phonebench.schema.errors import BootTimeout, ConfigError, DeviceLost, MissingTool

HOME = "com.google.android.apps.nexuslauncher"
CLOCK = "com.google.android.deskclock"


@pytest.fixture
def sdk(tmp_path: Path, adb_server: Adb, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSdk]:
    """Whatever a test does, nothing may be left when its phones are closed."""
    with alone():
        fake = make_sdk(tmp_path, adb_server.port)
        for name, value in fake.env.items():
            monkeypatch.setenv(name, value)
        yield fake
        wait_for(lambda: not fake.left_behind(), 15)


def console_port(phone) -> int:
    return int(phone.line.serial.removeprefix("emulator-"))


def emulators(sdk: FakeSdk) -> list[int]:
    """Process numbers of the stand-ins that run."""
    return [pid for pid, words in processes() if str(sdk.avds) in words and "standins/emulator\0" in words]


def test_two_phones_side_by_side(sdk: FakeSdk):
    sdk.make_avd()
    with make_provider(sdk.config(count=2)) as pool, pool.lease() as one, pool.lease() as other:
        assert one.info.serial != other.info.serial
        assert (one.info.kind, one.info.simulated) == ("avd", True)
        one.perform(Launch(app=CLOCK))
        assert (one.settle().package, other.settle().package) == (CLOCK, HOME)
        names = sorted(path.name for path in sdk.avds.glob("phonebench-*"))
        assert names == [f"phonebench-{os.getpid()}-{n}.{end}" for n in (1, 2) for end in ("avd", "ini")]
    assert not sdk.left_behind()
    assert len(sdk.starts()) == 2


def test_a_reset_undoes_an_episode_without_a_new_boot(sdk: FakeSdk):
    sdk.make_avd()
    with make_provider(sdk.config()) as pool, pool.lease() as phone:
        before = phone.state()
        phone.perform(Launch(app=CLOCK))
        phone.shell("settings put system screen_brightness 7; echo x > /sdcard/left.txt")
        phone.reset(None)
        assert phone.state() == before
        assert phone.settle().package == HOME
        phone.reset({"settings": {"system": {"screen_brightness": "9"}}})
        assert phone.shell("settings get system screen_brightness")[1].strip() == "9"
    assert len(sdk.starts()) == 1


def test_date_and_place_are_the_same_in_every_episode(sdk: FakeSdk):
    sdk.make_avd()
    place = {"latitude": 48.2, "longitude": 16.37}
    config = sdk.config(prepare={"date": "2023-10-15T15:34:00", "zone": "UTC", "location": place})
    with make_provider(config) as pool, pool.lease() as phone:
        for _ in range(2):
            phone.reset(None)
            state = phone.state()
            assert state is not None
            assert state["location"] == {"lat": 48.2, "lon": 16.37}
            assert phone.shell("date +%Y-%m-%dT%H:%M")[1].strip() == "2023-10-15T15:34"
            console.command(console_port(phone), "geo fix 1 2", 5)
            phone.shell("simctl clock advance 86400000")


def test_a_slow_boot_is_waited_for(sdk: FakeSdk):
    sdk.make_avd(boot_s=1)
    with make_provider(sdk.config()) as pool, pool.lease() as phone:
        assert phone.observe().package == HOME


def test_a_boot_that_never_ends_is_a_boot_timeout_with_the_log(sdk: FakeSdk):
    sdk.make_avd(never=1)
    with pytest.raises(BootTimeout, match="did not boot") as caught, make_provider(sdk.config(boot_timeout_s=1)):
        pass
    assert "adb does not list it" in str(caught.value)
    assert "Boot of phonebench-" in str(caught.value)
    assert not sdk.left_behind()


def test_an_emulator_that_ends_at_once_says_why_and_what_to_do(sdk: FakeSdk):
    sdk.make_avd(fails="x86_64 emulation currently requires hardware acceleration!")
    with pytest.raises(DeviceLost, match="ended") as caught, make_provider(sdk.config()):
        pass
    assert "requires hardware acceleration" in str(caught.value)
    assert "eval.py --check" in str(caught.value)


def test_one_that_dies_in_an_episode_is_replaced(sdk: FakeSdk):
    sdk.make_avd()
    with make_provider(sdk.config()) as pool:
        with pytest.raises(DeviceLost), pool.lease() as phone:
            os.kill(emulators(sdk)[0], signal.SIGKILL)
            while True:
                phone.observe()
        with pool.lease() as phone:
            phone.reset(None)
            assert phone.observe().package == HOME
        assert len(list(sdk.avds.glob("phonebench-*.avd"))) == 1
    assert len(sdk.starts()) == 2


@pytest.mark.slow
def test_one_that_dies_between_episodes_costs_none(sdk: FakeSdk):
    sdk.make_avd()
    with make_provider(sdk.config()) as pool, pool.lease() as phone:
        os.kill(emulators(sdk)[0], signal.SIGKILL)
        wait_for(lambda: not [pid for pid, words in processes() if str(sdk.avds) in words])
        phone.reset(None)
        assert phone.observe().package == HOME
    assert len(sdk.starts()) == 2


def test_a_snapshot_that_does_not_load_means_a_new_copy(sdk: FakeSdk):
    sdk.make_avd()
    with make_provider(sdk.config()) as pool, pool.lease() as phone:
        before = phone.state()
        phone.shell("settings put system screen_brightness 7")
        console.command(console_port(phone), f"avd snapshot delete {CLEAN}", 5)
        phone.reset(None)
        assert phone.state()["settings"] == before["settings"]
        phone.reset(None)  # The new one has saved its own.
    assert len(sdk.starts()) == 2


@pytest.mark.slow
def test_a_second_start_that_fails_is_an_infra_error(sdk: FakeSdk):
    sdk.make_avd(**{"2.never": 1})
    with make_provider(sdk.config(boot_timeout_s=6)) as pool, pool.lease() as phone:
        console.command(console_port(phone), f"avd snapshot delete {CLEAN}", 5)
        with pytest.raises(BootTimeout):
            phone.reset(None)
        phone.reset(None)  # the third start
        assert phone.observe().package == HOME
    assert len(sdk.starts()) == 3


@pytest.mark.slow
def test_without_snapshots_every_episode_but_the_first_gets_a_new_phone(sdk: FakeSdk, monkeypatch: pytest.MonkeyPatch):
    sdk.make_avd()
    ask = console.command

    def refuse(port: int, line: str, timeout_s: float) -> str:
        if "snapshot save" in line:
            raise console.Refused("no", why="snapshots are switched off")
        return ask(port, line, timeout_s)

    monkeypatch.setattr(console, "command", refuse)
    with make_provider(sdk.config()) as pool, pool.lease() as phone:
        phone.reset(None)
        assert len(sdk.starts()) == 1
        phone.shell("settings put system screen_brightness 7")
        phone.reset(None)
        assert phone.shell("settings get system screen_brightness")[1].strip() != "7"
    assert len(sdk.starts()) == 2


@pytest.mark.slow
def test_read_only_instances_share_one_avd(sdk: FakeSdk):
    folder = sdk.make_avd()
    config = sdk.config(avd_copies="read_only", count=2)
    with make_provider(config) as pool, pool.lease() as one, pool.lease() as other:
        assert {one.settle().package, other.settle().package} == {HOME}
        one.reset(None)
        assert not list(sdk.avds.glob("phonebench-*"))
    assert (folder / "snapshots" / CLEAN).is_dir()
    seed, *instances = sdk.starts()
    assert "-read-only" not in seed
    assert all(f"-snapshot {CLEAN}" in words and "-read-only" in words for words in instances)
    assert len(instances) == 2


def test_what_a_killed_run_left_is_removed_by_its_guard(sdk: FakeSdk):
    sdk.make_avd()
    run = start_run(sdk)
    run.kill()
    run.wait()
    wait_for(lambda: not sdk.left_behind())


def test_what_a_run_and_its_guard_left_is_removed_by_the_next_start(sdk: FakeSdk):
    sdk.make_avd()
    run = start_run(sdk)
    run.kill()
    guards = [pid for pid, words in processes() if str(Path(guard.__file__)) in words and str(sdk.avds) in words]
    for pid in guards:
        os.kill(pid, signal.SIGKILL)
    run.wait()
    assert len(guards) == 1
    assert emulators(sdk)
    assert len(list(sdk.avds.glob("phonebench-*"))) == 2
    make_provider(sdk.config())
    wait_for(lambda: not sdk.left_behind())


def start_run(sdk: FakeSdk) -> subprocess.Popen[str]:
    """A process that has phones open until it is killed."""
    code = (
        "import sys, time\nfrom phonebench.config import PhoneConfig\nfrom phonebench.device import make_provider\n"
        "with make_provider(PhoneConfig.model_validate_json(sys.argv[1])):\n    print('open', flush=True)\n"
        "    time.sleep(60)\n"
    )
    root = Path(__file__).parents[3]
    run = subprocess.Popen(
        [sys.executable, "-c", code, sdk.config().model_dump_json()], cwd=root, stdout=subprocess.PIPE, text=True
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "open\n"
    run.stdout.close()
    return run


@pytest.mark.slow
def test_one_that_ignores_the_polite_signal_is_ended_by_force(sdk: FakeSdk):
    sdk.make_avd(stubborn=1)
    with make_provider(sdk.config()):
        pass
    assert not emulators(sdk)


@pytest.mark.slow
def test_the_guard_alone_killed_leaves_nothing_either(sdk: FakeSdk):
    sdk.make_avd()
    with make_provider(sdk.config()):
        for pid, words in processes():
            if str(Path(guard.__file__)) in words and str(sdk.avds) in words:
                os.kill(pid, signal.SIGKILL)
    assert not sdk.left_behind()


# --- booting, seen from adb ----------------------------------------------------------------------------------------
def test_booting_ends_when_android_says_so_and_its_launcher_is_in_front(sim_phone):
    server = AdbServer(port=sim_phone.adb.port)
    sim_phone.shell(f"monkey -p {CLOCK} 1; setprop sys.boot_completed 0")
    said = lambda: "the log's end"  # noqa: E731
    with pytest.raises(BootTimeout) as caught:
        wait_for_boot(server, sim_phone.serial, time.monotonic() + 0.6, check=lambda: None, said=said)
    assert "sys.boot_completed" in str(caught.value)
    assert "the log's end" in str(caught.value)
    sim_phone.shell("setprop sys.boot_completed 1")
    wait_for_boot(server, sim_phone.serial, time.monotonic() + 20, check=lambda: None, said=said)
    assert HOME in Line(server, sim_phone.serial).run("dumpsys window | grep mCurrentFocus").text


# --- what is asked for ---------------------------------------------------------------------------------------------
def test_config_errors_name_what_there_is(sdk: FakeSdk):
    with pytest.raises(ConfigError, match="no virtual device"):
        make_provider(sdk.config())
    sdk.make_avd("One")
    sdk.make_avd("Two")
    with pytest.raises(ConfigError, match="which virtual device") as caught:
        make_provider(sdk.config())
    assert "One, Two" in str(caught.value)
    with pytest.raises(ConfigError, match="Three"):
        make_provider(sdk.config(avd="Three"))
    (sdk.root / "emulator" / "emulator").unlink()
    with pytest.raises(MissingTool, match="no emulator"):
        make_provider(replace(sdk).config(avd="One"))


def test_options_reach_the_emulator(sdk: FakeSdk):
    sdk.make_avd()
    with pytest.raises(ConfigError, match="no snapshot 'mine'") as caught:
        make_provider(sdk.config(snapshot="mine"))
    assert "default_boot" in str(caught.value)
    config = sdk.config(
        gpu="swiftshader_indirect", memory_mb=3000, cores=2, emulator_args=("-timezone", "UTC"), snapshot="default_boot"
    )
    with make_provider(config):
        assert [path.name for path in sdk.avds.glob("phonebench-*.avd/snapshots/*")] == ["default_boot"]
    (words,) = sdk.starts()
    for wanted in (
        "-snapshot default_boot",
        "-gpu swiftshader_indirect",
        "-memory 3000",
        "-cores 2",
        "-timezone UTC",
        "-no-window",
    ):
        assert wanted in words
