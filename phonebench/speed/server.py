"""The server's own figures: what vLLM's /metrics counted between two looks.

Names: vLLM's production metrics; quantiles as Prometheus' histogram_quantile (linear inside a bucket).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx

from phonebench.speed.report import ServerFigure

HISTOGRAMS: Final = {
    "time_to_first_token_seconds": "TTFT",
    "inter_token_latency_seconds": "inter-token latency",
    "request_time_per_output_token_seconds": "time per output token",
    "e2e_request_latency_seconds": "whole request",
    "request_queue_time_seconds": "queue",
    "request_prefill_time_seconds": "prefill",
    "request_decode_time_seconds": "decode",
    "request_inference_time_seconds": "inference",
}
COUNTERS: Final = {
    "prompt_tokens": "prompt tokens",
    "generation_tokens": "generated tokens",
    "prefix_cache_queries": "tokens looked up in the prefix cache",
    "prefix_cache_hits": "tokens found in the prefix cache",
}
_PREFIX: Final = "vllm:"
_TIMEOUT_S: Final = 10.0


class NoFiguresError(Exception):
    """The server's figures cannot be had; the message says why."""


@dataclass(slots=True)
class Snapshot:
    """Counters at one moment: histograms by name as {upper bound: cumulative count}, sums and plain counters."""

    buckets: dict[str, dict[float, float]] = field(default_factory=dict)
    sums: dict[str, float] = field(default_factory=dict)
    counters: dict[str, float] = field(default_factory=dict)


def look(url: str, model: str) -> Snapshot:
    """The counters of one model; raises NoFiguresError. `url` is the server's address with or without /v1."""
    address = url.rstrip("/").removesuffix("/v1").rstrip("/") + "/metrics"
    try:
        answer = httpx.get(address, timeout=_TIMEOUT_S, trust_env=False)
        answer.raise_for_status()
    except httpx.HTTPStatusError as problem:
        raise NoFiguresError(f"{address} answers {problem.response.status_code}") from problem
    except httpx.HTTPError as problem:
        raise NoFiguresError(f"{address}: {type(problem).__name__}") from problem
    snapshot = parse(answer.text, model)
    if not snapshot.sums:
        raise NoFiguresError(f"{address} holds no vLLM figures of {model}")
    return snapshot


def parse(text: str, model: str) -> Snapshot:
    """The exposition format, version 0.0.4; only the figures of `model` are kept, added up over engines."""
    try:
        from prometheus_client.parser import text_string_to_metric_families
    except ImportError as problem:
        raise NoFiguresError("prometheus-client is not installed (python -m pip install -e '.[gateway]')") from problem
    snapshot = Snapshot()
    try:
        for family in text_string_to_metric_families(text):
            name = family.name.removeprefix(_PREFIX)
            if name == family.name or (name not in HISTOGRAMS and name not in COUNTERS):
                continue
            for sample in family.samples:
                if sample.labels.get("model_name") == model:
                    _add(snapshot, name, sample.name.removeprefix(family.name), sample.labels, sample.value)
    except (ValueError, KeyError, IndexError) as problem:
        raise NoFiguresError(f"/metrics cannot be read: {problem}") from problem
    return snapshot


def _add(snapshot: Snapshot, name: str, part: str, labels: Mapping[str, str], value: float) -> None:
    if part == "_bucket":
        bound = float(labels["le"])
        buckets = snapshot.buckets.setdefault(name, {})
        buckets[bound] = buckets.get(bound, 0.0) + value
    elif part == "_sum":
        snapshot.sums[name] = snapshot.sums.get(name, 0.0) + value
    elif part == "_total":
        snapshot.counters[name] = snapshot.counters.get(name, 0.0) + value


def figures(concurrency: int, before: Snapshot, after: Snapshot) -> tuple[ServerFigure, ...]:
    """What the histograms gained."""
    found = []
    for name, title in HISTOGRAMS.items():
        old = before.buckets.get(name, {})
        gained = {bound: count - old.get(bound, 0.0) for bound, count in sorted(after.buckets.get(name, {}).items())}
        count = round(gained.get(float("inf"), 0.0))
        if count > 0:
            mean = (after.sums.get(name, 0.0) - before.sums.get(name, 0.0)) / count
            quantiles = (quantile(gained, share) for share in (0.5, 0.95))
            found.append(ServerFigure(concurrency, title, count, mean, *quantiles))
    return tuple(found)


def tokens(concurrency: int, before: Snapshot, after: Snapshot) -> tuple[tuple[int, str, int], ...]:
    """What the token counters gained."""
    return tuple(
        (concurrency, title, round(after.counters[name] - before.counters.get(name, 0.0)))
        for name, title in COUNTERS.items()
        if name in after.counters
    )


def quantile(buckets: Mapping[float, float], share: float) -> float | None:
    """A quantile from cumulative buckets; None when it lies in the last, open one."""
    total = buckets.get(float("inf"), 0.0)
    rank = share * total
    below_bound = below_count = 0.0
    for bound, count in sorted(buckets.items()):
        if count >= rank and count > below_count:
            if bound == float("inf"):
                return None
            return below_bound + (bound - below_bound) * (rank - below_count) / (count - below_count)
        below_bound, below_count = bound, count
    return None
