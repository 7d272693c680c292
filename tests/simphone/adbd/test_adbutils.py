"""adbutils' public calls against a phone process, through the real adb server."""

from __future__ import annotations

import inspect
import io
import socket
import zipfile
from pathlib import Path
from typing import Any

import adbutils
import pytest
from adbutils.errors import AdbError, AdbInstallError

SETTINGS = "com.android.settings"
REDDIT = "com.reddit.frontpage"
NOT_CALLED = {
    "pidcat", "logcat_iter",  # read a log for ever
    "tcpip", "root", "reboot",  # in test_adbd_adb.py, with the stock adb
    "open_transport", "create_connection", "open_shell",  # the ways that all others take
    "install", "download_apk", "package_info", "push",  # from the web; old names
    "start_recording", "stop_recording", "is_recording", "screenrecord",  # a video, which the phone does not make
}  # fmt: skip


@pytest.fixture
def device(sim_phone: Any) -> Any:
    return sim_phone.device


def test_shells(device: Any, sim_phone: Any, monkeypatch: pytest.MonkeyPatch):
    assert device.shell("echo hi") == "hi"
    assert device.shell(["echo", "it's", "$HOME", "a b"]) == "it's $HOME a b"
    assert device.shell("echo bytes", encoding=None) == b"bytes\n"
    assert device.shell2("echo a; false").returncode == 1
    v2 = device.shell2("echo a; echo b >&2; exit 9", v2=True)
    assert (v2.returncode, v2.stdout, v2.stderr) == (9, "a\n", "b\n")
    with device.shell("echo stream; sleep 600", stream=True) as stream:
        assert stream.read_string(6) == "stream"
    monkeypatch.setenv("ANDROID_ADB_SERVER_PORT", str(sim_phone.adb.port))
    assert device.adb_output("shell", "echo hi") == "hi\n"
    assert "shell_v2" in device.get_features()


def test_who_it_is(device: Any, sim_phone: Any):
    assert device.serial == device.get_serialno() == sim_phone.serial
    assert device.get_state() == "device"
    assert device.get_devpath()
    assert device.info["serialno"] == sim_phone.serial
    assert device.getprop("ro.product.model") == device.prop.model == "Pixel 7 Pro"
    assert (device.prop.name, device.prop.device) == (device.prop.get("ro.product.name"), "emu64xa")
    assert device.prop.get("no.such.property") == ""


def test_the_server(sim_phone: Any):
    client = sim_phone.adb.client
    assert client.server_version() >= 39
    assert [each.serial for each in client.device_list()] == [sim_phone.serial]
    assert [(each.serial, each.state) for each in client.list()] == [(sim_phone.serial, "device")]
    assert client.list(extended=True)[0].tags["model"] == "Pixel_7_Pro"
    client.wait_for(sim_phone.serial, timeout=5)
    seen = next(event for event in client.track_devices() if event.serial == sim_phone.serial)
    assert (seen.present, seen.status) == (True, "device")
    address = f"127.0.0.1:{sim_phone.port}"
    assert "connected" in client.connect(address, timeout=5)
    assert "already" in client.connect(address, timeout=5)
    assert "disconnected" in client.disconnect(address)


def test_screens(device: Any):
    assert tuple(device.window_size()) == (1080, 2400)
    assert tuple(device.window_size(landscape=True)) == (2400, 1080)
    shot, raw = device.screenshot(), device.framebuffer()
    assert shot.size == raw.size == device.screenshot(display_id=0).size == (1080, 2400)
    assert shot.convert("RGB").tobytes() == raw.convert("RGB").tobytes()
    assert device.dump_hierarchy().startswith("<?xml")


def test_input(device: Any):
    before = device.dump_hierarchy()
    device.click(100, 100)
    device.click(0.5, 0.5)
    device.swipe(500, 1500, 500, 800, 0.2)
    device.swipe(0.5, 0.9, 0.5, 0.3, 0.2)
    device.drag(500, 1500, 500, 800, 0.2)
    assert device.dump_hierarchy() != before
    device.keyevent("HOME")
    device.send_keys("it's $5 (ok)")
    device.volume_up(2)
    device.volume_down()
    device.volume_mute()


def test_switches(device: Any):
    assert device.is_screen_on()
    device.switch_screen(False)
    assert not device.is_screen_on()
    device.switch_screen(True)
    assert device.is_screen_on()
    assert device.rotation() == 0
    device.shell("settings put system accelerometer_rotation 0; settings put system user_rotation 1")
    assert device.rotation() == 1
    assert device.wlan_ip() == "10.0.2.16"
    device.brightness_value = 77
    assert device.brightness_value == 77
    device.brightness_mode = adbutils.BrightnessMode.AUTO
    assert device.brightness_mode is adbutils.BrightnessMode.AUTO
    device.switch_wifi(False)
    assert device.shell("settings get global wifi_on") == "0"
    device.switch_airplane(True)
    assert device.shell("settings get global airplane_mode_on") == "1"
    battery = device.battery()
    assert (battery.level, battery.scale, battery.present) == (100, 100, True)
    assert 0 < battery.temperature < 60
    device.open_browser("https://example.com")
    assert device.app_current().package == "com.android.chrome"


