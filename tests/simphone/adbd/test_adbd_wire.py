"""The protocol by hand, over a socket: what no well-behaved adb would ever send."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simphone.adbd import transport
from simphone.adbd.transport import Service, Stream, Transport
from simphone.adbd.wire import MAX_PAYLOAD, VERSION, Packet, ProtocolError, read_packet


def fed(data: bytes) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    reader.feed_data(data)
    reader.feed_eof()
    return reader


@given(
    command=st.sampled_from([b"CNXN", b"OPEN", b"OKAY", b"WRTE", b"CLSE"]),
    arg0=st.integers(0, 2**32 - 1),
    arg1=st.integers(0, 2**32 - 1),
    payload=st.binary(max_size=300),
    checksum=st.booleans(),
)
def test_packet_round_trip(command, arg0, arg1, payload, checksum):
    packet = Packet(command, arg0, arg1, payload)

    async def read():
        return await read_packet(fed(packet.encode(checksum=checksum)), checksum=checksum)

    assert asyncio.run(read()) == packet


@given(data=st.binary(max_size=200))
def test_garbage_is_a_protocol_error_or_the_end(data):
    async def read():
        with contextlib.suppress(ProtocolError, asyncio.IncompleteReadError):
            await read_packet(fed(data), checksum=True)

    asyncio.run(read())


def test_a_wrong_checksum_is_refused():
    raw = bytearray(Packet(b"OPEN", 1, 0, b"shell:ls\0").encode(checksum=True))
    raw[16] ^= 1

    async def read():
        await read_packet(fed(bytes(raw)), checksum=True)

    with pytest.raises(ProtocolError):
        asyncio.run(read())


class Client:
    """An adb server that says exactly what a test wants it to."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, *packets: Packet) -> None:
        for packet in packets:
            self.writer.write(packet.encode(checksum=True))

    async def next(self) -> Packet:
        return await asyncio.wait_for(read_packet(self.reader, checksum=False), 10)

    async def hello(self, version: int = VERSION, size: int = MAX_PAYLOAD) -> Packet:
        self.send(Packet(b"CNXN", version, size, b"host::features=shell_v2"))
        return await self.next()


async def _echo(stream: Stream) -> None:
    while data := await stream.reader.read(65536):
        await stream.write(data)


async def _never_reads(stream: Stream) -> None:
    await asyncio.Event().wait()


async def _much(stream: Stream) -> None:
    await stream.write(bytes(3_000_000))


async def _fails(stream: Stream) -> None:
    raise RuntimeError("a bug")


SERVICES: dict[str, Service] = {"echo:": _echo, "never:": _never_reads, "much:": _much, "fails:": _fails}


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[Client]:
    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await Transport(reader, writer, b"device::features=x", SERVICES.get).serve()

    async with await asyncio.start_server(connected, "127.0.0.1", 0) as server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        yield Client(reader, writer)
        writer.close()


async def test_handshake_and_echo():
    async with served() as client:
        hello = await client.hello()
        assert (hello.command, hello.arg0, hello.payload) == (b"CNXN", VERSION, b"device::features=x")
        client.send(Packet(b"OPEN", 7, 0, b"echo:\0"))
        opened = await client.next()
        assert (opened.command, opened.arg1) == (b"OKAY", 7)
        client.send(Packet(b"WRTE", 7, opened.arg0, b"abc"))
        assert {(p.command, p.payload) for p in (await client.next(), await client.next())} == {
            (b"OKAY", b""),
            (b"WRTE", b"abc"),
        }


async def test_unknown_services_and_streams_are_closed_cleanly():
    async with served() as client:
        await client.hello()
        client.send(Packet(b"OPEN", 7, 0, b"tcp:9008\0"))
        assert (await client.next()) == Packet(b"CLSE", 0, 7)
        client.send(Packet(b"WRTE", 9, 77, b"late"), Packet(b"OKAY", 9, 77), Packet(b"CLSE", 9, 77))
        assert (await client.next()) == Packet(b"CLSE", 0, 9)


async def test_a_failing_service_closes_its_stream_only(caplog):
    async with served() as client:
        await client.hello()
        client.send(Packet(b"OPEN", 1, 0, b"fails:\0"))
        assert (await client.next()).command == b"OKAY"
        assert (await client.next()).command == b"CLSE"
        client.send(Packet(b"OPEN", 2, 0, b"echo:\0"))
        assert (await client.next()).command == b"OKAY"
    assert "a bug" in caplog.text


async def test_output_waits_for_okay_and_keeps_to_the_clients_packet_size():
    async with served() as client:
        await client.hello(size=1000)
        client.send(Packet(b"OPEN", 1, 0, b"much:\0"))
        opened = await client.next()
        first = await client.next()
        assert (first.command, len(first.payload)) == (b"WRTE", 1000)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(read_packet(client.reader, checksum=False), 0.1)
        client.send(Packet(b"OKAY", 1, opened.arg0))
        assert (await client.next()).command == b"WRTE"


async def test_unread_input_is_not_acknowledged_and_hurts_no_other_stream():
    async with served() as client:
        await client.hello()
        client.send(Packet(b"OPEN", 1, 0, b"never:\0"), Packet(b"OPEN", 2, 0, b"echo:\0"))
        never, echo = (await client.next()), (await client.next())
        client.send(Packet(b"WRTE", 1, never.arg0, bytes(transport.INPUT_BYTES * 2 + 1)))
        client.send(Packet(b"WRTE", 2, echo.arg0, b"hello"))
        got = [await client.next(), await client.next()]
        assert all(packet.arg1 == 2 for packet in got)


async def test_data_without_waiting_for_okay_ends_the_connection():
    async with served() as client:
        await client.hello()
        client.send(Packet(b"OPEN", 1, 0, b"never:\0"))
        never = await client.next()
        for _ in range(3):
            client.send(Packet(b"WRTE", 1, never.arg0, bytes(MAX_PAYLOAD)))
        with pytest.raises((EOFError, ConnectionError)):
            while True:
                await client.next()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(min_size=24, max_size=400), greet=st.booleans())
def test_any_bytes_end_the_connection_or_are_ignored(data, greet):
    async def attack():
        async with served() as client:
            if greet:
                await client.hello()
            client.writer.write(data)
            client.writer.write_eof()
            await asyncio.wait_for(client.reader.read(), 10)

    with contextlib.suppress(ConnectionError):
        asyncio.run(attack())


def test_a_phone_survives_garbage_on_both_ports(sim_phone):
    attacks = (b"\0" * 24, b"CNXN" + struct.pack("<5I", 1, 2, 2**31, 0, 0), b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 99999)
    for port in (sim_phone.port, sim_phone.port - 1):
        for data in attacks:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5) as attacker:
                attacker.sendall(data)
                attacker.shutdown(socket.SHUT_WR)
                attacker.recv(100)
    assert sim_phone.shell("echo alive").stdout == b"alive\n"
