"""A local web page with the phone's screen: a click is a tap, a drag a swipe. For one person, on this machine.

The page is served on the loopback interface only. Its address holds a random key, which the page sends in a header with
every request; so no other site that the person's browser visits can drive the phone, or see it.
"""

from __future__ import annotations

import hmac
import importlib.util
import secrets
import socket
import threading
import time
from collections.abc import Callable
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from phonebench.agent.human import Scene
from phonebench.schema.action import ACTION, Action
from phonebench.schema.errors import ConfigError, MissingTool
from phonebench.uitree import app_name

if TYPE_CHECKING:
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.responses import Response

KEY_HEADER: Final = "x-phonebench-key"
HEADERS: Final = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
_ASSETS: Final = {"page.js": "text/javascript", "page.css": "text/css"}
_TICK_S: Final = 0.2
_POLL_S: Final = 15.0
"""Longest wait of the page's question for news."""
_GOODBYE_S: Final = 0.3
_MAX_BODY: Final = 200_000


class Stage:
    """The one scene that is shown, and the one action that answers it. Shared by the run's thread and the server's."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._scene: Scene | None = None
        self._version = 0
        self._action: Action | None = None
        self.over = False

    def close(self) -> None:
        """Nothing will be shown any more: whoever waits for news is told at once."""
        with self._changed:
            self.over, self._scene = True, None
            self._version += 1
            self._changed.notify_all()

    def show(self, scene: Scene | None) -> None:
        """Put a new scene up; None while the phone is busy."""
        with self._changed:
            self._scene, self._action = scene, None
            self._version += 1
            self._changed.notify_all()

    def look(self, known: int, timeout_s: float) -> tuple[int, Scene | None]:
        """(version, scene), as soon as the version is another than `known`, or when the time is over."""
        with self._changed:
            self._changed.wait_for(lambda: self._version != known or self.over, timeout_s)
            return self._version, self._scene

    def answer(self, version: int, action: Action) -> bool:
        """Give the action for the scene of this version; False when it is no longer the one shown."""
        with self._changed:
            if version != self._version or self._scene is None or self._action is not None:
                return False
            self._action = action
            self._changed.notify_all()
            return True

    def wait(self, timeout_s: float) -> Action | None:
        """The answer to the present scene, if it comes in time."""
        with self._changed:
            self._changed.wait_for(lambda: self._action is not None, timeout_s)
            return self._action


class WebDriver:
    """Serves the page while the block lasts. `url` is what the person opens."""

    def __init__(self, port: int = 0) -> None:
        """Raises MissingTool without the extra `web`, ConfigError when the port is taken."""
        if any(importlib.util.find_spec(name) is None for name in ("starlette", "uvicorn")):
            raise MissingTool(
                "the page for a person needs two packages",
                next_step="in phonebench's folder: python -m pip install -e '.[web]'",
            )
        self._key = secrets.token_urlsafe(24)
        self._stage = Stage()
        self._listener = socket.socket()
        try:
            self._listener.bind(("127.0.0.1", port))
        except OSError as problem:
            raise ConfigError(f"port {port} is taken", where="agent.human.port", why=str(problem)) from problem
        self._listener.listen()
        self._port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}/#{self._key}"

    def __enter__(self) -> WebDriver:
        import uvicorn

        config = uvicorn.Config(self._app(), log_level="critical", access_log=False, timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="page", daemon=True
        )
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stage.close()
        self._thread.join(_GOODBYE_S)  # the page hears that the run is over
        self._server.should_exit = True
        self._thread.join(5)
        self._listener.close()

    def decide(self, scene: Scene, timeout_s: float, stopped: Callable[[], bool]) -> Action | None:
        """Show the scene and wait for the person's action."""
        self._stage.show(scene)
        deadline = time.monotonic() + timeout_s
        action = None
        while action is None and time.monotonic() < deadline and not stopped():
            action = self._stage.wait(_TICK_S)
        self._stage.show(None)
        return action

    def _app(self) -> Starlette:
        from starlette.applications import Starlette
        from starlette.routing import Route

        return Starlette(
            routes=[
                Route("/", self._page),
                Route("/assets/{name}", self._asset),
                Route("/scene", self._news),
                Route("/screen", self._screen),
                Route("/act", self._act, methods=["POST"]),
            ]
        )

    def _page(self, request: Request) -> Response:
        return self._file(request, "page.html", "text/html")

    def _asset(self, request: Request) -> Response:
        name = request.path_params["name"]
        return self._file(request, name, _ASSETS[name]) if name in _ASSETS else _refuse(404, "no such file")

    def _file(self, request: Request, name: str, kind: str) -> Response:
        from starlette.responses import Response

        if not self._local(request):
            return _refuse(421, "this page is for this machine only")
        data = resources.files("phonebench.human").joinpath("assets", name).read_bytes()
        return Response(data, media_type=kind, headers=HEADERS)

    def _news(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        if not self._trusted(request):
            return _refuse(403, "the key is missing or wrong: open the address that the terminal shows")
        known = request.query_params.get("known", "")
        version, scene = self._stage.look(int(known) if known.isdigit() else -1, _POLL_S)
        return JSONResponse({"version": version, "over": self._stage.over, **_told(scene)}, headers=HEADERS)

    def _screen(self, request: Request) -> Response:
        from starlette.responses import Response

        if not self._trusted(request):
            return _refuse(403, "the key is missing or wrong")
        scene = self._stage.look(-1, 0)[1]
        if scene is None:
            return _refuse(404, "no screen now")
        return Response(scene.observation.png, media_type="image/png", headers=HEADERS)

    async def _act(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        if not self._trusted(request):
            return _refuse(403, "the key is missing or wrong")
        body = await request.body()
        if len(body) > _MAX_BODY:
            return _refuse(413, "the action is too long")
        version = request.query_params.get("version", "")
        try:
            action = ACTION.validate_json(body)
        except ValidationError as problem:
            return _refuse(400, str(problem.errors(include_url=False)[0]["msg"]))
        if not version.isdigit() or not self._stage.answer(int(version), action):
            return _refuse(409, "the screen is another one by now")
        return JSONResponse({"done": True}, headers=HEADERS)

    def _local(self, request: Request) -> bool:
        """Asked for by its own name: a name of somebody else's that leads here is turned away."""
        return request.headers.get("host", "") in (f"127.0.0.1:{self._port}", f"localhost:{self._port}")

    def _trusted(self, request: Request) -> bool:
        given = request.headers.get(KEY_HEADER, "")
        return self._local(request) and hmac.compare_digest(given.encode(), self._key.encode())


def _told(scene: Scene | None) -> dict[str, Any]:
    """A scene as the page gets it."""
    if scene is None:
        return {"scene": None}
    seen = scene.observation
    return {
        "scene": {
            "task": scene.task_id,
            "instruction": scene.instruction,
            "step": scene.step,
            "app": app_name(seen.package),
            "simulated": scene.device.simulated,
            "device": scene.device.serial,
            "width": seen.width,
            "height": seen.height,
            "keyboard": seen.keyboard_shown,
            "notice": seen.notice,
        }
    }


def _refuse(status: int, why: str) -> Response:
    from starlette.responses import JSONResponse

    return JSONResponse({"error": why}, status, HEADERS)
