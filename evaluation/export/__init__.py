"""Traces in other forms: the layouts of other harnesses, scripts of tasks."""

from evaluation.export.androidlab import export_androidlab
from evaluation.export.solutions import export_solutions

__all__ = ["export_androidlab", "export_solutions"]
