"""getprop and setprop: what an emulator of this make would tell, and that it is a simulated one."""

from __future__ import annotations

from importlib import metadata
from typing import Final
from zoneinfo import ZoneInfo

from simphone.phone.phone import Phone
from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError


def version() -> str:
    """Version of the simulated phone."""
    try:
        return metadata.version("phonebench")
    except metadata.PackageNotFoundError:
        return "unknown"


def properties(phone: Phone) -> dict[str, str]:
    """All properties, sorted by name; those set by setprop lie over the phone's own."""
    device = phone.state["device"]
    metrics = phone.metrics
    locale = device.get("locale", "en-US")
    build = device.get("build", "")
    maker = {"brand": "brand", "device": "device", "manufacturer": "manufacturer", "model": "model", "name": "name"}
    product = {
        f"ro.product.{part}{key}": str(device.get(fact, ""))
        for part in ("", "system.", "vendor.", "odm.", "product.")
        for key, fact in maker.items()
    }
    sdk, release = str(device.get("sdk", 33)), str(device.get("android", "13"))
    values = product | {
        "dev.bootcomplete": "1",
        "init.svc.adbd": "running",
        "init.svc.bootanim": "stopped",
        "init.svc.zygote": "running",
        "gsm.operator.alpha": "T-Mobile",
        "gsm.operator.iso-country": "us",
        "gsm.operator.numeric": "310260",
        "gsm.sim.state": "READY",
        "net.bt.name": "Android",
        "persist.sys.locale": locale,
        "persist.sys.timezone": str(phone.state["clock"]["zone"]),
        "qemu.hw.mainkeys": "0",
        "qemu.sf.lcd_density": str(metrics.density),
        "ro.boot.hardware": str(device.get("hardware", "ranchu")),
        "ro.boot.qemu": "1",
        "ro.boot.qemu.avd_name": str(device.get("avd", "")),
        "ro.boot.serialno": str(device.get("serial", "")),
        "ro.bootmode": "unknown",
        "ro.build.characteristics": "emulator",
        "ro.build.display.id": f"{device.get('name', '')}-userdebug {release} {build} dev-keys",
        "ro.build.fingerprint": str(device.get("fingerprint", "")),
        "ro.build.id": build,
        "ro.build.product": str(device.get("device", "")),
        "ro.build.tags": "dev-keys",
        "ro.build.type": "userdebug",
        "ro.build.version.codename": "REL",
        "ro.build.version.incremental": str(device.get("fingerprint", "")).rpartition(":")[0].rpartition("/")[2],
        "ro.build.version.release": release,
        "ro.build.version.sdk": sdk,
        "ro.build.version.security_patch": str(device.get("security_patch", "")),
        "ro.crypto.state": "encrypted",
        "ro.debuggable": "1",
        "ro.hardware": str(device.get("hardware", "ranchu")),
        "ro.kernel.qemu": "1",
        "ro.kernel.qemu.avd_name": str(device.get("avd", "")),
        "ro.product.board": str(device.get("board", "")),
        "ro.product.cpu.abi": str(device.get("abi", "x86_64")),
        "ro.product.cpu.abilist": str(device.get("abi", "x86_64")),
        "ro.product.first_api_level": sdk,
        "ro.product.locale": locale,
        "ro.secure": "1",
        "ro.serialno": str(device.get("serial", "")),
        "ro.sf.lcd_density": str(metrics.density),
        "ro.simphone.version": version(),
        "ro.simphone.world": str(phone.state["world"]),
        "sys.boot_completed": "1",
        "sys.usb.state": "adb",
    }
    return dict(sorted((values | device.get("properties", {})).items()))


async def _getprop(call: Call) -> int:
    operands = [word for word in call.args if not word.startswith("-")]
    values = properties(call.phone)
    if operands:
        await call.line(values.get(operands[0], operands[1] if len(operands) > 1 else ""))
        return 0
    await call.out("".join(f"[{key}]: [{value}]\n" for key, value in values.items()))
    return 0


async def _setprop(call: Call) -> int:
    if len(call.args) != 2:
        raise CommandError("usage: setprop NAME VALUE")
    name, value = call.args
    if name.startswith("ro.") and name in properties(call.phone):
        raise CommandError(f"Failed to set property '{name}' to '{value}'.\nSee dmesg for error reason.")
    if name == "persist.sys.timezone":
        _set_zone(call, value)
    elif name in ("ctl.restart", "ctl.stop", "ctl.start"):
        return 0
    else:
        call.state["device"].setdefault("properties", {})[name] = value
    return 0


def _set_zone(call: Call, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        raise CommandError(f"no time zone '{zone}'") from None
    call.state["clock"]["zone"] = zone
    call.phone.changed()


COMMANDS: Final[dict[str, Command]] = {"getprop": _getprop, "setprop": _setprop}
