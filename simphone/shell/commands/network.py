"""The network as an emulator shows it: ip, ifconfig, ping, netstat. Nothing ever reaches the host's."""

from __future__ import annotations

from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError

_ADDRESS: Final = "10.0.2.16"
_ROUTE: Final = f"10.0.2.0/24 dev wlan0 proto kernel scope link src {_ADDRESS} "
_LO: Final = """1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
"""
_WLAN_UP: Final = f"""2: wlan0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc mq state UP group default qlen 1000
    link/ether 02:15:b2:00:00:00 brd ff:ff:ff:ff:ff:ff
    inet {_ADDRESS}/24 brd 10.0.2.255 scope global wlan0
       valid_lft forever preferred_lft forever
"""
_WLAN_DOWN: Final = """2: wlan0: <BROADCAST,MULTICAST> mtu 1500 qdisc mq state DOWN group default qlen 1000
    link/ether 02:15:b2:00:00:00 brd ff:ff:ff:ff:ff:ff
"""


def wifi_on(call: Call) -> bool:
    """Whether Wi-Fi is on; 2 stands for on in airplane mode."""
    return call.phone.setting("global", "wifi_on") in ("1", "2")


async def _ip(call: Call) -> int:
    words = [word for word in call.args if not word.startswith("-")]
    what = words[0] if words else ""
    if not what:
        raise CommandError("usage: ip [ OPTIONS ] OBJECT { COMMAND }", 255)
    if "route".startswith(what):
        if wifi_on(call):
            await call.line(
                _ROUTE if "get" not in words else f"{words[-1]} via 10.0.2.2 dev wlan0 src {_ADDRESS} uid 0 "
            )
        return 0
    if not any(name.startswith(what) for name in ("address", "link")):
        return 0
    wlan = _WLAN_UP if wifi_on(call) else _WLAN_DOWN
    names = {"lo": _LO, "wlan0": wlan}
    wanted = [word for word in words[1:] if word not in ("show", "list", "dev")]
    if not wanted:
        await call.out(_LO, wlan)
        return 0
    if wanted[0] not in names:
        await call.err(f'Device "{wanted[0]}" does not exist.')
        return 1
    await call.out(names[wanted[0]])
    return 0


async def _ifconfig(call: Call) -> int:
    names = [word for word in call.args if not word.startswith("-")]
    if names and names[0] not in ("wlan0", "lo"):
        raise CommandError(f"{names[0]}: No such device")
    if not names or names[0] == "wlan0":
        inet = f"          inet addr:{_ADDRESS}  Bcast:10.0.2.255  Mask:255.255.255.0 \n" if wifi_on(call) else ""
        await call.out("wlan0     Link encap:Ethernet  HWaddr 02:15:b2:00:00:00\n", inet)
        await call.out("          UP BROADCAST RUNNING MULTICAST  MTU:1500  Metric:1\n\n")
    if not names or names[0] == "lo":
        await call.out("lo        Link encap:Local Loopback  \n          inet addr:127.0.0.1  Mask:255.0.0.0 \n")
        await call.out("          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n\n")
    return 0


async def _ping(call: Call) -> int:
    """There is no network behind the simulated phone: nobody answers."""
    options, operands = call.options("46c:i:I:W:w:s:qnt:")
    if not operands:
        raise CommandError("usage error: Destination address required")
    count = int(options["c"]) if options.get("c", "").isdigit() and len(options["c"]) < 4 else 4
    if not operands[0].replace(".", "").isdigit():
        await call.err(f"ping: unknown host {operands[0]}")
        return 2
    call.phone.advance(count * 1000)
    await call.line(f"PING {operands[0]} ({operands[0]}) 56(84) bytes of data.\n")
    await call.line(f"--- {operands[0]} ping statistics ---")
    await call.line(f"{count} packets transmitted, 0 received, 100% packet loss, time {count * 1000}ms\n")
    return 1


async def _netstat(call: Call) -> int:
    await call.line("Active Internet connections (w/o servers)")
    await call.line("Proto Recv-Q Send-Q Local Address           Foreign Address         State")
    return 0


async def _no_network(_call: Call) -> int:
    raise CommandError("the simulated phone has no network", 7)


COMMANDS: Final[dict[str, Command]] = {
    "curl": _no_network,
    "ifconfig": _ifconfig,
    "ip": _ip,
    "nc": _no_network,
    "netcat": _no_network,
    "netstat": _netstat,
    "ping": _ping,
    "ping6": _ping,
}
