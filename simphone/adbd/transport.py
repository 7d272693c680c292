"""One connection of an adb server: the handshake, and many streams side by side with back-pressure by OKAY."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from simphone.adbd.wire import MAX_HANDSHAKE, MAX_PAYLOAD, VERSION, Packet, ProtocolError, read_packet

log = logging.getLogger(__name__)

HANDSHAKE_S: Final = 10.0
STALL_S: Final = 300.0
"""How long a client may leave data unread before its stream, or the whole connection, is given up."""
LINGER_S: Final = 10.0
"""How long a service that reads to the end of its input may go on after the client has left."""
MAX_STREAMS: Final = 256
INPUT_BYTES: Final = 256 * 1024
"""Unread input of a stream beyond twice this many bytes is no longer acknowledged."""
OUTPUT_BYTES: Final = 64 * 1024
"""Unsent output of a stream beyond this many bytes makes its writer wait, as a full socket does."""


class Gate(asyncio.ReadTransport):
    """What a StreamReader pauses and resumes when its buffer is full and when there is room again."""

    def __init__(self, resumed: Callable[[], None]) -> None:
        super().__init__()
        self.open = True
        self._resumed = resumed

    def pause_reading(self) -> None:
        """The buffer is full."""
        self.open = False

    def resume_reading(self) -> None:
        """There is room again."""
        self.open = True
        self._resumed()


class Stream:
    """A two-way byte stream to a client. Reading is asyncio.StreamReader's. What is written while the client owes an
    OKAY gathers, as in the socket between a command and adbd, and leaves together."""

    def __init__(self, transport: Transport, local: int, remote: int) -> None:
        self._transport = transport
        self._local = local
        self._remote = remote
        self._gate = Gate(self._acknowledge)
        self._owed = 0
        self._waiting = False
        self._output = bytearray()
        self._room = asyncio.Event()
        self._room.set()
        self.reader = asyncio.StreamReader(limit=INPUT_BYTES)
        self.reader.set_transport(self._gate)
        self.gone = False
        self.lingers = False
        """Set by a service whose input ends with the client's leaving: it is not cancelled then, but sees the end."""

    async def read(self, size: int) -> bytes:
        """Up to so many bytes; none when the client has left."""
        return await self.reader.read(size)

    async def write(self, data: bytes) -> None:
        """Send it, now or after what is under way. Raises BrokenPipeError when the client has left, TimeoutError when
        it reads nothing."""
        async with asyncio.timeout(STALL_S):
            while not self._room.is_set():
                await self._room.wait()
        if self.gone:
            raise BrokenPipeError
        self._output += data
        self._send()

    async def flush(self) -> None:
        """Return when all output has left. Raises as `write` does."""
        async with asyncio.timeout(STALL_S):
            while self._output and not self.gone:
                self._room.clear()
                await self._room.wait()

    def _send(self) -> None:
        if self._output and not self._waiting:
            self._waiting = True
            size = self._transport.max_payload
            self._transport.post(Packet(b"WRTE", self._local, self._remote, bytes(self._output[:size])))
            del self._output[:size]
        if len(self._output) > OUTPUT_BYTES:
            self._room.clear()
        else:
            self._room.set()

    def feed(self, data: bytes) -> None:
        """Take in a WRTE; acknowledged now, or when there is room again."""
        if self._owed > 1:
            raise ProtocolError("data sent without waiting for OKAY")
        self._owed += 1
        self.reader.feed_data(data)
        if self._gate.open:
            self._acknowledge()

    def acknowledged(self) -> None:
        """An OKAY has come."""
        self._waiting = False
        self._send()

    def end(self) -> None:
        """The client has left: reading ends, writing fails."""
        self.gone = True
        self._room.set()
        self.reader.feed_eof()

    def _acknowledge(self) -> None:
        while self._owed and not self.gone:
            self._owed -= 1
            self._transport.post(Packet(b"OKAY", self._local, self._remote))


Service = Callable[[Stream], Awaitable[None]]


