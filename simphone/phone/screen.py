"""From state to screen: the windows of the app in front and of the system, laid out; then what follows from layout.

`settle` repeats until nothing changes: a scroller that appears takes its first position, requests to scroll are carried
out, a field that appears with `autofocus` takes the focus, a field that went away loses it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from simphone.phone import settings
from simphone.phone.machine import Machine
from simphone.phone.systemui import bars, keyboard, overlays, recents, shade
from simphone.ui.frame import Frame, Metrics, Rect, WindowFrame
from simphone.ui.hit import edit_box, offset_of, reveal
from simphone.ui.layout import layout_window
from simphone.ui.traits import max_offset
from simphone.ui.view import Scene, View, Window

Json = Any
_ROUNDS: Final = 5
"""Of settling. One is enough as a rule; a request to scroll or a field that appears takes a second."""

_REVEAL_MARGIN_DP: Final = 16.0


@dataclass(slots=True)
class Screen:
    """A laid-out screen: the scene of the app in front, and the frame that holds its windows and the system's."""

    scene: Scene
    frame: Frame
    app: str

    @property
    def window(self) -> Window:
        """The app's topmost window."""
        return self.scene.windows[-1]

    @property
    def app_focused(self) -> bool:
        """Whether the window with the input focus is the app's."""
        return self.frame.windows[self.frame.active].layer == "app"

    def app_windows(self) -> list[WindowFrame]:
        """The app's windows with their layout, bottom first."""
        return [each for each in self.frame.windows if each.layer == "app"]


def settle(m: Machine) -> Screen:
    """The screen of the present state; state that depends on layout is brought up to date."""
    if m.screen is not None:
        return m.screen
    for _ in range(_ROUNDS):
        screen = _compose(m)
        moved = _scrolls(m, screen)
        if not _focus(m, screen) and not (_reveal(m, screen) or moved):
            break
    m.state["system_ui"]["scroll_to"] = []
    tasks = m.state["tasks"]
    if tasks:
        app = m.apps[screen.app]
        tasks[-1]["activity"] = screen.scene.windows[0].activity or app.manifest.activity
    m.screen = screen
    return screen


# --- composing --------------------------------------------------------------------------------------------------
def _compose(m: Machine) -> Screen:
    metrics = m.metrics
    app = m.front()
    name = app.manifest.name if app else ""
    package = app.manifest.package if app else "android"
    scene = app.view(m.ctx(name)) if app else Scene([Window(View())], status_bar="#000000")
    base = scene.windows[0]
    focus = m.state["focus"]
    focus_key = focus["field"] if focus and focus["app"] == name else None
    offsets = m.state["scroll"].get(name, {})
    windows: list[WindowFrame] = []

    background = base.background or ("#000000" if m.dark else "#ffffff")
    top, bottom = scene.status_bar or background, scene.nav_bar or background
    if not scene.fullscreen:
        windows.append(bars.backgrounds(metrics, top, bottom))
    for index, window in enumerate(scene.windows):
        area = _area(m, metrics, scene, window)
        key = focus_key if index == len(scene.windows) - 1 else None
        windows.append(layout_window(window, package, metrics, offsets, area, focus_key=key))
    active = len(windows) - 1
    windows += _above(m, metrics, windows[active], focus_key)
    for surface in (recents.window(m, metrics), shade.window(m, metrics)):
        if surface is not None:
            windows.append(surface)
            active, top, bottom = len(windows) - 1, shade.backdrop(m), shade.backdrop(m)
    if m.state["keyboard"]["shown"]:
        bottom = keyboard.background(m)
    light = bars.is_dark(top) if scene.dark_icons is None or active >= len(scene.windows) + 1 else not scene.dark_icons
    windows += bars.icons(m, metrics, light=light, pill_light=bars.is_dark(bottom), full=scene.fullscreen)
    return Screen(scene, Frame(metrics, windows, active, background), name)


def _above(m: Machine, metrics: Metrics, top: WindowFrame, focus_key: str | None) -> list[WindowFrame]:
    """What lies above the app's windows without having the focus: keyboard, text menu, volume, toast."""
    found: list[WindowFrame | None] = []
    if m.state["keyboard"]["shown"]:
        found.append(keyboard.window(m, metrics))
    if m.state["system_ui"]["text_menu"]:
        field_box = next((b for b in top.root.walk() if b.view.edit and b.view.edit.key == focus_key), top.root)
        found.append(overlays.text_menu(m, metrics, field_box.rect))
    found += [overlays.volume(m, metrics), overlays.toast(m, metrics)]
    return [each for each in found if each is not None]


