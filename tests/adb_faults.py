"""A proxy between an adb client and the adb server that spoils one device call of many."""

from __future__ import annotations

import contextlib
import re
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from random import Random
from typing import Final

HEADER: Final = struct.Struct("<BI")
STDOUT, EXIT = 1, 3
_DUMP: Final = re.compile(rb"<\?xml.*?</hierarchy>", re.DOTALL)


class FaultyServer:
    """Listens as an adb server would and passes everything on, but for call number `at`, which `fault` spoils, once.

    A call is a command on the device shell; they are counted from the first one on that holds `first`.
    """

    FAULTS: Final = ("disconnect", "hang_up", "stall", "truncated", "no_dump", "garbage")

    def __init__(self, upstream: int, first: str) -> None:
        self.calls = 0
        self.commands: list[str] = []
        self.hit = ""
        self._upstream = upstream
        self._first = first
        self._at = 0
        self._fault = ""
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def arm(self, fault: str = "", at: int = 0) -> None:
        """Count anew."""
        with self._lock:
            self.calls, self.commands, self.hit = 0, [], ""
            self._fault, self._at = fault, at

    def close(self) -> None:
        self._ended.set()
        self._listener.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with (
            client,
            contextlib.suppress(OSError, EOFError),
            socket.create_connection(("127.0.0.1", self._upstream)) as server,
        ):
            for request in _requests(client):
                fault = self._count(request)
                if fault == "disconnect":
                    return
                if fault == "stall":
                    self._ended.wait(30)
                    return
                server.sendall(b"%04x" % len(request) + request)
                if fault == "hang_up":  # the phone does it, and nobody hears
                    return
                if not request.startswith(b"host:transport"):
                    _relay(client, server, _SPOILS.get(fault))
                    return
                client.sendall(_read(server, 4))

    def _count(self, request: bytes) -> str:
        """The fault for this request, or nothing."""
        if not request.startswith(b"shell"):
            return ""
        with self._lock:
            if not self.calls and self._first not in request.decode():
                return ""
            self.calls += 1
            self.commands.append(request.decode().partition(":")[2])
            if self.calls != self._at:
                return ""
            self.hit = self.commands[-1]
            return self._fault


def _requests(client: socket.socket) -> Iterator[bytes]:
    while True:
        yield _read(client, int(_read(client, 4), 16))


def _read(source: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = source.recv(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _relay(client: socket.socket, server: socket.socket, spoil: Callable[[bytes], bytes] | None) -> None:
    """Both ways until one side ends; the phone's whole answer goes through `spoil`."""
    threading.Thread(target=_pump, args=(client, server), daemon=True).start()
    if spoil is None:
        _pump(server, client)
        return
    client.sendall(_read(server, 4))
    output, status = bytearray(), b""
    while not status:
        channel, length = HEADER.unpack(_read(server, HEADER.size))
        data = _read(server, length)
        if channel == EXIT:
            status = data
        elif channel == STDOUT:
            output += data
    spoilt = spoil(bytes(output))
    client.sendall(HEADER.pack(STDOUT, len(spoilt)) + spoilt + HEADER.pack(EXIT, 1) + status)


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


_SPOILS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "truncated": lambda output: output[: len(output) * 3 // 5],
    "no_dump": lambda output: _DUMP.sub(b"", output),
    "garbage": lambda output: Random(1).randbytes(len(output) or 16),
}
