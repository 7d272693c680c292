"""An observation in one round trip: one shell line that prints everything, parts set off by a random mark."""

from __future__ import annotations

import logging
import re
import secrets
import time
from dataclasses import dataclass
from typing import Final, Literal

from phonebench.config import PhoneConfig
from phonebench.device import screenshot, u2
from phonebench.device.adb import Line, Reply
from phonebench.device.parse import parse_focus, png_size, secure_in_front, well_formed
from phonebench.schema.errors import AdbTimeout, DeviceError, DeviceLost, UiDumpError
from phonebench.schema.observation import Observation, UiNode
from phonebench.uitree import parse_ui

log = logging.getLogger(__name__)

Way = Literal["png", "raw", "uiautomator2"]

_DUMP: Final = "/data/local/tmp/phonebench-ui.xml"
_TRIES: Final = 3
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_NOT_IDLE: Final = "idle state"

_FACTS: Final = (
    "dumpsys window | grep -E 'mCurrentFocus|mFocusedApp|Window #| fl='",
    "date +%Y-%m-%dT%H:%M:%S",
    "dumpsys input_method | grep mInputShown",
)
_TREE: Final = (
    # A dump of an earlier screen must not pass for this one's.
    f"rm -f {_DUMP}; uiautomator dump {_DUMP} 2>&1",
    f"cat {_DUMP} 2>/dev/null",
)
_SHOTS: Final[dict[Way, str]] = {"png": screenshot.PNG_COMMAND, "raw": screenshot.RAW_COMMAND, "uiautomator2": "true"}


@dataclass(frozen=True, slots=True)
class _Parts:
    focus: str
    time: str
    keyboard: str
    said: str
    xml: str
    shot: bytes
    complaint: bytes


