"""Intervals, quantiles and resampling: plain numbers in, plain numbers out."""

from evaluation.statistics.intervals import Interval, wilson
from evaluation.statistics.resampling import bootstrap_mean, quantile

__all__ = ["Interval", "bootstrap_mean", "quantile", "wilson"]
