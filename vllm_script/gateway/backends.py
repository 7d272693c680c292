"""The servers behind the gateway: health, load, choice of a replica."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from vllm_script.gateway.errors import GatewayError
from vllm_script.gateway.lanes import Lanes
from vllm_script.gateway.metrics import Metrics
from vllm_script.gateway.settings import BackendSettings, GatewaySettings

log = logging.getLogger("gateway")


@dataclass(slots=True)
class Backend:
    """One server. `up` is the last thing known of it: a health check or a request that could not connect."""

    settings: BackendSettings
    lanes: Lanes
    up: bool = True
    running: int = 0
    cards: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Entries of its own /v1/models, by name."""

    @property
    def name(self) -> str:
        """Its address, as shown in /health and /metrics."""
        return self.settings.base


class Pool:
    """All back ends of the settings."""

    def __init__(self, settings: GatewaySettings, metrics: Metrics) -> None:
        self._settings = settings
        self._metrics = metrics
        self.backends = tuple(Backend(backend, Lanes(backend)) for backend in settings.backends)
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Checks every back end once, then keeps checking in the background."""
        await self.check_all()
        self._watch = asyncio.create_task(self._keep_checking())

    async def close(self) -> None:
        """Stops checking and drops the connections."""
        if self._watch is not None:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
        for backend in self.backends:
            await backend.lanes.close()

    def replicas(self, model: str) -> list[Backend]:
        """Back ends of a model, the least busy of the healthy ones first. Raises GatewayError 404 or 503."""
        serving = [backend for backend in self.backends if model in backend.settings.models]
        if not serving:
            known = ", ".join(self._settings.served_models)
            raise GatewayError(
                404, f"model {model[:100]!r} is not served here; served: {known}", code="model_not_found", param="model"
            )
        healthy = sorted((b for b in serving if b.up), key=lambda b: b.running)
        if not healthy:
            raise GatewayError(503, f"the back end of {model} is not up yet", code="backend_down", retry_after_s=5)
        return healthy

    @contextlib.contextmanager
    def load(self, backend: Backend) -> Iterator[None]:
        """Counts a running request on a back end."""
        backend.running += 1
        self._metrics.in_flight.labels(backend.name).set(backend.running)
        try:
            yield
        finally:
            backend.running -= 1
            self._metrics.in_flight.labels(backend.name).set(backend.running)

    def set_up(self, backend: Backend, up: bool, why: str = "") -> None:
        """Notes that a back end answers or does not; logs the change."""
        if backend.up != up:
            log.warning("backend=%s %s %s", backend.name, "up" if up else "down", why)
        backend.up = up
        self._metrics.healthy.labels(backend.name).set(1 if up else 0)

    async def check_all(self) -> None:
        """One health check of every back end, side by side."""
        await asyncio.gather(*(self._check(backend) for backend in self.backends))

    async def _check(self, backend: Backend) -> None:
        try:
            async with asyncio.timeout(2 * backend.settings.connect_timeout_s), backend.lanes.lane() as lane:
                answer = await lane.send("GET", "/v1/models")
                await answer.aread()
                await answer.aclose()
            answer.raise_for_status()
            data = answer.json()["data"]
            backend.cards = {card["id"]: card for card in data if isinstance(card, dict) and "id" in card}
        except (httpx.HTTPError, TimeoutError) as error:
            self.set_up(backend, False, type(error).__name__)
        except (ValueError, KeyError, TypeError):
            self.set_up(backend, False, "its /v1/models is not a list of models")
        else:
            self.set_up(backend, True)

    async def _keep_checking(self) -> None:
        while True:
            await asyncio.sleep(self._settings.limits.health_interval_s)
            await self.check_all()

    def model_cards(self) -> list[dict[str, Any]]:
        """The list for /v1/models: the servers' own entries, a bare one for a server that is down."""
        cards = []
        for name in self._settings.served_models:
            known = [b.cards[name] for b in self.backends if name in b.cards and b.up]
            cards.append(known[0] if known else {"id": name, "object": "model", "created": 0, "owned_by": "phonebench"})
        return cards
