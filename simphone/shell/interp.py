"""Runs the parser's tree: one Shell is one process with its variables, directory and streams."""

from __future__ import annotations

import asyncio
import copy
import posixpath
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final

from simphone.core.files import FileError, FileTree, join, matches
from simphone.phone.phone import Phone
from simphone.shell import expand
from simphone.shell.call import Call, Command, Streams
from simphone.shell.conditions import evaluate_words
from simphone.shell.errors import BudgetError, CommandError, Leave, LoopControl, ReturnFrom, ShellError
from simphone.shell.host import Host
from simphone.shell.parse import parse
from simphone.shell.redirects import apply_redirect
from simphone.shell.streams import (
    MemoryReader,
    MemoryWriter,
    Pipe,
    decode,
    encode,
)
from simphone.shell.syntax import (
    AndOr,
    Case,
    For,
    Function,
    Group,
    If,
    Loop,
    Pipeline,
    Redirect,
    Redirected,
    Script,
    Simple,
    Test,
    Text,
)
from simphone.shell.syntax import Command as Node
from simphone.shell.words import ShellSyntaxError

SHELL: Final = "/system/bin/sh"
MAX_STEPS: Final = 50_000
"""Commands that one session may run."""
MAX_NESTING: Final = 40
"""Functions, substitutions and scripts that may wait for each other."""
_BREATHE: Final = 128
"""After so many steps other work of the event loop gets its turn."""
_BIN_DIRS: Final = frozenset({"/system/bin", "/system/xbin", "/vendor/bin", "/product/bin", "/bin", "/sbin"})


@dataclass(slots=True)
class Budget:
    """Steps left to a session, shared by all its subshells."""

    steps: int = MAX_STEPS

    async def spend(self) -> None:
        """One step. Raises BudgetError."""
        self.steps -= 1
        if self.steps <= 0:
            raise BudgetError
        if self.steps % _BREATHE == 0:
            await asyncio.sleep(0)


@dataclass(slots=True)
class Options:
    """set -e, -u, -x."""

    errexit: bool = False
    nounset: bool = False
    xtrace: bool = False


