"""eval.py's arguments, live display and exit codes."""

from phonebench.cli.entry import main

__all__ = ["main"]
