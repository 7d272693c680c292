"""The unmodified uiautomator2 client against the simulated phone, over the real adb server."""

from __future__ import annotations

import inspect
import io
import json
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import adbutils
import pytest
import uiautomator2 as u2
from phones import Adb, SimProcess
from PIL import Image
from uiautomator2._input import InputMethodMixIn
from uiautomator2._selector import UiObject
from uiautomator2.exceptions import UiObjectNotFoundError
from uiautomator2.watcher import WatchContext, Watcher

CLOCK = "com.google.android.deskclock"
CONTACTS = "com.google.android.contacts"
NOT_CALLED = {
    "app_install",  # from the web
    "image", "screenrecord",  # need opencv; pictures of a video that the phone does not make
    "show_float_window",  # speaks to an app of the project's former versions
    "fastinput_ime", "set_fastinput_ime", "wait_fastinput_ime", "set_orientation", "make_toast",  # old names
    "click_post_delay", "debug", "jsonrpc", "jsonrpc_call", "sleep", "xpath", "watcher", "settings",  # the client's
    "child_selector", "from_parent", "parent",  # other names, and one that the client leaves open
    "call", "close", "triggering",  # of watchers, in the client alone
}  # fmt: skip
SETTINGS = "com.android.settings"


class QuickDevice(adbutils.AdbDevice):  # type: ignore[misc]
    """Without the 40 ms that each request of the client waits for an acknowledgement."""

    def create_connection(self, network: adbutils.Network, address: int | str) -> socket.socket:
        connected: socket.socket = super().create_connection(network, address)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected


@pytest.fixture(scope="module")
def client(adb_server: Adb, sim_process: SimProcess) -> Iterator[u2.Device]:
    server = adbutils.AdbClient(host="127.0.0.1", port=adb_server.port)
    device = u2.connect(QuickDevice(server, sim_process.serials[0]))
    yield device
    device.stop_uiautomator()


@pytest.fixture
def d(client: u2.Device, sim_phone: SimProcess) -> u2.Device:
    """The client, on a phone in its first state."""
    client.settings["wait_timeout"] = 2
    client.clear_toast()
    return client


def state(sim: SimProcess, path: str) -> object:
    done = sim.shell(f"simctl state --path '{path}'")
    assert done.returncode == 0, done
    return json.loads(done.stdout)


def test_the_server_lives_while_its_stream_is_open(adb_server: Adb, sim_process: SimProcess, client: u2.Device) -> None:
    assert client._check_alive()
    client.stop_uiautomator()
    assert not client._check_alive()
    with pytest.raises(adbutils.AdbError):  # refused as a port on which nothing listens
        client.adb_device.create_connection(adbutils.Network.TCP, 9008)
    client.start_uiautomator()
    assert client._check_alive()


def test_info_screen_and_dump(d: u2.Device) -> None:
    assert d.info["displayWidth"] == 1080
    assert d.info["displayHeight"] == 2400
    assert d.info["screenOn"] is True
    assert d.window_size() == (1080, 2400)
    assert d.screenshot().size == (1080, 2400)
    xml = d.dump_hierarchy()
    with Image.open(io.BytesIO(d.adb_device.shell("screencap -p", encoding=None))) as shot:
        assert shot.size == d.screenshot().size
    d.app_start(SETTINGS)
    assert d.dump_hierarchy() != xml
    shallow = d.dump_hierarchy(max_depth=2)
    assert 0 < shallow.count("<node") < d.dump_hierarchy().count("<node")
    assert d.dump_hierarchy(compressed=True, pretty=True).startswith("<?xml")


