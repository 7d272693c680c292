"""Traces in the layouts of other harnesses, so that their own checkers can score runs of this one."""

from evaluation.export.androidlab import export_androidlab

__all__ = ["export_androidlab"]
