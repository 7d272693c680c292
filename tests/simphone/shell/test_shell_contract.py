"""Every row of sections 2 to 4 of the adb contract, as its clients send and read it."""

import hashlib
import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from PIL import Image

from simphone.shell.session import run_sync

CLOCK = "com.google.android.deskclock"
CLOCK_ACTIVITY = f"{CLOCK}/com.android.deskclock.DeskClock"
LAUNCHER = "com.google.android.apps.nexuslauncher"
EDIT_TEXT = {"class": "android.widget.EditText"}
ADB_IME = "com.android.adbkeyboard/.AdbIME"

# (command, status, what stdout must match in full); {W}, {H} and {D} stand for the display's width, height and density.
ROWS = [
    # --- screen, input, state
    ("screencap -p /sdcard/X.png", 0, ""),
    ("uiautomator dump /sdcard/ui.xml", 0, r"UI hierchary dumped to: /sdcard/ui\.xml\n"),
    ("uiautomator dump", 0, r"UI hierchary dumped to: /sdcard/window_dump\.xml\n"),
    ("rm -f /sdcard/t.xml; uiautomator dump /sdcard/t.xml && echo success", 0, r".*\nsuccess\n"),
    ("wm size", 0, r"Physical size: {W}x{H}\n"),
    ("wm density", 0, r"Physical density: {D}\n"),
    ("wm size 600x1200", 0, ""),
    ("wm size 600x1200; wm size; wm size reset; wm size", 0, r"Physical.*\nOverride size: 600x1200\nPhysical.*\n"),
    ("input tap 10 20", 0, ""),
    ("input tap 10.5 20.25", 0, ""),
    ("input swipe 100 900 100 300 ", 0, ""),
    ("input swipe 100 900 100 300 500", 0, ""),
    ("input swipe 1 2 3 4 ", 0, ""),
    ("input draganddrop 10 20 30 40 500", 0, ""),
    ("input -d 0 tap 10 20", 0, ""),
    ("input touchscreen swipe 1 2 3 4 100", 0, ""),
    ("input keyevent 4", 0, ""),
    ("input keyevent KEYCODE_HOME", 0, ""),
    ("input keyevent HOME", 0, ""),
    ("input keyevent VOLUME_UP", 0, ""),
    ("input keyevent 224", 0, ""),
    ("input keyevent --press " + "67 " * 100, 0, ""),
    ("input keyevent --longpress 3", 0, ""),
    ("input keycombination 113 29 && input keyevent 67", 0, ""),
    (r"input text wor\'ld%s\$5\(a\)", 0, ""),
    ("input roll 1 1; input press", 0, ""),
    ("am broadcast -a ADB_INPUT_B64 --es msg aGk=", 0, r"Broadcasting: Intent \{.*\}\nBroadcast completed: result=0\n"),
    ("am broadcast -a ADB_INPUT_B64 --es msg ", 0, r"Broadcasting: Intent \{.*\}\nBroadcast completed: result=0\n"),
    ("am broadcast -a ADB_CLEAR_TEXT", 0, r"Broadcasting: .*\nBroadcast completed: result=0\n"),
    ("settings get secure default_input_method", 0, r"[\w.]+/[\w.]+\n"),
    (f"ime enable {ADB_IME}", 0, r".+\n"),
    (f"ime set {ADB_IME}", 0, rf"Input method {ADB_IME} selected for user #0\n"),
    ("ime list -s", 0, rf"(.+\n)*{ADB_IME}\n(.+\n)*"),
    ("ime list -s -a", 0, rf"(.+\n)*{ADB_IME}\n(.+\n)*"),
    (
        "dumpsys window | grep mCurrentFocus | awk -F/ '{print $1}' | awk '{print $NF}'",
        0,
        rf"{LAUNCHER}\n",
    ),
    ("dumpsys window | grep -c mCurrentFocus", 0, r"1\n"),
    ("dumpsys window | grep mCurrentRotation", 0, r"\s+mCurrentRotation=ROTATION_0\n"),
    ("dumpsys input | grep -E '^ +(SurfaceOrientation|InputDeviceOrientation): +0'", 0, r"(.+\n)+"),
    ("dumpsys input | grep logicalFrame", 0, r".*logicalFrame=\[0, 0, {W}, {H}\].*\n"),
    ("dumpsys input | grep physicalFrame", 0, r".*physicalFrame=\[0, 0, {W}, {H}\].*\n"),
    ("dumpsys display | grep -m1 orientation=", 0, r".*orientation=0.*\n"),
    ("dumpsys power | grep mHoldingDisplaySuspendBlocker", 0, r"\s+mHoldingDisplaySuspendBlocker=true\n"),
    ("input keyevent 223; dumpsys power | grep mHoldingDisplay", 0, r"\s+mHoldingDisplaySuspendBlocker=false\n"),
    ("dumpsys battery | grep level", 0, r"  level: 100\n"),
    ("dumpsys SurfaceFlinger --display-id", 0, r"Display 4619827259835644672 \(HWC display 0\): .*\n"),
    ("dumpsys telephony.registry | grep mCallState", 0, r"\s+mCallState=0\n"),
    ("dumpsys input_method | grep -o mInputShown=false", 0, r"mInputShown=false\n"),
    # --- apps, activities, settings
    (f"monkey -p {CLOCK} -c android.intent.category.LAUNCHER 1", 0, r"(.*\n)*Events injected: 1\n(.*\n)*"),
    (f"monkey -p {CLOCK} -candroid.intent.category.LAUNCHER 1", 0, r"(.*\n)*Events injected: 1\n(.*\n)*"),
    (f"monkey -p {CLOCK} 1", 0, r"(.*\n)*Events injected: 1\n(.*\n)*"),
    ("monkey -p no.such.app 1", 252, r"\*\* No activities found to run, monkey aborted\.\n"),
    (f"am start  -W -n {CLOCK_ACTIVITY}", 0, r"Starting: Intent \{ cmp=.* \}\nStatus: ok\n(.*\n)*Complete\n"),
    (f"am start -n {CLOCK_ACTIVITY} --es a b --ez c true --ei d 1", 0, r"Starting: Intent \{ .* \(has extras\) \}\n"),
    (
        f"am start -a android.intent.action.MAIN -c android.intent.category.LAUNCHER -n {CLOCK_ACTIVITY}",
        0,
        r"Starting: Intent \{ act=android.intent.action.MAIN cat=\[android.intent.category.LAUNCHER\] .*\n",
    ),
    ("am start -a android.settings.WIFI_SETTINGS", 0, r"Starting: Intent \{ act=android.settings.WIFI_SETTINGS \}\n"),
    ("am start -n no.such/.Thing", 1, r"Starting: .*\n"),
    ("am force-stop com.android.settings", 0, ""),
    ("am stack list | grep -E visible=true", 0, r"  taskId=\d+: .* visible=true .*\{[^{}]+\}\n"),
    ("am stack remove 99", 0, ""),
    ("am task lock 1", 0, ""),
    (
        "am broadcast -a clipper.set -e text hello; am broadcast -a clipper.get",
        0,
        r'(.*\n)*.*result=-1, data="hello"\n',
    ),
    ("am get-current-user", 0, r"0\n"),
    ("pm list packages", 0, rf"(package:[\w.]+\n)*package:{CLOCK}\n(package:[\w.]+\n)*"),
    ("pm list packages -3 ''", 0, r"(package:[\w.]+\n)+"),
    (f"pm list packages {CLOCK}", 0, rf"package:{CLOCK}\n"),
    (f"pm path {CLOCK}", 0, r"package:/.*/base\.apk\n"),
    ("pm path no.such", 1, ""),
    (f"pm clear {CLOCK}", 0, r"Success\n"),
    (f"pm grant {CLOCK} android.permission.CAMERA", 0, ""),
    ("pm install -r -t /sdcard/none.apk", 255, ""),
    ("printf 'PK\\003\\004rest' > /sdcard/a.apk; pm install -r -t /sdcard/a.apk", 0, r"Success\n"),
    ("pm uninstall com.booking; pm list packages com.booking", 0, r"Success\n"),
    ("pm uninstall no.such", 1, r"Failure \[.*\]\n"),
    ("settings get system time_12_24", 0, r"12\n"),
    ("settings get secure no_such_key", 0, r"null\n"),
    ("settings put global policy_control null*; settings get global policy_control", 0, r"null\*\n"),
    ("settings put global a immersive.full=*; settings get global a", 0, r"immersive\.full=\*\n"),
    ("settings put global a 1; settings delete global a; settings get global a", 0, r"Deleted 1 rows\nnull\n"),
    ("settings list global | grep zen_duration", 0, r"zen_duration=.*\n"),
    ("svc wifi disable; settings get global wifi_on; svc wifi enable; settings get global wifi_on", 0, r"0\n1\n"),
    ("svc bluetooth disable; settings get global bluetooth_on", 0, r"0\n"),
    ("cmd connectivity airplane-mode enable; settings get global airplane_mode_on", 0, r"1\n"),
    (f"appops set {CLOCK} android:system_alert_window allow", 0, ""),
    ("restorecon -RD /data/data; chcon u:object_r:x:s0 /sdcard", 0, ""),
    ("service call alarm 3 s16 UTC; getprop persist.sys.timezone", 0, r"Result: Parcel\(.*\)\nUTC\n"),
    ("content query --uri content://sms/sent", 0, r"No result found\.\n"),
    (
        "content insert --uri content://sms/inbox --bind address:s:555 --bind body:s:hi; "
        "content query --uri content://sms/inbox --projection address:body",
        0,
        r"Row: 0 address=555, body=hi\n",
    ),
    ("content delete --uri content://call_log/calls", 0, ""),
    ("getprop init.svc.bootanim", 0, r"stopped\n"),
    ("getprop sys.boot_completed", 0, r"1\n"),
    ("getprop ro.build.version.sdk; getprop ro.build.version.release", 0, r"33\n13\n"),
    ("getprop persist.sys.timezone", 0, r"Asia/Shanghai\n"),
    ("getprop ro.simphone.version", 0, r".+\n"),
    ("getprop", 0, r"(\[.*\]: \[.*\]\n)+"),
    ("whoami; su 0 whoami; su root whoami", 0, r"root\nroot\nroot\n"),
    ("date +%s", 0, r"1715313600\n"),
    ("date +%H:%M:%S", 0, r"12:00:00\n"),
    ("date 051013452024.30; date +%H:%M:%S", 0, r".*\n13:45:30\n"),
    ("date 2024-05-11 12:00:00", 0, r"Sat May 11 12:00:00 CST 2024\n"),
    ("ip route", 0, r".* src 10\.0\.2\.16 \n"),
    ("ip addr show wlan0 | grep 'inet '", 0, r"\s+inet 10\.0\.2\.16/24 .*\n"),
    ("ip addr show dev wlan0 | grep 'inet '", 0, r"\s+inet 10\.0\.2\.16/24 .*\n"),
    ("ifconfig wlan0 | grep inet", 0, r"\s+inet addr:10\.0\.2\.16 .*\n"),
    # --- files and shell language
    ('if [ -f "/sdcard" ]; then\n  echo "Exists"\nelse\n  echo "Does not exist"\nfi', 0, r"Does not exist\n"),
    ('if [ -d "/sdcard" ]; then\n  echo "Exists"\nelse\n  echo "Does not exist"\nfi', 0, r"Exists\n"),
    ("ls -1 /sdcard/DCIM", 0, r"Camera\n"),
    ("ls /sdcard/none", 1, ""),
    ("mkdir -p /sdcard/a/b && ls /sdcard/a", 0, r"b\n"),
    (r"mkdir /sdcard/x\ y; rm -r /sdcard/x\ y; ls -d /sdcard/x*", 1, ""),
    ("mkdir /sdcard/q; touch /sdcard/q/1 /sdcard/q/2; rm -r /sdcard/q/*; ls /sdcard/q", 0, ""),
    (
        "mkdir -p /sdcard/s/t /sdcard/d; echo 1 > /sdcard/s/t/f; cp -a /sdcard/s/. /sdcard/d/; cat /sdcard/d/t/f",
        0,
        r"1\n",
    ),
    ("touch /sdcard/f; chmod 777 -R /sdcard/f; chmod 777 /sdcard/f; stat -c %a /sdcard/f", 0, r"777\n"),
    ("touch /sdcard/f; stat -c %y /sdcard/f", 0, r"2024-05-10 12:00:00\.000000000 \+0800\n"),
    ("touch /sdcard/f; test -f /sdcard/f && echo exists", 0, r"exists\n"),
    ("""echo 'it'"'"'s' > /sdcard/f; cat /sdcard/f""", 0, r"it's\n"),
    ("mkdir /sdcard/w; touch /sdcard/w/a; find /sdcard/w -type f -o -type d", 0, r"/sdcard/w\n/sdcard/w/a\n"),
    ("mkdir /sdcard/w; touch /sdcard/w/a; find /sdcard/w -mindepth 1 -type f -delete; ls /sdcard/w", 0, ""),
    ("cat < /dev/null; echo hi 2>&1", 0, r"hi\n"),
    (
        "sqlite3 /sdcard/x.db 'create table t(a); insert into t values(7)'; sqlite3 /sdcard/x.db 'select * from t'",
        0,
        r"7\n",
    ),
    ("sqlite3 -json /sdcard/x.db \"select 1 as a, 'b;c' as d\"", 0, r'\[\{"a":1,"d":"b;c"\}\]\n'),
    ("export ANDROID_LOG_TAGS=\"''\"; exec logcat '-b' 'all' '-c'", 0, ""),
    ("export X=\"1\"; Y=2 env | grep -E '^(X|Y)='", 0, r"X=1\nY=2\n"),
]


