"""sed: s, y, p, d, q, =, a, i, c with addresses, ranges and negation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.commands.regex import compile_posix
from simphone.shell.errors import CommandError
from simphone.shell.streams import encode

_ADDRESS: Final = re.compile(r"(\d+)|(\$)|/((?:[^/\\]|\\.)*)/(I?)", re.DOTALL)


@dataclass(slots=True)
class _Rule:
    start: str | re.Pattern[str] | None
    """A line number, "$", a pattern, or None for every line."""
    stop: str | re.Pattern[str] | None
    negated: bool
    kind: str
    text: str = ""
    pattern: re.Pattern[str] | None = None
    flags: str = ""
    inside: bool = False
    """Whether a range is open."""


class _Reader:
    """Reads a script into rules."""

    def __init__(self, script: str, extended: bool) -> None:
        self.script, self.extended, self.at = script, extended, 0

    def rules(self) -> list[_Rule]:
        found: list[_Rule] = []
        while True:
            self.skip(" \t\n;")
            if self.at >= len(self.script):
                return found
            found.append(self.rule())

    def skip(self, chars: str) -> None:
        while self.script[self.at : self.at + 1] and self.script[self.at] in chars:
            self.at += 1

    def address(self) -> str | re.Pattern[str] | None:
        match = _ADDRESS.match(self.script, self.at)
        if match is None:
            return None
        self.at = match.end()
        if match[3] is not None:
            return compile_posix(match[3].replace("\\/", "/"), extended=self.extended, ignore_case=bool(match[4]))
        return match[0]

    def rule(self) -> _Rule:
        start, stop = self.address(), None
        self.skip(" \t")
        if start is not None and self.script[self.at : self.at + 1] == ",":
            self.at += 1
            self.skip(" \t")
            stop = self.address()
            if stop is None:
                raise CommandError("bad range address")
        self.skip(" \t")
        negated = self.script[self.at : self.at + 1] == "!"
        self.at += int(negated)
        self.skip(" \t!")
        kind = self.script[self.at : self.at + 1]
        self.at += 1
        rule = _Rule(start, stop, negated, kind)
        if kind in ("s", "y"):
            self.substitution(rule)
        elif kind and kind in "aic":
            match = re.compile(r"[ \t]*\\?\n?([^\n]*)").match(self.script, self.at)
            rule.text = match[1] if match else ""
            self.at = match.end() if match else len(self.script)
        elif not kind or kind not in "pdq=":
            raise CommandError(f"unknown command '{kind}' in '{self.script}'")
        return rule

    def substitution(self, rule: _Rule) -> None:
        mark = self.script[self.at : self.at + 1]
        parts: list[str] = []
        self.at += 1
        while len(parts) < 2:
            match = re.compile(rf"((?:[^\\{re.escape(mark)}]|\\.)*){re.escape(mark)}", re.DOTALL).match(
                self.script, self.at
            )
            if not mark or match is None:
                raise CommandError(f"unterminated '{rule.kind}' in '{self.script}'")
            parts.append(match[1].replace("\\" + mark, mark) if mark not in "()|+?*.[]" else match[1])
            self.at = match.end()
        flags = re.compile(r"[gpiIm0-9]*").match(self.script, self.at)
        rule.flags = flags[0] if flags and rule.kind == "s" else ""
        self.at += len(rule.flags)
        rule.text = parts[1]
        if rule.kind == "s":
            ignore = "i" in rule.flags.lower()
            rule.pattern = compile_posix(parts[0], extended=self.extended, ignore_case=ignore)
        else:
            if len(parts[0]) != len(parts[1]):
                raise CommandError("y strings different lengths")
            rule.flags = parts[0]


def _expand(template: str, match: re.Match[str]) -> str:
    """The right side of s///: & and \\1 stand for what was found."""

    def one(part: re.Match[str]) -> str:
        found = part[0]
        if found == "&":
            return match[0]
        char = found[1]
        if char.isdigit():
            if int(char) > (match.re.groups or 0):
                raise CommandError(f"no group {char}")
            return match[int(char)] or ""
        return {"n": "\n", "t": "\t"}.get(char, char)

    return re.sub(r"&|\\(?s:.)", one, template)


