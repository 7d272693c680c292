"""What a verdict took, and what is known of the episode besides it."""

from __future__ import annotations

from dataclasses import dataclass

from phonebench.schema.authority import MODEL
from phonebench.schema.verdict import Verdict


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """One verdict in figures. `digest` names an llm judge with its prompt and settings; empty for other judges."""

    judge: str
    digest: str = ""
    truth: bool | None = None
    """Did the episode truly pass, by the phone's state, else by people; None where only the judge has spoken."""
    votes: int = 0
    """Usable votes; 0 for a judge that does not vote."""
    disputed: int = 0
    """Goals on which its votes differ."""
    goals: int = 0
    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    """Of the prompt tokens: those from the server's cache."""
    completion_tokens: int = 0

    @property
    def by_model(self) -> bool:
        """Did a model judge?"""
        return self.judge.startswith(MODEL)


def judge_figures(verdict: Verdict, truth: bool | None) -> JudgeFigures:
    """Measure a verdict."""
    return JudgeFigures(
        judge=verdict.judge,
        digest=verdict.judge_digest,
        truth=truth,
        votes=len(verdict.votes),
        disputed=sum(len(set(decisions)) > 1 for decisions in zip(*verdict.votes, strict=True)),
        goals=len(verdict.goals),
        calls=len(verdict.calls),
        prompt_tokens=sum(call.usage.prompt_tokens for call in verdict.calls),
        cached_tokens=sum(call.usage.cached_tokens for call in verdict.calls),
        completion_tokens=sum(call.usage.completion_tokens for call in verdict.calls),
    )
