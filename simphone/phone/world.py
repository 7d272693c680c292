"""Worlds: what a phone holds before anybody touches it. Data, in simphone/worlds/<name>/*.json.

Every file of a world's folder is an RFC 7396 merge patch over the state tree (simphone.phone.phone documents the tree).
`phone.json` comes first: device, clock, settings, packages. Then each app gets its `fresh_data()`, and the other files
follow in the order of their names, one per app by custom: `clock.json` is `{"apps": {"clock": {...}}}`, and may as well
bring files or settings. A file node of the tree may give its bytes as `text` or `base64`, since JSON has none.

`"extends": "<world>"` in a phone.json builds on another world: each file of the other one comes before its own, and its
own patches what the other one says.
"""

from __future__ import annotations

import base64
import json
import marshal
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from simphone.core.app import App

Json = Any

WORLDS: Final = Path(__file__).resolve().parent.parent / "worlds"
_PHONE: Final = "phone.json"
_PACKAGE: Final = {
    "app": None, "system": False, "version": "1.0", "version_code": 1, "uid": 10199, "first_install_ms": 0
}  # fmt: skip
MARSHAL_VERSION: Final = 2
"""Without back references, so that equal trees give equal bytes."""


class UnknownWorld(LookupError):
    """No such world; `str()` lists those there are."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no world {name!r} in {WORLDS}; there are: {', '.join(worlds())}")


def worlds() -> list[str]:
    """Names of the worlds, sorted."""
    return sorted(path.parent.name for path in WORLDS.glob(f"*/{_PHONE}"))


def merge(target: Json, patch: Json) -> Json:
    """RFC 7396: the target with the patch laid over it. Objects are changed in place; null removes a member."""
    if not isinstance(patch, dict):
        return patch
    if not isinstance(target, dict):
        target = {}
    for key, value in patch.items():
        if value is None:
            target.pop(key, None)
        else:
            target[key] = merge(target.get(key), value)
    return target


def pack(tree: Json) -> bytes:
    """A plain-data tree as bytes."""
    return marshal.dumps(tree, MARSHAL_VERSION)


def unpack(data: bytes) -> dict[str, Json]:
    """The tree of `pack`, all new objects. Only for bytes that this process, or its user, made."""
    tree: dict[str, Json] = marshal.loads(data)  # noqa: S302 - our own bytes, from memory
    return tree


def blank() -> dict[str, Json]:
    """The tree of a phone that nothing was put on."""
    return {
        "world": "",
        "device": {},
        "display": {"width": 1440, "height": 3120, "density": 560, "rotation": 0},
        "clock": {"epoch_ms": 0, "zone": "UTC"},
        "settings": {"system": {}, "secure": {}, "global": {}},
        "packages": {},
        "apps": {},
        "ui": {},
        "tasks": [],
        "next_task": 1,
        "focus": None,
        "keyboard": {"shown": False, "mode": "text", "page": "letters", "shift": False},
        "scroll": {},
        "system_ui": {
            "shade": "closed", "recents": False, "toast": None, "volume": None, "looked": False, "fields": [],
            "scroll_to": [], "last_tap": None, "text_menu": False,
            "focus_next": None, "reveal": False,
        },
        "notifications": [],
        "files": {},
        "clipboard": "",
        "location": {"lat": 0.0, "lon": 0.0},
        "battery": {"level": 100, "charging": True},
        "screen_on": True,
        "telephony": {"call": None},
        "providers": {},
    }  # fmt: skip


def load(name: str, apps: Mapping[str, App]) -> dict[str, Json]:
    """A new copy of a world's tree, with the saved data of the apps whose packages it holds. Raises UnknownWorld."""
    return unpack(_packed(name, tuple(apps.values())))


@lru_cache(maxsize=16)
def _packed(name: str, apps: tuple[App, ...]) -> bytes:
    tree, folders = blank(), _folders(name)
    for folder in folders:
        tree = merge(tree, _read(folder / _PHONE))
    tree.pop("extends", None)
    tree["world"] = name
    for app in apps:
        _install(tree, app)
    for path in (path for folder in folders for path in sorted(folder.glob("*.json"))):
        if path.name != _PHONE:
            tree = merge(tree, _read(path))
    return pack(complete(tree))


def _folders(name: str, above: tuple[str, ...] = ()) -> list[Path]:
    """The folders that a world is laid from, the one that everything builds on first."""
    if name not in worlds():
        raise UnknownWorld(name)
    if name in above:
        raise ValueError(f"worlds that extend each other: {' -> '.join((*above, name))}")
    base = _read(WORLDS / name / _PHONE).get("extends")
    return [*(_folders(base, (*above, name)) if base else ()), WORLDS / name]


def _read(path: Path) -> Json:
    return json.loads(path.read_text(encoding="utf-8"))


def _install(tree: dict[str, Json], app: App) -> None:
    """Tie an app to its package, if the world has that package, and give it its first data."""
    manifest = app.manifest
    package = tree["packages"].get(manifest.package)
    if package is None:
        return
    package["app"] = manifest.name
    package.setdefault("version", manifest.version)
    package["permissions"] = {**dict.fromkeys(manifest.permissions, True), **package.get("permissions", {})}
    tree["apps"][manifest.name] = app.fresh_data()


def patched(tree: dict[str, Json], patch: dict[str, Json]) -> dict[str, Json]:
    """A tree with a patch of the user's laid over it. Raises ValueError when it is no tree of a phone any more."""
    known = tree.keys()
    unknown = sorted(patch.keys() - known)
    if unknown:
        raise ValueError(f"a phone's state has no {', '.join(map(repr, unknown))}; it has: {', '.join(sorted(known))}")
    bad = [key for key in sorted(patch) if isinstance(tree[key], dict) and not isinstance(patch[key], dict)]
    if bad:
        raise ValueError(f"a patch may change, not remove or retype: {', '.join(map(repr, bad))}")
    return complete(merge(tree, patch))


def complete(tree: dict[str, Json]) -> dict[str, Json]:
    """Fill in what patches may leave out, and hold them to the types that the phone relies on. Raises ValueError."""
    for namespace, values in tree["settings"].items():
        for key, value in values.items():
            if not isinstance(value, str | int | float):
                raise ValueError(f"settings.{namespace}.{key} must be text or a number, not {value!r}")
            values[key] = str(int(value) if isinstance(value, bool) else value)
    try:
        ZoneInfo(tree["clock"]["zone"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(f"clock.zone: no IANA time zone {tree['clock'].get('zone')!r}") from error
    for package, entry in tree["packages"].items():
        for fact, value in _PACKAGE.items():
            entry.setdefault(fact, value)
        entry.setdefault("label", package)
        entry.setdefault("permissions", {})
    for path, node in tree["files"].items():
        try:
            if "base64" in node:
                node["data"] = base64.b64decode(node.pop("base64"), validate=True)
            elif "text" in node:
                node["data"] = node.pop("text").encode("utf-8")
        except (TypeError, ValueError, AttributeError) as error:
            raise ValueError(f"files[{path!r}]: {error}") from error
    return tree
