"""cmd role: which apps are the default ones."""

from __future__ import annotations

from simphone.core import roles
from simphone.shell.call import Call


async def role(call: Call, args: list[str]) -> int:
    """get-role-holders, add-role-holder, remove-role-holder, clear-role-holders."""
    operands = []
    rest = iter(args)
    for word in rest:
        if word == "--user":
            next(rest, None)
        else:
            operands.append(word)
    verb, name, package = [*operands, "", "", ""][:3]
    if verb not in ("get-role-holders", "add-role-holder", "remove-role-holder", "clear-role-holders"):
        await call.err(f"Unknown command: {verb}")
        return 255
    if name not in roles.CANDIDATES:
        await call.err(f"Error: no role {name}")
        return 255
    if verb == "get-role-holders":
        found = roles.holder(call.state, name)
        if found:
            await call.line(found)
        return 0
    if verb == "add-role-holder":
        if package not in roles.candidates(call.state, name):
            await call.err(f"Error: {package or 'nobody'} does not qualify for {name}")
            return 255
        roles.hold(call.state, name, package)
    elif verb == "clear-role-holders" or roles.holder(call.state, name) == package:
        roles.hold(call.state, name, None)
    call.phone.changed()
    return 0
