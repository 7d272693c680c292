"""Runs against each other, on the tasks that both did."""

from evaluation.compare.paired import Paired, compare

__all__ = ["Paired", "compare"]
