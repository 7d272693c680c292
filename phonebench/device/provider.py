"""From the section `phone` of a config to a provider of phones."""

from __future__ import annotations

from phonebench.config import PhoneConfig
from phonebench.device.adb import AdbServer, free_port
from phonebench.device.attached import AttachedSlot, serials
from phonebench.device.avd.provider import avd_pool
from phonebench.device.pool import PhonePool, Slot
from phonebench.device.sim import SimSlot


def make_provider(config: PhoneConfig) -> PhonePool:
    """A provider, not yet entered. Raises ConfigError, MissingTool; for attached phones DeviceError."""
    if config.kind == "avd":
        return avd_pool(config)
    if config.kind == "attached":
        server = AdbServer(config.adb_path, config.adb_server_port)
        server.start()
        return PhonePool(server, [AttachedSlot(server, config, serial) for serial in serials(server, config)])
    private = config.adb_server_port is None
    server = AdbServer(config.adb_path, config.adb_server_port or free_port(), private=private)
    slots: list[Slot] = [
        SimSlot(server, config, f"sim-{number}", private_server=private) for number in range(1, config.count + 1)
    ]
    return PhonePool(server, slots)