def _substitute(rule: _Rule, line: str) -> tuple[str, bool]:
    assert rule.pattern is not None
    wanted = int(re.sub(r"\D", "", rule.flags)[:6] or 1)
    seen = 0

    def one(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        if seen == wanted or ("g" in rule.flags and seen > wanted):
            return _expand(rule.text, match)
        return match[0]

    made = rule.pattern.sub(one, line)
    return made, seen >= wanted


class _Run:
    """One input on its way through the rules."""

    def __init__(self, rules: list[_Rule], quiet: bool) -> None:
        self.rules, self.quiet = rules, quiet
        self.out: list[str] = []
        self.line = ""
        self.after: list[str] = []

    def text(self, text: str) -> str:
        rows = text.splitlines()
        at = 0
        while at < len(rows):
            self.line, self.after = rows[at], []
            verdict = self.apply(at + 1, at + 1 == len(rows))
            if verdict != "d" and not self.quiet:
                self.out.append(self.line)
            self.out += self.after
            at += 1
            if verdict == "q":
                break
        return "".join(row + "\n" for row in self.out)

    def apply(self, number: int, last: bool) -> str:
        for rule in self.rules:
            if self.selected(rule, number, last) == rule.negated:
                continue
            if rule.kind in "dq":
                return rule.kind
            self.edit(rule, number)
            if rule.kind == "c":
                return "d"
        return ""

    def edit(self, rule: _Rule, number: int) -> None:
        if rule.kind == "s":
            self.line, done = _substitute(rule, self.line)
            if done and "p" in rule.flags:
                self.out.append(self.line)
        elif rule.kind == "y":
            self.line = self.line.translate(str.maketrans(rule.flags, rule.text))
        elif rule.kind == "p":
            self.out.append(self.line)
        elif rule.kind == "=":
            self.out.append(str(number))
        elif rule.kind in "ic":
            self.out.append(rule.text)
        elif rule.kind == "a":
            self.after.append(rule.text)

    def selected(self, rule: _Rule, number: int, last: bool) -> bool:
        if rule.stop is None:
            return rule.start is None or self.hits(rule.start, number, last)
        if rule.inside:
            rule.inside = not self.hits(rule.stop, number, last)
            return True
        if rule.start is not None and self.hits(rule.start, number, last):
            rule.inside = not (isinstance(rule.stop, str) and rule.stop.isdigit() and int(rule.stop) <= number)
            return True
        return False

    def hits(self, address: str | re.Pattern[str], number: int, last: bool) -> bool:
        if isinstance(address, str):
            return last if address == "$" else number == int(address)
        return address.search(self.line) is not None


async def _sed(call: Call) -> int:
    options, operands = call.options("nErsie:z", "quiet", "expression=")
    script = options.get("e", options.get("expression"))
    if script is None:
        if not operands:
            raise CommandError("no pattern")
        script = operands.pop(0)
    scripts = [call.args[at + 1] for at, arg in enumerate(call.args[:-1]) if arg in ("-e", "-ne", "-nEe")] or [script]
    extended = bool({"E", "r"} & options.keys())

    def rules() -> list[_Rule]:
        return _Reader("\n".join(scripts), extended).rules()

    quiet = bool({"n", "quiet"} & options.keys())
    if "i" in options:
        for name in operands:
            made = _Run(rules(), quiet).text(await call.texts([name]))
            call.files.write(call.path(name), encode(made))
        return 0
    await call.out(_Run(rules(), quiet).text(await call.texts(operands)))
    return 0


COMMANDS: Final[dict[str, Command]] = {"sed": _sed}
