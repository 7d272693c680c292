"""app_process: runs a Java program. Here there is one: uiautomator2's server, alive while its caller listens."""

from __future__ import annotations

from typing import Final

from simphone.shell.call import Call, Command
from simphone.shell.commands.screen import until_closed

UIAUTOMATOR: Final = "com.wetest.uia2.Main"
_DEFAULT_PORT: Final = 9008


async def _app_process(call: Call) -> int:
    names = [word for word in call.args if not word.startswith("-")]
    program = names[1] if len(names) > 1 else ""
    jar = call.shell.parameter("CLASSPATH") or ""
    host = call.shell.host
    if program != UIAUTOMATOR or not jar or not call.files.exists(call.path(jar)) or host is None:
        await call.err(f"Error: Could not find class '{program or '(none)'}'")
        return 1
    port = _port(call.args)
    if port is None or port in host.ports:
        await call.err(
            "java.lang.IllegalStateException: UiAutomationService already registered!" if port else "bad port"
        )
        return 1
    host.ports.add(port)
    try:
        await call.line("[server] INFO: [UiAutomator2Server] Starting Server")
        await until_closed(call)
    finally:
        host.ports.discard(port)
    return 0


def _port(args: list[str]) -> int | None:
    """After -p; None for what is no port."""
    if "-p" not in args:
        return _DEFAULT_PORT
    value = next(iter(args[args.index("-p") + 1 :]), "")
    return int(value) if value.isdigit() and 0 < int(value[:6]) < 65536 else None


COMMANDS: Final[dict[str, Command]] = {"app_process": _app_process}
