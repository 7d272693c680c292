"""Phones of the user's: what is set on them for a run, what is set back, and what survives a crash."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from phonebench.cli import main
from phonebench.config import PhoneConfig
from phonebench.device import app_data, make_provider
from phonebench.device.adb import AdbServer, Line, Reply
from phonebench.device.journal import Change, Journal
from phonebench.device.keyboard import ADB_KEYBOARD
from phonebench.device.prepare import Preparation, locked
from phonebench.schema.errors import DeviceError, MissingTool, UserError

GBOARD = "com.google.android.inputmethod.latin/com.android.inputmethod.latin.LatinIME"
SETTINGS = {
    "window_animation_scale": "global", "transition_animation_scale": "global", "animator_duration_scale": "global",
    "stay_on_while_plugged_in": "global", "screen_off_timeout": "system", "auto_time": "global",
    "auto_time_zone": "global", "default_input_method": "secure",
}  # fmt: skip
FULL = {
    "date": "2025-08-18T09:30:00",
    "zone": "Europe/Berlin",
    "locale": "zh-CN",
    "location": {"latitude": 52.5, "longitude": 13.4},
}


@pytest.fixture
def line(sim_phone) -> Line:
    return Line(AdbServer(port=sim_phone.adb.port), sim_phone.serial)


@pytest.fixture
def journal(line: Line) -> Iterator[Journal]:
    journal = Journal.of(line.serial)
    yield journal
    journal.path.unlink(missing_ok=True)


def config(line: Line, **settings: Any) -> PhoneConfig:
    return PhoneConfig(kind="attached", adb_server_port=line.server.port, serials=(line.serial,), **settings)


def facts(line: Line) -> dict[str, str]:
    """Everything that preparing may change, but for the clock."""
    found = {name: line.run(f"settings get {space} {name}").text.strip() for name, space in SETTINGS.items()}
    return found | {name: line.run(f"getprop persist.sys.{name}").text.strip() for name in ("timezone", "locale")}


def ahead_s(line: Line) -> float:
    return int(line.run("date +%s").text) - time.time()


def test_everything_is_set_and_set_back(line, journal):
    line.run(f"ime enable {GBOARD}; ime set {GBOARD}; settings delete global stay_on_while_plugged_in")
    before, ahead = facts(line), ahead_s(line)
    preparation = Preparation(line, config(line, prepare=FULL), journal)
    preparation.apply()
    preparation.apply()  # before every episode
    assert preparation.notes == ()
    now = facts(line)
    assert now["default_input_method"] == ADB_KEYBOARD
    assert (now["timezone"], now["locale"], now["animator_duration_scale"]) == ("Europe/Berlin", "zh-CN", "0")
    assert line.run("date +%FT%T").text.startswith("2025-08-18T09:3")
    assert journal.path.is_file()
    preparation.restore()
    assert facts(line) == before
    assert abs(ahead_s(line) - ahead) < 60
    assert not journal.path.exists()


def test_the_next_run_sets_back_what_a_killed_one_left(line, journal):
    before = facts(line)
    Preparation(line, config(line), journal).apply()
    killed = facts(line)
    assert killed != before
    with make_provider(config(line)):
        assert facts(line) == killed
    assert facts(line) == before


def test_a_phone_that_is_gone_is_set_back_next_time(line, journal, monkeypatch):
    before = facts(line)
    run = Line.run
    with make_provider(config(line)):
        monkeypatch.setattr(Line, "run", lambda *_, **__: (_ for _ in ()).throw(DeviceError("gone")))
    monkeypatch.setattr(Line, "run", run)
    assert facts(line) != before
    assert Journal.of(line.serial).changes
    with make_provider(config(line)):
        pass
    assert facts(line) == before


def test_nothing_is_set_that_is_not_wanted(line, journal):
    off = {"adb_keyboard": False, "animations": True, "stay_awake": False}
    listing = "; ".join(f"settings list {space}" for space in ("global", "secure", "system"))
    before = line.run(listing).text
    preparation = Preparation(line, config(line, prepare=off), journal)
    preparation.apply()
    assert line.run(listing).text == before
    assert journal.changes == ()
    preparation.restore()


def test_a_journal_keeps_what_was_first_and_survives_damage(tmp_path: Path):
    journal = Journal(tmp_path / "a.json", "a")
    journal.note(Change(kind="setting", key="global/x", old="1"))
    journal.note(Change(kind="setting", key="global/x", old="0"))
    journal.note(Change(kind="zone", old=None))
    assert [change.old for change in Journal(tmp_path / "a.json", "a").changes] == ["1", None]
    journal.forget(journal.changes[0])
    journal.forget(journal.changes[0])
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "a.json").write_text('{"serial": "a", "changes": [{"kind": "shell", "key": "reboot"}]}')
    assert Journal(tmp_path / "a.json", "a").changes == ()
    assert Journal.of("../../etc/x:5555").path.parent.name == "phones"


# --- the keyboard --------------------------------------------------------------------------------------------------
def apk(tmp_path: Path) -> str:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("AndroidManifest.xml", b"x")
    (tmp_path / "ADBKeyboard.apk").write_bytes(buffer.getvalue())
    return str(tmp_path / "ADBKeyboard.apk")


def test_without_an_adb_keyboard_it_says_so(line, journal, tmp_path):
    line.run("pm uninstall com.android.adbkeyboard")
    preparation = Preparation(line, config(line), journal)
    preparation.apply()
    assert "adb_keyboard_apk" in preparation.notes[0]
    with pytest.raises(MissingTool, match=r"nowhere\.apk"):
        Preparation(line, config(line, adb_keyboard_apk="/nowhere.apk"), journal).apply()
    (tmp_path / "not.apk").write_text("not an archive")
    with pytest.raises(DeviceError, match="did not install"):
        Preparation(line, config(line, adb_keyboard_apk=str(tmp_path / "not.apk")), journal).apply()
    # a simulated phone takes any archive and installs nothing
    with pytest.raises(DeviceError, match="lists no"):
        Preparation(line, config(line, adb_keyboard_apk=apk(tmp_path)), journal).apply()
    preparation.restore()


def test_the_keyboard_is_installed_and_switched_on(line, journal, tmp_path, monkeypatch):
    installed = []
    run = Line.run

    def installing(self: Line, command: str, **options: Any) -> Reply:
        if command.startswith("cmd package install"):
            installed.append(options["stdin"])
        if command.startswith("ime list") and not installed:
            return Reply(0, GBOARD.encode(), b"")
        return run(self, command, **options)

    monkeypatch.setattr(Line, "run", installing)
    Preparation(line, config(line, adb_keyboard_apk=apk(tmp_path)), journal).apply()
    assert installed == [Path(tmp_path / "ADBKeyboard.apk").read_bytes()]
    assert facts(line)["default_input_method"] == ADB_KEYBOARD


# --- phones that refuse --------------------------------------------------------------------------------------------
@pytest.fixture
def refusing(monkeypatch) -> Callable[[dict[str, str]], None]:
    """Replies to commands that hold a word, instead of the phone's own."""

    def refuse(replies: dict[str, str]) -> None:
        run = Line.run

        def answer(self: Line, command: str, **options: Any) -> Reply:
            for word, text in replies.items():
                if word in command:
                    return Reply(255 if "Exception" in text else 0, text.encode(), b"")
            return run(self, command, **options)

        monkeypatch.setattr(Line, "run", answer)

    return refuse


