"""The emulator console: by `adb emu`, and by hand."""

from __future__ import annotations

import json
import socket
import subprocess

import pytest


def talk(port: int, *lines: str) -> list[str]:
    """One line at a time, as a person with telnet would; the reply to each."""
    replies = []
    with socket.create_connection(("127.0.0.1", port - 1), timeout=5) as connection:
        stream = connection.makefile("rwb")

        def reply() -> str:
            text = ""
            while not any(line.startswith(("OK", "KO")) for line in text.splitlines()):
                line = stream.readline().decode()
                assert line, "the console hung up"
                text += line
            return text

        assert "Android Console: type 'help'" in reply()
        for line in lines:
            stream.write(f"{line}\r\n".encode())
            stream.flush()
            replies.append(reply())
    return replies


def emu(sim, *words: str) -> str:
    return sim.run("emu", *words).stdout.decode()


def state(sim, path: str):
    return json.loads(sim.shell("simctl state").stdout)[path]


def test_avd_name(sim_phone):
    assert emu(sim_phone, "avd", "name") == "Pixel_7_Pro_API_33\r\nOK\r\n"


def test_avd_name_with_a_token(sim_phone, tmp_path):
    (tmp_path / ".emulator_console_auth_token").write_text("secret\n")
    done = subprocess.run(
        [sim_phone.adb.path, "-s", sim_phone.serial, "emu", "avd", "name"],
        env=sim_phone.adb.env | {"HOME": str(tmp_path)},
        capture_output=True,
        timeout=20,
    )
    assert done.stdout == b"Pixel_7_Pro_API_33\r\nOK\r\n"


def test_by_hand(sim_phone):
    name, nonsense, ping = talk(sim_phone.port, "avd name", "nonsense", "ping")
    assert name == "Pixel_7_Pro_API_33\r\nOK\r\n"
    assert nonsense.startswith("KO: unknown command")
    assert ping == "I am alive!\r\nOK\r\n"


def test_snapshots(sim_phone):
    assert emu(sim_phone, "avd", "snapshot", "list") == "There is no snapshot available.\r\nOK\r\n"
    sim_phone.shell("echo before > /sdcard/f")
    assert emu(sim_phone, "avd", "snapshot", "save", "clean") == "OK\r\n"
    before = sim_phone.run("exec-out", "screencap", "-p").stdout
    sim_phone.shell("echo after > /sdcard/f; am start -n com.android.settings/.Settings")
    assert sim_phone.run("exec-out", "screencap", "-p").stdout != before
    assert "clean" in emu(sim_phone, "avd", "snapshot", "list")
    assert emu(sim_phone, "avd", "snapshot", "load", "clean") == "OK\r\n"
    assert sim_phone.shell("cat /sdcard/f").stdout == b"before\n"
    assert sim_phone.run("exec-out", "screencap", "-p").stdout == before
    assert emu(sim_phone, "avd", "snapshot", "delete", "clean") == "OK\r\n"
    assert emu(sim_phone, "avd", "snapshot", "load", "clean").startswith("KO: ")


def test_geo_fix(sim_phone):
    assert emu(sim_phone, "geo", "fix", "-122.156", "37.438") == "OK\r\n"
    assert state(sim_phone, "location") == {"lat": 37.438, "lon": -122.156}
    assert emu(sim_phone, "geo", "fix", "east", "1").startswith("KO: ")
    assert emu(sim_phone, "geo", "fix", "500", "1").startswith("KO: ")


def test_power(sim_phone):
    assert emu(sim_phone, "power", "capacity", "42") == "OK\r\n"
    assert emu(sim_phone, "power", "ac", "off") == "OK\r\n"
    assert "level: 42" in emu(sim_phone, "power", "display")
    assert emu(sim_phone, "power", "capacity", "101").startswith("KO: ")
    assert b"level: 42" in sim_phone.shell("dumpsys battery").stdout


def test_calls_and_messages(sim_phone):
    assert emu(sim_phone, "gsm", "call", "5551234") == "OK\r\n"
    assert b"mCallState=1" in sim_phone.shell("dumpsys telephony.registry").stdout
    assert emu(sim_phone, "gsm", "accept", "5551234") == "OK\r\n"
    assert b"mCallState=2" in sim_phone.shell("dumpsys telephony.registry").stdout
    assert emu(sim_phone, "gsm", "cancel", "5551234") == "OK\r\n"
    assert emu(sim_phone, "gsm", "cancel", "5551234").startswith("KO: ")
    assert emu(sim_phone, "sms", "send", "5551234", "it's", "$(me); hello") == "OK\r\n"
    rows = sim_phone.shell("content query --uri content://sms/inbox").stdout.decode()
    assert "address=5551234" in rows
    assert "body=it's $(me); hello" in rows


@pytest.mark.parametrize(
    "words", [["help"], ["avd", "status"], ["network", "status"], ["rotate"], ["power", "status", "full"]]
)
def test_the_rest_answers(sim_phone, words):
    assert emu(sim_phone, *words).endswith("OK\r\n")