@pytest.mark.parametrize(("command", "status", "pattern"), ROWS, ids=range(len(ROWS)))
def test_row(sh, phone, command, status, pattern):
    display = phone.state["display"]
    for name, key in (("{W}", "width"), ("{H}", "height"), ("{D}", "density")):
        pattern = pattern.replace(name, str(display[key]))
    got, out, err = sh(command)
    assert (got, bool(re.fullmatch(pattern, out))) == (status, True), (out, err)


def test_screencap_writes_a_png_and_says_nothing(phone):
    status, out, err = run_sync(phone, "screencap -p")
    image = Image.open(io.BytesIO(out))
    assert (status, image.format, image.size, err) == (0, "PNG", (720, 1560), b"")
    run_sync(phone, "screencap -p /sdcard/X.png")
    assert phone.files.load("/sdcard/X.png") == out


def test_raw_screencap_has_its_header(phone):
    _, out, _ = run_sync(phone, "screencap")
    assert struct.unpack("<4I", out[:16]) == (720, 1560, 1, 0)
    assert len(out) == 16 + 720 * 1560 * 4


def test_a_dump_has_every_attribute(phone):
    run_sync(phone, "uiautomator dump")
    _, out, _ = run_sync(phone, "cat /sdcard/window_dump.xml")
    assert out.startswith(b"<?xml")
    root = ET.fromstring(out)
    assert (root.tag, root.get("rotation")) == ("hierarchy", "0")
    names = {
        "index", "text", "resource-id", "class", "package", "content-desc", "checkable", "checked", "clickable",
        "enabled", "focusable", "focused", "scrollable", "long-clickable", "password", "selected", "bounds",
    }  # fmt: skip
    nodes = list(root.iter("node"))
    assert nodes and all(names <= set(node.attrib) for node in nodes)


