"""The parts of the AVD provider, each alone: SDK, virtual devices, copies, ports, console, guard."""

from __future__ import annotations

import os
import re
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from avd_sdk import FakeSdk, make_sdk, wait_for
from hypothesis import given
from hypothesis import strategies as st
from phones import ROOT

from phonebench.config import PhoneConfig, load_config
from phonebench.device import make_provider
from phonebench.device.avd import clone as clones
from phonebench.device.avd import console, guard
from phonebench.device.avd.avds import Avd, avd_home, choose_avd, list_avds, read_ini, write_ini
from phonebench.device.avd.command import emulator_command
from phonebench.device.avd.emulator import advice
from phonebench.device.avd.process import alive, end, identity, is_emulator
from phonebench.device.avd.registry import Entry, Registry
from phonebench.device.avd.sdk import find_sdk
from phonebench.schema.errors import AdbTimeout, ConfigError, DeviceError, DeviceLost, MissingTool
from phonebench.suite import load_suite


@pytest.fixture
def sdk(tmp_path: Path) -> FakeSdk:
    return make_sdk(tmp_path, 1)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user without anything."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


# --- SDK -----------------------------------------------------------------------------------------------------------
def test_the_sdk_is_found_by_config_environment_and_place(home: Path, sdk: FakeSdk):
    assert find_sdk(str(sdk.root), {}).found_by == "phone.sdk_path"
    assert find_sdk(None, {"ANDROID_HOME": str(sdk.root)}).found_by == "ANDROID_HOME"
    assert (
        find_sdk(None, {"ANDROID_HOME": "/nowhere", "ANDROID_SDK_ROOT": str(sdk.root)}).found_by == "ANDROID_SDK_ROOT"
    )
    usual = home / "Android" / "Sdk"
    usual.parent.mkdir()
    usual.symlink_to(sdk.root)
    assert find_sdk(None, {"PATH": ""}).root == usual
    assert find_sdk(None, {"PATH": ""}).tool("emulator") == usual / "emulator" / "emulator"


def test_an_sdk_with_an_emulator_goes_before_one_without(sdk: FakeSdk, tmp_path: Path):
    (tmp_path / "bare" / "platform-tools").mkdir(parents=True)
    env = {"ANDROID_HOME": str(tmp_path / "bare"), "ANDROID_SDK_ROOT": str(sdk.root)}
    assert find_sdk(None, env).root == sdk.root


def test_no_sdk_and_no_tool_say_what_to_do(home: Path, sdk: FakeSdk):
    with pytest.raises(ConfigError, match="no Android SDK at /nowhere"):
        find_sdk("/nowhere")
    with pytest.raises(MissingTool, match="command-line tools"):
        find_sdk(str(sdk.root)).tool("avdmanager")
    newest = sdk.root / "cmdline-tools" / "12.0" / "bin"
    newest.mkdir(parents=True)
    (newest / "avdmanager").touch()
    assert find_sdk(str(sdk.root)).tool("avdmanager") == newest / "avdmanager"


def test_a_program_that_hangs_or_cannot_run_is_no_hang(sdk: FakeSdk):
    program = sdk.root / "emulator" / "emulator"
    program.write_text("#!/bin/sh\nsleep 20\n")
    with pytest.raises(DeviceError, match="took more than"):
        find_sdk(str(sdk.root)).run("emulator", "-version", timeout_s=0.2)
    program.write_text("not a program")
    with pytest.raises(MissingTool, match="cannot be run"):
        find_sdk(str(sdk.root)).run("emulator", "-version")


# --- virtual devices -----------------------------------------------------------------------------------------------
def test_where_virtual_devices_lie(home: Path):
    assert avd_home({}) == home / ".android" / "avd"
    assert avd_home({"ANDROID_AVD_HOME": "/x"}) == Path("/x")
    assert avd_home({"ANDROID_USER_HOME": "/nowhere"}) == home / ".android" / "avd"
    (home / "user" / "avd").mkdir(parents=True)
    assert avd_home({"ANDROID_USER_HOME": str(home / "user")}) == home / "user" / "avd"