def test_selectors(d: u2.Device) -> None:
    d.app_start(CLOCK)
    bottom = d(text="Bedtime")
    assert bottom.exists
    assert bottom.info["packageName"] == CLOCK
    assert d(textContains="edtim").exists and d(textStartsWith="Bed").exists and d(textMatches="B.dtime").exists
    assert not d(textMatches="B.d").exists  # Java's matches is the whole text
    assert d(description="Add alarm").exists and d(descriptionMatches="Add .*").exists
    assert d(packageName=CLOCK).count == len(d(packageName=CLOCK)) > 5
    assert d(text="Bedtime", checked=True).exists is not d(text="Bedtime", checked=False).exists
    texts = [each.get_text() for each in d(className="android.widget.TextView")]
    assert texts[1] == d(className="android.widget.TextView", instance=1).get_text()
    assert texts[-1] == d(className="android.widget.TextView")[-1].get_text()
    assert d(text="Alarm").down(className="android.widget.TextView").exists
    assert d(text="Alarm").up(text="Bedtime") is None
    assert [info["text"] for info in d(className="android.widget.TextView").info_list()] == texts


def test_children_and_siblings(d: u2.Device) -> None:
    d.app_start(SETTINGS)
    rows = d(scrollable=True)
    assert rows.child(text="Apps").exists
    assert not rows.child(text="Apps").child(text="Apps").exists
    assert d(text="Apps").sibling(textContains="default apps").exists
    assert not d(text="Apps").sibling(text="Battery").exists
    assert rows.child(className="android.widget.TextView").count > 10
    third = rows.child(className="android.widget.TextView", instance=2).get_text()
    assert third == rows.child(className="android.widget.TextView")[2].get_text()
    row = rows.child_by_text("Apps", className="android.widget.LinearLayout")
    assert row.exists and row.info["className"] == "android.widget.LinearLayout"
    far = rows.child_by_text("System", allow_scroll_search=True, className="android.widget.TextView")
    assert far.get_text() == "System"
    assert rows.child_by_instance(0, className="android.widget.TextView").exists
    with pytest.raises(UiObjectNotFoundError):
        rows.child_by_text("Nowhere", className="android.widget.TextView")


def test_waiting_takes_the_phones_time_not_ours(d: u2.Device, sim_phone: SimProcess) -> None:
    before = state(sim_phone, "clock.epoch_ms")
    assert d(text="Nowhere").wait(timeout=30) is False
    assert state(sim_phone, "clock.epoch_ms") - before >= 30_000  # type: ignore[operator]
    assert d(text="Nowhere").wait_gone(timeout=5)
    with pytest.raises(UiObjectNotFoundError):
        d(text="Nowhere").click(timeout=1)
    with pytest.raises(UiObjectNotFoundError):
        d(text="Nowhere").info  # noqa: B018


def test_touches(d: u2.Device) -> None:
    d.app_start(CLOCK)
    d(text="Stopwatch").click()
    assert d(text="Stopwatch", selected=True).exists or d(description="Start").exists
    d(text="Alarm").click_exists()
    d.click(*d(text="Timer").center())
    assert d(text="Timer").exists
    d.double_click(0.5, 0.2)
    d.long_click(0.5, 0.5)
    d.swipe(0.5, 0.8, 0.5, 0.3)
    d.swipe_points([(500, 1500), (500, 1000), (500, 700)], 0.2)
    d.drag(500, 1500, 500, 900)
    x, y = d(text="Alarm").center()
    d.touch.down(x, y).up(x, y)
    assert d(description="Add alarm").exists
    assert d(text="Bedtime").gesture((1, 1), (2, 2), (3, 3), (4, 4)) is False  # one finger only


def test_scrolling(d: u2.Device) -> None:
    d.app_start(SETTINGS)
    rows = d(scrollable=True)
    assert not d(text="System").exists
    assert rows.scroll.to(text="System")
    assert d(text="System").exists
    assert rows.scroll.toBeginning()
    assert d(text="Network & internet").exists
    assert rows.scroll.vert.forward()
    assert rows.scroll.vert.backward()
    assert rows.fling.toEnd()
    assert not rows.fling.forward()
    assert rows.fling.toBeginning()
    d.swipe_ext("up")
    assert not d(text="Network & internet").exists
    assert d(scrollable=True).swipe("down") is None
    assert rows.scroll.to(text="Nowhere") is False


