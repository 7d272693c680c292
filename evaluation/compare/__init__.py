"""Runs against each other, on the tasks that both did."""

from evaluation.compare.baseline import Against, Ratio, Reduction, is_cloud_only, set_against
from evaluation.compare.paired import Paired, compare, compare_all

__all__ = ["Against", "Paired", "Ratio", "Reduction", "compare", "compare_all", "is_cloud_only", "set_against"]