@dataclass
class Shell:
    """A shell process. `tree` gives the phone's files as they are now."""

    phone: Phone
    tree: Callable[[], FileTree]
    commands: Mapping[str, Command]
    io: Streams
    uid: str = "root"
    host: Host | None = None
    cwd: str = "/"
    variables: dict[str, str] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)
    functions: dict[str, Node] = field(default_factory=dict)
    positional: list[str] = field(default_factory=list)
    name: str = SHELL
    options: Options = field(default_factory=Options)
    status: int = 0
    pid: int = 4711
    nesting: int = 0
    kept: bool = False
    unchecked: int = 0
    """Depth of conditions, in which set -e does not apply."""
    budget: Budget = field(default_factory=Budget)
    jobs: list[asyncio.Task[int]] = field(default_factory=list)

    @property
    def files(self) -> FileTree:
        """The phone's files."""
        return self.tree()

    def child(self, io: Streams | None = None) -> Shell:
        """A subshell: a copy that shares the phone and the budget."""
        shell = copy.copy(self)
        shell.io = io or replace(self.io)
        shell.variables = dict(self.variables)
        shell.exported = set(self.exported)
        shell.functions = dict(self.functions)
        shell.options = replace(self.options)
        shell.nesting += 1
        if shell.nesting > MAX_NESTING:
            raise ShellError("too many nested commands", fatal=True)
        return shell

    def parameter(self, name: str) -> str | None:
        """$name; None when it is not set."""
        if name.isdigit():
            at = int(name) - 1
            if at < 0:
                return self.name
            return self.positional[at] if at < len(self.positional) else None
        special: dict[str, Callable[[], str]] = {
            "?": lambda: str(self.status),
            "#": lambda: str(len(self.positional)),
            "$": lambda: str(self.pid),
            "!": lambda: str(self.pid + len(self.jobs)),
            "-": lambda: "e" * self.options.errexit + "u" * self.options.nounset,
            "@": lambda: " ".join(self.positional),
            "*": lambda: (self.variables.get("IFS", " ")[:1]).join(self.positional),
            "RANDOM": lambda: str(self.budget.steps * 7919 % 32768),
        }
        return special[name]() if name in special else self.variables.get(name)

    async def complain(self, message: object) -> None:
        """Write an error of the shell itself to stderr."""
        with suppress(BrokenPipeError):
            await self.io.stderr.write(encode(f"{self.name}: {message}\n"))

    # --- scripts ------------------------------------------------------------------------------------------------
    async def source(self, text: str) -> int:
        """Parse and run a text in this shell; a syntax error is printed and gives 1."""
        try:
            script = parse(text)
        except ShellSyntaxError as error:
            await self.complain(error)
            self.status = 1
            return 1
        return await self.script(script)

    async def process(self, text: str) -> int:
        """Run a text as a whole process: exit, fatal errors and broken pipes end here."""
        return await self._process(lambda: self.source(text))

    async def _process(self, work: Callable[[], Awaitable[int]]) -> int:
        try:
            return await work()
        except Leave as leave:
            return leave.status
        except LoopControl:
            return self.status
        except ShellError as error:
            await self.complain(error)
            return error.status
        except BrokenPipeError:
            return 141

    async def capture(self, script: Script) -> str:
        """Output of a script run in a subshell; its status becomes $?."""
        sink = MemoryWriter()
        shell = self.child(replace(self.io, stdout=sink))
        self.status = await shell._process(lambda: shell.script(script))
        return decode(bytes(sink.data).replace(b"\0", b""))

    async def script(self, script: Script) -> int:
        """Run commands one after the other; the last status."""
        for item in script:
            if item.background:
                self.status = self._start(item)
                continue
            await self._and_or(item)
        return self.status

    def _start(self, item: AndOr) -> int:
        shell = self.child(replace(self.io, stdin=MemoryReader()))
        work = shell._process(lambda: shell.script((AndOr(item.first, item.rest),)))
        self.jobs.append(asyncio.get_running_loop().create_task(work))
        return 0

    async def _and_or(self, item: AndOr) -> None:
        last = len(item.rest)
        await self._pipeline(item.first, checked=last == 0)
        for at, (op, pipeline) in enumerate(item.rest, 1):
            if (self.status == 0) == (op == "&&"):
                await self._pipeline(pipeline, checked=at == last)

    async def _pipeline(self, pipeline: Pipeline, *, checked: bool) -> None:
        if not checked or pipeline.negated:
            self.unchecked += 1
        try:
            if len(pipeline.stages) == 1:
                self.status = await self.run(pipeline.stages[0])
            else:
                self.status = await self._pipe(pipeline.stages)
        finally:
            if not checked or pipeline.negated:
                self.unchecked -= 1
        if pipeline.negated:
            self.status = int(self.status == 0)
        elif self.status and checked and self.options.errexit and not self.unchecked:
            raise Leave(self.status)

    async def _pipe(self, stages: tuple[Node, ...]) -> int:
        """Run stages side by side; the last one's status."""
        pipes = [Pipe() for _ in stages[1:]]

        async def stage(at: int, node: Node) -> int:
            io = replace(self.io)
            if at:
                io.stdin = pipes[at - 1]
            if at < len(pipes):
                io.stdout = pipes[at]
            shell = self.child(io)
            try:
                return await shell._process(lambda: shell.run(node))
            finally:
                if at:
                    await pipes[at - 1].close_read()
                if at < len(pipes):
                    await pipes[at].close_write()

        tasks = [asyncio.create_task(stage(at, node)) for at, node in enumerate(stages)]
        try:
            return (await asyncio.gather(*tasks))[-1]
        finally:
            for task in tasks:
                task.cancel()

    # --- commands -----------------------------------------------------------------------------------------------
    async def run(self, node: Node) -> int:
        """Run one command of any kind; its status."""
        await self.budget.spend()
        match node:
            case Simple():
                return await self._simple(node)
            case If():
                return await self._if(node)
            case Loop() | For():
                return await self._loop(node)
            case Case():
                return await self._case(node)
            case Group():
                return await self._group(node)
            case Function(name, body):
                self.functions[name] = body
                return 0
            case Redirected(command, redirects):
                return await self._redirected(redirects, lambda: self.run(command))
            case Test():
                return await self._test(node)

    async def _group(self, node: Group) -> int:
        if not node.subshell:
            return await self.script(node.body)
        shell = self.child()
        return await shell._process(lambda: shell.script(node.body))

    async def _condition(self, script: Script) -> bool:
        self.unchecked += 1
        try:
            return await self.script(script) == 0
        finally:
            self.unchecked -= 1

    async def _if(self, node: If) -> int:
        for condition, body in node.arms:
            if await self._condition(condition):
                return await self.script(body)
        if node.otherwise:
            return await self.script(node.otherwise)
        return 0

    async def _loop(self, node: Loop | For) -> int:
        status = 0
        values = iter(await self._for_values(node)) if isinstance(node, For) else None
        while True:
            await self.budget.spend()
            try:
                if isinstance(node, Loop):
                    if await self._condition(node.condition) == node.until:
                        return status
                elif values is not None:
                    value = next(values, None)
                    if value is None:
                        return status
                    self.variables[node.name] = value
                status = await self.script(node.body)
            except LoopControl as control:
                if control.levels > 1:
                    raise LoopControl(control.kind, control.levels - 1) from None
                if control.kind == "break":
                    return 0

    async def _for_values(self, node: For) -> list[str]:
        if node.words is None:
            return list(self.positional)
        return [value for word in node.words for value in await expand.fields(self, word)]

    async def _case(self, node: Case) -> int:
        subject = await expand.text(self, node.word)
        for patterns, body in node.arms:
            for pattern in patterns:
                if matches(await expand.pattern(self, pattern), subject):
                    return await self.script(body)
        return 0

    async def _test(self, node: Test) -> int:
        items: list[str] = []
        for at, item in enumerate(node.items):
            if isinstance(item, str):
                items.append(item)
            elif at and node.items[at - 1] in _PATTERN_OPERATORS:
                items.append(await expand.pattern(self, item))
            else:
                items.append(await expand.text(self, item))
        try:
            return int(not evaluate_words(self, items, double=True))
        except CommandError as error:
            await self.complain(f"[[: {error}")
            return error.status

    async def _simple(self, node: Simple) -> int:
        words = [value for word in node.words for value in await expand.fields(self, word)]
        before = self.status
        assigned: dict[str, str] = {}
        for assign in node.assigns:
            value = await expand.text(self, assign.value)
            assigned[assign.name] = self.variables.get(assign.name, "") + value if assign.append else value
        if not words:
            self.variables |= assigned
            status = self.status if self.status != before else 0
            return await self._redirected(node.redirects, lambda: _done(status))
        if self.options.xtrace:
            await self.io.stderr.write(encode(f"+ {' '.join(words)}\n"))
        if not assigned:
            return await self._redirected(node.redirects, lambda: self.execute(words))
        saved, exported = {name: self.variables.get(name) for name in assigned}, set(self.exported)
        self.variables |= assigned
        self.exported |= assigned.keys()
        try:
            return await self._redirected(node.redirects, lambda: self.execute(words))
        finally:
            if words[0] not in ("export", "exec", "eval"):
                self.exported = exported
                for name, old in saved.items():
                    self.variables.pop(name, None) if old is None else self.variables.update({name: old})

    async def execute(self, words: list[str]) -> int:
        """Run a command by its words: a function, a builtin or command, or a script file."""
        name = words[0]
        if name in self.functions:
            return await self._function(self.functions[name], words[1:])
        key = posixpath.basename(name) if posixpath.dirname(name) in _BIN_DIRS else name
        command = self.commands.get(key)
        if command is None:
            return await self._script_file(words)
        call = Call(self, key, words[1:], self.io)
        try:
            return await command(call) & 0xFF
        except CommandError as error:
            return await call.complain(error, error.status)
        except FileError as error:
            return await call.complain(error)
        except OverflowError as error:
            return await call.complain(error)

    async def _function(self, body: Node, args: list[str]) -> int:
        saved, self.positional = self.positional, args
        self.nesting += 1
        try:
            if self.nesting > MAX_NESTING:
                raise ShellError("too many nested functions", fatal=True)
            return await self.run(body)
        except ReturnFrom as leave:
            return leave.status
        finally:
            self.positional = saved
            self.nesting -= 1

    async def _script_file(self, words: list[str]) -> int:
        name = words[0]
        if "/" not in name or not self.files.exists(join(self.cwd, name)):
            await self.complain(f"{name}: inaccessible or not found" if name else "': inaccessible or not found")
            return 127
        path = join(self.cwd, name)
        if self.files.isdir(path):
            await self.complain(f"{name}: can't execute: Is a directory")
            return 126
        if not self.files.stat(path).mode & 0o111:
            await self.complain(f"{name}: can't execute: Permission denied")
            return 126
        return await self.script_file(path, words[1:])

    async def script_file(self, path: str, args: list[str]) -> int:
        """Run a file of the phone as a shell script in a process of its own."""
        shell = self.child()
        shell.name, shell.positional = path, args
        return await shell.process(decode(self.files.load(path)))

    # --- redirections -------------------------------------------------------------------------------------------
    async def _redirected(self, redirects: tuple[Redirect, ...], work: Callable[[], Awaitable[int]]) -> int:
        if not redirects:
            return await work()
        saved = self.io
        self.io = replace(saved)
        self.kept = False
        try:
            for redirect in redirects:
                await apply_redirect(self, redirect)
        except FileError as error:
            self.io = saved
            await self.complain(f"can't open {error}")
            return 1
        try:
            return await work()
        finally:
            self.io = self.io if self.kept else saved
            self.kept = False

    def keep_streams(self) -> None:
        """exec without a command: the redirections around it stay."""
        self.kept = True


_PATTERN_OPERATORS: Final = ((Text("="),), (Text("=="),), (Text("!="),))
"""Words of [[ ]] whose right side is a pattern."""


async def _done(status: int) -> int:
    return status
