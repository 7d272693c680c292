"""From words to arguments: parameters, substitutions, splitting, braces and file names (POSIX.1-2017, section 2.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from simphone.core.files import matches
from simphone.shell import arith
from simphone.shell.errors import ShellError
from simphone.shell.streams import MAX_OUTPUT
from simphone.shell.syntax import Arith, CommandSub, Param, Part, Text, Word

if TYPE_CHECKING:
    from simphone.shell.interp import Shell

Run = tuple[str, bool]
"""Text, and whether it was quoted."""
_MAX_BRACES: Final = 256
_MAX_MATCHED: Final = 10_000
"""Characters of a value that ${x#pattern} and its kin search; the search is quadratic."""
_SPECIAL: Final = re.compile(r"([*?\[])")
_RANGE: Final = re.compile(r"(\{)([^{}]*,[^{}]*)\}")


async def fields(shell: Shell, word: Word) -> list[str]:
    """The arguments that a word makes: none, one or many."""
    found: list[str] = []
    for one in _braces(word):
        for field in await _split(shell, one):
            found.extend(_globbed(shell, field))
    return found


async def text(shell: Shell, word: Word) -> str:
    """The word as one string, neither split nor globbed (assignments, redirections, case)."""
    if len(word) == 1 and isinstance(word[0], Text):
        return word[0].text
    return _bounded("".join([await value(shell, part) for part in word]))


async def pattern(shell: Shell, word: Word) -> str:
    """The word as a shell pattern in which quoted characters stand for themselves."""
    runs = [(await value(shell, part), part.quoted) for part in word]
    return _as_pattern(runs)


def _as_pattern(runs: list[Run]) -> str:
    return "".join(_SPECIAL.sub(r"[\1]", chars) if quoted else chars for chars, quoted in runs)


def _globbed(shell: Shell, runs: list[Run]) -> list[str]:
    plain = _bounded("".join(chars for chars, _ in runs))
    if not any(not quoted and _SPECIAL.search(chars) for chars, quoted in runs):
        return [plain]
    return shell.files.glob(_as_pattern(runs), shell.cwd) or [plain]


async def _split(shell: Shell, word: Word) -> list[list[Run]]:
    """The fields of a word as runs; results of unquoted expansions are split at IFS."""
    done: list[list[Run]] = []
    current: list[Run] | None = None
    blanks = shell.variables.get("IFS", " \t\n")
    for part in word:
        if isinstance(part, Param) and part.name == "@" and part.quoted and not part.op:
            for at, argument in enumerate(shell.positional):
                if at and current is not None:
                    done.append(current)
                    current = []
                current = [*(current or []), (argument, True)]
            continue
        chars = await value(shell, part)
        if part.quoted or isinstance(part, Text):
            current = [*(current or []), (chars, part.quoted)]
            continue
        if not chars:
            continue
        pieces = _ifs_pieces(chars, blanks)
        if pieces and pieces[0] == "" and current is not None:
            done.append(current)
            current = None
        for at, piece in enumerate(pieces):
            if at and current is not None:
                done.append(current)
                current = None
            if piece:
                current = [*(current or []), (piece, False)]
    return done if current is None else [*done, current]


def _ifs_pieces(chars: str, blanks: str) -> list[str]:
    """Pieces between separators; an empty first or last piece tells of a separator at that end."""
    if not blanks:
        return [chars]
    return re.split(f"[{re.escape(blanks)}]+", chars)


def _braces(word: Word) -> Iterator[Word]:
    """a{b,c} makes ab and ac; only for braces and commas in one run of unquoted text, at most 256 words."""
    for at, part in enumerate(word):
        if isinstance(part, Text) and not part.quoted and (match := _RANGE.search(part.text)):
            head, tail = part.text[: match.start()], part.text[match.end() :]
            made = 0
            for choice in match[2].split(","):
                for one in _braces((*word[:at], Text(head + choice + tail), *word[at + 1 :])):
                    made += 1
                    if made > _MAX_BRACES:
                        raise ShellError("brace expansion makes too many words")
                    yield one
            return
    yield word


async def value(shell: Shell, part: Part) -> str:
    """What one part stands for. Raises ShellError for ${x?} and bad arithmetic."""
    if isinstance(part, Text):
        return part.text
    if isinstance(part, CommandSub):
        return (await shell.capture(part.body)).rstrip("\n")
    if isinstance(part, Arith):
        try:
            return str(arith.evaluate(await text(shell, part.expression), shell.variables))
        except arith.ArithError as error:
            raise ShellError(str(error)) from None
    return await _parameter(shell, part)


async def _parameter(shell: Shell, part: Param) -> str:
    known = shell.parameter(part.name)
    op = part.op
    if not op:
        if known is None and shell.options.nounset and part.name not in "@*":
            raise ShellError(f"{part.name}: parameter not set", fatal=True)
        return known or ""
    if op == "len":
        return str(len(known or ""))
    if op.lstrip(":") in ("-", "=", "+", "?"):
        return await _default(shell, part, known)
    if op == ":":
        return _slice(shell, known or "", await text(shell, part.word))
    shape = await pattern(shell, part.word)
    if len(known or "") > _MAX_MATCHED:
        raise ShellError(f"{part.name}: too long for a pattern")
    if op.startswith("/"):
        return _replace(known or "", op, shape)
    return _trim(known or "", op, shape)


async def _default(shell: Shell, part: Param, known: str | None) -> str:
    missing = known is None or (part.op.startswith(":") and known == "")
    kind = part.op[-1]
    if kind == "+":
        return "" if missing else await text(shell, part.word)
    if not missing:
        return known or ""
    default = await text(shell, part.word)
    if kind == "?":
        raise ShellError(f"{part.name}: {default or 'parameter null or not set'}", fatal=True)
    if kind == "=":
        shell.variables[part.name] = default
    return default


def _slice(shell: Shell, known: str, spec: str) -> str:
    start, _, length = spec.partition(":")
    try:
        begin = arith.evaluate(start, shell.variables)
        begin = max(len(known) + begin, 0) if begin < 0 else begin
        if not length:
            return known[begin:]
        return known[begin : begin + max(arith.evaluate(length, shell.variables), 0)]
    except arith.ArithError as error:
        raise ShellError(str(error)) from None


def _trim(known: str, op: str, shape: str) -> str:
    """${x#p} ${x##p} ${x%p} ${x%%p}: the shortest or longest match is cut from the start or the end."""
    cuts = range(len(known) + 1)
    if op in ("#", "##"):
        for cut in cuts if op == "#" else reversed(cuts):
            if matches(shape, known[:cut]):
                return known[cut:]
    else:
        for cut in reversed(cuts) if op == "%" else cuts:
            if matches(shape, known[cut:]):
                return known[:cut]
    return known


def _replace(known: str, op: str, spec: str) -> str:
    """${x/p/t} first, ${x//p/t} all, ${x/#p/t} at the start, ${x/%p/t} at the end."""
    shape, _, new = spec.partition("/")
    new = re.sub(r"\[([*?\[])\]", r"\1", new)
    out: list[str] = []
    at = 0
    while shape and at < len(known):
        ends = range(len(known), at, -1) if op != "/%" else [len(known)]
        end = next((end for end in ends if matches(shape, known[at:end])), None)
        if end is not None:
            out.append(new)
            at = end
            if op != "//":
                break
        elif op == "/#":
            break
        else:
            out.append(known[at])
            at += 1
    return "".join(out) + known[at:]


def _bounded(chars: str) -> str:
    if len(chars) > MAX_OUTPUT:
        raise ShellError("out of memory", fatal=True)
    return chars