def test_typing_is_exact(d: u2.Device, sim_phone: SimProcess) -> None:
    text = "quotes \" ' $(reboot) `id` ; & ünïcode 你好 🎉"
    d.app_start(CONTACTS)
    d(description="Create contact").click()
    first = d(className="android.widget.EditText")
    first.set_text(text)
    assert first.get_text() == text
    first.clear_text()
    assert text not in first.get_text()
    first.click()
    d.send_keys("one")
    d.send_keys(" two")
    assert first.get_text() == "one two"
    d.send_keys("three", clear=True)
    assert first.get_text() == "three"
    d.clear_text()
    assert "three" not in first.get_text()
    d.clipboard = text
    assert d.clipboard == text


def test_keys_and_screen(d: u2.Device) -> None:
    d.app_start(CLOCK)
    for key in ("back", "home", "recent", "back", "volume_up", "menu", "search", "enter", "delete"):
        d.press(key)
    d.press(3)
    d.press(0x1D, 0x1000)
    d.keyevent("home")
    d.long_press("home")
    d.screen_off()
    assert d.info["screenOn"] is False
    d.screen_on()
    assert d.info["screenOn"] is True
    d.unlock()
    assert d.open_notification()
    assert d.open_quick_settings()
    d.press("back")
    d.press("back")


def test_the_clients_own_keyboard(d: u2.Device, sim_phone: SimProcess) -> None:
    """It installs an archive of its own, chooses the keyboard in it, and types by broadcasts."""
    d.app_start(CONTACTS)
    d(description="Create contact").click()
    first = d(className="android.widget.EditText")
    first.click()
    assert not d.is_input_ime_installed()
    d.set_input_ime()
    assert d.is_input_ime_installed()
    assert d.current_ime() == "com.github.uiautomator/.AdbKeyboard"
    InputMethodMixIn.send_keys(d, "你好 🎉 $(x)")
    assert first.get_text() == "你好 🎉 $(x)"
    assert state(sim_phone, "keyboard.shown") is False
    first.click()
    d.clear_text()
    assert "你好" not in first.get_text()
    d.send_action("done")
    first.click()
    assert state(sim_phone, "keyboard.shown") is True
    d.hide_keyboard()
    assert state(sim_phone, "keyboard.shown") is False
    d.set_input_ime(False)
    assert d.current_ime() != "com.github.uiautomator/.AdbKeyboard"
    assert d.app_uninstall("com.github.uiautomator")
    assert not d.is_input_ime_installed()


def test_facts_and_files(d: u2.Device, tmp_path: Path) -> None:
    assert d.device_info["model"] == "Pixel 7 Pro"
    assert d.wlan_ip and d.serial
    d.show_touch_trace()
    assert d.shell("settings get system show_touches").output.strip() == "1"
    (tmp_path / "a").write_bytes(b"\0\1")
    d.push(str(tmp_path / "a"), "/sdcard/a")
    d.pull("/sdcard/a", str(tmp_path / "b"))
    assert (tmp_path / "b").read_bytes() == b"\0\1"
    assert d.implicitly_wait(2) == 2 == d.wait_timeout
    assert d.pos_rel2abs(0.5, 0.5) == (540, 1200)
    d.clear_traversed_text()
    d.set_clipboard("é", "label")
    assert d.clipboard == "é"
    d.reset_uiautomator()
    assert d.info["displayWidth"] == 1080


def test_more_of_objects(d: u2.Device) -> None:
    d.app_start(CLOCK)
    tab = d(text="Bedtime")
    left, top, right, bottom = tab.bounds()
    assert left < tab.center()[0] < right and top < tab.center()[1] < bottom
    assert tab.screenshot().size == (right - left, bottom - top)
    assert d(text="Timer").left(className="android.widget.TextView").get_text() == "Clock"
    assert d(text="Clock").right(className="android.widget.TextView").get_text() == "Timer"
    assert tab.drag_to(500, 500, duration=0.1) is True
    assert tab.drag_to(text="Clock", duration=0.1) is True
    assert tab.pinch_in(steps=5) is tab.pinch_out(steps=5) is False  # one finger only
    tab.must_wait(timeout=1)
    with pytest.raises(UiObjectNotFoundError):
        d(text="Nowhere").must_wait(timeout=0.1)
    d(text="Alarm").click()
    with pytest.raises(UiObjectNotFoundError):
        d(packageName=CLOCK).child_by_description("Nowhere", className="android.widget.TextView")
    add = d(packageName=CLOCK).child_by_description("Add alarm", className=d(description="Add alarm").info["className"])
    assert add.info["contentDescription"] == "Add alarm"
    add.click()
    assert d(text="Cancel").click_gone(maxretry=2, interval=0.01) is True


