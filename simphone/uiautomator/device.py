"""Methods that speak of the whole phone: info, screenshot, dump, gestures at points, keys, clipboard, toast."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Sequence
from typing import Any, Final

from PIL import Image

from simphone.phone.phone import Phone

Json = Any
STEP_MS: Final = 5
"""One step of a gesture, as uiautomator times it."""
_MAX_STEPS: Final = 10_000
_KEYS: Final = {
    "back": 4, "camera": 27, "center": 23, "del": 67, "delete": 67, "down": 20, "enter": 66, "home": 3, "left": 21,
    "menu": 82, "power": 26, "recent": 187, "right": 22, "search": 84, "up": 19, "volume_down": 25, "volume_mute": 164,
    "volume_up": 24,
}  # fmt: skip
_ROTATIONS: Final = {"natural": 0, "left": 1, "upsidedown": 2, "right": 3}
_WAKE, _SLEEP, _PASTE = 224, 223, 279
_MOTIONS: Final = {0: "down", 1: "up", 2: "move"}


def device_info(phone: Phone) -> dict[str, Json]:
    """Of UiDevice. Sizes in dp are whole."""
    metrics, facts = phone.metrics, phone.state["device"]
    return {
        "currentPackageName": phone.foreground()[0],
        "displayHeight": metrics.height,
        "displayRotation": metrics.rotation,
        "displaySizeDpX": round(metrics.width / metrics.scale),
        "displaySizeDpY": round(metrics.height / metrics.scale),
        "displayWidth": metrics.width,
        "naturalOrientation": metrics.rotation in (0, 2),
        "productName": facts["name"],
        "screenOn": bool(phone.state["screen_on"]),
        "sdkInt": int(facts["sdk"]),
    }


def dump(phone: Phone, compressed: bool = False, max_depth: int | None = None, in_active: bool = False) -> str:
    """The XML of the active window. What `compressed` would leave out, layouts without meaning, is not in it anyway."""
    del compressed, in_active
    return phone.xml(max_depth)


def screenshot(phone: Phone, scale: float = 1.0, quality: int = 80) -> str:
    """A JPEG in base64."""
    with Image.open(io.BytesIO(phone.png())) as picture:
        image = picture.convert("RGB")
    if 0 < scale < 1:
        image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=max(1, min(int(quality), 100)))
    return base64.b64encode(out.getvalue()).decode("ascii")


def click(phone: Phone, x: float, y: float, ms: int | None = None) -> bool:
    """A touch; with `ms` one that is held."""
    if ms is None:
        phone.tap(x, y)
    else:
        phone.swipe(x, y, x, y, int(ms))
    return True


def milliseconds(steps: int) -> int:
    """How long a gesture of so many steps takes."""
    return max(1, min(int(steps), _MAX_STEPS)) * STEP_MS


def swipe(phone: Phone, x1: float, y1: float, x2: float, y2: float, steps: int) -> bool:
    """A straight stroke."""
    phone.swipe(x1, y1, x2, y2, milliseconds(steps))
    return True


def swipe_points(phone: Phone, points: Sequence[float], steps: int) -> bool:
    """A stroke through points x, y, x, y ...; `steps` for each piece of it."""
    pairs = list(zip(points[::2], points[1::2], strict=True))
    if len(pairs) < 2:
        return False
    phone.finger("down", *pairs[0])
    for x, y in pairs[1:]:
        phone.advance(milliseconds(steps))
        phone.finger("move", x, y)
    phone.finger("up", *pairs[-1])
    return True


def drag(phone: Phone, x1: float, y1: float, x2: float, y2: float, steps: int) -> bool:
    """Hold, move, let go."""
    phone.drag(x1, y1, x2, y2, milliseconds(steps))
    return True


def inject(phone: Phone, action: int, x: float, y: float, meta: int = 0) -> bool:
    """A touch event of MotionEvent: 0 down, 1 up, 2 move."""
    del meta
    motion = _MOTIONS.get(action)
    if motion == "down":
        phone.finger("down", x, y)
    elif motion is not None:
        phone.finger("up" if motion == "up" else "move", x, y)
    return motion is not None


def press_key(phone: Phone, name: str) -> bool:
    """A key by the client's name for it; False for an unknown one."""
    code = _KEYS.get(str(name).lower())
    if code is not None:
        phone.key(code)
    return code is not None


def press_code(phone: Phone, code: int, meta: int | None = None) -> bool:
    """A key by its number, with its meta state."""
    phone.key(int(code), meta=int(meta or 0))
    return True


def _key(code: int) -> Callable[[Phone], bool]:
    def press(phone: Phone) -> bool:
        phone.key(code)
        return True

    return press


def _pull(times: int) -> Callable[[Phone], bool]:
    def pull(phone: Phone) -> bool:
        for _ in range(times):
            phone.pull_shade()
        return True

    return pull


def freeze_rotation(phone: Phone, frozen: bool = True) -> None:
    """Keep the display as it is, or let it follow the phone again, which is held upright."""
    if frozen:
        phone.put_setting("system", "user_rotation", str(phone.metrics.rotation))
    phone.put_setting("system", "accelerometer_rotation", "0" if frozen else "1")


def set_orientation(phone: Phone, name: str) -> None:
    """Turn the display: natural, left, right, upsidedown."""
    if name not in _ROTATIONS:
        raise ValueError(f"no orientation {name!r}")
    phone.put_setting("system", "accelerometer_rotation", "0")
    phone.put_setting("system", "user_rotation", str(_ROTATIONS[name]))


def set_clipboard(phone: Phone, label: str | None, text: str) -> None:
    """Put a text into the clipboard."""
    del label
    phone.state["clipboard"] = str(text)


def clear_input(phone: Phone) -> bool:
    """Empty the field that has the focus."""
    phone.clear_text()
    return True


def _no_text(phone: Phone) -> None:
    """Nothing is ever read aloud here."""
    del phone


class Toasts:
    """The last toast that was seen: it outlives the time that it is shown."""

    def __init__(self) -> None:
        self._last: str | None = None

    def look(self, phone: Phone) -> None:
        """Remember what is shown now."""
        shown = phone.state["system_ui"]["toast"]
        if shown is not None:
            self._last = str(shown["text"])

    def last(self, phone: Phone) -> str | None:
        """The text of the last toast, None without one."""
        del phone
        return self._last

    def forget(self, phone: Phone) -> None:
        """Clear it."""
        del phone
        self._last = None

    def show(self, phone: Phone, text: str, ms: float) -> bool:
        """Show one."""
        phone.toast(str(text), max(0, int(ms)))
        return True


METHODS: Final[dict[str, Callable[..., Json]]] = {
    "clearInputText": clear_input,
    "clearLastTraversedText": _no_text,
    "click": click,
    "deviceInfo": device_info,
    "drag": drag,
    "dumpWindowHierarchy": dump,
    "freezeRotation": freeze_rotation,
    "getClipboard": lambda phone: phone.state["clipboard"],
    "getLastTraversedText": _no_text,
    "injectInputEvent": inject,
    "openNotification": _pull(1),
    "openQuickSettings": _pull(2),
    "pasteClipboard": _key(_PASTE),
    "pressKey": press_key,
    "pressKeyCode": press_code,
    "setClipboard": set_clipboard,
    "setOrientation": set_orientation,
    "sleep": _key(_SLEEP),
    "swipe": swipe,
    "swipePoints": swipe_points,
    "takeScreenshot": screenshot,
    "wakeUp": _key(_WAKE),
}
"""Methods by their JSON-RPC names."""
