"""The apps that a simulated phone can hold. A world decides which of them are installed."""

from __future__ import annotations

import importlib
import importlib.util
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from simphone.core.app import App, Intent

NAMES: Final = ("launcher", "clock", "settings", "zoom")
"""Modules of this package, each with its app as `APP`."""


@lru_cache(maxsize=1)
def all_apps() -> tuple[App, ...]:
    """Every app, imported at the first call."""
    modules = (f"{__name__}.{name}" for name in NAMES)
    loaded = (importlib.import_module(name) for name in modules if importlib.util.find_spec(name))
    return tuple(module.APP for module in loaded if hasattr(module, "APP"))


def launcher_intent(package: str) -> Intent | None:
    """What a tap on an app's icon sends; None when there is no such app."""
    from simphone.core.app import Intent

    for app in all_apps():
        if app.manifest.package == package and app.manifest.launchable:
            return Intent(
                component=f"{package}/{app.manifest.activity}", categories=("android.intent.category.LAUNCHER",)
            )
    return None
