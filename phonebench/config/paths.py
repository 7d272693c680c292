"""Where relative paths lead: the same from any working directory."""

from __future__ import annotations

import os
import sys
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parent.parent.parent


def resolve(path: str, *, beside: Path | None = None) -> Path:
    """An existing file or folder: beside a given file, from the working directory, else from the repository root.

    A path that exists nowhere is taken from the working directory, so that messages name what the user wrote.
    """
    given = Path(path).expanduser()
    if given.is_absolute():
        return given
    roots = ([beside.parent] if beside else []) + [Path.cwd(), REPO_ROOT]
    for root in roots:
        if (root / given).exists():
            return (root / given).resolve()
    return Path.cwd() / given


def output(path: str) -> Path:
    """A folder that is written to: relative ones lie in the repository root, wherever the command runs."""
    given = Path(path).expanduser()
    return given if given.is_absolute() else REPO_ROOT / given


def state_dir() -> Path:
    """Where notes lie that outlive a crash: PHONEBENCH_STATE_DIR, else the platform's place. It may not exist yet.

    Linux: XDG_STATE_HOME (XDG base directory specification) or ~/.local/state; macOS: ~/Library/Application Support;
    Windows: LOCALAPPDATA.
    """
    if given := os.environ.get("PHONEBENCH_STATE_DIR"):
        return Path(given).expanduser()
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        root = Path.home() / "Library" / "Application Support"
    else:
        root = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return root / "phonebench"
