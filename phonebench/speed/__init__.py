"""How fast are models at a phone's screens? Recorded observations are put to each; see `phonebench.speed.cli.main`."""

from phonebench.speed.report import CacheEffect, Level, ModelSpeed, Sample, ServerFigure, SpeedReport

__all__ = ["CacheEffect", "Level", "ModelSpeed", "Sample", "ServerFigure", "SpeedReport"]
