"""Runs episodes: the loop, retries, threads, resume, preflight checks, validation of tasks."""

from phonebench.runner.attempts import Score
from phonebench.runner.calibration import build_calibration
from phonebench.runner.events import Ended, Listener, Silent
from phonebench.runner.person import Answer, Nobody, Person
from phonebench.runner.preflight import checks
from phonebench.runner.run import GaveUpError, Plan, Summary, execute, make_plan, summarise
from phonebench.runner.validate import Finding, validate_suite

__all__ = [
    "Answer",
    "Ended",
    "Finding",
    "GaveUpError",
    "Listener",
    "Nobody",
    "Person",
    "Plan",
    "Score",
    "Silent",
    "Summary",
    "build_calibration",
    "checks",
    "execute",
    "make_plan",
    "summarise",
    "validate_suite",
]
