"""Command line of the simulated phone: `python -m simphone [serve | gallery]`."""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import re
import signal
import sys
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any, Final

from simphone.adbd.host import Host, PortInUse
from simphone.gallery.sheet import GalleryError, write_gallery
from simphone.phone.phone import Phone
from simphone.phone.world import UnknownWorld

_PARENT_CHECK_S: Final = 0.5

_EXAMPLES = """examples:
  python -m simphone                          one phone, adb lists it as emulator-5554
  python -m simphone --count 4                emulator-5554, -5556, -5558, -5560
  python -m simphone --port 0 --size 1080x2400 --density 420
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a sub-command; the process's exit code: 0 ended as asked, 2 something the user has to mend."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help")):
        arguments.insert(0, "serve")
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.debug else logging.WARNING, stream=sys.stderr)
    try:
        return _gallery(options) if options.command == "gallery" else asyncio.run(_serve(options))
    except PortInUse as taken:
        port = taken.port or options.port
        print(
            f"simphone: port {port} is in use: stop what listens there, or pass --port N (odd; 0 picks a free one)",
            file=sys.stderr,
        )
    except GalleryError as problem:
        print(f"simphone gallery: {problem}", file=sys.stderr)
    except UnknownWorld as unknown:
        print(f"simphone: --world: {unknown}", file=sys.stderr)
    except KeyboardInterrupt:
        return 0
    return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m simphone", description="A simulated Android phone that any adb client takes for an emulator."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    serve = commands.add_parser(
        "serve",
        help="run phones (the default command)",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    serve.add_argument("--port", type=_port, default=5555, help="adb port, odd; the console is below; 0: a free pair")
    serve.add_argument("--count", type=_positive, default=1, help="number of phones, two ports apart")
    serve.add_argument("--world", default="androidlab", help="what is on the phone at the start")
    serve.add_argument("--size", type=_size, default=(1440, 3120), metavar="WxH", help="display in pixels")
    serve.add_argument("--density", type=_positive, default=560, help="display density in dpi")
    serve.add_argument("--dark", action="store_true", help="start in the dark theme")
    serve.add_argument("--avd-name", metavar="NAME", help="what `adb emu avd name` tells (default: the world's)")
    serve.add_argument(
        "--adb-server-port",
        type=_port_number,
        default=os.environ.get("ANDROID_ADB_SERVER_PORT", "5037"),
        metavar="PORT",
        help="adb server to announce the phones to (default: ANDROID_ADB_SERVER_PORT, or 5037)",
    )
    serve.add_argument(
        "--parent-pid", type=_positive, metavar="PID", help="exit when this, the parent process, is gone"
    )
    serve.add_argument(
        "--take-adb-server",
        action="store_true",
        help="with --parent-pid: end the adb server with the parent",
    )
    serve.add_argument("--debug", action="store_true", help="log to stderr")
    gallery = commands.add_parser("gallery", help="pictures of every screen that the solutions pass, both themes")
    gallery.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the pictures and index.html go")
    gallery.add_argument("--tasks", type=Path, default=Path("tasks"), help="task file or folder (default: tasks)")
    gallery.add_argument("--size", type=_size, default=(1440, 3120), metavar="WxH", help="display in pixels")
    gallery.add_argument("--density", type=_positive, default=560, help="display density in dpi")
    gallery.add_argument("--debug", action="store_true", help="log to stderr")
    return parser


def _gallery(options: argparse.Namespace) -> int:
    size = (*options.size, options.density)
    print(write_gallery(options.tasks, options.out, size=size, tell=lambda line: print(line, flush=True)))
    return 0


def _port_number(text: str) -> int:
    number = int(text) if text.isdigit() else -1
    if not 0 < number < 65536:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port number")
    return number


def _port(text: str) -> int:
    if text == "0":
        return 0
    number = _port_number(text)
    if number % 2 == 0 or number < 1025:
        raise argparse.ArgumentTypeError(f"an adb port is odd and above 1024 (as 5555), not {text}")
    return number


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of 1 or more")
    return int(text)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{2,4})x(\d{2,4})", text)
    if not match or min(int(match[1]), int(match[2])) < 64:
        raise argparse.ArgumentTypeError(f"{text!r} is not a size such as 1440x3120")
    return int(match[1]), int(match[2])


async def _serve(options: argparse.Namespace) -> int:
    """Until a signal, the last phone's end, or the parent's."""
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    host = Host(options.adb_server_port)
    orphaned = asyncio.Event()
    try:
        await _start_phones(host, options)
        waits: list[Coroutine[Any, Any, object]] = [stop.wait(), host.empty.wait()]
        if options.parent_pid:
            waits.append(_parent_gone(options.parent_pid, orphaned))
        tasks = [asyncio.ensure_future(wait) for wait in waits]
        announcing = asyncio.ensure_future(host.announcer.run())
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        announcing.cancel()
        if orphaned.is_set() and options.take_adb_server:
            await host.announcer.kill_server()
    finally:
        host.close()
    return 0


async def _start_phones(host: Host, options: argparse.Namespace) -> None:
    width, height = options.size
    first = Phone(options.world, width=width, height=height, density=options.density)
    if options.avd_name:
        first.state["device"]["avd"] = options.avd_name
    if options.dark:
        first.put_setting("secure", "ui_night_mode", "2")
    for number in range(options.count):
        phone = first.fork() if number else first
        unit = await host.add(phone, options.port + 2 * number if options.port else 0)
        print(f"ready {unit.serial} {unit.port}", flush=True)


async def _parent_gone(parent: int, orphaned: asyncio.Event) -> None:
    """Returns when we are no longer that process's child: an orphan is adopted by another one."""
    while os.getppid() == parent:
        await asyncio.sleep(_PARENT_CHECK_S)
    orphaned.set()