def test_a_dump_to_the_terminal_comes_with_the_words_after_it(sh):
    _, out, _ = sh("uiautomator dump --compressed /dev/tty")
    assert out.startswith("<?xml") and out.endswith("</hierarchy>UI hierchary dumped to: /dev/tty\n")


def test_focus_lines_as_each_client_reads_them(sh):
    sh(f"am start -n {CLOCK_ACTIVITY}")
    _, window, _ = sh("dumpsys window windows")
    assert re.search(rf"mCurrentFocus=Window{{.*\s+{re.escape(CLOCK_ACTIVITY)}\}}", window)
    assert any("mFocusedApp" in line and CLOCK in line for line in window.splitlines())
    _, activities, _ = sh("dumpsys activity activities")
    found = re.search(
        r"mResumedActivity: ActivityRecord{.*\s+(?P<package>[^\s]+)/(?P<activity>[^\s]+)\s[^\s]+\s*\}", activities
    )
    assert found and found["package"] == CLOCK
    _, top, _ = sh("dumpsys activity top")
    assert re.search(rf"ACTIVITY {re.escape(CLOCK_ACTIVITY)} \w+ pid=\d+", top)


def test_every_id_in_recents_is_a_task_that_can_be_removed(sh, phone):
    sh(f"am start -n {CLOCK_ACTIVITY}; am start -a android.settings.SETTINGS")
    _, recents, _ = sh("dumpsys activity recents")
    ids = {int(number) for number in re.findall(r"id=(\d+)", recents)}
    assert ids == {task["id"] for task in phone.state["tasks"] if task["app"] != "launcher"}
    for number in ids:
        assert sh(f"am stack remove {number}") == (0, "", "")
    assert not re.findall(r"id=\d+", sh("dumpsys activity recents")[1])


