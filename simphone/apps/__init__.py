"""The apps that a simulated phone can hold. A world decides which of them are installed."""

from __future__ import annotations

import importlib
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simphone.core.app import App, Intent

NAMES: Final = (
    "launcher",
    "calendar",
    "clock",
    "settings",
    "zoom",
    "contacts",
    "messages",
    "dialer",
    "bluecoins",
    "cantook",
    "pimusic",
    "map",
    "gmail",
    "chrome",
    "tiktok",
    "reddit",
)
"""Modules of this package, each with its app as `APP`."""


@lru_cache(maxsize=1)
def all_apps() -> tuple[App, ...]:
    """Every app, imported at the first call."""
    return tuple(importlib.import_module(f"{__name__}.{name}").APP for name in NAMES)


def launcher_intent(package: str) -> Intent | None:
    """What a tap on an app's icon sends; None when there is no such app."""
    from simphone.core.app import Intent

    for app in all_apps():
        if app.manifest.package == package and app.manifest.launchable:
            return Intent(
                component=f"{package}/{app.manifest.activity}", categories=("android.intent.category.LAUNCHER",)
            )
    return None
