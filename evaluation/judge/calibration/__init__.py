"""How often an llm judge errs, measured on episodes whose truth is known, and what that makes of the rates it gives."""

from evaluation.judge.calibration.correct import CorrectedRate, Correction, correct
from evaluation.judge.calibration.record import CalibrationStore, JudgeCalibration

__all__ = ["CalibrationStore", "CorrectedRate", "Correction", "JudgeCalibration", "correct"]
