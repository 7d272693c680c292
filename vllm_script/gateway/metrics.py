"""Prometheus figures of the gateway; label values come from the settings, never from a client."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)


class Metrics:
    """One registry per application, so that several can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "gateway_requests", "Requests by model and status", ["model", "status"], registry=self.registry
        )
        self.first_byte = Histogram(
            "gateway_time_to_first_byte_seconds",
            "From the complete request to the first byte of the answer",
            ["model"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.duration = Histogram(
            "gateway_request_duration_seconds",
            "From the complete request to the last byte of the answer",
            ["model"],
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.in_flight = Gauge("gateway_in_flight", "Running requests by back end", ["backend"], registry=self.registry)
        self.healthy = Gauge("gateway_backend_up", "1 when the back end answers", ["backend"], registry=self.registry)
        self.retries = Counter(
            "gateway_retries", "Requests moved to another replica", ["model"], registry=self.registry
        )
        self.broken_streams = Counter(
            "gateway_broken_streams", "Streams whose back end died", ["model"], registry=self.registry
        )

    def text(self) -> bytes:
        """The exposition format."""
        return generate_latest(self.registry)
