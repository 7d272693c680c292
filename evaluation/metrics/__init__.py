"""From verdicts and traces to numbers: one episode measured, many summed up. Every denominator is written down."""

from evaluation.metrics.episode import EpisodeFigures, StepTimes, measure, missing
from evaluation.metrics.judging import JudgeFigures
from evaluation.metrics.summary import Figures, Latency, Rate, meaning, summarise

__all__ = [
    "EpisodeFigures",
    "Figures",
    "JudgeFigures",
    "Latency",
    "Rate",
    "StepTimes",
    "meaning",
    "measure",
    "missing",
    "summarise",
]
