"""What the parser makes of a command line: a tree of frozen nodes that the interpreter walks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """Literal characters; quoted ones are neither split nor taken for a pattern."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Param:
    """$name, ${name}, ${#name} (op "len") or ${name op word}."""

    name: str
    quoted: bool = False
    op: str = ""
    word: Word = ()


@dataclass(frozen=True, slots=True)
class CommandSub:
    """$(script) or `script`."""

    body: Script
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Arith:
    """$((expression)); the expression is expanded before it is read."""

    expression: Word
    quoted: bool = False


Part = Text | Param | CommandSub | Arith
Word = tuple[Part, ...]


@dataclass(slots=True)
class Redirect:
    """fd op target, op one of > >> >| < <> >& <& &> &>> << <<<; for << the target is the text itself."""

    fd: int
    op: str
    target: Word


@dataclass(frozen=True, slots=True)
class Assign:
    """name=value, or name+=value."""

    name: str
    value: Word
    append: bool = False


@dataclass(frozen=True, slots=True)
class Simple:
    """Assignments, then a command with its arguments; either may be missing."""

    assigns: tuple[Assign, ...]
    words: tuple[Word, ...]
    redirects: tuple[Redirect, ...]


@dataclass(frozen=True, slots=True)
class If:
    """Arms of (condition, body), then the else part."""

    arms: tuple[tuple[Script, Script], ...]
    otherwise: Script = ()


@dataclass(frozen=True, slots=True)
class Loop:
    """while, or until."""

    until: bool
    condition: Script
    body: Script


@dataclass(frozen=True, slots=True)
class For:
    """for name in words; words None stands for "$@"."""

    name: str
    words: tuple[Word, ...] | None
    body: Script


@dataclass(frozen=True, slots=True)
class Case:
    """case word in patterns) body;; ..."""

    word: Word
    arms: tuple[tuple[tuple[Word, ...], Script], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """{ body; }, or in a subshell ( body )."""

    body: Script
    subshell: bool = False


@dataclass(frozen=True, slots=True)
class Test:
    """[[ ... ]]: words, and operators as plain strings."""

    items: tuple[Word | str, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """name() body."""

    name: str
    body: Command


@dataclass(frozen=True, slots=True)
class Redirected:
    """A compound command with redirections."""

    command: Command
    redirects: tuple[Redirect, ...]


Command = Simple | If | Loop | For | Case | Group | Test | Function | Redirected


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Stages joined by |, its status negated by !."""

    stages: tuple[Command, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AndOr:
    """Pipelines joined by && and ||, left to right."""

    first: Pipeline
    rest: tuple[tuple[str, Pipeline], ...] = ()
    background: bool = False


Script = tuple[AndOr, ...]
