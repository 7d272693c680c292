"""The commands of the simulated phone's shell, one module a family; `COMMANDS` is the table of them all."""

from __future__ import annotations

from typing import Final

from simphone.shell.builtins import BUILTINS
from simphone.shell.call import Command
from simphone.shell.commands import (
    activity,
    app_process,
    awk,
    basics,
    content,
    dumpsys,
    files,
    filters,
    find,
    grep,
    listing,
    network,
    packages,
    properties,
    screen,
    sed,
    services,
    settings,
    simctl,
    sqlite,
    system,
)

_FAMILIES: Final = (
    activity, app_process, awk, basics, content, dumpsys, files, filters, find, grep, listing, network, packages,
    properties, screen, sed, services, settings, simctl, sqlite, system,
)  # fmt: skip

COMMANDS: Final[dict[str, Command]] = {
    **BUILTINS,
    **{name: command for family in _FAMILIES for name, command in family.COMMANDS.items()},
}
