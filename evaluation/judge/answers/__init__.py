"""Answer matching for query tasks: does the agent's last word say what the task asks for?

English and Chinese. The rules err on the strict side: an answer that hedges between two values, negates the right one
or names none is wrong. What is no rule of language - which wrong statements a
task invites - stands in the task's `never`.
"""

from evaluation.judge.answers.matching import match_answer
from evaluation.judge.answers.mentions import AnswerMatch

__all__ = ["AnswerMatch", "match_answer"]
