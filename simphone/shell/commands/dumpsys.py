"""dumpsys: the lines that clients look for, in surroundings like a phone's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.commands import dump_device, dump_screen

Dump = Callable[[Call, list[str]], str]

_SERVICES: Final[dict[str, Dump]] = {
    "SurfaceFlinger": dump_screen.surface_flinger,
    "activity": dump_screen.activity,
    "alarm": dump_device.alarm,
    "audio": dump_device.audio,
    "battery": dump_device.battery,
    "bluetooth_manager": dump_device.bluetooth,
    "cpuinfo": dump_device.cpuinfo,
    "diskstats": dump_device.diskstats,
    "display": dump_screen.display,
    "gfxinfo": dump_device.gfxinfo,
    "input": dump_screen.input_devices,
    "input_method": dump_device.input_method,
    "location": dump_device.location,
    "media_session": dump_device.media_session,
    "meminfo": dump_device.meminfo,
    "notification": dump_device.notification,
    "package": dump_device.package,
    "power": dump_screen.power,
    "telephony.registry": dump_device.telephony,
    "thermalservice": dump_device.thermal,
    "uimode": dump_device.uimode,
    "volume": dump_device.audio,
    "wifi": dump_device.wifi,
    "window": dump_screen.window,
}
SERVICES: Final = tuple(_SERVICES)


async def _dumpsys(call: Call) -> int:
    args = list(call.args)
    while args and args[0] in ("-t", "-T", "--priority"):
        args = args[2:]
    if args[:1] == ["-l"]:
        await call.out("Currently running services:\n", "".join(f"  {name}\n" for name in SERVICES))
        return 0
    if not args:
        for name, dump in _SERVICES.items():
            await call.out(f"DUMP OF SERVICE {name}:\n{dump(call, [])}\n")
        return 0
    if args[0] not in _SERVICES:
        await call.err(f"Can't find service: {args[0]}")
        return 0
    await call.out(_SERVICES[args[0]](call, args[1:]))
    return 0


COMMANDS: Final[dict[str, Command]] = {"dumpsys": _dumpsys}