def test_virtual_devices_are_read(sdk: FakeSdk):
    folder = sdk.make_avd("One")
    sdk.make_avd("Two")
    (sdk.avds / "Gone.ini").write_text("path=/nowhere\n")
    one, two = list_avds(sdk.avds)
    assert (one.name, one.folder, one.api, one.abi, one.display) == ("One", folder, 33, "x86_64", "1440x3120@560")
    assert one.has_snapshot("default_boot")
    assert not one.has_snapshot("other")
    assert choose_avd("Two", [one, two], sdk.avds) == two
    assert choose_avd(None, [one], sdk.avds) == one


@pytest.mark.parametrize(
    ("text", "wanted"), [("4096", 4096), ("4096M", 4096), ("6G", 6144), ("much", 2048), ("", 2048)]
)
def test_memory_of_a_virtual_device(text: str, wanted: int):
    assert Avd("One", Path(), Path(), {"hw.ramSize": text}).memory_mb == wanted


def test_a_moved_tree_is_found_by_its_relative_path(sdk: FakeSdk):
    sdk.make_avd("One")
    moved = sdk.avds.parent / "elsewhere" / "avd"
    moved.parent.mkdir()
    sdk.avds.rename(moved)
    (one,) = list_avds(moved)
    assert one.folder == moved / "One.avd"


@given(st.dictionaries(st.text("abz.", min_size=1), st.text("ab=#/ .", max_size=9).map(str.strip)))
def test_ini_files_come_back(values: dict[str, str]):
    path = Path(os.environ["PHONEBENCH_STATE_DIR"]) / "some.ini"
    write_ini(path, values)
    assert read_ini(path) == values


# --- copies --------------------------------------------------------------------------------------------------------
def only_avd(sdk: FakeSdk) -> Avd:
    (avd,) = list_avds(sdk.avds)
    return avd


def test_a_copy_is_a_device_of_its_own(sdk: FakeSdk):
    folder = sdk.make_avd("One")
    (folder / "hardware-qemu.ini").write_text(f"avd.name=One\ndisk.dataPartition.path={folder}/userdata-qemu.img\n")
    (folder / "snapshots" / "wanted").mkdir()
    (folder / "snapshots" / "wanted" / "hardware.ini").write_text(f"avd.name = One\nx = {folder}/y\n")
    (folder / "hardware-qemu.ini.lock").mkdir()
    (folder / "multiinstance.lock").touch()
    copy = clones.clone(only_avd(sdk), "phonebench-1-1", "wanted")
    assert (copy.name, copy.folder, copy.api) == ("phonebench-1-1", sdk.avds / "phonebench-1-1.avd", 33)
    assert copy.settings["AvdId"] == "phonebench-1-1"
    assert read_ini(copy.folder / "hardware-qemu.ini") == {
        "avd.name": "phonebench-1-1", "avd.id": "phonebench-1-1",
        "disk.dataPartition.path": f"{copy.folder}/userdata-qemu.img",
    }  # fmt: skip
    assert read_ini(copy.folder / "snapshots" / "wanted" / "hardware.ini")["x"] == f"{copy.folder}/y"
    assert [path.name for path in (copy.folder / "snapshots").iterdir()] == ["wanted"]
    assert not list(copy.folder.glob("*.lock"))
    assert (copy.folder / "userdata-qemu.img").read_bytes() == (folder / "userdata-qemu.img").read_bytes()
    clones.remove(copy.folder, copy.ini)
    assert [path.name for path in sorted(sdk.avds.iterdir())] == ["One.avd", "One.ini"]


