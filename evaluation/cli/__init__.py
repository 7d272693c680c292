"""generate_result.py's arguments, live display and exit codes."""

from evaluation.cli.entry import main

__all__ = ["main"]
