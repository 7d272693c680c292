"""The emulator console: lines of text on the even port. Replies end in `OK` or `KO: reason`, lines in CR LF."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

from simphone.phone.phone import Phone

STALL_S: Final = 60.0
_MAX_LINE: Final = 64 * 1024
_GREETING: Final = "Android Console: type 'help' for a list of commands\r\nOK\r\n"


class Machine(Protocol):
    """The phone and its plug."""

    phone: Phone

    def power_off(self) -> None:
        """Vanish for good."""


class _Refused(Exception):
    """Answered with KO and this message."""


class Console:
    """One connection. There is no authentication: any token is right."""

    def __init__(self, machine: Machine, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._machine = machine
        self._reader = reader
        self._writer = writer
        self._pending = bytearray()

    async def serve(self) -> None:
        """Until quit, kill, or the client leaves; never raises for what the client does."""
        try:
            await self._say(_GREETING)
            first = True
            while (line := await self._line()) is not None:
                words = line.split(maxsplit=1)
                verb = words[0].lower() if words else ""
                if first and verb != "auth" and b"\n" in self._pending:
                    # `adb emu` sends everything at once and drops two OKs from the reply: the greeting's and that of
                    # its auth line, which it leaves out when there is no token. It gets its second greeting here.
                    await self._say(_GREETING)
                first = False
                if verb in ("quit", "exit"):
                    return
                if verb == "kill":
                    await self._say("OK: killing emulator, bye bye\r\n")
                    self._machine.power_off()
                    return
                if verb:
                    await self._say(answer(self._machine, verb, words[1].strip() if len(words) > 1 else ""))
        except (OSError, EOFError, TimeoutError):
            pass

    async def _line(self) -> str | None:
        while b"\n" not in self._pending:
            data = await self._reader.read(4096)
            if not data or len(self._pending) > _MAX_LINE:
                return None
            self._pending += data
        line, _, rest = bytes(self._pending).partition(b"\n")
        self._pending = bytearray(rest)
        return line.decode("utf-8", "replace").rstrip("\r")

    async def _say(self, text: str) -> None:
        self._writer.write(text.encode())
        async with asyncio.timeout(STALL_S):
            await self._writer.drain()


def answer(machine: Machine, verb: str, rest: str) -> str:
    """The whole reply to one command line, `OK` or `KO: reason` included."""
    command = _COMMANDS.get(verb)
    if command is None:
        return "KO: unknown command, try 'help'\r\n"
    try:
        text = command(machine, rest)
    except _Refused as refused:
        return f"KO: {refused}\r\n"
    machine.phone.changed()
    body = "".join(f"{line}\r\n" for line in text.splitlines())
    return body + "OK\r\n"


def _help(_: Machine, rest: str) -> str:
    return "Android console commands:\n\n    " + "\n    ".join([*_COMMANDS, "kill", "quit"]) + "\n" if not rest else ""


def _greet(_: Machine, __: str) -> str:
    return _GREETING.splitlines()[0]


def _nothing(_: Machine, __: str) -> str:
    return ""


def _split(rest: str, known: str) -> tuple[str, str]:
    """The sub-command and what follows it; KO when it is not one of `known`."""
    verb, _, more = rest.partition(" ")
    if not verb:
        raise _Refused("missing sub-command")
    if verb not in known.split():
        raise _Refused("bad sub-command")
    return verb, more.strip()


def _avd(machine: Machine, rest: str) -> str:
    verb, more = _split(rest, "name status start stop path snapshot")
    if verb == "snapshot":
        return _snapshot(machine.phone, more)
    name = str(machine.phone.state["device"]["avd"])
    return {"name": name, "status": "virtual device is running", "path": f"/{name}.avd"}.get(verb, "")


def _snapshot(phone: Phone, rest: str) -> str:
    verb, tag = _split(rest, "list save load delete del get")
    if verb == "list":
        tags = phone.tags()
        if not tags:
            return "There is no snapshot available."
        head = f"{'ID':<10}{'TAG':<20}{'VM SIZE':>7}{'DATE':>20}{'VM CLOCK':>15}"
        date = f"{phone.now():%Y-%m-%d %H:%M:%S}"
        rows = [f"{'--':<10}{name:<20}{'0 B':>7}{date:>20}{'00:00:00.000':>15}" for name in tags]
        return "\n".join(["List of snapshots present on all disks:", head, *rows])
    if not tag:
        raise _Refused("argument missing, try 'avd snapshot <command> <name>'")
    if verb == "save":
        phone.save(tag)
    elif verb == "load" and not phone.load(tag):
        raise _Refused(f"Device 'cache' does not have the requested snapshot '{tag}'")
    elif verb in ("delete", "del") and not phone.delete(tag):
        raise _Refused(f"snapshot '{tag}' does not exist")
    return ""


def _geo(machine: Machine, rest: str) -> str:
    verb, more = _split(rest, "fix nmea gnss")
    if verb == "fix":
        try:
            longitude, latitude, *others = (float(word) for word in more.split())
        except ValueError:
            raise _Refused("argument(s) missing or not a number, see 'help geo fix'") from None
        if not (abs(longitude) <= 180 and abs(latitude) <= 90):
            raise _Refused("invalid longitude or latitude")
        machine.phone.state["location"] = {"lat": latitude, "lon": longitude} | ({"alt": others[0]} if others else {})
    return ""


_CHARGING: Final = {"unknown": False, "charging": True, "discharging": False, "not-charging": False, "full": True}
_HEALTH: Final = ("unknown", "good", "overheat", "dead", "overvoltage", "failure")


def _power(machine: Machine, rest: str) -> str:
    verb, value = _split(rest, "display ac status present health capacity")
    battery = machine.phone.state["battery"]
    if verb == "display":
        return "\n".join(f"{key}: {value}" for key, value in sorted(battery.items()))
    if verb == "capacity" and value.isdigit() and int(value) <= 100:
        battery["level"] = int(value)
    elif verb == "ac" and value in ("on", "off"):
        battery["charging"] = value == "on"
    elif verb == "status" and value in _CHARGING:
        battery["charging"] = _CHARGING[value]
    elif not ((verb == "health" and value in _HEALTH) or (verb == "present" and value in ("true", "false"))):
        raise _Refused(f"invalid value for 'power {verb}'")
    return ""


_NETWORK_MS: Final = 1000
"""How long the network takes; apps get to know of calls and messages when time passes."""


def _sms(machine: Machine, rest: str) -> str:
    """A row of the inbox, with the columns of Android's Telephony.Sms provider."""
    verb, more = _split(rest, "send pdu")
    sender, _, text = more.partition(" ")
    if verb != "send" or not sender or not text:
        raise _Refused("missing argument, try 'sms send <phonenumber> <text message>'")
    state = machine.phone.state
    providers = state["providers"]
    last = max(
        (row["_id"] for uri, rows in providers.items() if uri.startswith("content://sms") for row in rows), default=0
    )
    row = {"_id": last + 1, "address": sender, "body": text, "date": state["clock"]["epoch_ms"], "read": 0, "type": 1}
    providers.setdefault("content://sms/inbox", []).append(row)
    machine.phone.advance(_NETWORK_MS)
    return ""