def test_an_overlay_names_the_copied_image(sdk: FakeSdk):
    folder = sdk.make_avd("One")
    backing = f"{folder}/userdata-qemu.img".encode()
    image = struct.pack(">4sIQI", b"QFI\xfb", 3, 104, len(backing)).ljust(104, b"\0") + backing + b"rest"
    (folder / "userdata-qemu.img.qcow2").write_bytes(image)
    (folder / "plain.qcow2").write_bytes(b"no such image")
    copy = clones.clone(only_avd(sdk), "phonebench-1-1")
    changed = (copy.folder / "userdata-qemu.img.qcow2").read_bytes()
    _, _, offset, size = struct.unpack_from(">4sIQI", changed)
    assert changed[offset : offset + size] == b"userdata-qemu.img"
    assert changed.endswith(b"rest")
    assert len(changed) == len(image)
    assert (copy.folder / "plain.qcow2").read_bytes() == b"no such image"
    assert (folder / "userdata-qemu.img.qcow2").read_bytes() == image


def test_holes_stay_holes(sdk: FakeSdk):
    folder = sdk.make_avd("One")
    with (folder / "sdcard.img").open("wb") as file:
        file.truncate(200 * 1024**2)
    copy = clones.clone(only_avd(sdk), "phonebench-1-1")
    facts = (copy.folder / "sdcard.img").stat()
    assert (facts.st_size, facts.st_blocks) == (200 * 1024**2, 0)
    assert only_avd_named(sdk, "One").size() < 1024**2


def only_avd_named(sdk: FakeSdk, name: str) -> Avd:
    return next(avd for avd in list_avds(sdk.avds) if avd.name == name)


def test_a_device_in_use_is_refused(sdk: FakeSdk, monkeypatch: pytest.MonkeyPatch):
    folder = sdk.make_avd("One")
    monkeypatch.setenv("ANDROID_AVD_HOME", str(sdk.avds))
    user = subprocess.Popen(["sh", "-c", "sleep 30; : qemu-system-x86_64"])
    wait_for(lambda: is_emulator(user.pid))
    (folder / "hardware-qemu.ini.lock").write_text(f"{user.pid}\n")
    with pytest.raises(ConfigError, match=f"process {user.pid}"):
        make_provider(sdk.config())
    user.kill()
    user.wait()
    assert make_provider(sdk.config()).size == 1  # a lock that was left


def test_a_copy_is_never_laid_over_another(sdk: FakeSdk):
    sdk.make_avd("One")
    clones.clone(only_avd(sdk), "phonebench-1-1")
    with pytest.raises(DeviceError, match="already"):
        clones.clone(only_avd_named(sdk, "One"), "phonebench-1-1")
    assert (sdk.avds / "phonebench-1-1.avd").is_dir()


def test_no_room_and_failed_copies_leave_nothing(sdk: FakeSdk, monkeypatch: pytest.MonkeyPatch):
    sdk.make_avd("One")
    avd = only_avd(sdk)
    monkeypatch.setattr(clones, "HEADROOM", 10**18)
    with pytest.raises(MissingTool, match="read_only"):
        clones.clone(avd, "phonebench-1-1")
    monkeypatch.undo()
    (avd.folder / "image").symlink_to("/nowhere")
    with pytest.raises(DeviceError, match="cannot be copied"):
        clones.clone(avd, "phonebench-1-1")
    assert [path.name for path in sorted(sdk.avds.iterdir())] == ["One.avd", "One.ini"]


# --- command line --------------------------------------------------------------------------------------------------
def test_the_command_line():
    config = PhoneConfig(headless=False, emulator_args=("-feature", "-Vulkan"))
    words = emulator_command(Path("/sdk/emulator"), "One", 5554, config)
    assert words[:5] == ["/sdk/emulator", "-avd", "One", "-port", "5554"]
    assert "-no-window" not in words
    assert words[-2:] == ["-feature", "-Vulkan"]
    assert "-no-snapshot-load" in words
    words = emulator_command(Path("emulator"), "One", 5556, PhoneConfig(), read_only=True, snapshot="clean")
    assert words[words.index("-snapshot") + 1] == "clean"
    assert {"-read-only", "-no-window", "-no-snapshot-save"} <= set(words)


def test_known_complaints_have_advice():
    assert "read_only" not in advice("PANIC: something new")
    assert "another" in advice("Running multiple emulators with the same AVD is an experimental feature.").lower()
    assert "headless" in advice("could not connect to display :0")


