"""The only reader and writer of logs/evaluation: layout, append, atomic finish, resume index, verdicts."""

from phonebench.trace.layout import EpisodeKey, run_folder
from phonebench.trace.reader import Episode, RunReader, find_runs
from phonebench.trace.writer import EpisodeWriter, RunWriter

__all__ = ["Episode", "EpisodeKey", "EpisodeWriter", "RunReader", "RunWriter", "find_runs", "run_folder"]
