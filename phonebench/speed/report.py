"""What a measurement yields: plain samples, all times in seconds, nothing summed up yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """One request. `prompt` numbers the observation; a request that failed has an `error` and no figures."""

    prompt: int
    prepare_s: float = 0.0
    """Drawing marks, scaling and encoding the screenshot, before anything is sent."""
    ttft_s: float | None = None
    total_s: float = 0.0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    error: str = ""

    @property
    def token_s(self) -> float | None:
        """Time per output token after the first one."""
        if self.ttft_s is None or self.completion_tokens < 2:
            return None
        return max(self.total_s - self.ttft_s, 0.0) / (self.completion_tokens - 1)

    @property
    def step_s(self) -> float:
        """What an agent waits for its next action: preparing and the whole reply."""
        return self.prepare_s + self.total_s


@dataclass(frozen=True, slots=True)
class Level:
    """Requests `concurrency` at a time, sent as soon as a place is free, in `wall_s` seconds from first to last."""

    concurrency: int
    samples: tuple[Sample, ...]
    wall_s: float
    client_share: float
    """Processor time of the measuring process over `wall_s`; near 1, the client itself limits what it measures."""

    @property
    def good(self) -> tuple[Sample, ...]:
        """Requests that were answered."""
        return tuple(sample for sample in self.samples if not sample.error)

    @property
    def requests_per_s(self) -> float:
        """Answered requests per second."""
        return len(self.good) / self.wall_s if self.wall_s else 0.0

    @property
    def tokens_per_s(self) -> float:
        """Output tokens per second, over all requests together."""
        return sum(sample.completion_tokens for sample in self.good) / self.wall_s if self.wall_s else 0.0


@dataclass(frozen=True, slots=True)
class CacheEffect:
    """The same prompts twice: `fresh` ones that no cache can know, then each again at once."""

    fresh: tuple[Sample, ...]
    again: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class ServerFigure:
    """A histogram of the server over one level: what it counted between two looks at its /metrics, in seconds.

    Quantiles are read off the histogram's buckets and no finer than these.
    """

    concurrency: int
    name: str
    count: int
    mean_s: float
    p50_s: float | None
    p95_s: float | None


@dataclass(frozen=True, slots=True)
class ModelSpeed:
    """One config's model."""

    label: str
    config: str
    base_url: str
    dialect: str
    image: str
    """How screenshots were sent: format and longest edge."""
    levels: tuple[Level, ...]
    """The first is one request at a time."""
    cache: CacheEffect | None
    server: tuple[ServerFigure, ...] = ()
    server_tokens: tuple[tuple[int, str, int], ...] = ()
    """(concurrency, counter, tokens counted in that level)."""
    server_note: str = ""
    """Where the server's figures are from, or why there are none."""


@dataclass(frozen=True, slots=True)
class SpeedReport:
    """All models on the same observations."""

    source: str
    """Folder of the recorded run."""
    simulated: bool
    observations: int
    created_at: str
    options: tuple[tuple[str, str], ...]
    models: tuple[ModelSpeed, ...]

    @property
    def label(self) -> str:
        """The line that heads every sheet."""
        if self.simulated:
            return "screens of a SIMULATED PHONE; times are those of the model's server as this client saw them"
        return "screens of real phones or emulators; times are those of the model's server as this client saw them"