def test_settings_that_may_not_be_written(line, journal, refusing):
    refusing({"settings put": "java.lang.SecurityException: Permission denial: writing to secure settings"})
    preparation = Preparation(line, config(line), journal)
    preparation.apply()
    assert len(preparation.notes) == 2
    assert all("security settings" in note for note in preparation.notes)


def test_a_clock_zone_language_and_place_that_stay(line, journal, refusing):
    before = facts(line)
    refusing(
        {"set-time": "", "date @": "not permitted", "su 0 ": "su: not found", "service call": "", "setprop": ""}
        | {"whoami": "shell", "test-provider": "Exception occurred while executing 'providers'"}
    )
    preparation = Preparation(line, config(line, prepare=FULL), journal)
    preparation._config = config(line, prepare=FULL | {"date": datetime(2031, 1, 1)})
    preparation.apply()
    assert [note.split()[1] for note in preparation.notes] == ["time", "clock", "language", "place"]
    assert facts(line)["timezone"] == before["timezone"]


def test_a_locked_phone(line, journal, refusing, monkeypatch):
    monkeypatch.setattr("phonebench.device.prepare._PAUSE_S", 0.0)
    refusing({"dumpsys window": "    KeyguardServiceDelegate\n      showing=true\n"})
    with pytest.raises(DeviceError, match="locked") as caught:
        Preparation(line, config(line), journal).apply()
    assert "Unlock" in str(caught.value)


@pytest.mark.parametrize(
    ("dump", "expected"),
    [
        ("  showing=false\n  showingAndNotOccluded=false", False),
        ("  showing=true\n", True),
        ("mShowingLockscreen=true mShowingDream=false", True),
        ("isStatusBarKeyguard=true", True),
        ("windowShowing=true mLastShowing=true", False),
        ("", False),
    ],
)
def test_lock_screens(dump, expected):
    assert locked(dump) is expected


# --- apps' data ----------------------------------------------------------------------------------------------------
def test_an_apps_data_is_saved_and_put_back(line, tmp_path):
    home = "/data/data/com.example.notes"
    line.run(f"mkdir -p {home}/databases {home}/cache; echo old > {home}/databases/notes.db; echo c > {home}/cache/c")
    line.run(f"ln -s notes.db {home}/databases/latest; chmod 600 {home}/databases/notes.db")
    before = line.run(f"ls -lR {home}").text
    path = app_data.save(line, "com.example.notes", tmp_path, 20)
    assert path == tmp_path / "com.example.notes.tar"
    line.run(f"echo new > {home}/databases/notes.db; echo x > {home}/extra; mkdir {home}/files")
    app_data.restore(line, "com.example.notes", tmp_path, 20)
    assert line.run(f"ls -lR {home}").text == before
    assert line.run(f"cat {home}/databases/latest").text == "old\n"


def test_no_way_into_an_apps_data(line, tmp_path):
    with pytest.raises(app_data.NoAccessError, match="root"):
        app_data.save(line, "com.example.nothing", tmp_path, 20)
    with pytest.raises(MissingTool, match="--save_apps"):
        app_data.restore(line, "com.example.nothing", tmp_path, 20)
    for name in ("a.b; reboot", "../x", "x"):
        with pytest.raises(UserError, match="package name"):
            app_data.restore(line, name, tmp_path, 20)


def test_eval_saves_the_apps_of_the_tasks(line, journal, tmp_path, capsys):
    home = "/data/data/com.google.android.deskclock"
    line.run(f"mkdir -p {home}/files; echo x > {home}/files/x; pm uninstall us.zoom.videomeetings")
    where = f"kind: attached, adb_server_port: {line.server.port}, serials: [{line.serial}], app_data: {tmp_path}"
    words = ["-c", "configs/noop.yaml", "--save_apps", "--set", f"phone={{{where}}}", "--task_id", "clock_1", "zoom_1"]
    assert main(words) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["com.google.android.deskclock.tar"]
    assert "not saved: us.zoom.videomeetings" in capsys.readouterr().out