def test_package_facts(sh):
    _, out, _ = sh(f"dumpsys package {CLOCK}")
    for pattern in (
        r"versionName=\S+",
        r"versionCode=\d+",
        r"targetSdk=\d+",
        r"pkgFlags=\[ .* \]",
        r"firstInstallTime=\S+ \S+",
        r"PackageSignatures\{.*\[\w+\].*\}",
    ):
        assert re.search(pattern, out), pattern
    sh(f"pm revoke {CLOCK} android.permission.POST_NOTIFICATIONS")
    assert "android.permission.POST_NOTIFICATIONS: granted=false" in sh(f"dumpsys package {CLOCK}")[1]


def test_theme_overlays_are_json_with_a_timestamp(sh):
    _, out, _ = sh("settings get secure theme_customization_overlay_packages")
    assert "_applied_timestamp" in json.loads(out)


def test_date_reads_back(sh):
    _, out, _ = sh("TZ=UTC date")
    assert datetime.strptime(out.strip(), "%a %b %d %H:%M:%S %Z %Y") == datetime(2024, 5, 10, 4)
    assert sh("date")[1] == "Fri May 10 12:00:00 CST 2024\n"


def test_processes_have_nine_columns(sh):
    sh(f"am start -n {CLOCK_ACTIVITY}")
    _, out, _ = sh("ps -A")
    head, *rows = out.splitlines()
    assert len(head.split()) == 9 and all(len(row.split()) == 9 for row in rows)
    pid = next(row.split()[1] for row in rows if row.split()[-1] == CLOCK)
    assert sh(f"pidof {CLOCK}")[1] == f"{pid}\n"


