"""Commands that change the shell itself: cd, export, set, read, exit, eval and their kin."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from simphone.core.files import join
from simphone.shell import arith
from simphone.shell.call import Call, Command
from simphone.shell.conditions import evaluate_words
from simphone.shell.errors import CommandError, Leave, LoopControl, ReturnFrom, ShellError
from simphone.shell.streams import decode


async def _true(_call: Call) -> int:
    return 0


async def _false(_call: Call) -> int:
    return 1


async def _cd(call: Call) -> int:
    operands = [arg for arg in call.args if arg not in ("-P", "-L", "--")]
    target = operands[0] if operands else call.shell.variables.get("HOME", "/")
    target = call.shell.variables.get("OLDPWD", "/") if target == "-" else target
    path = join(call.shell.cwd, target)
    if not call.files.isdir(path):
        reason = "Not a directory" if call.files.exists(path) else "No such file or directory"
        await call.shell.complain(f"cd: {target}: {reason}")
        return 2
    call.shell.variables |= {"OLDPWD": call.shell.cwd, "PWD": path}
    call.shell.cwd = path
    return 0


async def _pwd(call: Call) -> int:
    await call.line(call.files.resolve(call.shell.cwd) if call.args == ["-P"] else call.shell.cwd)
    return 0


async def _export(call: Call) -> int:
    variables = call.shell.variables
    names = [arg for arg in call.args if not arg.startswith("-")]
    if not names:
        for name in sorted(call.shell.exported & variables.keys()):
            await call.line(f"export {name}={variables[name]}" if "-p" in call.args else f"{name}={variables[name]}")
    for name, equals, value in (arg.partition("=") for arg in names):
        if not name.isidentifier():
            raise ShellError(f"{call.name}: {name}: is not an identifier")
        if equals:
            variables[name] = value
        call.shell.exported.add(name)
    return 0


async def _local(call: Call) -> int:
    for name, _, value in (arg.partition("=") for arg in call.args if not arg.startswith("-")):
        call.shell.variables[name] = value
    return 0


async def _unset(call: Call) -> int:
    for name in call.args:
        call.shell.variables.pop(name, None)
        if "-f" in call.args:
            call.shell.functions.pop(name, None)
    return 0


async def _set(call: Call) -> int:
    shell, args = call.shell, list(call.args)
    if not args:
        for name in sorted(shell.variables):
            await call.line(f"{name}={shell.variables[name]}")
    while args and args[0][:1] in ("-", "+") and len(args[0]) > 1:
        flag = args.pop(0)
        if flag == "--":
            break
        if flag[1:] == "o":
            flag = flag[0] + {"errexit": "e", "nounset": "u", "xtrace": "x"}.get(args.pop(0) if args else "", "")
        on = flag[0] == "-"
        shell.options.errexit = on if "e" in flag else shell.options.errexit
        shell.options.nounset = on if "u" in flag else shell.options.nounset
        shell.options.xtrace = on if "x" in flag else shell.options.xtrace
    if args or "--" in call.args:
        shell.positional = args
    return 0


async def _shift(call: Call) -> int:
    count = _number(call, 1)
    if count > len(call.shell.positional):
        return 1
    call.shell.positional = call.shell.positional[count:]
    return 0


def _number(call: Call, default: int) -> int:
    try:
        return arith.number(call.args[0]) if call.args else default
    except arith.ArithError as error:
        raise CommandError(str(error)) from None


async def _exit(call: Call) -> int:
    raise Leave(_number(call, call.shell.status) & 0xFF)


async def _return(call: Call) -> int:
    raise ReturnFrom(_number(call, call.shell.status) & 0xFF)


async def _break(call: Call) -> int:
    raise LoopControl(call.name, max(_number(call, 1), 1))


async def _eval(call: Call) -> int:
    return await call.shell.source(" ".join(call.args))


async def _dot(call: Call) -> int:
    if not call.args:
        raise CommandError("missing argument")
    try:
        return await call.shell.source(decode(call.files.load(call.path(call.args[0]))))
    except ReturnFrom as leave:
        return leave.status


async def _exec(call: Call) -> int:
    """With a command, the shell ends with it; `exec > file` alone keeps the redirection."""
    words = call.args[1:] if call.args[:1] == ["--"] else call.args
    if not words:
        call.shell.keep_streams()
        return 0
    raise Leave(await call.shell.execute(words))


async def _command(call: Call) -> int:
    words = list(call.args)
    if words and words[0] in ("-v", "-V"):
        return await _type(replace(call, name=call.name + words[0], args=words[1:]))
    if words and words[0] == "-p":
        words = words[1:]
    return await call.shell.execute(words) if words else 0


async def _type(call: Call) -> int:
    status = 0
    for name in call.args:
        key = name.rpartition("/")[2]
        short = call.name in ("command-v", "whence")
        if name in call.shell.functions:
            await call.line(name if short else f"{name} is a function")
        elif name in BUILTINS:
            await call.line(name if short else f"{name} is a shell builtin")
        elif key in call.shell.commands:
            await call.line(f"/system/bin/{key}" if short else f"{name} is /system/bin/{key}")
        else:
            status = 1
            if not short:
                await call.line(f"{name} not found")
    return status


async def _read(call: Call) -> int:
    options, names = call.options("rp:n:u:t:d:s")
    line = bytearray()
    status = 1
    while byte := await call.io.stdin.read(1):
        if byte == b"\n":
            status = 0
            break
        line += byte
        if len(line) > 1 << 20:
            raise CommandError("line too long")
    text = decode(bytes(line))
    text = text if "r" in options else text.replace("\\", "")
    names = names or ["REPLY"]
    parts = text.split(None, len(names) - 1)
    for at, name in enumerate(names):
        call.shell.variables[name] = parts[at].strip(" \t") if at < len(parts) else ""
    return status


async def _test(call: Call) -> int:
    items = call.args
    if call.name == "[":
        if not items or items[-1] != "]":
            raise CommandError("missing ]", 2)
        items = items[:-1]
    return int(not evaluate_words(call.shell, items))


async def _let(call: Call) -> int:
    value = 0
    try:
        for expression in call.args:
            value = arith.evaluate(expression, call.shell.variables)
    except arith.ArithError as error:
        raise CommandError(str(error)) from None
    return int(value == 0)


async def _wait(call: Call) -> int:
    if call.shell.jobs:
        await asyncio.gather(*call.shell.jobs, return_exceptions=True)
        call.shell.jobs.clear()
    return 0


async def _sh(call: Call) -> int:
    """sh -c script [name args], sh file [args], or a script on stdin."""
    args = list(call.args)
    flags = ""
    while args and args[0].startswith("-") and len(args[0]) > 1:
        flags += args.pop(0)[1:]
    shell = call.shell.child(call.io)
    shell.options.errexit = "e" in flags
    if "c" in flags:
        if not args:
            raise CommandError("-c: requires argument")
        shell.name, shell.positional = (args[1] if len(args) > 1 else shell.name), args[2:]
        return await shell.process(args[0])
    if args:
        return await call.shell.script_file(call.path(args[0]), args[1:])
    return await shell.process(decode(await call.input()))


BUILTINS: Final[dict[str, Command]] = {
    ".": _dot,
    ":": _true,
    "[": _test,
    "alias": _true,
    "break": _break,
    "builtin": _command,
    "cd": _cd,
    "command": _command,
    "continue": _break,
    "eval": _eval,
    "exec": _exec,
    "exit": _exit,
    "export": _export,
    "false": _false,
    "let": _let,
    "local": _local,
    "pwd": _pwd,
    "read": _read,
    "readonly": _export,
    "return": _return,
    "set": _set,
    "sh": _sh,
    "shift": _shift,
    "source": _dot,
    "test": _test,
    "trap": _true,
    "true": _true,
    "type": _type,
    "typeset": _local,
    "ulimit": _true,
    "umask": _true,
    "unset": _unset,
    "wait": _wait,
    "whence": _type,
}
