"""Typing: any text through the ADB keyboard, plain ASCII through `input text` where a phone has no ADB keyboard."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from shlex import quote
from typing import Final

ADB_KEYBOARD: Final = "com.android.adbkeyboard/.AdbIME"
ENTER: Final = "input keyevent 66"
CLEAR: Final = "input keycombination 113 29 && input keyevent 67"
"""Select all and delete; needs Android 12."""
_CHUNK_CHARS: Final = 1000
"""A broadcast carries one chunk; far below what an argument of a command, or a binder transaction, may hold."""

SWITCH: Final = f"ime enable {ADB_KEYBOARD} && ime set {ADB_KEYBOARD}"


def broadcasts(text: str, *, clear: bool) -> str:
    """The shell command that types `text` with the ADB keyboard; an empty string when there is nothing to do."""
    commands = ["am broadcast -a ADB_CLEAR_TEXT"] if clear else []
    for start in range(0, len(text), _CHUNK_CHARS):
        raw = text[start : start + _CHUNK_CHARS].encode("utf-8", "replace")
        commands.append(f"am broadcast -a ADB_INPUT_B64 --es msg {base64.b64encode(raw).decode()}")
    return " && ".join(commands)


def input_text(text: str, *, clear: bool) -> str:
    """The same without an ADB keyboard, for text that `typeable` accepts."""
    commands = [CLEAR] if clear else []
    for number, line in enumerate(text.split("\n")):
        if number:
            commands.append(ENTER)
        commands.extend(f"input text {quote(word)}" for word in _words(line))
    return " && ".join(commands)


def typeable(text: str) -> bool:
    """Whether `input text` can type it."""
    return all(" " <= c <= "~" or c == "\n" for c in text)


def _words(line: str) -> Iterator[str]:
    """Arguments for `input text`, which reads `%s` as a blank; so a per cent sign and an s must not come together."""
    for part in re.split(r"(?<=%)(?=s)", line):
        for start in range(0, len(part), _CHUNK_CHARS):
            yield part[start : start + _CHUNK_CHARS].replace(" ", "%s")