def test_apps(device: Any):
    packages = device.list_packages()
    assert SETTINGS in packages
    assert REDDIT in device.list_packages(["-3"]) and SETTINGS not in device.list_packages(["-3"])
    device.app_start(SETTINGS)
    assert device.app_current().package == SETTINGS
    info = device.app_info(SETTINGS)
    assert (info.package_name, bool(info.version_name)) == (SETTINGS, True)
    device.app_stop(SETTINGS)
    assert device.app_current().package != SETTINGS
    device.app_start(SETTINGS, ".Settings")
    assert device.app_current().package == SETTINGS
    device.app_clear(SETTINGS)
    assert device.app_info("org.example.nothing") is None
    device.uninstall(REDDIT)
    assert REDDIT not in device.list_packages()


def test_installing(device: Any, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.apk", "w") as apk:
        apk.writestr("AndroidManifest.xml", b"x" * 1000)
    device.sync.push(str(tmp_path / "a.apk"), "/data/local/tmp/a.apk")
    device.install_remote("/data/local/tmp/a.apk", clean=True)
    assert not device.sync.exists("/data/local/tmp/a.apk")
    with pytest.raises(AdbInstallError):
        device.install_remote("/data/local/tmp/none.apk")


def test_sync(device: Any, tmp_path: Path):
    sync = device.sync
    assert sync.push(b"hello", "/sdcard/h.txt") == 5
    assert sync.push(io.BytesIO(b"hello again"), "/sdcard/h2.txt", mode=0o600) == 11
    found = sync.stat("/sdcard/h.txt")
    assert (found.size, found.mode & 0o170000) == (5, 0o100000)
    assert sync.read_text("/sdcard/h.txt") == "hello"
    assert sync.read_bytes("/sdcard/h2.txt") == b"".join(sync.iter_content("/sdcard/h2.txt")) == b"hello again"
    assert "h.txt" in [entry.path for entry in sync.list("/sdcard/")]
    assert "h2.txt" in [entry.path for entry in sync.iter_directory("/sdcard/")]
    assert sync.exists("/sdcard/h.txt") and not sync.exists("/sdcard/nothing")
    assert sync.stat("/sdcard/nothing").mode == 0
    assert sync.pull("/sdcard/h.txt", tmp_path / "h.txt") == 5
    assert sync.pull_file("/sdcard/h.txt", tmp_path / "again.txt") == 5
    device.shell("mkdir -p /sdcard/deep/er; echo 1 > /sdcard/deep/er/one")
    sync.pull_dir("/sdcard/deep", tmp_path / "deep", exist_ok=True)
    assert (tmp_path / "deep/er/one").read_text() == "1\n"
    with pytest.raises(AdbError, match="No such file"):
        sync.read_bytes("/sdcard/nothing")
    device.remove("/sdcard/h.txt")
    device.rmtree("/sdcard/deep")
    assert not sync.exists("/sdcard/h.txt") and not sync.exists("/sdcard/deep")
    device.remove("/sdcard/nothing")


def test_tunnels(device: Any):
    device.forward_remove_all()  # what other clients of this phone left behind
    device.reverse("tcp:7000", "tcp:7001")
    device.reverse("tcp:7002", "tcp:7003")
    assert [(r.remote, r.local) for r in device.reverse_list()] == [("tcp:7000", "tcp:7001"), ("tcp:7002", "tcp:7003")]
    device.reverse_remove("tcp:7000")
    device.reverse_remove_all()
    assert device.reverse_list() == []
    with pytest.raises(AdbError, match="not found"):
        device.reverse_remove("tcp:7000")
    local = device.forward_port(9009)
    assert [item.remote for item in device.forward_list()] == ["tcp:9009"]
    with socket.create_connection(("127.0.0.1", local), timeout=5) as refused:
        assert refused.recv(1) == b""
    device.forward_remove(f"tcp:{local}")
    device.forward_port(9009)
    device.forward_remove_all()
    assert list(device.forward_list()) == []
    with pytest.raises(AdbError, match="closed"):
        device.create_connection("tcp", 9009)


def test_logcat_and_recording(device: Any, tmp_path: Path):
    event = device.logcat(tmp_path / "log.txt", clear=True, command="logcat -v time")
    event.stop(timeout=5)
    assert (tmp_path / "log.txt").exists()


def test_no_public_call_was_forgotten(device: Any):
    """What adbutils offers is what the tests above call."""
    text = Path(__file__).read_text()
    offered = [name for name, _ in inspect.getmembers(type(device)) if not name.startswith("_")]
    offered += [name for name, _ in inspect.getmembers(type(device.sync)) if not name.startswith("_")]
    missing = {name for name in offered if f".{name}" not in text} - NOT_CALLED
    assert missing == set()
