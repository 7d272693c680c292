"""The door to the shell: one call runs one `adb shell` session on a phone."""

from __future__ import annotations

import asyncio

from simphone.phone.phone import Phone
from simphone.shell.call import Streams
from simphone.shell.commands import COMMANDS
from simphone.shell.errors import BudgetError
from simphone.shell.host import Host
from simphone.shell.interp import MAX_STEPS, Shell
from simphone.shell.streams import AsyncReader, AsyncWriter, MemoryReader, MemoryWriter, decode, encode, lines

__all__ = ["AsyncReader", "AsyncWriter", "run", "run_sync"]

_ENVIRONMENT = {
    "ANDROID_ASSETS": "/system/app",
    "ANDROID_DATA": "/data",
    "ANDROID_ROOT": "/system",
    "ANDROID_STORAGE": "/storage",
    "EXTERNAL_STORAGE": "/sdcard",
    "HOME": "/",
    "PATH": "/product/bin:/apex/com.android.runtime/bin:/system/bin:/system/xbin:/vendor/bin",
    "SHELL": "/bin/sh",
    "TERM": "dumb",
    "TMPDIR": "/data/local/tmp",
}


async def run(
    phone: Phone,
    command: str,
    *,
    stdin: AsyncReader,
    stdout: AsyncWriter,
    stderr: AsyncWriter,
    uid: str = "root",
    tty: bool = False,
    host: Host | None = None,
) -> int:
    """Run a command line as `adb shell` would; the exit status, 0..255. An empty command is an interactive shell.

    Never raises for what the command does; cancelling the task kills what runs. Bytes that are not UTF-8 travel in
    `command` as surrogate escapes. Without a `host`, reboot and simctl fork are refused.
    """
    shell = Shell(phone, lambda: phone.files, COMMANDS, Streams(stdin, stdout, stderr), uid, host)
    shell.variables |= _ENVIRONMENT | {"USER": uid, "LOGNAME": uid, "HOSTNAME": _device(phone), "PWD": "/"}
    shell.exported |= shell.variables.keys()
    try:
        if command.strip():
            return await shell.process(command)
        return await _interactive(shell, tty=tty)
    except BudgetError:
        await shell.complain(f"stopped by the simulated phone: more than {MAX_STEPS} commands in one session")
        return 137
    except RecursionError:
        await shell.complain("commands nested too deeply")
        return 1
    except BrokenPipeError:
        return 141
    finally:
        for job in shell.jobs:
            job.cancel()


def _device(phone: Phone) -> str:
    return str(phone.state.get("device", {}).get("device", "emu64xa"))


async def _interactive(shell: Shell, *, tty: bool) -> int:
    """Lines from stdin, each run as it comes; with a terminal a prompt before each."""
    if not tty:
        return await shell.process(decode(await shell.io.stdin.read()))

    async def prompt() -> None:
        await shell.io.stdout.write(
            encode(f"{_device(shell.phone)}:{shell.cwd} {'#' if shell.uid == 'root' else '$'} ")
        )

    await prompt()
    async for line in lines(shell.io.stdin):
        text = decode(line).strip()
        if text.split(None, 1)[:1] == ["exit"]:
            return await shell.process(text)
        await shell.process(text)
        await prompt()
    return shell.status


def run_sync(phone: Phone, command: str, stdin: bytes = b"", *, uid: str = "root") -> tuple[int, bytes, bytes]:
    """For tests: exit status, stdout, stderr of a command that ends by itself."""
    out, err = MemoryWriter(), MemoryWriter()
    status = asyncio.run(run(phone, command, stdin=MemoryReader(stdin), stdout=out, stderr=err, uid=uid))
    return status, bytes(out.data), bytes(err.data)