# --- ports and records ---------------------------------------------------------------------------------------------
def test_ports_are_claimed_once_and_skipped_when_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("phonebench.device.avd.registry._free", lambda port: port not in (5556, 5559))
    one, other = Registry(tmp_path / "state"), Registry(tmp_path / "state")
    claims = [one.claim(), other.claim([5560]), one.claim()]
    assert [entry.port for entry in claims] == [5554, 5562, 5560]
    one.release(claims[0])
    assert other.claim().port == 5554
    assert not list((tmp_path / "state").glob(".*"))


def test_a_taken_port_is_seen():
    from phonebench.device.avd.registry import _free

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert not _free(taken.getsockname()[1])
        taken.listen()
        assert not _free(taken.getsockname()[1])


def test_only_what_dead_runs_left_is_reaped(tmp_path: Path):
    registry = Registry(tmp_path)
    me = identity(os.getpid())
    assert me is not None
    bystander = subprocess.Popen(["sleep", "30"], start_new_session=True)
    left = subprocess.Popen(["sleep", "30"], start_new_session=True)
    copy, foreign = tmp_path / "phonebench-7-1.avd", tmp_path / "mine"
    copy.mkdir()
    foreign.mkdir()
    registry.write(Entry(5554, os.getpid(), me, bystander.pid, identity(bystander.pid) or ""))
    registry.write(
        Entry(5556, os.getpid(), "another time", left.pid, identity(left.pid) or "", (str(copy), str(foreign)))
    )
    # The number now belongs to somebody else.
    registry.write(Entry(5558, os.getpid(), "another time", bystander.pid, "another time"))
    (tmp_path / "emulator-5560.json").write_text("{")
    reaper = threading.Thread(target=left.wait)  # Who starts a process has to collect it.
    reaper.start()
    assert [entry.port for entry in registry.reap()] == [5556, 5558]
    reaper.join(5)
    assert left.returncode == -15
    assert bystander.poll() is None
    assert not copy.exists()
    assert foreign.exists()
    assert sorted(path.name for path in tmp_path.glob("*.json")) == ["emulator-5554.json", "emulator-5560.json"]
    bystander.kill()
    bystander.wait()


def test_processes_are_told_apart_by_their_start():
    process = subprocess.Popen(["sleep", "30"], start_new_session=True)
    since = identity(process.pid)
    assert since is not None
    assert alive(process.pid, since)
    assert not alive(process.pid, "another time")
    end(process.pid, "another time", 1)
    assert process.poll() is None
    threading.Thread(target=process.wait).start()
    end(process.pid, since, 5)
    assert not alive(process.pid, since)
    assert identity(4194304) is None


# --- console -------------------------------------------------------------------------------------------------------
@pytest.fixture
def serve() -> Iterator[Callable[..., int]]:
    """A console that says `greeting`, and to each line what `answers` has for it; its port."""
    servers = []

    def start(answers: dict[str, str], greeting: str = "Android Console\r\nOK\r\n") -> int:
        server = socket.create_server(("127.0.0.1", 0))
        servers.append(server)

        def work() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(greeting.encode())
                    for line in connection.makefile():
                        connection.sendall(answers.get(line.strip(), "KO: unknown command\r\n").encode())

        threading.Thread(target=work, daemon=True).start()
        return server.getsockname()[1]

    yield start
    for server in servers:
        server.close()


def test_the_console_is_asked_with_its_token(serve: Callable[..., int], tmp_path: Path):
    token = tmp_path / console.TOKEN_FILE
    token.write_text("s3cret\n")
    greeting = (
        "Android Console: Authentication required\r\nAndroid Console: type 'auth <auth_token>' to authenticate\r\n"
        f"Android Console: you can find your <auth_token> in \r\n'{token}'\r\nOK\r\n"
    )
    port = serve({"auth s3cret": "Android Console: type 'help'\r\nOK\r\n", "avd name": "One\r\nOK\r\n"}, greeting)
    assert console.command(port, "avd name", 5) == "One"
    token.write_text("wrong")
    with pytest.raises(console.Refused):
        console.command(port, "avd name", 5)


