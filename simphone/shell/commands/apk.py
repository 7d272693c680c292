"""Archives that are installed: a simulated phone runs only its own apps, and the keyboards of test tools."""

from __future__ import annotations

import io
import zipfile
from typing import Any, Final

from simphone.phone.phone import Phone

MAX_APK: Final = 64 * 1024 * 1024
"""Larger archives are taken unread."""
_MAX_MANIFEST: Final = 1024 * 1024
_KEYBOARDS: Final = {"com.android.adbkeyboard": "ADB Keyboard", "com.github.uiautomator": "ATX"}


def install(phone: Phone, archive: bytes) -> None:
    """Add the package of a keyboard that the phone knows how to be; whatever else is in an archive stays out."""
    package = _keyboard_in(archive)
    packages: dict[str, Any] = phone.state["packages"]
    if package is None or package in packages:
        return
    packages[package] = {
        "app": None,
        "first_install_ms": phone.state["clock"]["epoch_ms"],
        "label": _KEYBOARDS[package],
        "permissions": {},
        "system": False,
        "uid": 1 + max(facts["uid"] for facts in packages.values()),
        "version": "2.0",
        "version_code": 2,
    }
    phone.changed()


def _keyboard_in(archive: bytes) -> str | None:
    """The keyboard that the manifest names; its texts lie in a binary XML, in UTF-16 or UTF-8."""
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as files, files.open("AndroidManifest.xml") as manifest:
            told = manifest.read(_MAX_MANIFEST)
    except (zipfile.BadZipFile, KeyError, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        return None
    return next((name for name in _KEYBOARDS if name.encode("utf-16-le") in told or name.encode() in told), None)
