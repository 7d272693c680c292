"""Judges: a recorded episode in, a verdict out. They read the trace only, so judging can be repeated at any time."""

from evaluation.judge.boundary import verdict_of
from evaluation.judge.choose import make_judge, scorer

__all__ = ["make_judge", "scorer", "verdict_of"]
