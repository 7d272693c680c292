"""The unmodified uiautomator2 client against the simulated phone, over the real adb server."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import adbutils
import pytest
import uiautomator2 as u2
from phones import Adb, SimProcess
from PIL import Image
from uiautomator2.exceptions import UiObjectNotFoundError

CLOCK = "com.google.android.deskclock"
SETTINGS = "com.android.settings"


@pytest.fixture(scope="module")
def client(adb_server: Adb, sim_process: SimProcess) -> Iterator[u2.Device]:
    server = adbutils.AdbClient(host="127.0.0.1", port=adb_server.port)
    device = u2.connect(server.device(sim_process.serials[0]))
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
    d.app_start("com.google.android.contacts")
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
    d.app_stop(CLOCK)
    assert d.app_current()["package"] != CLOCK
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
    d.watcher.remove()
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
