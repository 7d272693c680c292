"""Connections to one back end, kept open between requests.

httpx's own pool looks at every connection for every request, which at 32 streams costs more than the rest of the
gateway; so each lane is a transport with one connection, and a free lane is found in constant time. The transports are
used without httpx's client, whose redirects, cookies and proxies a gateway must not have.
"""

from __future__ import annotations

import contextlib
import ssl
from collections.abc import AsyncIterator, Mapping

import httpx

from vllm_script.gateway.settings import BackendSettings

KEEPALIVE_S = 4
"""uvicorn, and so vLLM, closes an idle connection after 5."""
MOST_FREE = 256


class Lane:
    """One connection; it carries one request at a time."""

    def __init__(self, settings: BackendSettings, context: ssl.SSLContext) -> None:
        self._base = httpx.URL(settings.base)
        self._urls: dict[str, httpx.URL] = {}
        self._headers = {"host": self._base.netloc.decode(), "user-agent": "phonebench-gateway", "accept": "*/*"}
        if key := settings.api_key():
            self._headers["authorization"] = f"Bearer {key}"
        timeout = httpx.Timeout(settings.read_timeout_s, connect=settings.connect_timeout_s)
        self._extensions = {"timeout": timeout.as_dict()}
        limits = httpx.Limits(max_connections=1, max_keepalive_connections=1, keepalive_expiry=KEEPALIVE_S)
        self.transport = httpx.AsyncHTTPTransport(verify=context, limits=limits, trust_env=False)

    async def send(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """The answer as soon as its headers are there; raises httpx.TransportError. The caller closes it."""
        request = httpx.Request(
            method,
            self._url(path),
            headers={**self._headers, **(headers or {})},
            content=body,
            extensions=self._extensions,
        )
        response = await self.transport.handle_async_request(request)
        response.request = request
        return response

    def _url(self, path: str) -> httpx.URL:
        """The full address; made once, since parsing it costs as much as sending a small request."""
        if path not in self._urls:
            self._urls[path] = self._base.copy_with(raw_path=self._base.raw_path.rstrip(b"/") + path.encode())
        return self._urls[path]


class Lanes:
    """The lanes of one back end: as many as there are requests at once, the last one used taken first."""

    def __init__(self, settings: BackendSettings) -> None:
        self._settings = settings
        # reading the certificates takes a moment, and most back ends are local
        secure = settings.url.scheme == "https"
        self._context = httpx.create_ssl_context(trust_env=False) if secure else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self._free: list[Lane] = []

    @contextlib.asynccontextmanager
    async def lane(self) -> AsyncIterator[Lane]:
        """A lane for one request and its answer."""
        lane = self._free.pop() if self._free else Lane(self._settings, self._context)
        try:
            yield lane
        finally:
            if len(self._free) < MOST_FREE:
                self._free.append(lane)
            else:
                await lane.transport.aclose()

    async def close(self) -> None:
        """Closes what is free; lanes in use are closed by their requests' end of life."""
        while self._free:
            await self._free.pop().transport.aclose()