class Observer:
    """Looks at one phone, and keeps what it learns of it: the fastest way to a screenshot, whether uiautomator2 works.

    For one thread at a time. A simulated phone is always asked in the same way, so that equal runs look the same.
    """

    def __init__(self, line: Line, config: PhoneConfig, *, simulated: bool) -> None:
        self._line = line
        self._timeout_s = config.call_timeout_s
        self._way: Way | None = config.screenshot if config.screenshot != "auto" else "png" if simulated else None
        self._forced = "uiautomator2" in (config.ui_dump, config.screenshot)
        wanted = self._forced or (config.ui_dump == "auto" and not simulated and u2.available())
        self.service = u2.Uiautomator2(line, self._timeout_s) if wanted else None
        """uiautomator2 on the phone; None where it is not used."""
        self._restless = False

    @property
    def ways(self) -> tuple[str, str]:
        """How the screen and its UI tree are read."""
        return self._way or "not probed yet", "uiautomator2" if self.service else "uiautomator dump"

    def observe(self) -> Observation:
        """What is on the screen now. A screen that never becomes idle gives no UI tree, but still a screenshot.

        There is one round trip, and up to two more when the UI could not be dumped or the phone was turned meanwhile.
        Raises DeviceError.
        """
        started = time.monotonic()
        problem: UiDumpError | None = None
        for attempt in range(_TRIES):
            parts = self._look()
            png, refused = self._screenshot(parts.shot, parts.complaint)
            size = png_size(png)
            try:
                xml = well_formed(self._tree() if self.service else parts.xml)
                ui, problem = (parse_ui(xml) if xml else None), None
            except UiDumpError as error:
                problem = error
                continue
            if ui is not None and not _turned(ui, size):
                self._restless = False
                break
            if _NOT_IDLE in parts.said and (self._restless or attempt):  # each such try takes more than ten seconds
                self._restless = True
                break
        if problem is not None:
            raise problem
        package, activity = parse_focus(parts.focus)
        seen = _TIME.search(parts.time)
        return Observation(
            png=png,
            width=size[0],
            height=size[1],
            xml=xml,
            ui=ui,
            package=package,
            activity=activity,
            device_time=seen[0] if seen else "",
            keyboard_shown="mInputShown=true" in parts.keyboard,
            secure=refused or (screenshot.is_black(png) and (secure_in_front(parts.focus) or _has_text(ui))),
            took_s=time.monotonic() - started,
        )

    def screenshot(self) -> bytes:
        """Only the screenshot, as PNG; of a protected screen a black one. Raises DeviceError."""
        reply = self._line.run(_SHOTS[self._fastest()], timeout_s=self._timeout_s)
        return self._screenshot(reply.stdout, reply.stderr)[0]

    def close(self) -> None:
        """End what was started on the phone. Never raises."""
        if self.service is not None:
            self.service.close()

    # --- the UI tree ----------------------------------------------------------------------------------------------
    def _look(self) -> _Parts:
        """One round trip."""
        commands = (*_FACTS, *(("true", "true") if self.service else _TREE), _SHOTS[self._fastest()])
        mark = f"--{secrets.token_hex(16)}--"
        reply = self._line.run(f"; echo {mark}; ".join(commands), timeout_s=self._timeout_s)
        return _take_apart(reply, mark, len(commands))

    def _tree(self) -> str:
        """From uiautomator2; where it was not asked for by name and fails, the phone is asked as usual from now on."""
        assert self.service is not None
        try:
            return self.service.dump()
        except (DeviceLost, AdbTimeout):
            raise
        except DeviceError as error:
            if self._forced:
                raise UiDumpError("uiautomator2 gives no UI tree", why=error.why) from error
            log.warning("%s: uiautomator dump from now on: %s", self._line.serial, error)
            self.service.close()
            self.service = None
            return self._look().xml

    # --- the screenshot ---------------------------------------------------------------------------------------------
    def _screenshot(self, data: bytes, complaint: bytes) -> tuple[bytes, bool]:
        """The PNG and False, or a black one and True when the window in front may not be captured."""
        if self._way == "uiautomator2":
            assert self.service is not None
            data = self.service.screenshot()
            return (screenshot.png_of_image(data), False) if data else (self._black(), True)
        if screenshot.refused(data, complaint):
            return self._black(), True
        return (screenshot.png_of_raw(data) if self._way == "raw" else screenshot.png_in(data)), False

    def _fastest(self) -> Way:
        """Probed once for a phone."""
        if self._way is None:
            took = {way: seconds for way in ("png", "raw") if (seconds := self._probe(way)) is not None}
            self._way = "raw" if took.get("raw", 1e9) < took.get("png", 1e9) else "png"
            log.info("%s: screenshots as %s of %s", self._line.serial, self._way, took)
        return self._way

    def _probe(self, way: Way) -> float | None:
        """Seconds for a screenshot; None when this way gives none."""
        started = time.monotonic()
        reply = self._line.run(_SHOTS[way], timeout_s=self._timeout_s)
        try:
            png_size(screenshot.png_of_raw(reply.stdout) if way == "raw" else reply.stdout)
        except DeviceError:
            return None
        return time.monotonic() - started

    def _black(self) -> bytes:
        """A black PNG of the display's size."""
        sizes = re.findall(r"(\d{2,5})x(\d{2,5})", self._line.run("wm size", timeout_s=self._timeout_s).text)
        if not sizes:
            raise DeviceError("the phone tells no display size")
        return screenshot.black(int(sizes[-1][0]), int(sizes[-1][1]))


def _take_apart(reply: Reply, mark: str, count: int) -> _Parts:
    *texts, shot = reply.stdout.split(f"{mark}\n".encode(), count - 1)
    if len(texts) != count - 1:
        raise DeviceError("the phone's shell broke off an observation", why=reply.text[-300:])
    focus, clock, keyboard, said, xml = (text.decode("utf-8", "replace") for text in texts)
    return _Parts(focus, clock, keyboard, said, xml.strip(), shot, reply.stderr)


def _turned(ui: UiNode, size: tuple[int, int]) -> bool:
    """Whether the phone was turned between the UI dump and the screenshot: one lies, the other stands."""
    width, height = ui.bounds.right, ui.bounds.bottom
    outside = width > size[0] or height > size[1]
    return outside and (width > height) != (size[0] > size[1])


def _has_text(ui: UiNode | None) -> bool:
    return ui is not None and any(node.text or node.desc for node in ui.walk())
