"""What `eval.py --check` asks of the phones before a run."""

from __future__ import annotations

import time
from collections.abc import Iterator

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer
from phonebench.device.avd.doctor import avd_checks
from phonebench.device.check import Check
from phonebench.device.provider import make_provider
from phonebench.schema.errors import BenchError


def preflight(config: PhoneConfig) -> Iterator[Check]:
    """adb, then the phones: they start or are there, answer, and can type any text. Stops at the first failure.

    Of emulators first everything that can be known before one is started; all of that is told.
    """
    good = True
    for check in avd_checks(config) if config.kind == "avd" else ():
        good = good and check.ok
        yield check
    if not good:
        return
    try:
        if config.kind != "avd" or config.docker is not None:  # an SDK has its own, already told
            server = AdbServer(config.adb_path, config.adb_server_port)
            yield Check("adb", True, f"{server.version()} ({server.path})")
        started = time.monotonic()
        with make_provider(config) as provider:
            took_s = time.monotonic() - started
            yield Check("phones", True, f"{provider.size} of kind {config.kind}, ready in {took_s:.1f} s")
            with provider.lease() as phone:
                seen = phone.observe()
                info = phone.info
                found = f"{info.model}, Android {info.android}, {seen.width}x{seen.height}, seen in {seen.took_s:.2f} s"
                yield Check("observation", True, f"simulated {found}" if info.simulated else found)
                yield Check(
                    "keyboard",
                    phone.has_adb_keyboard,
                    "ADB keyboard installed" if phone.has_adb_keyboard else "no ADB keyboard: only ASCII can be typed",
                    "" if phone.has_adb_keyboard else "Install ADBKeyboard.apk on the phone.",
                )
    except BenchError as error:
        yield Check("phones", False, str(error))
