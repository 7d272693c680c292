"""Attached phones: by USB name and by address, several at once, gone and back again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from phones import SimProcess, free_port

from phonebench.config import PhoneConfig
from phonebench.config.paths import state_dir
from phonebench.device import make_provider
from phonebench.device.adb import AdbServer
from phonebench.device.attached import reach
from phonebench.schema.errors import BootTimeout, ConfigError, DeviceLost

CLAIMING = "from phonebench.device.claim import claim; claim('{}'); print('claimed', flush=True); input()"
OFF = {"adb_keyboard": False, "animations": True, "stay_awake": False}


@pytest.fixture
def address(sim_phone: SimProcess) -> Iterator[str]:
    """A simulated phone as a cloud phone: at HOST:PORT, not connected."""
    address = f"127.0.0.1:{sim_phone.port}"
    sim_phone.adb.run("disconnect", address)
    yield address
    sim_phone.adb.run("disconnect", address)


def config(sim: SimProcess, *serials: str, **settings: object) -> PhoneConfig:
    return PhoneConfig(kind="attached", adb_server_port=sim.adb.port, serials=serials, **settings)


def test_an_address_is_connected_to(sim_phone, address):
    with make_provider(config(sim_phone, address)) as provider, provider.lease() as phone:
        assert (phone.info.serial, phone.info.kind) == (address, "attached")
        assert phone.observe().width == 1080


def test_a_connection_that_breaks_is_made_again(sim_phone, address):
    with make_provider(config(sim_phone, address, prepare=OFF)) as provider:
        with provider.lease() as phone:
            sim_phone.adb.run("disconnect", address)
            with pytest.raises(DeviceLost):
                phone.observe()
        with provider.lease() as phone:
            assert phone.observe().width == 1080


def test_several_phones_at_once(sim_phone, address, start_sim):
    other = start_sim("--size", "540x1200")
    with make_provider(config(sim_phone, address, other.serial, prepare=OFF)) as provider:
        assert provider.size == 2
        with provider.lease() as one, provider.lease() as two:
            assert {one.observe().width, two.observe().width} == {1080, 540}
    other.stop()


def test_nobody_at_the_address(sim_phone):
    address = f"127.0.0.1:{free_port()}"
    with pytest.raises(ConfigError, match="not attached") as caught:
        make_provider(config(sim_phone, address))
    assert address in str(caught.value)
    with pytest.raises(BootTimeout, match="unknown to adb"):
        reach(AdbServer(port=sim_phone.adb.port), address, 1.0)


def test_a_phone_that_is_away_for_a_while(sim_phone, address):
    server = AdbServer(port=sim_phone.adb.port)
    os.kill(sim_phone.process.pid, signal.SIGSTOP)
    back = threading.Timer(0.5, os.kill, (sim_phone.process.pid, signal.SIGCONT))
    back.start()
    try:
        reach(server, address, 20)
    finally:
        back.join()
    assert server.devices()[address] == "device"


@pytest.mark.parametrize(
    ("state", "advice"), [("unauthorized", "USB debugging"), ("offline", "reconnect offline"), ("recovery", "Attach")]
)
def test_states_are_explained(sim_phone, monkeypatch, state, advice):
    monkeypatch.setattr(AdbServer, "devices", lambda _: {"R5CT": state})
    for serials in ((), ("R5CT",)):
        with pytest.raises(ConfigError) as caught:
            make_provider(config(sim_phone, *serials))
        assert f"R5CT ({state})" in str(caught.value)
        assert advice in str(caught.value)


def test_a_phone_that_another_run_uses(sim_phone):
    serial = sim_phone.serial
    other = subprocess.Popen(
        [sys.executable, "-c", CLAIMING.format(serial)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "claimed\n"
        with (
            pytest.raises(ConfigError, match=f"in use by process {other.pid}"),
            make_provider(config(sim_phone, serial)),
        ):
            pass
    finally:
        other.kill()
        other.wait()
        other.stdin.close()
        other.stdout.close()
    for _ in range(2):  # the killed one's claim is taken over; ours is given back
        with make_provider(config(sim_phone, serial, prepare=OFF)) as provider:
            assert provider.size == 1
    assert not list(state_dir().glob("phones/*.owner"))
