"""Data as scripts: pages opened from disk may not fetch files, but they may load scripts of their own folder."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff\ufeff]")


def script(name: str, value: Any, head: Any = None) -> str:
    """`phonebench.load(name, value);`, with `head` as JSON in a comment on the first line.

    The value is JSON in which nothing can end the script or a line of it, and half surrogates are escaped. Its keys
    must be ours: a key that a stranger chose (`__proto__`) means something else in a script than in JSON.
    """
    comment = "" if head is None else f"//{_quoted(head)}\n"
    return f"{comment}phonebench.load({_quoted(name)}, {_quoted(value)});\n"


def head_of(path: Path) -> Any:
    """What `head` was when the script was written; None when there is no such script or it has no head."""
    try:
        with path.open(encoding="utf-8") as file:
            line = file.readline()
        return json.loads(line[2:]) if line.startswith("//") else None
    except (OSError, ValueError):
        return None


def write(path: Path, text: str) -> None:
    """Replace a file in one step, unless it already holds this text."""
    data = text.encode("utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return
    fresh = path.with_name(f".{path.name}.tmp")
    fresh.write_bytes(data)
    fresh.replace(path)


def _quoted(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
