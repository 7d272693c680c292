"""From the section `phone` of a config with kind avd to the slots of a pool."""

from __future__ import annotations

from phonebench.config import PhoneConfig
from phonebench.config.phone import DockerConfig
from phonebench.device.adb import AdbServer
from phonebench.device.avd.container import ContainerSlot
from phonebench.device.avd.docker import reap_containers
from phonebench.device.avd.fleet import make_fleet
from phonebench.device.avd.sdk import adb_path, find_sdk
from phonebench.device.avd.slot import AvdSlot
from phonebench.device.phone import AdbPhone
from phonebench.device.pool import PhonePool


def avd_pool(config: PhoneConfig) -> PhonePool:
    """Emulators, not yet started. What killed runs left is removed first. Raises ConfigError, MissingTool."""
    if config.docker is not None:
        return _containers(config, config.docker)
    sdk = find_sdk(config.sdk_path)
    server = AdbServer(adb_path(config, sdk), config.adb_server_port)
    fleet = make_fleet(config, server, sdk)
    return PhonePool(server, [AvdSlot(fleet, number) for number in range(1, config.count + 1)])


def _containers(config: PhoneConfig, image: DockerConfig) -> PhonePool:
    reap_containers()
    server = AdbServer(config.adb_path, config.adb_server_port)
    numbers = range(1, config.count + 1)
    return PhonePool(server, [ContainerSlot(config, image, server, number, AdbPhone.prepare) for number in numbers])
