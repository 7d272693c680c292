"""Phones over adb: one class for simulated, emulated and real ones, the providers that have them ready, and checks."""

from phonebench.device.check import Check
from phonebench.device.health import read_health
from phonebench.device.inventory import require_apps
from phonebench.device.phone import AdbPhone
from phonebench.device.preflight import preflight
from phonebench.device.provider import make_provider

__all__ = ["AdbPhone", "Check", "make_provider", "preflight", "read_health", "require_apps"]
