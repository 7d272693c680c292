"""The adb server and calls through it; every failure is a DeviceError or, when the user can mend it, a UserError."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final

import adbutils
from adbutils.errors import AdbConnectionError, AdbError

from phonebench.schema.errors import AdbTimeout, BootTimeout, DeviceError, DeviceLost, MissingTool

DEFAULT_PORT: Final = 5037
_SERVER_S: Final = 20.0
_CONNECT_S: Final = 15.0
_MAX_OUTPUT: Final = 256 * 1024 * 1024
_CHUNK: Final = 32 * 1024
_READ: Final = 256 * 1024

# Shell protocol v2 (AOSP adb/shell_protocol.h): id u8, length u32 little-endian, data.
_HEADER: Final = struct.Struct("<BI")
_STDIN, _STDOUT, _STDERR, _EXIT, _CLOSE_STDIN = range(5)

_ADVICE: Final = {
    "unauthorized": "Unlock the phone and accept its question about USB debugging.",
    "offline": "Plug the phone in again, or restart it; then: adb reconnect offline",
    "not found": "See which phones adb knows: adb devices -l",
}


def advice(state: str) -> str:
    """What to do about a phone in a state that adb tells, or an error text of adb; empty when nothing is known."""
    return next((text for key, text in _ADVICE.items() if key in state), "")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a device command gave."""

    status: int
    stdout: bytes
    stderr: bytes

    @property
    def text(self) -> str:
        """All output, stdout first."""
        return (self.stdout + self.stderr).decode("utf-8", "replace")


class _Connection(adbutils.AdbConnection):  # type: ignore[misc]
    """To a server that has to be there already: adbutils would otherwise start one, and on adb's own port."""

    def _safe_connect(self) -> socket.socket:
        connected: socket.socket = self._create_socket()
        return connected


class AdbServer:
    """An adb server on this machine. Started when it is not running; killed by `close` only if started here."""

    def __init__(self, path: str | None = None, port: int | None = None, *, private: bool = False) -> None:
        self.path = find_adb(path)
        self.port = port or int(os.environ.get("ANDROID_ADB_SERVER_PORT") or DEFAULT_PORT)
        self._private = private
        self._ours = False

    def start(self) -> None:
        """Make sure that it runs. Raises MissingTool when adb cannot be run, DeviceError when it does not start."""
        if self.running():
            return
        env = os.environ | {"ANDROID_ADB_SERVER_PORT": str(self.port)}
        if self._private:
            # Only the phones that announce themselves: no USB, no network discovery, no search for other emulators.
            env |= {"ADB_LOCAL_TRANSPORT_MAX_PORT": "5554", "ADB_MDNS": "0", "ADB_USB": "0"}
        done = self._command(["start-server"], env)
        if done.returncode or not self.running():
            raise DeviceError(
                f"the adb server did not start on port {self.port}", why=done.stderr.decode("utf-8", "replace").strip()
            )
        self._ours = True

    def _command(self, arguments: list[str], env: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - our own arguments
                [self.path, *arguments], env=env, capture_output=True, stdin=subprocess.DEVNULL, timeout=_SERVER_S
            )
        except OSError as error:
            raise MissingTool(f"adb cannot be run: {self.path}", why=str(error)) from error
        except subprocess.TimeoutExpired as error:
            raise DeviceError(f"adb {' '.join(arguments)} took more than {_SERVER_S:.0f} s") from error

    def running(self) -> bool:
        """Whether something listens on the server's port."""
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=2).close()
        except OSError:
            return False
        return True

    def close(self) -> None:
        """Kill the server if `start` started it; it is gone afterwards."""
        if not (self._ours and self.running()):
            return
        self._ours = False
        self.request("host:kill")
        deadline = time.monotonic() + _SERVER_S
        while self.running() and time.monotonic() < deadline:
            time.sleep(0.01)

    def version(self) -> str:
        """What `adb version` says in its first two lines."""
        lines = self._command(["version"], dict(os.environ)).stdout.decode("utf-8", "replace").splitlines()
        return " ".join(line.strip() for line in lines[:2])

    def devices(self) -> dict[str, str]:
        """Serial -> state (device, offline, unauthorized ...) of every phone that the server knows."""
        with self.open(5) as connection:
            connection.send_command("host:devices")
            connection.check_okay()
            lines = connection.read_string_block().splitlines()
        return dict(line.split("\t", 1) for line in lines if "\t" in line)

    def wait_for(self, serial: str, timeout_s: float) -> None:
        """Until a phone is ready. Raises BootTimeout, DeviceLost."""
        try:
            with self.open(timeout_s) as connection:
                connection.send_command(f"host-serial:{serial}:wait-for-any-device")
                connection.check_okay()
                connection.check_okay()
        except AdbTimeout as error:
            state = self.devices().get(serial, "unknown to adb")
            raise BootTimeout(
                f"phone {serial} did not become ready within {timeout_s:.0f} s",
                why=f"It is {state}.",
                next_step=advice(state),
            ) from error

    def connect(self, address: str, timeout_s: float = _CONNECT_S) -> str:
        """Reach a phone over the network, HOST:PORT, anew if it was connected; what adb says about it.

        Raises DeviceError.
        """
        # A connection that died is still listed, and would be taken for a living one.
        with contextlib.suppress(DeviceLost):
            self.request(f"host:disconnect:{address}")
        with self.open(timeout_s) as connection:
            connection.send_command(f"host:connect:{address}")
            connection.check_okay()
            return str(connection.read_string_block()).strip()

    def request(self, service: str) -> None:
        """A request of which only success is of interest."""
        with self.open(5) as connection:
            connection.send_command(service)
            connection.check_okay()

    @contextlib.contextmanager
    def open(self, timeout_s: float) -> Iterator[adbutils.AdbConnection]:
        """A connection to the server. Whatever fails inside the block comes out as a DeviceError."""
        connection = None
        try:
            connection = _Connection("127.0.0.1", self.port)
            connection.conn.settimeout(timeout_s)
            connection.conn.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            yield connection
        except (adbutils.AdbTimeout, TimeoutError) as error:
            raise AdbTimeout(f"adb did not answer within {timeout_s:.0f} s") from error
        except AdbConnectionError as error:
            raise DeviceLost(f"the adb server on port {self.port} is gone", why=str(error)) from error
        except AdbError as error:
            raise DeviceLost(str(error) or "adb closed the connection", next_step=advice(str(error))) from error
        except (OSError, EOFError) as error:
            raise DeviceLost("the connection to the phone broke", why=str(error)) from error
        finally:
            if connection is not None:
                connection.conn.close()  # adbutils' own close() sleeps.


