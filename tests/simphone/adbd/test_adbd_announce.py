"""The phones announce themselves, whoever comes first, and come back when the adb server does."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest
from phones import Adb, free_port, start_simphone

from phonebench.device.adb import find_adb

SMALL = ("--size", "540x1200", "--density", "210")


@pytest.fixture
def own_adb():
    adb = Adb(find_adb(), free_port())
    yield adb
    adb.run("kill-server")


def listed(adb: Adb, serials: list[str], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        devices = adb.run("devices").stdout.decode()
        if all(f"{serial}\tdevice" in devices for serial in serials):
            return True
        time.sleep(0.1)
    return False


def test_whoever_comes_first_and_back_after_kill_server(own_adb):
    sim = start_simphone(own_adb, *SMALL, count=2)
    try:
        for _ in range(2):
            own_adb.run("start-server")
            assert listed(own_adb, sim.serials, 6)
            own_adb.run("kill-server")
        own_adb.run("start-server")
        assert listed(own_adb, sim.serials, 6)
        own_adb.run("disconnect", sim.serial)
        own_adb.run("-s", sim.serials[1], "reconnect")
        assert listed(own_adb, sim.serials, 6)
    finally:
        sim.stop()


def test_the_orphan_takes_the_adb_server_along(own_adb):
    own_adb.run("start-server")
    options = ["--port", "0", *SMALL, "--adb-server-port", str(own_adb.port), "--take-adb-server", "--parent-pid"]
    script = (
        "import os, signal, subprocess\n"
        f"command = {[sys.executable, '-m', 'simphone', *options]!r}\n"
        "child = subprocess.Popen([*command, str(os.getpid())], stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", script], timeout=60)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", own_adb.port), timeout=1).close()
        except OSError:
            return
        time.sleep(0.1)
    pytest.fail("the adb server outlived the phones' parent")
