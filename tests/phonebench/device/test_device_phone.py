"""AdbPhone and the providers with the real adb and real simphone processes."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from phonebench.config import PhoneConfig
from phonebench.config.prepare import PrepareConfig
from phonebench.device import app_data, make_provider, preflight
from phonebench.device.adb import AdbServer, Line
from phonebench.device.observe import Observer
from phonebench.device.phone import AdbPhone
from phonebench.device.u2 import Uiautomator2
from phonebench.schema.action import (
    DoubleTap,
    Drag,
    Finish,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.errors import (
    AdbTimeout,
    ConfigError,
    DeviceError,
    DeviceLost,
    InfraError,
    MissingTool,
    UiDumpError,
)

CLOCK = "com.google.android.deskclock"
SETTINGS = "com.android.settings"
SMALL = {"width": 540, "height": 1200, "density": 210}


@pytest.fixture
def phone(sim_phone):
    config = PhoneConfig(kind="attached", adb_server_port=sim_phone.adb.port, serials=(sim_phone.serial,))
    phone = AdbPhone(Line(AdbServer(port=sim_phone.adb.port), sim_phone.serial), config, kind="attached")
    phone.reset(None)
    yield phone
    phone.release()


def texts(phone: AdbPhone) -> list[str]:
    ui = phone.observe().ui
    assert ui is not None
    return [node.text for node in ui.walk() if node.text]


def find(phone: AdbPhone, **wanted: str) -> Point:
    ui = phone.observe().ui
    assert ui is not None
    (key, value), *_ = wanted.items()
    hit = next(node for node in ui.walk() if getattr(node, key) == value)
    return Point(x=hit.bounds.center[0], y=hit.bounds.center[1])


# --- looking -------------------------------------------------------------------------------------------------------
def test_info(phone):
    info = phone.info
    assert (info.simulated, info.model, info.android, info.sdk) == (True, "Pixel 7 Pro", "13", "33")
    assert (info.width, info.height, info.density) == (1080, 2400, 420)


def test_an_observation_is_one_round_trip(phone, monkeypatch):
    calls = []
    run = Line.run
    monkeypatch.setattr(Line, "run", lambda line, *a, **k: calls.append(a) or run(line, *a, **k))
    phone.open_app(SETTINGS)
    calls.clear()
    seen = phone.observe()
    assert len(calls) == 1
    assert (seen.width, seen.height) == (1080, 2400)
    assert (seen.package, seen.activity) == (SETTINGS, "com.android.settings.Settings")
    assert seen.device_time.startswith("2024-05-10T12:0")
    assert seen.ui is not None
    assert seen.ui.package == SETTINGS
    assert not seen.keyboard_shown
    assert seen.took_s > 0


def test_the_same_screen_gives_the_same_observation(phone):
    assert phone.observe() == phone.observe() == phone.settle()


def test_a_dump_of_an_earlier_screen_never_passes_for_this_one(phone):
    phone.open_app(SETTINGS)
    before = phone.observe().xml
    phone.go_home()
    assert phone.observe().xml != before


# --- acting --------------------------------------------------------------------------------------------------------
def test_an_app_installed_later_can_be_launched(phone):
    phone.installed = frozenset({"com.android.settings"})  # what was there when the phone was first looked at
    phone.perform(Launch(app="Clock"))
    assert phone.observe().package == "com.google.android.deskclock"


def test_launch_by_label_and_package(phone):
    phone.perform(Launch(app="Clock"))
    assert phone.observe().package == CLOCK
    phone.perform(Launch(app=SETTINGS))
    assert phone.observe().package == SETTINGS
    before = phone.observe()
    phone.perform(Launch(app="no such app; reboot"))
    phone.perform(Launch(app="$(reboot -p)"))
    assert phone.observe().png == before.png
    with pytest.raises(DeviceError):
        phone.open_app("org.example.nothing")


def test_keys_and_gestures_reach_the_phone(phone):
    phone.open_app(SETTINGS)
    top = phone.observe().png
    middle = Point(x=540, y=1200)
    phone.perform(Swipe(start=Point(x=540, y=1800), end=Point(x=540, y=600), duration_ms=500))
    assert phone.settle().png != top
    phone.perform(LongPress(at=middle))
    phone.perform(DoubleTap(at=Point(x=1, y=1)))
    phone.perform(Drag(start=middle, end=Point(x=540, y=1300)))
    phone.perform(PressKey(key="home"))
    assert "launcher" in phone.observe().package
    phone.perform(PressKey(key="recents"))
    phone.perform(PressKey(key="back"))


def test_actions_that_do_not_touch_the_phone(phone):
    before = phone.state()
    for action in (Note(text="x"), TakeOver(), Finish(answer="done")):
        phone.perform(action)
    assert phone.state() == before


def test_wait_moves_the_phones_clock_and_not_ours(phone):
    before = phone.state()["clock"]["epoch_ms"]
    started = time.monotonic()
    phone.perform(Wait(seconds=30))
    assert phone.state()["clock"]["epoch_ms"] - before >= 30_000
    assert time.monotonic() - started < 15
    phone.perform(Wait(seconds=1e12))


@pytest.mark.parametrize(
    "text",
    [
        "plain",
        'it\'s "quoted" `id` $(reboot -p) ${HOME} ; && || | > < * ? ~ # \\ %s 100%s',
        "时钟 日本語 🙂 é ß",
        "x" * 2500 + "末",
    ],
    ids=["plain", "hostile", "unicode", "long"],
)
def test_text_round_trip(phone, text):
    phone.open_app(SETTINGS)
    phone.perform(Tap(at=find(phone, text="Search settings")))
    phone.perform(TypeText(text="something before"))
    phone.perform(TypeText(text=text))
    assert text in texts(phone)
    phone.perform(TypeText(text="", clear=True))
    assert text not in texts(phone)


def test_text_without_an_adb_keyboard(phone):
    phone.shell("ime set com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME")
    phone.has_adb_keyboard = False
    phone.open_app(SETTINGS)
    phone.perform(Tap(at=find(phone, text="Search settings")))
    assert phone.observe().keyboard_shown
    phone.perform(TypeText(text="old"))
    phone.perform(TypeText(text="it's 100%s $(x)"))
    assert "it's 100%s $(x)" in texts(phone)
    with pytest.raises(DeviceError, match="ASCII"):
        phone.perform(TypeText(text="时钟"))


def test_reset_takes_a_patch_and_leaves_nothing_behind(phone):
    clean = phone.state()
    assert "'" not in clean["clipboard"]
    phone.open_app(CLOCK)
    phone.shell("echo x > /sdcard/x; settings put system font_scale 1.3")
    phone.reset({"clipboard": 'it\'s "$(patched)"'})
    assert phone.state() == clean | {"clipboard": 'it\'s "$(patched)"'}
    phone.reset(None)
    assert phone.state() == clean


def test_release_gives_the_keyboard_back(sim_phone):
    config = PhoneConfig(kind="attached", adb_server_port=sim_phone.adb.port)
    phone = AdbPhone(Line(AdbServer(port=sim_phone.adb.port), sim_phone.serial), config, kind="attached")
    before = phone.shell("settings get secure default_input_method")
    phone.prepare()
    assert "adbkeyboard" in phone.shell("settings get secure default_input_method")[1]
    phone.release()
    assert phone.shell("settings get secure default_input_method") == before


def test_shell_and_timeouts(phone):
    assert phone.shell("echo out; echo err >&2; exit 3") == (3, "out\nerr\n")
    started = time.monotonic()
    with pytest.raises(AdbTimeout):
        phone.shell("logcat", timeout_s=0.5)
    assert time.monotonic() - started < 10
    assert phone.broken


# --- as on real phones ---------------------------------------------------------------------------------------------
@pytest.fixture
def real(sim_phone):
    """A phone that does not tell that it is simulated: what happens to real ones happens to it."""
    made = []

    def make(**settings: Any) -> AdbPhone:
        config = PhoneConfig(kind="attached", adb_server_port=sim_phone.adb.port, **settings)
        phone = AdbPhone(Line(AdbServer(port=sim_phone.adb.port), sim_phone.serial), config, kind="attached")
        phone.info = phone.info.model_copy(update={"simulated": False})
        phone.observer = Observer(phone.line, config, simulated=False)
        made.append(phone)
        return phone

    yield make
    for phone in made:
        phone.release()


def test_every_way_of_looking_sees_the_same(real):
    phones = [real(screenshot=shot, ui_dump=tree) for shot in ("png", "raw") for tree in ("dump", "uiautomator2")]
    phones.append(real())
    for phone in phones:
        phone.open_app(CLOCK)
        seen = phone.settle()
        assert (seen.width, seen.package, seen.secure) == (1080, CLOCK, False)
        assert {"Alarm", "8:30"} & {node.text for node in seen.ui.walk()}
        phone.observer.close()
    pictures = {Image.open(io.BytesIO(phone.observe().png)).convert("RGB").tobytes() for phone in phones}
    assert len(pictures) == 1
    assert phones[-1].observer.ways[0] in ("png", "raw")
    assert phones[-1].observer.ways[1] == "uiautomator2"


def test_jpegs_of_uiautomator2(real):
    phone = real(screenshot="uiautomator2")
    phone.open_app(CLOCK)
    assert phone.settle().png.startswith(b"\x89PNG")


def test_uiautomator2_that_fails_is_given_up(real, monkeypatch):
    phone = real()
    monkeypatch.setattr(Uiautomator2, "_start", lambda _: (_ for _ in ()).throw(OSError("no jar")))
    assert phone.observe().ui is not None
    assert phone.observer.ways[1] == "uiautomator dump"
    asked_for = real(ui_dump="uiautomator2")
    with pytest.raises(UiDumpError, match="uiautomator2"):
        asked_for.observe()


def test_any_text_through_uiautomator2_without_an_adb_keyboard(real):
    phone = real(prepare=PrepareConfig(adb_keyboard=False), ui_dump="uiautomator2")
    phone.shell("ime set com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME")
    assert not phone.has_adb_keyboard
    phone.open_app(SETTINGS)
    phone.perform(Tap(at=find(phone, text="Search settings")))
    phone.perform(TypeText(text="old"))
    phone.perform(TypeText(text="时钟 🙂", clear=True))
    assert "时钟 🙂" in texts(phone)


def test_reset_of_a_phone_without_snapshots(real, tmp_path):
    home = f"/data/data/{CLOCK}"
    kept = real(reset="force_stop", app_data=str(tmp_path))
    kept.open_app(CLOCK)
    kept.reset(None, package=CLOCK)
    assert "launcher" in kept.observe().package
    kept.shell(f"mkdir -p {home}/files; echo saved > {home}/files/x")
    app_data.save(kept.line, CLOCK, tmp_path, 20)
    kept.shell(f"echo changed > {home}/files/x")
    real(reset="restore", app_data=str(tmp_path)).reset(None, package=CLOCK)
    assert kept.shell(f"cat {home}/files/x") == (0, "saved\n")


def test_reset_that_clears_the_apps_data(real):
    cleared = real(reset="clear")
    assert "07:30" in cleared.shell("simctl state")[1]
    cleared.reset(None, package=CLOCK)
    assert "07:30" not in cleared.shell("simctl state")[1]
    with pytest.raises(DeviceError, match="cannot be cleared"):
        cleared.reset(None, package="org.example.nothing")


def test_a_phone_that_is_turned(phone):
    phone.open_app(SETTINGS)
    phone.shell("settings put system accelerometer_rotation 0; settings put system user_rotation 1")
    seen = phone.settle()
    assert (seen.width, seen.height) == (2400, 1080)
    assert seen.ui.bounds.right == 2400
    phone.perform(Tap(at=find(phone, text="Search settings")))
    assert phone.settle().keyboard_shown


# --- providers -----------------------------------------------------------------------------------------------------
def test_sim_provider_replaces_a_dead_phone():
    with make_provider(PhoneConfig(count=1, call_timeout_s=10, **SMALL)) as provider:
        (slot,) = provider._slots
        with provider.lease() as phone:
            assert (phone.info.serial, phone.info.kind) == ("sim-1", "sim")
            first = phone.line.serial
            os.kill(slot._process.pid, signal.SIGKILL)
            with pytest.raises(DeviceLost) as caught:
                phone.observe()
            assert isinstance(caught.value, InfraError)
        with provider.lease() as phone:
            assert phone.line.serial != first
            assert phone.observe().width == 540
        server, process = provider.server, slot._process
    assert process.poll() is not None
    assert not server.running()


def test_a_phone_killed_in_the_middle_of_a_call_is_lost():
    with make_provider(PhoneConfig(count=1, **SMALL)) as provider, provider.lease() as phone:
        killer = threading.Timer(0.3, provider._slots[0]._process.kill)
        killer.start()
        with pytest.raises(DeviceLost):
            phone.shell("logcat", timeout_s=20)
        killer.join()


def test_a_phone_that_hangs_times_out_and_is_replaced():
    with make_provider(PhoneConfig(count=1, call_timeout_s=0.5, **SMALL)) as provider:
        with provider.lease() as phone:
            os.kill(provider._slots[0]._process.pid, signal.SIGSTOP)
            with pytest.raises(AdbTimeout):
                phone.observe()
        with provider.lease() as phone:
            assert phone.observe().width == 540


def test_a_killed_adb_server_is_started_again():
    with make_provider(PhoneConfig(count=1, **SMALL)) as provider:
        with provider.lease() as phone:
            provider.server.request("host:kill")
            with pytest.raises(DeviceLost):
                phone.observe()
        with provider.lease() as phone:
            assert phone.observe().width == 540


def test_leases_wait_for_a_free_phone():
    with make_provider(PhoneConfig(count=2, **SMALL)) as provider:
        assert provider.size == 2
        seen = []

        def episode() -> None:
            with provider.lease() as phone:
                seen.append(phone.observe().png)

        threads = [threading.Thread(target=episode) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert len(seen) == 6
        assert len(set(seen)) == 1


def test_nothing_is_left_behind_after_sigkill():
    script = textwrap.dedent(
        """
        import os, signal
        from phonebench.config import PhoneConfig
        from phonebench.device import make_provider
        with make_provider(PhoneConfig(count=1, width=540, height=1200, density=210)) as provider:
            print(provider._slots[0]._process.pid, provider.server.port, flush=True)
            os.kill(os.getpid(), signal.SIGKILL)
        """
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    pid, port = map(int, done.stdout.split())
    server = AdbServer(port=port)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and (server.running() or _alive(pid)):
        time.sleep(0.05)
    assert not server.running()
    assert not _alive(pid)


def _alive(pid: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return False


def test_attached(sim_phone):
    port = sim_phone.adb.port
    config = PhoneConfig(kind="attached", adb_server_port=port, serials=(sim_phone.serial,))
    with make_provider(config) as provider, provider.lease() as phone:
        assert (phone.info.kind, phone.info.simulated, phone.info.serial) == ("attached", True, sim_phone.serial)
        assert phone.observe().width == 1080
    assert sim_phone.shell("echo still here").stdout == b"still here\n"


def test_an_attached_phone_that_is_not_there(sim_phone):
    with pytest.raises(ConfigError, match="R5CT is not attached") as caught:
        make_provider(PhoneConfig(kind="attached", adb_server_port=sim_phone.adb.port, serials=("R5CT",)))
    assert sim_phone.serial in str(caught.value)


def test_avd_and_missing_adb_are_readable():
    with pytest.raises(ConfigError, match="no Android SDK at /nowhere"):
        make_provider(PhoneConfig(kind="avd", sdk_path="/nowhere"))
    with pytest.raises(MissingTool, match="adb_path"):
        make_provider(PhoneConfig(adb_path="/nowhere/adb"))


def test_a_phone_that_does_not_start_says_why():
    with pytest.raises(DeviceError, match="nowhere"), make_provider(PhoneConfig(world="nowhere", **SMALL)):
        pass


def test_preflight():
    checks = list(preflight(PhoneConfig(**SMALL)))
    assert [check.name for check in checks] == ["adb", "phones", "observation", "keyboard"]
    assert all(check.ok for check in checks)
    assert "simulated" in checks[2].found
    (failed,) = preflight(PhoneConfig(kind="avd", sdk_path="/nowhere"))
    assert not failed.ok