def test_the_console_cannot_make_us_read_other_files(serve: Callable[..., int], home: Path):
    (home / "secret").write_text("s3cret")
    port = serve({}, f"Android Console: Authentication required\r\n'{home}/secret'\r\nOK\r\n")
    with pytest.raises(DeviceError, match="token"):
        console.command(port, "avd name", 5)


def test_a_console_that_refuses_is_silent_or_is_gone(serve: Callable[..., int]):
    port = serve({"avd snapshot load x": "KO: no such snapshot\r\n", "stall": "almost OK"})
    with pytest.raises(console.Refused) as caught:
        console.command(port, "avd snapshot load x", 5)
    assert caught.value.why == "no such snapshot"
    with pytest.raises(AdbTimeout, match="stall"):
        console.command(port, "stall", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    with pytest.raises(DeviceLost):
        console.command(free, "avd name", 1)


@given(st.lists(st.sampled_from([b"OK", b"KO", b": ", b"\r\n", b"\n", b"x", b"\xff", b"OK\r\n", b"KO: no\r\n"])))
def test_whatever_a_console_says_ends_in_text_or_a_typed_error(parts: list[bytes]):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"".join(parts))
        theirs.shutdown(socket.SHUT_WR)
        try:
            text = console._reply(ours, time.monotonic() + 5)
        except (console.Refused, EOFError):
            return
    assert not any(line in ("OK", "KO") for line in text.splitlines())


def test_one_line_stays_one_command(serve: Callable[..., int]):
    port = serve({"avd name kill": "OK\r\n"})
    assert console.command(port, "avd name\nkill", 5) == ""


# --- guard ---------------------------------------------------------------------------------------------------------
def start_guard(*words: str) -> tuple[subprocess.Popen[bytes], int]:
    process = subprocess.Popen(
        [sys.executable, "-I", guard.__file__, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    started, pid = process.stdout.readline().split()
    assert started == b"started"
    return process, int(pid)


def test_the_guard_ends_with_its_program():
    process, _ = start_guard("--", "sh", "-c", "exit 7")
    assert process.wait(5) == 7
    process.communicate()


def test_the_guard_ends_its_program_and_all_that_it_started(tmp_path: Path):
    (tmp_path / "copy").mkdir()
    (tmp_path / "record").touch()
    words = ["--delete", str(tmp_path / "copy"), "--delete", str(tmp_path / "record")]
    process, pid = start_guard(*words, "--", "sh", "-c", f"sleep 30 & echo $! > {tmp_path}/child; wait")
    wait_for(lambda: (tmp_path / "child").exists() and (tmp_path / "child").read_text().strip())
    child = int((tmp_path / "child").read_text())
    process.communicate()
    assert process.returncode == 0
    assert identity(pid) is None
    wait_for(lambda: identity(child) is None, 5)
    assert [path.name for path in tmp_path.iterdir()] == ["child"]


# --- documents -----------------------------------------------------------------------------------------------------
def test_keys_and_files_that_the_documents_name_exist():
    text = (ROOT / "docs" / "avd.md").read_text("utf-8")
    table = text.partition("| key of `phone` |")[2].partition("\n\n")[0]
    keys = re.findall(r"\bphone\.([a-z_]+)", text) + re.findall(r"(?:^\| |, )`([a-z_]+)`(?=[,` ])", table, re.MULTILINE)
    assert len(keys) > 10
    assert set(keys) <= set(PhoneConfig.model_fields)
    for name in re.findall(r"\b(?:configs|tasks|docs)/[\w/.]+\b", text):
        assert (ROOT / name).exists(), name
    packages = {task.package for task in load_suite(str(ROOT / "tasks/androidlab")).tasks}
    assert {package for package in packages if f"`{package}`" not in text} == set()


@pytest.mark.parametrize("name", ["avd", "avd_docker"])
def test_the_shipped_configs_load(name: str):
    phone = load_config(ROOT / "configs" / f"{name}.yaml").config.phone
    assert (phone.kind, phone.docker is not None) == ("avd", name == "avd_docker")
