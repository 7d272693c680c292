"""A local web page with the phone's screen: a click is a tap, a drag a swipe. For one person, on this machine."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from phonebench.agent.human import Scene
from phonebench.localpage import LocalPage, asset, refuse
from phonebench.schema.action import ACTION, Action
from phonebench.uitree import app_name

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_PACKAGE: Final = "phonebench.human"
_TICK_S: Final = 0.2
_POLL_S: Final = 15.0
"""Longest wait of the page's question for news."""
_GOODBYE_S: Final = 0.3
"""So long the page may still be told that the run is over."""


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
        LocalPage.need_packages()
        from starlette.routing import Route

        self._stage = Stage()
        routes = [
            Route("/", asset(_PACKAGE, "assets/page.html")),
            Route("/page.js", asset(_PACKAGE, "assets/page.js")),
            Route("/page.css", asset(_PACKAGE, "assets/page.css")),
            Route("/scene", self._news),
            Route("/screen", self._screen),
            Route("/act", self._act, methods=["POST"]),
        ]
        self._page = LocalPage(routes, port=port, where="agent.human.port")
        self.url = self._page.url

    def __enter__(self) -> WebDriver:
        self._page.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._stage.close()
        time.sleep(_GOODBYE_S)
        self._page.__exit__()

    def decide(self, scene: Scene, timeout_s: float, stopped: Callable[[], bool]) -> Action | None:
        """Show the scene and wait for the person's action."""
        self._stage.show(scene)
        deadline = time.monotonic() + timeout_s
        action = None
        while action is None and time.monotonic() < deadline and not stopped():
            action = self._stage.wait(_TICK_S)
        self._stage.show(None)
        return action

    def _news(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        known = request.query_params.get("known", "")
        version, scene = self._stage.look(int(known) if known.isdigit() else -1, _POLL_S)
        return JSONResponse({"version": version, "over": self._stage.over, **_told(scene)})

    def _screen(self, _: Request) -> Response:
        from starlette.responses import Response

        scene = self._stage.look(-1, 0)[1]
        if scene is None:
            return refuse(404, "no screen now")
        return Response(scene.observation.png, media_type="image/png")

    async def _act(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        version = request.query_params.get("version", "")
        try:
            action = ACTION.validate_json(await request.body())
        except ValidationError as problem:
            return refuse(400, str(problem.errors(include_url=False)[0]["msg"]))
        if not version.isdigit() or not self._stage.answer(int(version), action):
            return refuse(409, "the screen is another one by now")
        return JSONResponse({"done": True})


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
            "most_steps": scene.most_steps,
            "app": app_name(seen.package),
            "simulated": scene.device.simulated,
            "device": scene.device.serial,
            "width": seen.width,
            "height": seen.height,
            "keyboard": seen.keyboard_shown,
            "notice": seen.notice,
        }
    }