def test_every_public_call_is_tried() -> None:
    own = Path(__file__).read_text()
    for cls in (u2.Device, UiObject, Watcher, WatchContext):
        names = {name for name, _ in inspect.getmembers(cls) if not name.startswith("_")}
        missing = {name for name in names - NOT_CALLED if not re.search(rf"\.{name}\b", own)}
        assert not missing, f"{cls.__name__}: {sorted(missing)}"


def test_turning(d: u2.Device) -> None:
    assert d.orientation == "natural"
    d.orientation = "l"
    assert (d.orientation, d.window_size()) == ("left", (2400, 1080))
    d.freeze_rotation()
    assert d.orientation == "left"
    d.freeze_rotation(False)
    assert d.orientation == "natural"


def test_toasts_outlive_their_time(d: u2.Device) -> None:
    assert d.toast.get_message(0, default="none") == "none"
    d.toast.show("well done", 1.0)
    assert d(text="Nowhere").wait(timeout=20) is False
    assert d.toast.get_message(0) == "well done"
    d.clear_toast()
    assert d.last_toast is None
    assert d.last_traversed_text is None


def test_apps(d: u2.Device) -> None:
    d.app_start(CLOCK, wait=True)
    assert d.app_current()["package"] == CLOCK
    assert CLOCK in d.app_list()
    assert CLOCK in d.app_list_running()
    assert d.app_wait(CLOCK, timeout=1, front=True)
    assert d.app_info(CLOCK)["versionName"]
    assert d.wait_activity(d.app_current()["activity"], timeout=1)
    d.app_stop(CLOCK)
    assert d.app_current()["package"] != CLOCK
    d.app_start(SETTINGS)
    assert SETTINGS in d.app_stop_all(excludes=[CLOCK])
    assert d.app_current()["package"] != SETTINGS
    assert d.app_uninstall("no.such.app") is False
    assert d.app_uninstall_all(excludes=d.app_list()) == []
    d.app_clear(CLOCK)
    d.app_auto_grant_permissions(CLOCK)
    d.open_url("https://example.com")
    with d.session(CLOCK) as session:
        assert session.running()
        assert session(text="Alarm").exists
    assert d.shell("false").exit_code == 1


def test_xpath_and_watchers(d: u2.Device) -> None:
    d.app_start(CLOCK)
    assert d.xpath("//*[@text='Bedtime']").exists
    d.xpath("Timer").click()
    assert d.xpath("//android.widget.TextView").all()
    d.watcher.when("Alarm").click()
    d.watcher.run()
    d.watcher.start(0.05)
    assert d.watcher.running()
    d.watcher.stop()
    d.watcher.reset()
    d.watcher.remove()
    with d.watch_context() as watched:
        watched.when("Alarm").click()
        watched.wait_stable(seconds=0.05, timeout=1)
    assert d(description="Add alarm").exists


def test_a_task_is_solved_by_a_script(d: u2.Device, sim_phone: SimProcess) -> None:
    d.app_start("us.zoom.videomeetings")
    d.app_start(CLOCK)
    d(text="Alarm").click()
    before = state(sim_phone, "length(apps.clock.alarms)")
    d(description="Add alarm").click()
    d(text="OK").click()
    assert state(sim_phone, "length(apps.clock.alarms)") == before + 1  # type: ignore[operator]


def test_through_a_forwarded_port(d: u2.Device, adb_server: Adb, sim_phone: SimProcess) -> None:
    import urllib.request

    port = int(adb_server.run("-s", sim_phone.serials[0], "forward", "tcp:0", "tcp:9008").stdout)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/ping", timeout=5) as answer:
        assert answer.read() == b"pong"
