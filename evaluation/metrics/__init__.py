"""From verdicts and traces to numbers: one episode measured, many summed up. Every denominator is written down."""

from evaluation.metrics.attempts import AttemptFigures
from evaluation.metrics.calls import CLOUD_ROLES, CallFigures, Cost, token_cost
from evaluation.metrics.episode import EpisodeFigures, StepTimes, measure, missing
from evaluation.metrics.health import HealthFigures
from evaluation.metrics.judging import JudgeFigures
from evaluation.metrics.rates import Latency, Rate
from evaluation.metrics.summary import FEW_TASKS, Figures, meaning, summarise
from evaluation.metrics.work import Work, work_of

__all__ = [
    "CLOUD_ROLES",
    "FEW_TASKS",
    "AttemptFigures",
    "CallFigures",
    "Cost",
    "EpisodeFigures",
    "Figures",
    "HealthFigures",
    "JudgeFigures",
    "Latency",
    "Rate",
    "StepTimes",
    "Work",
    "meaning",
    "measure",
    "missing",
    "summarise",
    "token_cost",
    "work_of",
]
