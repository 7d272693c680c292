"""A phone for shell tests, and a short way to run a command on it."""

from collections.abc import Callable

import pytest

from simphone.phone.phone import Phone
from simphone.shell.session import run_sync

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def template() -> Phone:
    return Phone(width=720, height=1560, density=280)


@pytest.fixture
def phone(template: Phone) -> Phone:
    return template.fork()


@pytest.fixture
def sh(phone: Phone) -> Run:
    """sh(command, stdin) -> status, stdout, stderr."""

    def run(command: str, stdin: bytes = b"", **options: str) -> tuple[int, str, str]:
        status, out, err = run_sync(phone, command, stdin, **options)
        return status, out.decode("utf-8", "replace"), err.decode("utf-8", "replace")

    return run