def _gsm(machine: Machine, rest: str) -> str:
    """At most one call at a time: telephony.call is null or {number, state: ringing | active}."""
    verb, number = _split(rest, "call accept cancel busy hold list status voice data")
    telephony = machine.phone.state["telephony"]
    call = telephony["call"]
    if verb == "list":
        return f"inbound from {call['number']:<10} : {call['state']}" if call else ""
    if verb == "status":
        return "gsm voice state: home\ngsm data state:  home"
    if verb in ("voice", "data", "hold"):
        return ""
    if not number:
        raise _Refused(f"missing argument, try 'gsm {verb} <phonenumber>'")
    if verb != "call" and (call is None or call["number"] != number):
        raise _Refused(f"no current call from/to number '{number}'")
    state = {"call": "ringing", "accept": "active"}.get(verb)
    telephony["call"] = {"number": number, "state": state} if state else None
    machine.phone.advance(_NETWORK_MS)
    return ""


def _rotate(machine: Machine, _: str) -> str:
    turns = int(machine.phone.setting("system", "user_rotation", "0") or 0)
    machine.phone.put_setting("system", "accelerometer_rotation", "0")
    machine.phone.put_setting("system", "user_rotation", str((turns + 1) % 4))
    return ""


def _network(_: Machine, rest: str) -> str:
    if rest.split()[:1] != ["status"]:
        return ""
    speeds = "".join(f"  {way} speed:{'':10}0 bits/s (0.0 KB/s)\n" for way in ("download", "upload"))
    return f"Current network status:\n{speeds}"


def _event(machine: Machine, rest: str) -> str:
    """Only `event text`: the others are raw kernel events, which nothing here would see."""
    verb, text = _split(rest, "text send types codes mouse")
    if verb == "text":
        machine.phone.type_text(text)
    return ""


_COMMANDS: Final[dict[str, Callable[[Machine, str], str]]] = {
    "help": _help,
    "auth": _greet,
    "ping": lambda _, __: "I am alive!",
    "avd": _avd,
    "geo": _geo,
    "gsm": _gsm,
    "sms": _sms,
    "power": _power,
    "rotate": _rotate,
    "network": _network,
    "event": _event,
    "sensor": _nothing,
    "finger": _nothing,
}