@dataclass(frozen=True, slots=True)
class Line:
    """The line to one phone."""

    server: AdbServer
    serial: str

    def run(self, command: str, *, stdin: bytes = b"", timeout_s: float = 20.0) -> Reply:
        """Run a command on the device shell. `timeout_s` is for the whole call.

        Raises AdbTimeout, DeviceLost (also when the phone goes away before the exit status has come).
        """
        deadline = time.monotonic() + timeout_s
        with self.server.open(timeout_s) as connection:
            for service in (f"host:transport:{self.serial}", f"shell,v2,raw:{command}"):
                _send(connection.conn, _request(service), deadline)
                connection.check_okay()
            _send(connection.conn, _stdin_packets(stdin), deadline)
            return _read_reply(connection.conn, deadline)


def _request(service: str) -> bytes:
    raw = service.encode("utf-8", "surrogateescape")
    if len(raw) > 0xFFFF:
        raise DeviceError(f"a command of {len(raw)} bytes is too long for adb")
    return f"{len(raw):04x}".encode() + raw


def _stdin_packets(data: bytes) -> bytes:
    """All of stdin and its end."""
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    return b"".join(_HEADER.pack(_STDIN, len(chunk)) + chunk for chunk in chunks) + _HEADER.pack(_CLOSE_STDIN, 0)


def _send(connection: socket.socket, data: bytes, deadline: float) -> None:
    connection.settimeout(_left(deadline))
    connection.sendall(data)


def _read_reply(connection: socket.socket, deadline: float) -> Reply:
    outputs = {_STDOUT: bytearray(), _STDERR: bytearray()}
    packets = _Packets(connection, deadline)
    size = 0
    while True:
        channel, length = _HEADER.unpack(packets.take(_HEADER.size))
        size += length
        if size > _MAX_OUTPUT:
            raise DeviceError("a command gave more output than is believable")
        data = packets.take(length)
        if channel == _EXIT:
            return Reply(data[0] if data else 255, bytes(outputs[_STDOUT]), bytes(outputs[_STDERR]))
        if channel in outputs:
            outputs[channel] += data


class _Packets:
    """Takes bytes off a connection, many packets at a time."""

    def __init__(self, connection: socket.socket, deadline: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self._buffer = bytearray()

    def take(self, size: int) -> bytes:
        """So many bytes. Raises TimeoutError, EOFError."""
        while len(self._buffer) < size:
            self._connection.settimeout(_left(self._deadline))
            part = self._connection.recv(_READ)
            if not part:
                raise EOFError("the phone went away in the middle of a command")
            self._buffer += part
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def find_adb(path: str | None = None) -> str:
    """The adb program: the given one, else ADBUTILS_ADB_PATH's, the one in adbutils' wheel, one on PATH.

    Raises MissingTool.
    """
    if path is not None:
        if Path(path).expanduser().is_file():
            return str(Path(path).expanduser())
        raise MissingTool(
            f"there is no adb at {path}",
            where="phone.adb_path",
            next_step="Leave phone.adb_path out: an adb comes with phonebench.",
        )
    bundled = Path(str(resources.files("adbutils.binaries"))) / "adb"
    if bundled.is_file() and "ADBUTILS_ADB_PATH" not in os.environ:
        return str(bundled)
    try:
        return str(adbutils.adb_path())
    except AdbError as error:
        raise MissingTool(
            "there is no adb", why=str(error), next_step="Install it (apt install adb), or name it: phone.adb_path."
        ) from error


def free_port() -> int:
    """A TCP port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
