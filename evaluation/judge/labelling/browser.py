"""Labelling in a browser: a page on this machine only, behind an address that nobody can guess."""

from __future__ import annotations

import secrets
import socket
import threading
from collections.abc import Awaitable, Callable
from importlib import resources
from typing import TYPE_CHECKING, Any

from evaluation.judge.labelling.session import Labelling, Word
from phonebench.schema.errors import MissingTool, TraceError

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; script-src 'unsafe-inline'; "
    "style-src 'unsafe-inline'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
WORDS: tuple[Word, ...] = ("pass", "fail")
LARGEST_BODY = 10_000
"""Bytes of a request."""


def make_app(labelling: Labelling, token: str, finished: Callable[[], None] = lambda: None) -> Starlette:
    """The page and its data below /<token>/; everything else is 404. `finished` is called when nothing is left.

    Raises MissingTool without the extra `web`.
    """
    try:
        from starlette.applications import Starlette
        from starlette.middleware import Middleware
        from starlette.middleware.trustedhost import TrustedHostMiddleware
        from starlette.routing import Route
    except ImportError:
        raise MissingTool(
            "labelling in the browser needs the extra `web`",
            next_step="pip install 'phonebench[web]', or label in the terminal: --label",
        ) from None
    pages = _Pages(labelling, token, finished)
    routes = [
        Route("/{token}/", pages.page),
        Route("/{token}/next", pages.next),
        Route("/{token}/screen/{number:int}/{index:int}", pages.screen),
        Route("/{token}/label", pages.label, methods=["POST"]),
    ]
    # A page elsewhere that resolves its own name to this machine has another Host.
    hosts = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])
    return Starlette(routes=routes, middleware=[hosts])


def label_in_browser(labelling: Labelling, tell: Callable[[str], None]) -> None:
    """Serve until all is labelled or Ctrl-C; `tell` is given the address. Raises MissingTool."""
    token = secrets.token_urlsafe(24)
    stop = threading.Event()
    app = make_app(labelling, token, stop.set)
    try:
        import uvicorn
    except ImportError:
        raise MissingTool(
            "labelling in the browser needs the extra `web`", next_step="pip install 'phonebench[web]'"
        ) from None
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
        threading.Thread(target=_stop_later, args=(server, stop), daemon=True).start()
        tell(f"http://127.0.0.1:{door.getsockname()[1]}/{token}/")
        server.run(sockets=[door])


def _stop_later(server: Any, stop: threading.Event) -> None:
    stop.wait()
    server.should_exit = True


class _Pages:
    """Answers requests. Stateless but for the labelling, which one person uses."""

    def __init__(self, labelling: Labelling, token: str, finished: Callable[[], None]) -> None:
        self._labelling = labelling
        self._token = token
        self._finished = finished
        self.page = self._guarded(self._page)
        self.next = self._guarded(self._next)
        self.screen = self._guarded(self._screen)
        self.label = self._guarded(self._label)

    def _guarded(self, answer: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
        async def guarded(request: Request) -> Response:
            from starlette.responses import PlainTextResponse

            given = str(request.path_params["token"])
            right = secrets.compare_digest(given.encode(), self._token.encode())
            response = await answer(request) if right else PlainTextResponse("no such page", 404)
            response.headers.update(HEADERS)
            return response

        return guarded

    async def _page(self, request: Request) -> Response:
        from starlette.responses import HTMLResponse

        del request
        return HTMLResponse(resources.files(__package__).joinpath("page.html").read_text("utf-8"))

    async def _next(self, request: Request) -> Response:
        from starlette.background import BackgroundTask
        from starlette.responses import JSONResponse

        del request
        labelling = self._labelling
        head = {"done": labelling.done, "total": labelling.total}
        current = labelling.next()
        if current is None:
            return JSONResponse({**head, "number": None}, background=BackgroundTask(self._finished))
        number, item = current
        result = item.episode.result
        return JSONResponse(
            {
                **head,
                "number": number,
                "instruction": item.episode.info.instruction,
                "goals": item.goals,
                "actions": item.actions,
                "ended": result.outcome.value,
                "answer": result.answer,
                "screens": [f"screen/{number}/{index}" for index in range(len(item.screens))],
            }
        )

    async def _screen(self, request: Request) -> Response:
        from starlette.responses import PlainTextResponse, Response

        try:
            item = self._labelling.item(request.path_params["number"])
            data = item.episode.read_bytes(item.screens[request.path_params["index"]])
        except (IndexError, OSError, TraceError):
            return PlainTextResponse("no such picture", 404)
        return Response(data, media_type="image/jpeg" if data.startswith(b"\xff\xd8") else "image/png")

    async def _label(self, request: Request) -> Response:
        from starlette.responses import PlainTextResponse

        bad = PlainTextResponse("not understood", 400)
        try:
            if int(request.headers.get("content-length", LARGEST_BODY + 1)) > LARGEST_BODY:
                return bad
            said = await request.json()
            word, number = said["word"], said["number"]
            if word == "undo":
                self._labelling.undo()
            elif word == "skip" and isinstance(number, int):
                self._labelling.skip(number)
            elif word in WORDS and isinstance(number, int):
                self._labelling.say(number, word)
            else:
                return bad
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return bad
        return PlainTextResponse("ok")
