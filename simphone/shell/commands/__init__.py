"""The commands of the simulated phone's shell, one module a family; `COMMANDS` is the table of them all."""

from __future__ import annotations

from typing import Final

from simphone.shell.builtins import BUILTINS
from simphone.shell.call import Command

COMMANDS: Final[dict[str, Command]] = {**BUILTINS}
