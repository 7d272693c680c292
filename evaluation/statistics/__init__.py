"""Intervals, quantiles and resampling: plain numbers in, plain numbers out."""

from evaluation.statistics.intervals import Interval, wilson
from evaluation.statistics.resampling import bootstrap_mean, bootstrap_ratio, quantile

__all__ = ["Interval", "bootstrap_mean", "bootstrap_ratio", "quantile", "wilson"]