def _area(m: Machine, metrics: Metrics, scene: Scene, window: Window) -> Rect:
    top, bottom = metrics.status_bar, metrics.height - metrics.nav_bar
    if scene.fullscreen and window.kind == "activity":
        top, bottom = 0, metrics.height
    if m.state["keyboard"]["shown"] and (scene.keyboard == "resize" or window.kind in ("dialog", "sheet")):
        bottom = min(bottom, metrics.height - keyboard.height(m, metrics))
    return (0, top, metrics.width, bottom)


# --- what follows from layout -------------------------------------------------------------------------------------
def _scrolls(m: Machine, screen: Screen) -> bool:
    """Keep where scrollers stand, and carry out requests; True when one of those moved something."""
    offsets: dict[str, int] = m.state["scroll"].setdefault(screen.app, {})
    waiting: list[list[Json]] = m.state["system_ui"]["scroll_to"]
    wanted = {key: (child, margin) for app, key, child, margin in waiting if app == screen.app}
    moved = False
    for window in screen.app_windows():
        for box in window.root.walk():
            scroll = box.view.scroll
            if scroll is None or scroll.page:
                continue
            offset = box.offset
            if scroll.key in wanted:
                child, margin = wanted.pop(scroll.key)
                at = offset_of(box, child)
                if at is not None:
                    offset = max(0, min(at - screen.frame.metrics.px(margin), max_offset(box)))
                    moved |= offset != box.offset
            if offset or scroll.start_at is not None or scroll.key in offsets:
                offsets[scroll.key] = offset
    return moved


def fields(view: View) -> list[View]:
    """The enabled text fields of a window in XML order."""
    found = [view] if view.edit is not None and view.enabled else []
    for child in view.children:
        found.extend(fields(child))
    return found


def field(screen: Screen, key: str) -> View | None:
    """The text field of that key in the app's topmost window."""
    return next((each for each in fields(screen.window.root) if each.edit and each.edit.key == key), None)


def _focus(m: Machine, screen: Screen) -> bool:
    """Fields that appeared or went; True when the focus or the keyboard changed."""
    shown = m.state["system_ui"]
    here = fields(screen.window.root)
    depth = len(screen.scene.windows) - 1
    known = shown["fields"]
    shown["fields"] = [
        [screen.app, level, view.edit.key]
        for level, window in enumerate(screen.scene.windows)
        for view in fields(window.root)
        if view.edit
    ]
    changed = False
    focus = m.state["focus"]
    if focus is not None and (focus["app"] != screen.app or field(screen, focus["field"]) is None):
        m.state["focus"] = None
        m.state["keyboard"]["shown"] = shown["text_menu"] = False
        changed = True
    asked, shown["focus_next"] = shown["focus_next"], None
    for view in here:
        edit = view.edit
        assert edit is not None
        if asked == [screen.app, edit.key] or (edit.autofocus and [screen.app, depth, edit.key] not in known):
            focus_on(m, screen.app, view)
            return True
    return changed


def _reveal(m: Machine, screen: Screen) -> bool:
    """Scroll a field that has just got the focus into sight, above the keyboard; True when that moved something."""
    shown, focus = m.state["system_ui"], m.state["focus"]
    asked, shown["reveal"] = shown["reveal"], False
    target = edit_box(screen.frame, focus["field"]) if asked and focus is not None else None
    if target is None:
        return False
    margin = screen.frame.metrics.px(_REVEAL_MARGIN_DP)
    for box in screen.frame.windows[screen.frame.active].root.walk():
        scroll = box.view.scroll
        if scroll is None or scroll.axis != "y" or all(each is not target for each in box.walk()):
            continue
        offset = reveal(box, target, margin)
        if offset != box.offset:
            m.state["scroll"].setdefault(screen.app, {})[scroll.key] = offset
            return True
    return False


def focus_on(m: Machine, app: str, view: View) -> None:
    """Give a field the focus, its cursor at the end, and raise the keyboard."""
    assert view.edit is not None
    end = len(view.text)
    m.state["focus"] = {"app": app, "field": view.edit.key, "cursor": end, "anchor": end}
    upper = view.edit.keyboard == "text" and end == 0 and not view.password
    m.state["keyboard"] = {"shown": True, "mode": view.edit.keyboard, "page": "letters", "shift": upper}
    m.state["system_ui"].update(text_menu=False, reveal=True)
    if settings.adb_keyboard(m):
        m.state["keyboard"]["shift"] = False
    m.changed()