def test_the_long_listing_has_nine_fields_and_nanoseconds(sh):
    sh("touch -d '2023-11-28 23:17:43' '/sdcard/Music/a b'")
    _, out, _ = sh("ls /sdcard/Music -ll -au")
    row = next(line for line in out.splitlines() if line.endswith("a b"))
    assert re.split(r"\s+", row, maxsplit=8) == [
        "-rw-rw----", "1", "u0_a158", "media_rw", "0", "2023-11-28", "23:17:43.000000000", "+0800", "a b",
    ]  # fmt: skip


def test_hashes(sh, phone):
    phone.files.write("/data/local/tmp/u2.jar", b"jar")
    digest = hashlib.md5(b"jar", usedforsecurity=False).hexdigest()
    assert sh("toybox md5sum /data/local/tmp/u2.jar")[1] == f"{digest}  /data/local/tmp/u2.jar\n"


def test_alarms_are_a_real_database_that_cannot_be_written(sh):
    path = f"/data/user_de/0/{CLOCK}/databases/alarms.db"
    status, out, _ = sh(
        f'su 0 sqlite3 {path} "SELECT hour,minutes,enabled,daysofweek FROM alarm_templates ORDER BY hour"'
    )
    assert (status, out.splitlines()[0]) == (0, "7|30|1|31")
    status, _, err = sh(f"sqlite3 {path} 'delete from alarm_templates'")
    assert status != 0 and "readonly" in err
    assert "time:1715328000000" in sh("dumpsys alarm")[1]


