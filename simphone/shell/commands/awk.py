"""awk: patterns, fields, print, printf, variables, if and a few functions - what one-liners over adb need."""

from __future__ import annotations

from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.commands.awk_program import Program, Rule
from simphone.shell.commands.awk_values import Exit, Next, Run, Value, is_true
from simphone.shell.errors import CommandError
from simphone.shell.streams import decode
from simphone.shell.words import unescape


def _perform(run: Run, rules: list[Rule], records: list[str]) -> None:
    def fire(when: str) -> None:
        for pattern, action in rules:
            if pattern == when:
                action(run)

    try:
        fire("BEGIN")
        for at, record in enumerate(records, 1):
            run.variables["NR"] = float(at)
            run.set_record(record)
            try:
                for pattern, action in rules:
                    if pattern == "all" or (callable(pattern) and is_true(pattern(run))):
                        action(run)
            except Next:
                continue
    except Exit:
        pass
    fire("END")


async def _awk(call: Call) -> int:
    variables: dict[str, Value] = {}
    rest = list(call.args)
    program: str | None = None
    while rest and rest[0].startswith("-") and len(rest[0]) > 1:
        flag = rest.pop(0)
        if flag == "--":
            break
        name, value = flag[:2], flag[2:] or (rest.pop(0) if rest else "")
        if name == "-F":
            variables["FS"] = unescape(value) if value != "t" else "\t"
        elif name == "-v":
            key, _, text = value.partition("=")
            variables[key] = unescape(text)
        elif name == "-f":
            program = decode(call.files.load(call.path(value)))
        else:
            raise CommandError(f"unknown option {flag}", 2)
    if program is None:
        if not rest:
            raise CommandError("usage: awk [-F sep] [-v var=value] program [file ...]", 2)
        program = rest.pop(0)
    run = Run(variables)
    rules = Program(program).rules()
    reads = any(pattern != "BEGIN" for pattern, _ in rules)
    records = (await call.texts(rest)).removesuffix("\n").split("\n") if reads else []
    _perform(run, rules, [] if records == [""] else records)
    await call.out(*run.out)
    return 0


COMMANDS: Final[dict[str, Command]] = {"awk": _awk}
