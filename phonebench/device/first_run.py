"""Pages that stand in front of an app the first time: welcome tours, terms, permissions, accounts."""

from __future__ import annotations

import re
from typing import Final

from phonebench.device.phone import AdbPhone
from phonebench.schema.errors import DeviceError
from phonebench.schema.observation import Observation

_DIALOGS: Final = re.compile(r"permissioncontroller|packageinstaller|\.gms$|credential")
_WORDS: Final = frozenset(
    [
        "accept", "accept & continue", "accept all", "agree", "agree and continue", "allow", "don't allow",
        "get started", "i agree", "maybe later", "no thanks", "not now", "only this time", "skip", "skip for now",
        "while using the app", "同意", "同意并继续", "允许", "仅在使用中允许", "跳过", "以后再说", "暂不",
    ]
)  # fmt: skip


def covered(seen: Observation, package: str) -> str:
    """What stands in front of an app that was just opened; empty when nothing tells of such a page."""
    if seen.package and seen.package != package:
        kind = "a dialog of" if _DIALOGS.search(seen.package) else "another app:"
        return f"{kind} {seen.package}"
    for node in seen.ui.walk() if seen.ui is not None else ():
        label = (node.text or node.desc).strip().casefold().replace("’", "'")
        if label in _WORDS:
            return f"a page with '{(node.text or node.desc).strip()}'"
    return ""


def first_pages(phone: AdbPhone, packages: list[str]) -> dict[str, str]:
    """Package -> what stands in front of it, after opening each. Raises DeviceError when the phone is lost."""
    found: dict[str, str] = {}
    for package in packages:
        try:
            phone.open_app(package)
        except DeviceError as error:
            if phone.broken:
                raise
            found[package] = error.what
            continue
        if what := covered(phone.settle(), package):
            found[package] = what
    phone.go_home()
    return found
