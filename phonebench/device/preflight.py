"""What `eval.py --check` asks of the phones before a run."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from itertools import chain

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer
from phonebench.device.avd.doctor import avd_checks
from phonebench.device.check import Check
from phonebench.device.doctor import capture_checks, phone_checks
from phonebench.device.phone import AdbPhone
from phonebench.device.provider import make_provider
from phonebench.schema.errors import BenchError
from phonebench.schema.task import Task


def preflight(config: PhoneConfig, tasks: Iterable[Task] = ()) -> Iterator[Check]:
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
            with ExitStack() as stack:
                for _ in range(provider.size if config.kind == "attached" else 1):
                    yield from _of_phone(stack.enter_context(provider.lease()), tasks)
    except BenchError as error:
        yield Check("phones", False, str(error))


def _of_phone(phone: AdbPhone, tasks: Iterable[Task]) -> Iterator[Check]:
    """Of our own simulated phones only what can differ; of others everything, under the phone's name."""
    if phone.info.kind == "sim":
        yield from capture_checks(phone)
        yield Check("keyboard", phone.has_adb_keyboard, "ADB keyboard installed")
        return
    for check in chain(phone_checks(phone, tasks), capture_checks(phone)):
        yield replace(check, name=f"{phone.info.serial} {check.name}")
