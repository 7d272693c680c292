"""From the name of a service, as adb opens it, to the service. What an emulator has and we do not is refused."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Final, Protocol

from simphone.adbd import shell
from simphone.adbd.sync import SyncSession
from simphone.adbd.transport import Service, Stream
from simphone.phone.phone import Phone
from simphone.shell.host import Host
from simphone.uiautomator import http
from simphone.uiautomator.rpc import Server as UiautomatorServer

FEATURES: Final = "shell_v2,cmd,stat_v2,ls_v2,fixed_push_mkdir,fixed_push_symlink_timestamp,sendrecv_v2"


class Machine(Host, Protocol):
    """A phone, what stands around it, and the reverse tunnels that were asked for."""

    phone: Phone
    reverses: dict[str, str]
    uiautomator: UiautomatorServer


def banner(phone: Phone) -> bytes:
    """The identity sent in CNXN; `adb devices -l` shows product, model and device."""
    device = phone.state["device"]
    facts = {"ro.product.name": "name", "ro.product.model": "model", "ro.product.device": "device"}
    told = "".join(f"{key}={_clean(str(device.get(field, '')))};" for key, field in facts.items())
    return f"device::{told}features={FEATURES}".encode()


def _clean(text: str) -> str:
    """Without the banner's own separators."""
    return text.translate(str.maketrans(";=:,", "____"))


def find(machine: Machine, name: str) -> Service | None:
    """The service, or None to refuse it. A name is `kind:rest`, for shell also `shell,option,...:command`."""
    head, _, rest = name.partition(":")
    kind, *options = head.split(",")
    if kind == "shell":
        return _shell(machine, options, rest)
    if options:
        return None
    make = _SERVICES.get(kind)
    return make(machine, rest) if make else None


def _shell(machine: Machine, options: list[str], command: str) -> Service:
    """Without a command the old protocol means a terminal; with one its terminal is raw, so there is none to see."""
    v2 = "v2" in options
    tty = ("pty" in options or (not command and "raw" not in options)) if v2 else not command and "raw" not in options

    async def serve(stream: Stream) -> None:
        await (shell.framed if v2 else shell.plain)(machine.phone, machine, stream, command, tty=tty)

    return serve


def _exec(machine: Machine, command: str) -> Service:
    async def serve(stream: Stream) -> None:
        stream.lingers = True
        await shell.plain(machine.phone, machine, stream, command)

    return serve


def _sync(machine: Machine, _: str) -> Service:
    async def serve(stream: Stream) -> None:
        await SyncSession(stream, lambda: machine.phone.files).serve()

    return serve


def _framebuffer(machine: Machine, _: str) -> Service:
    """Header (AOSP framebuffer_service.cpp, version 1): bpp, size, width, height, offset and length of R, B, G, A."""

    async def serve(stream: Stream) -> None:
        pixels = machine.phone.rgba()
        metrics = machine.phone.metrics
        header = (1, 32, len(pixels), metrics.width, metrics.height, 0, 8, 16, 8, 8, 8, 24, 8)
        await stream.write(struct.pack("<13I", *header) + pixels)

    return serve


def _tcp(machine: Machine, address: str) -> Service | None:
    """A port of the phone, `PORT` or `HOST:PORT`: only the uiautomator server ever listens on one."""
    port = address.rpartition(":")[2]
    if not port.isdigit() or int(port[:6]) not in machine.ports:
        return None

    async def serve(stream: Stream) -> None:
        await http.serve(stream, lambda body: machine.uiautomator.answer(machine.phone, body))

    return serve


def _says(text: str) -> Callable[[Machine, str], Service]:
    """A service that only says a line, with `{}` for what was asked."""

    def make(_: Machine, rest: str) -> Service:
        async def serve(stream: Stream) -> None:
            await stream.write(text.format(rest).encode())

        return serve

    return make


def _reboot(machine: Machine, target: str) -> Service:
    async def serve(_: Stream) -> None:
        (machine.power_off if target.strip() in ("-p", "p", "shutdown") else machine.reboot)()

    return serve


def _reverse(machine: Machine, request: str) -> Service | None:
    """Tunnels are noted, so that clients which set one up go on; nothing on the phone ever opens one."""
    verb, _, rest = request.partition(":")
    rest = rest.removeprefix("norebind:")
    tunnels = machine.reverses
    if verb == "forward" and ";" in rest:
        remote, _, local = rest.partition(";")
        tunnels[remote] = local
    elif verb == "killforward-all":
        tunnels.clear()
    elif verb == "killforward" and rest in tunnels:
        del tunnels[rest]
    elif verb == "killforward":
        return _text(_fail(f"listener '{rest}' not found"))
    elif verb == "list-forward":
        lines = "".join(f"(reverse) {remote} {local}\n" for remote, local in tunnels.items()).encode()
        return _text(b"%04x" % len(lines) + lines)
    else:
        return None
    return _text(b"OKAY")


def _fail(message: str) -> bytes:
    raw = message.encode("utf-8", "replace")[:0xFFFF]
    return b"FAIL%04x" % len(raw) + raw


def _text(reply: bytes) -> Service:
    async def serve(stream: Stream) -> None:
        await stream.write(reply)

    return serve


_SERVICES: Final[dict[str, Callable[[Machine, str], Service | None]]] = {
    "exec": _exec,
    "framebuffer": _framebuffer,
    "reboot": _reboot,
    "remount": _says("remount succeeded\n"),
    "reverse": _reverse,
    "root": _says("adbd is already running as root\n"),
    "sync": _sync,
    "tcp": _tcp,
    "tcpip": _says("restarting in TCP mode port: {}\n"),
    "unroot": _says("the simulated phone's adbd stays root\n"),
    "usb": _says("restarting in USB mode\n"),
}
