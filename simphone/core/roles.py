"""Default apps: who holds which role (android.app.role.*). A role is kept with the package that holds it, in `roles`.

Worked on the phone's state tree, so that Settings, the package manager and the shell agree.
"""

from __future__ import annotations

from typing import Any, Final

BROWSER: Final = "android.app.role.BROWSER"
CALL_SCREENING: Final = "android.app.role.CALL_SCREENING"
ASSISTANT: Final = "android.app.role.ASSISTANT"
HOME: Final = "android.app.role.HOME"
DIALER: Final = "android.app.role.DIALER"
SMS: Final = "android.app.role.SMS"

CANDIDATES: Final[dict[str, tuple[str, ...]]] = {
    BROWSER: ("com.android.chrome", "org.mozilla.firefox"),
    CALL_SCREENING: (),
    ASSISTANT: ("com.google.android.googlequicksearchbox",),
    HOME: ("com.google.android.apps.nexuslauncher",),
    DIALER: ("com.google.android.dialer",),
    SMS: ("com.google.android.apps.messaging",),
}
"""Packages that can hold a role, the one that does so on a new phone first."""
BROWSER_ACTIVITIES: Final = {
    "com.android.chrome": "com.google.android.apps.chrome.Main",
    "org.mozilla.firefox": "org.mozilla.firefox.App",
}
"""The activity of a browser that opens web addresses, written out."""


def candidates(state: dict[str, Any], role: str) -> list[str]:
    """Installed packages that can hold a role. KeyError for an unknown role."""
    return [package for package in CANDIDATES[role] if package in state["packages"]]


def holder(state: dict[str, Any], role: str) -> str:
    """The package that was chosen for a role, else the first that can hold it; empty when none can."""
    chosen = [name for name, entry in state["packages"].items() if role in entry.get("roles", ())]
    return next(iter((*chosen, *candidates(state, role))), "")


def hold(state: dict[str, Any], role: str, package: str | None) -> None:
    """Give a role to a package alone; None takes back the choice. KeyError for an unknown role or package."""
    if role not in CANDIDATES:
        raise KeyError(role)
    taker = None if package is None else state["packages"][package]
    for entry in state["packages"].values():
        if role in entry.get("roles", ()):
            entry["roles"] = [each for each in entry["roles"] if each != role]
    if taker is not None:
        taker["roles"] = [*taker.get("roles", ()), role]
