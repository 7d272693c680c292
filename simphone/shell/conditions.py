"""test, [ and [[ ]]: conditions on strings, numbers and the phone's files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from simphone.core.files import FileError, FileTree, join, matches
from simphone.shell import arith
from simphone.shell.errors import CommandError

if TYPE_CHECKING:
    from simphone.shell.interp import Shell

_MAX_ITEMS: Final = 200

_NUMBERS: Final[dict[str, Callable[[int, int], bool]]] = {
    "-eq": lambda a, b: a == b,
    "-ne": lambda a, b: a != b,
    "-lt": lambda a, b: a < b,
    "-le": lambda a, b: a <= b,
    "-gt": lambda a, b: a > b,
    "-ge": lambda a, b: a >= b,
}
_STRINGS: Final[dict[str, Callable[[str, str], bool]]] = {
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
}
_TIMES: Final = ("-nt", "-ot", "-ef")
_BINARY: Final = frozenset([*_NUMBERS, *_STRINGS, *_TIMES])
_UNARY: Final[dict[str, Callable[[FileTree, str], bool]]] = {
    "-e": FileTree.exists,
    "-a": FileTree.exists,
    "-f": FileTree.isfile,
    "-d": FileTree.isdir,
    "-r": FileTree.exists,
    "-w": FileTree.exists,
    "-x": lambda files, path: files.isdir(path) or bool(files.stat(path).mode & 0o111),
    "-s": lambda files, path: files.stat(path).size > 0,
    "-L": lambda files, path: files.stat(path, follow=False).kind == "link",
    "-h": lambda files, path: files.stat(path, follow=False).kind == "link",
    "-b": lambda _files, _path: False,
    "-c": lambda _files, path: path.startswith("/dev/"),
    "-p": lambda _files, _path: False,
    "-S": lambda _files, _path: False,
}
_STRING_UNARY: Final = ("-n", "-z", "-t", "-o")


def evaluate_words(shell: Shell, items: list[str], *, double: bool = False) -> bool:
    """Whether the condition holds. Raises CommandError (status 2) when it cannot be read."""
    if len(items) > _MAX_ITEMS:
        raise CommandError("too many arguments", 2)
    reader = _Reader(shell, items, double)
    if not items:
        return False
    value = reader.either()
    if reader.at < len(items):
        raise CommandError(f"{items[reader.at]}: unexpected operator/operand", 2)
    return value


class _Reader:
    def __init__(self, shell: Shell, items: list[str], double: bool) -> None:
        self.shell = shell
        self.items = items
        self.double = double
        self.or_, self.and_ = ("||", "&&") if double else ("-o", "-a")
        self.at = 0

    def left(self) -> int:
        return len(self.items) - self.at

    def peek(self, offset: int = 0) -> str | None:
        at = self.at + offset
        return self.items[at] if at < len(self.items) else None

    def take(self) -> str:
        if self.at >= len(self.items):
            raise CommandError("argument expected", 2)
        self.at += 1
        return self.items[self.at - 1]

    def either(self) -> bool:
        value = self.both()
        while self.peek() == self.or_:
            self.at += 1
            other = self.both()
            value = value or other
        return value

    def both(self) -> bool:
        value = self.negation()
        while self.peek() == self.and_:
            self.at += 1
            other = self.negation()
            value = value and other
        return value

    def negation(self) -> bool:
        if self.peek() == "!" and self.left() > 1 and not (self.left() == 3 and self.peek(1) in _BINARY):
            self.at += 1
            return not self.negation()
        return self.primary()

    def primary(self) -> bool:
        first, second = self.peek(), self.peek(1)
        if second in _BINARY and self.left() >= 3:
            return self.binary()
        if first == "(" and self.left() >= 3:
            self.at += 1
            value = self.either()
            if self.take() != ")":
                raise CommandError("missing )", 2)
            return value
        if first is not None and first in _UNARY and second is not None:
            self.at += 2
            return self.file_fact(first, second)
        if first in _STRING_UNARY and second is not None:
            self.at += 2
            return {"-n": bool(second), "-z": not second, "-t": False, "-o": False}[first]
        return bool(self.take())

    def file_fact(self, operator: str, path: str) -> bool:
        try:
            return bool(path) and _UNARY[operator](self.shell.files, join(self.shell.cwd, path))
        except FileError:
            return False

    def binary(self) -> bool:
        a, operator, b = self.take(), self.take(), self.take()
        if operator in _NUMBERS:
            return _NUMBERS[operator](self.number(a), self.number(b))
        if operator in _TIMES:
            return self.compare_files(a, operator, b)
        if self.double and operator in ("=", "==", "!="):
            return matches(b, a) == (operator != "!=")
        return _STRINGS[operator](a, b)

    def number(self, text: str) -> int:
        try:
            if self.double:
                return arith.evaluate(text, self.shell.variables)
            return arith.number(text)
        except arith.ArithError as error:
            raise CommandError(str(error), 2) from None

    def compare_files(self, a: str, operator: str, b: str) -> bool:
        files, cwd = self.shell.files, self.shell.cwd
        try:
            one, two = files.stat(join(cwd, a)), files.stat(join(cwd, b))
        except FileError:
            return operator == "-nt" and files.exists(join(cwd, a)) and not files.exists(join(cwd, b))
        if operator == "-ef":
            return one.path == two.path
        return one.mtime_ns > two.mtime_ns if operator == "-nt" else one.mtime_ns < two.mtime_ns
