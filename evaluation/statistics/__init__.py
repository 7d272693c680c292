"""Intervals, tests and resampling: plain numbers in, plain numbers out. docs/statistics.md tells which serves what."""

from evaluation.statistics.attempts import pass_at_k, pass_hat_k
from evaluation.statistics.clusters import clustered, design_effect, student_quantile
from evaluation.statistics.intervals import Interval, wilson
from evaluation.statistics.paired import detectable_difference, holm, mcnemar_exact, sign_flip
from evaluation.statistics.resampling import bootstrap_mean, bootstrap_ratio, quantile
from evaluation.statistics.rounding import percent, rounded

__all__ = [
    "Interval",
    "bootstrap_mean",
    "bootstrap_ratio",
    "clustered",
    "design_effect",
    "detectable_difference",
    "holm",
    "mcnemar_exact",
    "pass_at_k",
    "pass_hat_k",
    "percent",
    "quantile",
    "rounded",
    "sign_flip",
    "student_quantile",
    "wilson",
]
