"""Shared by all tests: a private adb server and simulated phones in processes, reached by the real adb."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator

import pytest
from hypothesis import settings
from phones import Adb, SimProcess, free_port, start_simphone
from playwright.sync_api import Browser, expect, sync_playwright

from phonebench.device.adb import find_adb

QUIET_CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-component-update",
    "--disable-sync", "--disable-quic",
)  # fmt: skip


def pytest_configure() -> None:
    """No test depends on how busy the machine is, or on how the suite was started."""
    settings.register_profile("untimed", deadline=None)
    settings.load_profile("untimed")
    # What a shell starts in the background ignores Ctrl-C, and so would all that the tests start and interrupt.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def own_state_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests note of phones and emulators never mixes with the user's."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHONEBENCH_STATE_DIR", str(tmp_path_factory.mktemp("state")))
        yield


@pytest.fixture(scope="session")
def adb_server() -> Iterator[Adb]:
    """One per worker; killed at the end."""
    adb = Adb(find_adb(), free_port())
    assert adb.run("start-server").returncode == 0
    yield adb
    adb.run("kill-server")


@pytest.fixture(scope="session")
def start_sim(adb_server: Adb) -> Iterator[Callable[..., SimProcess]]:
    """Starts simphone processes: start_sim("--size", "1080x2400", count=2). All are ended with the session."""
    started: list[SimProcess] = []

    def start(*options: str, count: int = 1) -> SimProcess:
        sim = start_simphone(adb_server, *options, count=count)
        started.append(sim)
        for serial in sim.serials:
            adb_server.wait_for(serial)
        return sim

    yield start
    for sim in started:
        sim.stop()


@pytest.fixture(scope="session")
def sim_process(start_sim: Callable[..., SimProcess]) -> SimProcess:
    """The worker's shared phone, 1080x2400; tests take `sim_phone`, which finds it fresh."""
    return start_sim("--size", "1080x2400", "--density", "420")


@pytest.fixture
def sim_phone(sim_process: SimProcess) -> SimProcess:
    """A simulated phone in its first state, reached by real adb. Do not kill it: `start_sim` gives ones of your own."""
    done = sim_process.shell("simctl reset")
    assert done.returncode == 0, done
    return sim_process


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium without a window. It ends with the module: asyncio tests cannot run beside playwright."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("no Chromium on this machine (Debian: apt-get install chromium)")
    with sync_playwright() as playwright:
        expect.set_options(timeout=30_000)  # for a busy machine; what is there is seen at once
        chromium = playwright.chromium.launch(executable_path=program, args=list(QUIET_CHROMIUM), timeout=60_000)
        yield chromium
        chromium.close()
