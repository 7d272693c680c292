"""A client of the emulator's console: lines of text over TCP, answered by lines that end in `OK` or `KO: reason`.

The console asks for a token that lies in the user's home folder (Android's documentation, "Send emulator console
commands").
"""

from __future__ import annotations

import re
import socket
import time
from pathlib import Path
from typing import Final

from phonebench.schema.errors import AdbTimeout, DeviceError, DeviceLost

TOKEN_FILE: Final = ".emulator_console_auth_token"  # noqa: S105 - where it lies, not what it is
_MAX_REPLY: Final = 1024 * 1024


class Refused(DeviceError):
    """The console answered KO."""


def command(port: int, line: str, timeout_s: float) -> str:
    """What the emulator with this console port answers to one command, without the OK.

    Raises Refused, AdbTimeout when it does not answer in time, DeviceLost when there is no console.
    """
    deadline = time.monotonic() + timeout_s
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=timeout_s) as connection:
            greeting = _reply(connection, deadline)
            if "Authentication required" in greeting:
                _say(connection, f"auth {_token(greeting)}", deadline)
                _reply(connection, deadline)
            _say(connection, line, deadline)
            return _reply(connection, deadline)
    except TimeoutError as error:
        raise AdbTimeout(f"the console of emulator-{port} did not answer `{line}` within {timeout_s:.0f} s") from error
    except (OSError, EOFError) as error:
        raise DeviceLost(f"the console of emulator-{port} is gone", why=str(error)) from error


def _token(greeting: str) -> str:
    """The token from the file that the greeting names, if it has that file's name, else from the usual place."""
    named = re.search(rf"'([^'\n]*[/\\]{re.escape(TOKEN_FILE)})'", greeting)
    for place in (*([Path(named[1])] if named else []), Path.home() / TOKEN_FILE):
        try:
            return place.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            continue
    raise DeviceError(
        "the emulator's console asks for a token that cannot be read",
        why=f"It lies in {Path.home() / TOKEN_FILE}.",
        next_step="Run phonebench as the user whose emulator it is. An empty token file switches the question off.",
    )


def _say(connection: socket.socket, line: str, deadline: float) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(line.replace("\n", " ").encode() + b"\n")


def _reply(connection: socket.socket, deadline: float) -> str:
    """Lines up to `OK` or `KO`."""
    raw = bytearray()
    while True:
        lines = bytes(raw).decode("utf-8", "replace").replace("\r", "").split("\n")
        # What has no line end yet is incomplete.
        for number, line in enumerate(lines[:-1]):
            if line == "OK" or line.startswith("OK: "):
                return "\n".join(lines[:number])
            if line == "KO" or line.startswith("KO:"):
                raise Refused("the emulator's console refused", why=line.partition(":")[2].strip() or line)
        connection.settimeout(_left(deadline))
        part = connection.recv(65536)
        if not part:
            raise EOFError("it closed the connection")
        raw += part
        if len(raw) > _MAX_REPLY:
            raise DeviceError("the emulator's console said more than is believable")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
