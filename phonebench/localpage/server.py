"""Serves a page on the loopback interface, behind an address that nobody can guess.

Everything lies below a random folder, /KEY/, which no other site that the person's browser visits can know; a site that
gives its own name this machine's address is turned away by the Host header. The page gets scripts, styles and pictures
from here only (Content-Security-Policy), and tells nobody where it came from.
"""

from __future__ import annotations

import hmac
import importlib.util
import secrets
import socket
import threading
from collections.abc import Awaitable, Callable, Sequence
from importlib import resources
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from phonebench.schema.errors import ConfigError, MissingTool

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.routing import Route
    from starlette.types import ASGIApp, Receive, Scope, Send

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
MAX_BODY: Final = 200_000
"""Bytes of a request."""
_KINDS: Final = {".html": "text/html", ".js": "text/javascript", ".css": "text/css"}
_STOP_S: Final = 5.0


class LocalPage:
    """Serves routes, whose paths begin with `/`, below the secret folder; in a thread, while the block lasts."""

    def __init__(self, routes: Sequence[Route], *, port: int = 0, where: str = "") -> None:
        """`where` names the config key of the port. Raises ConfigError when the port is taken."""
        self._key = secrets.token_urlsafe(24)
        self._routes = routes
        self._listener = socket.socket()
        try:
            self._listener.bind(("127.0.0.1", port))
        except OSError as problem:
            raise ConfigError(f"port {port} is taken", where=where, why=str(problem)) from problem
        self._listener.listen()
        self._port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/{self._key}/"

    @staticmethod
    def need_packages() -> None:
        """Raises MissingTool without the extra `web`."""
        if any(importlib.util.find_spec(name) is None for name in ("starlette", "uvicorn")):
            raise MissingTool.of_extra("web", "a page in the browser")

    def __enter__(self) -> LocalPage:
        import uvicorn
        from starlette.applications import Starlette
        from starlette.routing import Mount

        app = _Guarded(Starlette(routes=[Mount(f"/{self._key}", routes=list(self._routes))]), self._port, self._key)
        config = uvicorn.Config(
            app, log_level="critical", access_log=False, lifespan="off", timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="page", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(_STOP_S)
        self._listener.close()


class _Guarded:
    """Turns strangers away before any route is looked at, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, port: int, key: str) -> None:
        self._app = app
        self._hosts = (f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode())
        self._key = key.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI, HTTP only."""
        if scope["type"] != "http":
            return
        headers = dict(scope["headers"])
        key = str(scope["path"]).lstrip("/").partition("/")[0].encode()
        if headers.get(b"host", b"") not in self._hosts or not hmac.compare_digest(key, self._key):
            await refuse(404, "no such page")(scope, receive, send)
        elif int(headers.get(b"content-length", b"0") or 0) > MAX_BODY:
            await refuse(413, "the request is too long")(scope, receive, send)
        else:
            await self._app(scope, receive, _with_headers(send))


def _with_headers(send: Send) -> Send:
    async def sending(message: object) -> None:
        assert isinstance(message, dict)
        if message["type"] == "http.response.start":
            extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
            message["headers"] = [*message.get("headers", []), *extra]
        await send(message)

    return sending


def asset(package: str, name: str) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that gives a file of a package's data."""

    async def give(_: Request) -> Response:
        from starlette.responses import Response

        data = resources.files(package).joinpath(*PurePosixPath(name).parts).read_bytes()
        return Response(data, media_type=_KINDS[PurePosixPath(name).suffix])

    return give


def refuse(status: int, why: str) -> Response:
    """A refusal that says why, as JSON."""
    from starlette.responses import JSONResponse

    return JSONResponse({"error": why}, status)
