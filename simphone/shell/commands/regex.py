"""POSIX regular expressions (POSIX.1-2017, chapter 9, with GNU's backslash escapes) as Python patterns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from simphone.shell.errors import CommandError

_CLASSES: Final = {
    "alnum": "a-zA-Z0-9", "alpha": "a-zA-Z", "blank": " \\t", "cntrl": "\\x00-\\x1f\\x7f", "digit": "0-9",
    "graph": "!-~", "lower": "a-z", "print": " -~", "punct": "!-/:-@\\[-`{-~", "space": "\\s", "upper": "A-Z",
    "xdigit": "0-9A-Fa-f",
}  # fmt: skip
_ESCAPES: Final = {"<": r"\b(?=\w)", ">": r"\b(?<=\w)", "b": r"\b", "B": r"\B", "w": r"\w", "W": r"\W", "s": r"\s",
                   "S": r"\S", "n": r"\n", "t": r"\t", "d": r"\d"}  # fmt: skip
_INTERVAL: Final = re.compile(r"\{(\d{1,3})?(,)?(\d{1,3})?\}")


@lru_cache(maxsize=128)
def compile_posix(pattern: str, *, extended: bool, ignore_case: bool = False) -> re.Pattern[str]:
    """A compiled pattern. Raises CommandError for one that cannot be read, or that could take for ever."""
    try:
        return re.compile(_Translator(pattern, extended).whole(), re.IGNORECASE if ignore_case else 0)
    except (re.error, OverflowError) as error:
        raise CommandError(f"bad regex '{pattern}': {error}", 2) from None


class _Translator:
    def __init__(self, pattern: str, extended: bool) -> None:
        self.pattern = pattern
        self.extended = extended
        self.at = 0
        self.out: list[str] = []
        self.starts = True
        """Whether an expression starts here, so that * is a plain character."""
        self.unbounded = [False]
        """For each open group, whether something in it repeats without bound."""
        self.closed = False
        """Whether the last thing written is a group that repeats inside."""

    def whole(self) -> str:
        while self.at < len(self.pattern):
            self.step()
        return "".join(self.out)

    def step(self) -> None:
        char = self.pattern[self.at]
        escaped = self.pattern[self.at + 1] if char == "\\" and self.at + 1 < len(self.pattern) else ""
        operator = (
            escaped if not self.extended and escaped in "(){}|+?" else char if self.extended or char == "*" else ""
        )
        if char == "[":
            self.bracket()
        elif operator and operator in "(){}|+?*" and self.operator(operator, 2 if escaped else 1):
            return
        elif char == "\\" and escaped:
            self.at += 2
            special = _ESCAPES.get(escaped) or ("\\" + escaped if escaped.isdigit() else re.escape(escaped))
            self.plain(special)
        elif char == ".":
            self.at += 1
            self.plain("[^\\n]")
        elif char == "^" and (self.extended or self.starts):
            self.at += 1
            self.out.append("^")
        elif char == "$" and (self.extended or self.ends()):
            self.at += 1
            self.out.append("$")
        else:
            self.at += 1
            self.plain(re.escape(char))

    def plain(self, text: str) -> None:
        self.out.append(text)
        self.starts = self.closed = False

    def ends(self) -> bool:
        rest = self.pattern[self.at + 1 :]
        return not rest or rest.startswith(("\\)", "\\|"))

    def operator(self, char: str, width: int) -> bool:
        """Write an operator; False when the character stands for itself here."""
        if char == "(":
            self.at += width
            self.out.append("(")
            self.unbounded.append(False)
            self.starts, self.closed = True, False
        elif char == ")" and len(self.unbounded) > 1:
            self.at += width
            self.out.append(")")
            self.closed = self.unbounded.pop()
            self.unbounded[-1] = self.unbounded[-1] or self.closed
            self.starts = False
        elif char == "|":
            self.at += width
            self.out.append("|")
            self.starts = True
        elif char in "*+?{" and not self.starts:
            return self.repeat(char, width)
        else:
            return False
        return True

    def repeat(self, char: str, width: int) -> bool:
        text = char
        if char == "{":
            rest = self.pattern[self.at :] if self.extended else self.pattern[self.at + 1 :].replace("\\}", "}", 1)
            match = _INTERVAL.match(rest)
            if match is None or not (match[1] or match[3]):
                return False
            text = f"{{{match[1] or 0}{match[2] or ''}{match[3] or ''}}}"
            width = match.end() if self.extended else match.end() + 2
        self.at += width
        if self.out and self.out[-1] in ("*", "+", "?"):
            return True  # a** is a*
        endless = char in "*+" or (char == "{" and text.endswith(",}"))
        if endless and self.closed:
            raise CommandError(f"bad regex '{self.pattern}': nested repetition is not run on the simulated phone", 2)
        self.unbounded[-1] = self.unbounded[-1] or endless
        self.out.append(text)
        return True

    def bracket(self) -> None:
        end = self.at + 1
        if self.pattern[end : end + 1] == "^":
            end += 1
        if self.pattern[end : end + 1] == "]":
            end += 1
        while end < len(self.pattern) and self.pattern[end] != "]":
            closing = self.pattern.find(":]", end + 2) if self.pattern.startswith("[:", end) else -1
            end = closing + 2 if closing >= 0 else end + 1
        if end >= len(self.pattern):
            raise CommandError(f"bad regex '{self.pattern}': brackets not balanced", 2)
        body = self.pattern[self.at + 1 : end]
        negated = body.startswith("^")
        body = re.sub(r"([\\\[\]&~|])", r"\\\1", body[1:] if negated else body)
        body = re.sub(r"\\\[:(\w+):\\\]", lambda match: _CLASSES.get(match[1], ""), body)
        self.at = end + 1
        self.plain(f"[{'^' if negated else ''}{body}]")
