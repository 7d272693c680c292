"""Labelling in a browser: the episode as a film strip, one key for each verdict. For one person, on this machine."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from evaluation.judge.labelling.session import Item, Labelling
from phonebench.localpage import LocalPage, asset, refuse
from phonebench.schema.errors import TraceError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_PACKAGE: Final = "evaluation.judge.labelling"


def label_in_browser(labelling: Labelling, tell: Callable[[str], None]) -> None:
    """Serve until all is labelled or Ctrl-C; `tell` is given the address once it answers. Raises MissingTool."""
    with LabelPage(labelling) as page:
        tell(page.url)
        page.over.wait()


class LabelPage:
    """Serves the page while the block lasts. `url` is what the person opens; `over` is set when nothing is left."""

    def __init__(self, labelling: Labelling) -> None:
        """Raises MissingTool without the extra `web`."""
        LocalPage.need_packages()
        from starlette.routing import Route

        self._labelling = labelling
        self.over = threading.Event()
        self._page = LocalPage(
            [
                Route("/", asset(_PACKAGE, "assets/page.html")),
                Route("/page.js", asset(_PACKAGE, "assets/page.js")),
                Route("/page.css", asset(_PACKAGE, "assets/page.css")),
                Route("/next", self._next),
                Route("/screen/{number:int}/{index:int}", self._screen),
                Route("/label", self._label, methods=["POST"]),
            ]
        )
        self.url = self._page.url

    def __enter__(self) -> LabelPage:
        self._page.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._page.__exit__()

    async def _next(self, _: Request) -> Response:
        from starlette.background import BackgroundTask
        from starlette.responses import JSONResponse

        current = self._labelling.next()
        head = {"done": self._labelling.done, "total": self._labelling.total}
        if current is None:
            return JSONResponse({**head, "number": None}, background=BackgroundTask(self.over.set))
        return JSONResponse({**head, **_told(*current)})

    async def _screen(self, request: Request) -> Response:
        from starlette.responses import Response

        try:
            item = self._labelling.item(request.path_params["number"])
            data = item.episode.read_bytes(item.frames[request.path_params["index"]].screen)
        except (IndexError, OSError, TraceError):
            return refuse(404, "no such picture")
        return Response(data, media_type="image/jpeg" if data.startswith(b"\xff\xd8") else "image/png")

    async def _label(self, request: Request) -> Response:
        from starlette.responses import JSONResponse

        try:
            said = await request.json()
            self._take(said["word"], said["number"])
        except (ValueError, KeyError, TypeError, IndexError, RecursionError):
            return refuse(400, "not understood")
        except OSError as problem:
            return refuse(500, f"the label cannot be stored: {problem}")
        return JSONResponse({"done": True})

    def _take(self, word: object, number: object) -> None:
        """What the person said; raises TypeError or IndexError for what makes no sense."""
        if word == "undo":
            self._labelling.undo()
        elif not isinstance(number, int):
            raise TypeError(number)
        elif word == "skip":
            self._labelling.skip(number)
        elif word == "pass" or word == "fail":
            self._labelling.say(number, word)
        else:
            raise TypeError(word)


def _told(number: int, item: Item) -> dict[str, Any]:
    """An episode as the page gets it."""
    result = item.episode.result
    return {
        "number": number,
        "instruction": item.episode.info.instruction,
        "simulated": item.episode.info.device.simulated,
        "goals": item.goals,
        "actions": item.actions,
        "ended": result.outcome.value,
        "answer": result.answer,
        "frames": [
            {"url": f"screen/{number}/{index}", "caption": frame.caption} for index, frame in enumerate(item.frames)
        ],
    }
