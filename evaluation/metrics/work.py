"""Who did the work: steps of the device model and of the cloud model, and requests to the cloud."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaluation.metrics.calls import CLOUD_ROLES
from evaluation.metrics.episode import EpisodeFigures


@dataclass(frozen=True, slots=True)
class Work:
    """Sums over episodes; `per_episode` gives means."""

    episodes: int
    steps: int
    device_steps: int
    cloud_steps: int
    controller_calls: int
    cloud_calls: int
    """Requests to the cloud model, as planner and as controller."""
    cloud_tokens: int
    """Prompt and completion tokens of these."""

    def per_episode(self, name: str) -> float | None:
        """Mean of a field over the episodes; None without any."""
        total: int = getattr(self, name)
        return total / self.episodes if self.episodes else None


def work_of(episodes: Iterable[EpisodeFigures]) -> Work:
    """Sum up the work in episodes."""
    found = tuple(episodes)
    calls = [call for episode in found for call in episode.calls]
    return Work(
        episodes=len(found),
        steps=sum(len(episode.times.total) for episode in found),
        device_steps=sum(episode.device_steps for episode in found),
        cloud_steps=sum(episode.cloud_steps for episode in found),
        controller_calls=sum(call.calls for call in calls if call.role == "controller"),
        cloud_calls=sum(call.calls for call in calls if call.role in CLOUD_ROLES),
        cloud_tokens=sum(call.tokens for call in calls if call.role in CLOUD_ROLES),
    )
