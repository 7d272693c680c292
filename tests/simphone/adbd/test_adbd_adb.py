"""Section 1 of the adb contract: the stock adb binary against a phone process."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
RANDOM = random.Random(7)


def gone(sim, serial=None, seconds=10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (serial or sim.serial).encode() not in sim.adb.run("devices").stdout:
            return True
        time.sleep(0.05)
    return False


# --- listing and state ---------------------------------------------------------------------------------------------
def test_devices(sim_phone):
    assert f"{sim_phone.serial}\tdevice".encode() in sim_phone.adb.run("devices").stdout
    (line,) = [x for x in sim_phone.adb.run("devices", "-l").stdout.splitlines() if sim_phone.serial.encode() in x]
    words = line.decode().split()
    assert words[1] == "device"
    facts = dict(w.split(":", 1) for w in words[2:])
    assert facts["model"] == "Pixel_7_Pro"
    assert {"product", "device", "transport_id"} <= facts.keys()


def test_state_and_serial(sim_phone):
    assert sim_phone.run("get-state").stdout == b"device\n"
    assert sim_phone.run("get-serialno").stdout.decode().strip() == sim_phone.serial


def test_connect_over_tcp(sim_phone):
    adb, address = sim_phone.adb, f"127.0.0.1:{sim_phone.port}"
    try:
        assert b"connected to" in adb.run("connect", address).stdout
        assert b"already connected" in adb.run("connect", address).stdout
        assert adb.run("shell", "echo", "there", serial=address).stdout == b"there\n"
    finally:
        assert adb.run("disconnect", address).returncode == 0


# --- shell ---------------------------------------------------------------------------------------------------------
def test_shell_separates_outputs_and_carries_the_exit_code(sim_phone):
    done = sim_phone.shell("echo out; echo err >&2; exit 7")
    assert (done.stdout, done.stderr, done.returncode) == (b"out\n", b"err\n", 7)
    assert sim_phone.shell("no_such_command").returncode == 127


def test_shell_stdin(sim_phone):
    data = RANDOM.randbytes(3_000_000)
    assert sim_phone.shell("cat", stdin=data).stdout == data
    assert sim_phone.run("shell", stdin=b"echo one\necho two; exit 5\n").stdout == b"one\ntwo\n"


def test_a_command_that_ignores_its_input_still_ends(sim_phone):
    assert sim_phone.shell("echo done", stdin=bytes(3_000_000)).stdout == b"done\n"


def test_shell_with_a_terminal(sim_phone):
    done = sim_phone.run("shell", "-tt", "echo a; exit 3")
    assert (done.stdout, done.returncode) == (b"a\r\n", 3)
    done = sim_phone.run("shell", "-tt", stdin=b"echo 1\x7f2\nexit 4\n")
    assert done.stdout.count(b"2\r\n") == 2  # its echo, and its output among the echo of what was typed ahead
    assert done.returncode == 4


def test_old_shell_protocol(sim_phone):
    done = sim_phone.run("shell", "-x", "echo out; echo err >&2; exit 7")
    assert (done.stdout, done.returncode) == (b"out\nerr\n", 0)


def test_exec_out_is_binary(sim_phone):
    png = sim_phone.run("exec-out", "screencap", "-p").stdout
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert png.endswith(b"IEND\xaeB`\x82")


def test_exec_in_runs_to_the_end_of_its_input(sim_phone):
    data = RANDOM.randbytes(2_000_000)
    sim_phone.run("exec-in", "cat > /sdcard/in.bin", stdin=data)
    deadline = time.monotonic() + 10
    while sim_phone.shell("stat -c %s /sdcard/in.bin").stdout != b"2000000\n" and time.monotonic() < deadline:
        time.sleep(0.02)
    assert sim_phone.shell("cat /sdcard/in.bin").stdout == data


def test_hostile_words_arrive_as_they_are(sim_phone):
    text = 'it\'s "q" $(id) `id` ; && | > < * ? \\ 中文 🙂\nsecond'
    quoted = "'" + text.replace("'", "'\\''") + "'"
    assert sim_phone.shell(f"printf %s {quoted}").stdout.decode() == text


def test_an_endless_command_ends_with_its_client(sim_phone):
    adb = sim_phone.adb
    process = subprocess.Popen(
        [adb.path, "-s", sim_phone.serial, "logcat", "-v", "epoch"], env=adb.env, stdout=subprocess.PIPE
    )
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    assert sim_phone.shell("echo others go on").stdout == b"others go on\n"
    process.kill()
    process.communicate()


# --- files ---------------------------------------------------------------------------------------------------------
def test_push_and_pull(sim_phone, tmp_path):
    data = RANDOM.randbytes(5_000_000)
    (tmp_path / "a.bin").write_bytes(data)
    os.utime(tmp_path / "a.bin", (1_700_000_000, 1_700_000_000))
    assert sim_phone.run("push", str(tmp_path / "a.bin"), "/sdcard/new dir/ä b.bin").returncode == 0
    assert sim_phone.run("pull", "-a", "/sdcard/new dir/ä b.bin", str(tmp_path / "b.bin")).returncode == 0
    assert (tmp_path / "b.bin").read_bytes() == data
    assert (tmp_path / "b.bin").stat().st_mtime == 1_700_000_000


def test_push_and_pull_a_folder(sim_phone, tmp_path):
    for name in ("x/1", "x/y/2", "x/y/z/3"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    assert sim_phone.run("push", str(tmp_path / "x"), "/sdcard/Download/").returncode == 0
    assert b" 1\n" in sim_phone.run("ls", "/sdcard/Download/x").stdout
    assert sim_phone.run("pull", "/sdcard/Download/x", str(tmp_path / "back")).returncode == 0
    assert (tmp_path / "back/y/z/3").read_text() == "x/y/z/3"


def test_missing_file(sim_phone, tmp_path):
    done = sim_phone.run("pull", "/sdcard/none.png", str(tmp_path / "none.png"))
    assert done.returncode == 1
    assert not (tmp_path / "none.png").exists()
    assert sim_phone.run("push", __file__, "/dev/null/impossible").returncode == 1


# --- packages and logs ---------------------------------------------------------------------------------------------
def test_install_and_uninstall(sim_phone, tmp_path):
    with zipfile.ZipFile(tmp_path / "it's a.apk", "w") as apk:
        apk.writestr("AndroidManifest.xml", RANDOM.randbytes(100_000))
    done = sim_phone.run("install", "-r", "-t", "-g", str(tmp_path / "it's a.apk"))
    assert b"Success" in done.stdout, done
    assert b"Success" in sim_phone.run("uninstall", "com.reddit.frontpage").stdout
    assert b"com.reddit.frontpage" not in sim_phone.shell("pm list packages").stdout
    (tmp_path / "no.apk").write_bytes(b"not an apk")
    assert sim_phone.run("install", str(tmp_path / "no.apk")).returncode == 1


def test_logcat_can_be_cleared(sim_phone):
    done = sim_phone.run("logcat", "-b", "all", "-c")
    assert (done.returncode, done.stdout) == (0, b"")


# --- what restarts adbd --------------------------------------------------------------------------------------------
def test_root_and_friends(sim_phone):
    assert sim_phone.run("root").stdout == b"adbd is already running as root\n"
    assert sim_phone.run("tcpip", "5555").stdout == b"restarting in TCP mode port: 5555\n"
    assert sim_phone.run("remount").returncode == 0
    assert sim_phone.run("unroot").returncode == 0
    assert sim_phone.shell("echo still here").stdout == b"still here\n"


def test_reboot_and_power_off(start_sim):
    sim = start_sim("--size", "540x1200", "--density", "210", count=2)
    sim.shell(
        "echo kept > /sdcard/kept.txt; settings put system font_scale 1.15; am start -n com.android.settings/.Settings"
    )
    assert sim.run("reboot").returncode == 0
    time.sleep(0.2)
    sim.adb.wait_for(sim.serial)
    assert sim.shell("cat /sdcard/kept.txt; settings get system font_scale").stdout == b"kept\n1.15\n"
    assert b"launcher" in sim.shell("dumpsys window | grep mCurrentFocus").stdout
    sim.run("reboot", "-p")
    assert gone(sim)
    assert sim.process.poll() is None
    other = sim.serials[1]
    assert sim.adb.run("shell", "echo", "alive", serial=other).stdout == b"alive\n"
    assert b"bye" in sim.adb.run("emu", "kill", serial=other).stdout
    assert sim.process.wait(10) == 0


def test_fork(start_sim):
    sim = start_sim("--size", "540x1200", "--density", "210")
    sim.shell("echo before > /sdcard/f")
    twin = json.loads(sim.shell("simctl fork").stdout)["serial"]
    sim.adb.wait_for(twin)
    sim.shell("echo after > /sdcard/f")
    assert sim.adb.run("shell", "cat", "/sdcard/f", serial=twin).stdout == b"before\n"
    assert sim.adb.run("emu", "avd", "name", serial=twin).stdout == b"Pixel_7_Pro_API_33_2\r\nOK\r\n"
    assert sim.run("emu", "avd", "name").stdout == b"Pixel_7_Pro_API_33\r\nOK\r\n"
    sim.stop()


# --- the process ---------------------------------------------------------------------------------------------------
def command(*options: str) -> list[str]:
    return [sys.executable, "-m", "simphone", *options]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signals_end_it_cleanly(start_sim, number):
    sim = start_sim("--size", "540x1200", "--density", "210")
    sim.process.send_signal(number)
    assert sim.process.wait(10) == 0
    assert gone(sim)


def test_a_port_in_use_is_one_readable_line(sim_phone):
    options = ["--port", str(sim_phone.port), "--adb-server-port", str(sim_phone.adb.port)]
    done = subprocess.run(command(*options), cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert f"port {sim_phone.port} is in use" in done.stderr
    assert "--port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "wrong",
    [["--port", "5554"], ["--port", "x"], ["--size", "big"], ["--count", "0"], ["--world", "nowhere"], ["--nonsense"]],
)
def test_wrong_options_are_readable(wrong):
    done = subprocess.run(command(*wrong), cwd=ROOT, capture_output=True, text=True, timeout=30)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert wrong[-1] in done.stderr


def test_it_ends_with_its_parent(tmp_path, adb_server):
    # The parent starts a phone that is told to watch it, prints the phone's pid, and dies by SIGKILL.
    script = (
        "import os, signal, subprocess, sys\n"
        f"child = subprocess.Popen({command('--port', '0', '--size', '540x1200')!r} + "
        f"['--adb-server-port', '{adb_server.port}', '--parent-pid', str(os.getpid())], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    parent = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=60)
    child = int(parent.stdout)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            os.kill(child, 0)
            if Path(f"/proc/{child}/stat").exists() and ") Z " in Path(f"/proc/{child}/stat").read_text():
                return
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the phone outlived its parent")
