"""What can go wrong while a script runs, and how control leaves a command early."""

from __future__ import annotations


class ShellError(Exception):
    """An error of the shell itself, printed as "/system/bin/sh: ..."; status 1. `fatal` ends the script."""

    def __init__(self, message: str, status: int = 1, *, fatal: bool = False) -> None:
        super().__init__(message)
        self.status = status
        self.fatal = fatal


class CommandError(Exception):
    """A command's complaint, printed as "name: ..."."""

    def __init__(self, message: str, status: int = 1) -> None:
        super().__init__(message)
        self.status = status


class BudgetError(Exception):
    """The session used up its steps; it ends with status 137, as if killed."""


class Leave(Exception):
    """exit."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class ReturnFrom(Leave):
    """return from a function or a sourced script."""


class LoopControl(Exception):
    """break or continue of `levels` loops."""

    def __init__(self, kind: str, levels: int) -> None:
        super().__init__(kind)
        self.kind = kind
        self.levels = levels
