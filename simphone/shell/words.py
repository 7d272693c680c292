"""Reads words: quotes, escapes, parameters and substitutions. The grammar above them is in simphone.shell.parse."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Final, NoReturn

from simphone.shell.syntax import Arith, CommandSub, Param, Part, Script, Text, Word

MAX_DEPTH: Final = 40
"""Commands, quotes and substitutions nested deeper than this are refused."""
META: Final = " \t\n;&|<>()"
"""Characters that end a word."""

_TOKEN: Final = re.compile(r"\n|;;|&&|\|\||[;&|()<>]+|[^\s;&|()<>]+")
_TILDE: Final = re.compile(r"~(?=[/\s;&|()<>]|\Z)")
_PLAIN: Final = re.compile(r"[^\s;&|<>()'\"\\$`}]+")
_PLAIN_QUOTED: Final = re.compile(r"[^\\$`\"]+")
_PARAM: Final = re.compile(r"[A-Za-z_]\w*|\d|[@*#?$!-]", re.ASCII)
_BRACED: Final = re.compile(r"[A-Za-z_]\w*|\d+|[@*#?$!-]", re.ASCII)
_PARAM_OP: Final = re.compile(r":[-=+?]|##|%%|//|/[#%]|[-=+?#%/:]")
_TRIM_OPS: Final = frozenset({"#", "##", "%", "%%", "/", "//", "/#", "/%"})
_ANSI: Final = re.compile(r"\$'((?:[^'\\]|\\.)*)'", re.DOTALL)
_BACKQUOTED: Final = re.compile(r"`((?:[^`\\]|\\.)*)`", re.DOTALL)


class ShellSyntaxError(Exception):
    """The command line cannot be read; `str()` says what mksh would say."""


class WordReader(ABC):
    """A place in a source text, and how words are read from there on."""

    def __init__(self, source: str, depth: int = 0) -> None:
        self.source = source
        self.at = 0
        self.depth = depth

    @abstractmethod
    def nested(self, source: str) -> WordReader:
        """A reader of a text inside this one."""

    @abstractmethod
    def whole(self) -> Script:
        """All of the source as a script."""

    @abstractmethod
    def script(self) -> Script:
        """Commands up to the end or a closing bracket."""

    # --- characters -------------------------------------------------------------------------------------------
    def peek(self, text: str) -> bool:
        return self.source.startswith(text, self.at)

    def char(self) -> str:
        return self.source[self.at : self.at + 1]

    def blanks(self) -> None:
        """Skip blanks, continued lines and a comment."""
        while True:
            if self.peek("\\\n"):
                self.at += 2
            elif self.char() in (" ", "\t"):
                self.at += 1
            elif self.char() == "#":
                end = self.source.find("\n", self.at)
                self.at = len(self.source) if end < 0 else end
            else:
                return

    def unexpected(self) -> NoReturn:
        self.blanks()
        match = _TOKEN.match(self.source, self.at)
        if match is None:
            raise ShellSyntaxError("syntax error: unexpected EOF")
        raise ShellSyntaxError(f"syntax error: unexpected '{match[0]}'".replace("'\n'", "newline"))

    def enter(self) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ShellSyntaxError(f"syntax error: nested deeper than {MAX_DEPTH} levels")

    def leave(self) -> None:
        self.depth -= 1

    # --- words ------------------------------------------------------------------------------------------------
    def word(self) -> Word:
        """One word; at least one character stands here."""
        if self.at >= len(self.source) or self.char() in META:
            self.unexpected()
        parts = _Parts()
        if _TILDE.match(self.source, self.at):
            self.at += 1
            parts.add(Param("HOME", True))
        self.run(parts, META)
        return parts.word()

    def template(self) -> Word:
        """All of the source as in double quotes, where a double quote is plain text."""
        parts = _Parts()
        while self.at < len(self.source):
            self.quoted_step(parts, "$`\\")
        return parts.word()

    def run(self, parts: _Parts, stop: str, *, inside_quotes: bool = False) -> None:
        """Unquoted text up to a character of `stop`."""
        while self.at < len(self.source) and self.char() not in stop:
            char = self.char()
            if char == "'" and not inside_quotes:
                end = self.source.find("'", self.at + 1)
                if end < 0:
                    raise ShellSyntaxError("no closing quote")
                parts.text(self.source[self.at + 1 : end], True)
                self.at = end + 1
            elif char == '"':
                self.double_quotes(parts)
            elif char == "\\":
                self.at += 2
                if self.source[self.at - 1 : self.at] != "\n":
                    parts.text(self.source[self.at - 1 : self.at] or "\\", True)
            elif char == "$" and self.peek("$'") and not inside_quotes:
                self.ansi_quotes(parts)
            elif char in "$`":
                self.dollar(parts, quoted=inside_quotes)
            else:
                match = _PLAIN.match(self.source, self.at)
                parts.text(match[0] if match else char, inside_quotes)
                self.at = match.end() if match else self.at + 1

    def double_quotes(self, parts: _Parts) -> None:
        self.enter()
        self.at += 1
        parts.text("", True)
        while self.char() != '"':
            if self.at >= len(self.source):
                raise ShellSyntaxError("no closing quote")
            self.quoted_step(parts, '$`"\\')
        self.at += 1
        self.leave()

    def quoted_step(self, parts: _Parts, escapes: str) -> None:
        char = self.char()
        if char == "\\":
            following = self.source[self.at + 1 : self.at + 2]
            if following != "\n":
                parts.text(following if following and following in escapes else "\\" + following, True)
            self.at += 2
        elif char in "$`":
            self.dollar(parts, quoted=True)
        else:
            match = _PLAIN_QUOTED.match(self.source, self.at)
            parts.text(match[0] if match else char, True)
            self.at = match.end() if match else self.at + 1

    def ansi_quotes(self, parts: _Parts) -> None:
        match = _ANSI.match(self.source, self.at)
        if match is None:
            raise ShellSyntaxError("no closing quote")
        self.at = match.end()
        parts.text(unescape(match[1]), True)

    # --- substitutions ----------------------------------------------------------------------------------------
    def dollar(self, parts: _Parts, *, quoted: bool) -> None:
        self.enter()
        try:
            if self.char() == "`":
                parts.add(self.backquotes(quoted))
            elif self.peek("$((") and (arith := self.arithmetic(quoted)):
                parts.add(arith)
            elif self.peek("$("):
                self.at += 2
                body = self.script()
                if self.char() != ")":
                    self.unexpected() if self.at < len(self.source) else self.unmatched("$(")
                self.at += 1
                parts.add(CommandSub(body, quoted))
            elif self.peek("${"):
                parts.add(self.braced(quoted))
            elif match := _PARAM.match(self.source, self.at + 1):
                self.at = match.end()
                parts.add(Param(match[0], quoted))
            else:
                parts.text("$", True)
                self.at += 1
        finally:
            self.leave()

    def unmatched(self, opener: str) -> NoReturn:
        raise ShellSyntaxError(f"syntax error: unmatched '{opener}'")

    def backquotes(self, quoted: bool) -> Part:
        match = _BACKQUOTED.match(self.source, self.at)
        if match is None:
            raise ShellSyntaxError("no closing quote")
        self.at = match.end()
        text = re.sub(r'\\([$`\\"])' if quoted else r"\\([$`\\])", r"\1", match[1])
        return CommandSub(self.nested(text).whole(), quoted)

    def arithmetic(self, quoted: bool) -> Part | None:
        """$((...)), or None when the brackets close apart from each other: $( (...) )."""
        level = 2
        for end in range(self.at + 3, len(self.source)):
            level += {"(": 1, ")": -1}.get(self.source[end], 0)
            if level == 1 and self.source[end] == ")" and not self.source.startswith("))", end):
                return None
            if level == 0:
                inner = self.source[self.at + 3 : end - 1]
                self.at = end + 1
                return Arith(self.nested(inner).template(), quoted)
        return None

    def braced(self, quoted: bool) -> Part:
        start = self.at
        self.at += 2
        length = self.char() == "#" and not self.peek("#}")
        self.at += int(length)
        name = _BRACED.match(self.source, self.at)
        if name is None:
            raise ShellSyntaxError(f"{self.source[start : start + 20]}: bad substitution")
        self.at = name.end()
        op = "len" if length else ""
        word = _Parts()
        if not length and (match := _PARAM_OP.match(self.source, self.at)):
            op = match[0]
            self.at = match.end()
            self.run(word, "}", inside_quotes=quoted and op not in _TRIM_OPS)
        if self.char() != "}":
            if self.at >= len(self.source):
                self.unmatched("${")
            raise ShellSyntaxError(f"{self.source[start : start + 20]}: bad substitution")
        self.at += 1
        return Param(name[0], quoted, op, word.word())


class _Parts:
    """Gathers the parts of a word; neighbouring text of one kind becomes one part."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.pending: list[str] = []
        self.quoted = False

    def text(self, text: str, quoted: bool) -> None:
        if quoted != self.quoted:
            self.flush()
            self.quoted = quoted
        self.pending.append(text)

    def add(self, part: Part) -> None:
        self.flush()
        self.parts.append(part)

    def flush(self) -> None:
        if self.pending:
            self.parts.append(Text("".join(self.pending), self.quoted))
            self.pending = []

    def word(self) -> Word:
        self.flush()
        return tuple(self.parts)


_ESCAPES: Final = {"a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPE: Final = re.compile(r"\\(?:x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|([0-7]{1,4})|(.))", re.DOTALL)


def unescape(text: str) -> str:
    """Backslash escapes as echo -e, printf and $'...' know them; bytes above 0x7f come as surrogate escapes."""

    def one(match: re.Match[str]) -> str:
        digits, base = (match[1], 16) if match[1] else (match[3], 8)
        if digits:
            return bytes([int(digits, base) & 0xFF]).decode("utf-8", "surrogateescape")
        if match[2]:
            return chr(int(match[2], 16))
        return _ESCAPES.get(match[4], match[4] if match[4] in "\\'\"" else "\\" + match[4])

    if "\\" not in text:
        return text
    joined = _ESCAPE.sub(one, text)
    return joined.encode("utf-8", "surrogateescape" if _encodable(joined) else "replace").decode(
        "utf-8", "surrogateescape"
    )


def _encodable(text: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" and not "\udc80" <= c <= "\udcff" for c in text)
