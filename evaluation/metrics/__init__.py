"""From verdicts and traces to numbers: one episode measured, many summed up. Every denominator is written down."""

from evaluation.metrics.episode import EpisodeFigures, StepTimes, measure, missing
from evaluation.metrics.summary import Figures, Latency, Rate, summarise

__all__ = ["EpisodeFigures", "Figures", "Latency", "Rate", "StepTimes", "measure", "missing", "summarise"]
