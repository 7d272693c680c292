"""Packets of the adb transport protocol (AOSP packages/modules/adb, protocol.txt): 24 bytes of header, then payload."""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass
from typing import Final

VERSION: Final = 0x01000001
"""From this version on the checksum is neither sent nor looked at."""
MAX_PAYLOAD: Final = 1024 * 1024
MAX_HANDSHAKE: Final = 4096
"""Bytes of a first packet: what every version of adb keeps to before the two sides have agreed on more."""

_HEADER: Final = struct.Struct("<4s5I")


class ProtocolError(Exception):
    """The other side broke the protocol; the connection cannot go on."""


@dataclass(frozen=True, slots=True)
class Packet:
    """`command` is one of CNXN, OPEN, OKAY, WRTE, CLSE, AUTH, STLS; the arguments' meaning depends on it."""

    command: bytes
    arg0: int = 0
    arg1: int = 0
    payload: bytes = b""

    def encode(self, *, checksum: bool) -> bytes:
        """The packet as bytes; without checksum its field is 0."""
        total = sum(self.payload) & 0xFFFFFFFF if checksum else 0
        magic = int.from_bytes(self.command, "little") ^ 0xFFFFFFFF
        return _HEADER.pack(self.command, self.arg0, self.arg1, len(self.payload), total, magic) + self.payload


async def read_packet(
    reader: asyncio.StreamReader, *, checksum: bool, limit: int = MAX_PAYLOAD, timeout_s: float = 60.0
) -> Packet:
    """The next packet. Waits for a header as long as the connection lives, for the rest `timeout_s` seconds.

    Raises ProtocolError on a malformed packet, TimeoutError, asyncio.IncompleteReadError at the end of the connection.
    """
    head = await reader.readexactly(1)
    async with asyncio.timeout(timeout_s):
        head += await reader.readexactly(_HEADER.size - 1)
        command, arg0, arg1, length, total, magic = _HEADER.unpack(head)
        if magic != int.from_bytes(command, "little") ^ 0xFFFFFFFF:
            raise ProtocolError("the header's magic does not fit its command")
        if length > limit:
            raise ProtocolError(f"a payload of {length} bytes; {limit} are allowed")
        payload = await reader.readexactly(length) if length else b""
    if checksum and sum(payload) & 0xFFFFFFFF != total:
        raise ProtocolError("the checksum does not fit the payload")
    return Packet(command, arg0, arg1, payload)