class Transport:
    """Serves a connection until it ends. `find` turns the name of a service into the service, None to refuse."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        banner: bytes,
        find: Callable[[str], Service | None],
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._banner = banner
        self._find = find
        self._checksum = True
        self._sending = asyncio.Lock()
        self._streams: dict[int, tuple[Stream, asyncio.Task[None]]] = {}
        self._next = 0
        self.max_payload = MAX_HANDSHAKE

    async def serve(self) -> None:
        """Until the client leaves or breaks the protocol, which is no error here, or the task is cancelled."""
        try:
            await self._handshake()
            while True:
                await self._handle(await read_packet(self._reader, checksum=self._checksum, limit=self.max_payload))
        except ProtocolError as error:
            log.info("connection closed: %s", error)
        except (OSError, EOFError, TimeoutError):
            pass
        finally:
            await self._close()

    async def send(self, packet: Packet) -> None:
        """Send, waiting while the connection is slow. A connection that takes nothing for a long time is closed."""
        try:
            async with asyncio.timeout(STALL_S), self._sending:
                self.post(packet)
                await self._writer.drain()
        except TimeoutError:
            self._writer.transport.abort()
            raise

    def post(self, packet: Packet) -> None:
        """Send without waiting; for packets that the other side's own pace bounds."""
        self._writer.write(packet.encode(checksum=self._checksum))

    async def _handshake(self) -> None:
        async with asyncio.timeout(HANDSHAKE_S):
            hello = await read_packet(self._reader, checksum=True, limit=MAX_PAYLOAD)
        if hello.command != b"CNXN":
            raise ProtocolError("a connection has to begin with CNXN")
        self.max_payload = max(1, min(hello.arg1, MAX_PAYLOAD))
        await self.send(Packet(b"CNXN", VERSION, MAX_PAYLOAD, self._banner))
        self._checksum = hello.arg0 < VERSION

    async def _handle(self, packet: Packet) -> None:
        if packet.command == b"OPEN":
            await self._open(packet)
            return
        stream = self._streams.get(packet.arg1, (None, None))[0]
        if packet.command == b"CLSE":
            self._leave(packet.arg1)
        elif stream is None:
            # Late packets of a stream that we have closed are answered as adbd does, and otherwise ignored.
            if packet.command == b"WRTE":
                await self.send(Packet(b"CLSE", 0, packet.arg0))
        elif packet.command == b"OKAY":
            stream.acknowledged()
        elif packet.command == b"WRTE":
            stream.feed(packet.payload)
            await self._drain()
        elif packet.command not in (b"AUTH", b"STLS", b"CNXN"):
            raise ProtocolError("an unknown command")

    async def _drain(self) -> None:
        async with asyncio.timeout(STALL_S), self._sending:
            await self._writer.drain()

    async def _open(self, packet: Packet) -> None:
        name = packet.payload.rstrip(b"\0").decode("utf-8", "surrogateescape")
        service = self._find(name) if packet.arg0 and len(self._streams) < MAX_STREAMS else None
        if service is None:
            await self.send(Packet(b"CLSE", 0, packet.arg0))
            return
        self._next += 1
        stream = Stream(self, self._next, packet.arg0)
        await self.send(Packet(b"OKAY", self._next, packet.arg0))
        self._streams[self._next] = (stream, asyncio.create_task(self._run(stream, service, self._next, packet.arg0)))

    async def _run(self, stream: Stream, service: Service, local: int, remote: int) -> None:
        try:
            await service(stream)
            await stream.flush()
        except (OSError, EOFError, TimeoutError):
            pass  # The client left or stalled.
        except Exception:
            log.exception("a service of the simulated phone failed")
        finally:
            self._streams.pop(local, None)
            if not stream.gone:
                stream.gone = True
                with contextlib.suppress(OSError, TimeoutError):
                    await self.send(Packet(b"CLSE", local, remote))

    def _leave(self, local: int) -> None:
        stream, task = self._streams.pop(local, (None, None))
        if stream is None or task is None:
            return
        stream.end()
        if stream.lingers:
            asyncio.get_running_loop().call_later(LINGER_S, task.cancel)
        else:
            task.cancel()

    async def _close(self) -> None:
        tasks = [task for _, task in self._streams.values()]
        for stream, task in list(self._streams.values()):
            stream.end()
            task.cancel()
        self._writer.transport.abort()
        await asyncio.gather(*tasks, return_exceptions=True)