def test_streamed_install_reads_its_bytes_from_stdin(sh):
    package = b"PK\x03\x04" + b"x" * 100_000
    assert sh(f"cmd package 'install' '-r' -S {len(package)}", package)[1] == "Success\n"
    assert "Failure" in sh("cmd package 'install' -S 9", b"not a zip")[1]


def find(sh, **wanted: str) -> str:
    """Centre of the first node of the dump with these attributes, as "x y"."""
    _, out, _ = sh("uiautomator dump /dev/tty")
    for node in ET.fromstring(out[: out.index("UI hierchary")]).iter("node"):
        if all(node.get(name.replace("_", "-")) == value for name, value in wanted.items()):
            left, top, right, bottom = map(int, re.findall(r"\d+", node.get("bounds")))
            return f"{(left + right) // 2} {(top + bottom) // 2}"
    raise AssertionError(f"no node {wanted}")


@pytest.fixture
def field(sh):
    """A text field with the focus."""
    sh("am start -a android.settings.SETTINGS")
    sh(f"input tap {find(sh, text='Search settings')}")
    sh(f"input tap {find(sh, **EDIT_TEXT)}")
    assert sh("dumpsys input_method | grep -q mInputShown=true")[0] == 0


@pytest.mark.usefixtures("field")
@pytest.mark.parametrize(
    ("command", "shown"),
    [
        (r"input text wor\'ld%s\$5\(a\)", "wor'ld $5(a)"),
        ("am broadcast -a ADB_INPUT_B64 --es msg 5L2g5aW9", "\u4f60\u597d"),
        ("am broadcast -a ADB_INPUT_TEXT --es msg 'a b'", "a b"),
        ("am broadcast -a ADB_INPUT_CHARS --eia chars '97,32,22909'", "a \u597d"),
        ("am broadcast -a ADB_INPUT_TEXT --es msg abc; am broadcast -a ADB_INPUT_CODE --ei code 67", "ab"),
        ("input text abc; input keycombination 113 29 && input keyevent 67; input text x", "x"),
        ("input text abc; am broadcast -a ADB_CLEAR_TEXT; input text y", "y"),
        ("input keyevent KEYCODE_H I", "hi"),
    ],
)
def test_what_is_sent_is_typed(sh, command, shown):
    sh(f"ime set {ADB_IME}")
    assert sh(command)[0] == 0
    find(sh, **EDIT_TEXT, text=shown)


@pytest.mark.usefixtures("field")
def test_the_adb_keyboard_must_be_chosen_first(sh):
    sh("am broadcast -a ADB_INPUT_TEXT --es msg hidden")
    with pytest.raises(AssertionError):
        find(sh, text="hidden")


@pytest.mark.parametrize(
    ("command", "message"),
    [
        ("input tap a b", 'java.lang.NumberFormatException: For input string: "a"'),
        ("input tap nan 1", "NumberFormatException"),
        ("input tap 1", "Error: Invalid arguments for command: tap"),
        ("input text ü", "java.lang.NullPointerException"),
        ("input nothing", "Unknown command: nothing"),
        ("settings get nowhere x", "Invalid namespace"),
        ("am start --ei a b", "NumberFormatException"),
        ("ime set no/.Such", "Unknown input method"),
    ],
)
def test_bad_input_is_told(sh, command, message):
    status, out, err = sh(command)
    assert status == 255 and message in err, (status, out, err)
