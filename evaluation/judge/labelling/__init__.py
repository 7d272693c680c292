"""People as judges: episodes in random order, blind to what others said, one key for each verdict."""

from evaluation.judge.labelling.session import Labelling, Word

__all__ = ["Labelling", "Word"]
