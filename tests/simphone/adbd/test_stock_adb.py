"""Both stock adb programs, the wheel's and Debian's, take the phone for emulator-5554 and drive it."""

from __future__ import annotations

import fcntl
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from phones import Adb, SimProcess, free_port, start_simphone

from phonebench.device.adb import find_adb

DEBIAN = Path("/usr/bin/adb")
PROGRAMS = {"wheel": find_adb(), "debian": str(DEBIAN)}


@pytest.fixture(scope="module", params=PROGRAMS)
def stock(request: pytest.FixtureRequest) -> Iterator[SimProcess]:
    """A phone on port 5555 and its own adb server; test workers take turns on the port."""
    if request.param == "debian" and not DEBIAN.exists():
        pytest.skip("Debian's adb is not installed (apt-get install adb; .ci/run does)")
    with (Path(tempfile.gettempdir()) / "phonebench-port-5555.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        adb = Adb(PROGRAMS[request.param], free_port())
        assert adb.run("start-server").returncode == 0
        try:
            sim = start_simphone(adb, "--size", "1080x2400", "--density", "420", port=5555)
        except AssertionError:
            adb.run("kill-server")
            pytest.skip("something else listens on port 5555")
        adb.wait_for("emulator-5554")
        yield sim
        sim.stop()
        adb.run("kill-server")


def test_it_is_listed_as_an_emulator(stock: SimProcess):
    assert stock.serials == ["emulator-5554"]
    assert "emulator-5554\tdevice" in stock.adb.run("devices").stdout.decode()
    assert "model:Pixel_7_Pro" in stock.adb.run("devices", "-l").stdout.decode()


def test_console(stock: SimProcess):
    assert re.search(r"\w+\r?\nOK", stock.run("emu", "avd", "name").stdout.decode())


def test_shell_exit_codes_and_streams(stock: SimProcess):
    done = stock.shell("echo out; echo err >&2; exit 7")
    assert (done.returncode, done.stdout, done.stderr) == (7, b"out\n", b"err\n")
    assert stock.shell("nosuchprogram").returncode == 127


def test_screen_tree_and_files(stock: SimProcess, tmp_path: Path):
    assert stock.run("exec-out", "screencap", "-p").stdout.startswith(b"\x89PNG")
    assert b"UI hierchary dumped to" in stock.shell("uiautomator dump /sdcard/w.xml").stdout
    assert stock.run("pull", "/sdcard/w.xml", str(tmp_path / "w.xml")).returncode == 0
    assert (tmp_path / "w.xml").read_text().startswith("<?xml")
    assert stock.run("push", str(tmp_path / "w.xml"), "/sdcard/x.xml").returncode == 0
    assert stock.shell("cat /sdcard/x.xml").stdout == (tmp_path / "w.xml").read_bytes()
    assert stock.run("pull", "/sdcard/none", str(tmp_path / "none")).returncode == 1


def test_apps_and_settings(stock: SimProcess):
    assert (
        b"Events injected: 1"
        in stock.shell("monkey -p us.zoom.videomeetings -c android.intent.category.LAUNCHER 1").stdout
    )
    focus = stock.shell("dumpsys window | grep mCurrentFocus").stdout.decode()
    assert re.fullmatch(r"\s*mCurrentFocus=Window\{\S+ u0 us\.zoom\.videomeetings/[\w.]+\}\s*", focus)
    assert stock.shell("settings put system probe 'a b'; settings get system probe").stdout == b"a b\n"
    assert stock.shell("date '+%Y-%m-%d'").stdout == b"2024-05-10\n"


def test_it_comes_back_after_the_server_was_killed(stock: SimProcess):
    stock.adb.run("kill-server")
    stock.adb.run("start-server")
    stock.adb.wait_for("emulator-5554")
    assert stock.shell("echo back").stdout == b"back\n"
