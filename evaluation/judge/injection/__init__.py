"""Trajectories that talk back: how often does a judge do what a text on a screen tells it to do?"""

from evaluation.judge.injection.cases import Case, load_cases
from evaluation.judge.injection.measure import InjectionProbe, probe_injection
from evaluation.judge.injection.trajectories import clean, injected

__all__ = ["Case", "InjectionProbe", "clean", "injected", "load_cases", "probe_injection"]
