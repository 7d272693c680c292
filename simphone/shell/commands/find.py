"""find: walks the file tree and tests, prints, deletes or hands on what it meets."""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from typing import Final

from simphone.core.files import FileError, Stat, matches
from simphone.shell.call import Call, Command
from simphone.shell.errors import CommandError

Fact = Callable[[str, Stat], bool]
"""A condition of find over (path as written, facts)."""


class _Find:
    """Reads find's expression; actions are noted while the conditions are evaluated."""

    def __init__(self, call: Call, words: list[str]) -> None:
        self.call = call
        self.words = words
        self.at = 0
        self.max_depth = 1 << 30
        self.min_depth = 0
        self.actions = False
        self.depth_first = False
        self.hits: list[tuple[str, str, list[str]]] = []
        """(action, path, words of -exec) in order."""
        self.nested = 0

    def word(self) -> str:
        if self.at >= len(self.words):
            raise CommandError(f"'{self.words[-1]}': needs 1 arg")
        self.at += 1
        return self.words[self.at - 1]

    def peek(self) -> str:
        return self.words[self.at] if self.at < len(self.words) else ""

    def either(self) -> Fact:
        left = self.both()
        while self.peek() in ("-o", "-or"):
            self.at += 1
            right = self.both()
            left = (lambda a, b: lambda path, facts: a(path, facts) or b(path, facts))(left, right)
        return left

    def both(self) -> Fact:
        left = self.one()
        while self.peek() not in ("", "-o", "-or", ")"):
            if self.peek() in ("-a", "-and"):
                self.at += 1
            right = self.one()
            left = (lambda a, b: lambda path, facts: a(path, facts) and b(path, facts))(left, right)
        return left

    def one(self) -> Fact:
        word = self.word()
        self.nested += 1
        if self.nested > 200:
            raise CommandError("expression too long")
        if word in ("!", "-not"):
            inner = self.one()
            return lambda path, facts: not inner(path, facts)
        if word == "(":
            inner = self.either()
            if self.word() != ")":
                raise CommandError("missing ')'")
            return inner
        return self.action(word) or self.condition(word)

    def action(self, word: str) -> Fact | None:
        command: list[str] = []
        if word in ("-exec", "-ok"):
            while (part := self.word()) not in (";", "+"):
                command.append(part)
        elif word not in ("-print", "-print0", "-delete", "-ls"):
            return None
        self.actions = True
        self.depth_first = self.depth_first or word == "-delete"

        def note(path: str, _facts: Stat) -> bool:
            self.hits.append((word, path, command))
            return True

        return note

    def condition(self, word: str) -> Fact:
        if word in ("-depth", "-xdev", "-mount", "-prune", "-true"):
            self.depth_first = self.depth_first or word == "-depth"
            return lambda _path, _facts: True
        if word == "-empty":
            return self.empty
        value = self.word()
        if word in ("-maxdepth", "-mindepth"):
            if not value.isdigit():
                raise CommandError(f"bad {word} '{value}'")
            setattr(self, "max_depth" if word == "-maxdepth" else "min_depth", int(value))
            return lambda _path, _facts: True
        conditions: dict[str, Fact] = {
            "-name": lambda path, _facts: matches(value, posixpath.basename(path.rstrip("/")) or "/"),
            "-iname": lambda path, _facts: matches(value.lower(), posixpath.basename(path).lower()),
            "-path": lambda path, _facts: matches(value, path),
            "-wholename": lambda path, _facts: matches(value, path),
            "-type": lambda _path, facts: {"f": "file", "d": "dir", "l": "link"}.get(value) == facts.kind,
            "-user": lambda _path, facts: facts.owner == value,
            "-size": lambda _path, facts: _compare(value.rstrip("ckMG"), _units(facts.size, value)),
            "-mtime": lambda _path, facts: _compare(
                value, (self.call.files.now_ns() - facts.mtime_ns) // 86400 // 10**9
            ),
            "-mmin": lambda _path, facts: _compare(value, (self.call.files.now_ns() - facts.mtime_ns) // 60 // 10**9),
            "-newer": lambda _path, facts: facts.mtime_ns > self.call.files.stat(self.call.path(value)).mtime_ns,
        }
        if word not in conditions:
            raise CommandError(f"bad arg '{word}'")
        return conditions[word]

    def empty(self, _path: str, facts: Stat) -> bool:
        return not self.call.files.listdir(facts.path) if facts.kind == "dir" else facts.size == 0


def _units(size: int, spec: str) -> int:
    unit = {"c": 1, "k": 1 << 10, "M": 1 << 20, "G": 1 << 30}.get(spec[-1:], 512)
    return -(-size // unit)


def _compare(spec: str, value: int) -> bool:
    number = spec.lstrip("+-")
    if not number.isdigit():
        raise CommandError(f"bad number '{spec}'")
    wanted = int(number)
    return value > wanted if spec[0] == "+" else value < wanted if spec[0] == "-" else value == wanted


async def _find(call: Call) -> int:
    words = [word for word in call.args if word not in ("-H", "-L")]
    split = next((at for at, word in enumerate(words) if word[:1] in ("-", "!", "(")), len(words))
    roots, finder = words[:split] or ["."], _Find(call, words[split:])
    test = finder.either() if finder.words else (lambda _path, _facts: True)
    if finder.at < len(finder.words):
        raise CommandError(f"bad arg '{finder.peek()}'")
    status = 0
    for root in roots:
        start = call.path(root)
        try:
            # A starting point that is a link to a directory is entered, as toybox does with a trailing slash.
            found = list(call.files.walk(start if not root.endswith("/") else call.files.resolve(start)))
        except FileError as error:
            status = await call.complain(f"'{root}': {error.reason}")
            continue
        base = len(found[0].rstrip("/")) if found[0] != "/" else 0
        for path in reversed(found) if finder.depth_first else found:
            tail = path[base:] if path != found[0] else ""
            shown = root.rstrip("/") + tail if root != "/" or tail else root
            depth = tail.count("/")
            if finder.min_depth <= depth <= finder.max_depth and test(
                shown or "/", call.files.stat(path, follow=False)
            ):
                if not finder.actions:
                    finder.hits.append(("-print", shown or "/", []))
                status = await _find_act(finder) or status
    return status


async def _find_act(finder: _Find) -> int:
    call, status = finder.call, 0
    for action, path, command in finder.hits:
        if action == "-delete":
            call.files.delete(call.path(path))
        elif action in ("-exec", "-ok"):
            status = await call.shell.execute([word.replace("{}", path) for word in command])
        else:
            await call.out(path, "\0" if action == "-print0" else "\n")
    finder.hits.clear()
    return status


COMMANDS: Final[dict[str, Command]] = {"find": _find}
