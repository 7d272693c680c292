"""The recents screen: a card per task, the last used one in front."""

from __future__ import annotations

from typing import Final

from simphone.phone import tasks
from simphone.phone.machine import LAUNCHER, SYSTEM, Machine
from simphone.phone.systemui.place import place
from simphone.ui.frame import Metrics, WindowFrame
from simphone.ui.view import MATCH, Paint, Picture, Scroll, TextStyle, View

_PACKAGE: Final = "com.google.android.apps.nexuslauncher"


def window(m: Machine, metrics: Metrics) -> WindowFrame | None:
    """The screen of recent tasks; None while it is closed."""
    if not m.state["system_ui"]["recents"]:
        return None
    ink = "#e3e3e3" if m.dark else "#1f1f1f"
    recent = [task for task in reversed(m.state["tasks"]) if task["app"] != LAUNCHER]
    cards = [_card(m, task, metrics) for task in recent]
    label = "No recent items" if not cards else "Clear all"
    style = TextStyle(size=14, color=ink, weight="medium", align="center")
    button = View(
        cls="android.widget.Button" if cards else "android.widget.TextView",
        id="clear_all" if cards else "empty_message",
        text=label, style=style, on_tap=("recents_clear",) if cards else None,
        padding=(24, 14, 24, 14), self_halign="center",
    )  # fmt: skip
    strip = View(
        cls="android.widget.ScrollView", id="overview_panel", layout="row", gap=16, width=MATCH, weight=1.0,
        valign="center", padding=(48, 0, 48, 0), scroll=Scroll("recents", axis="x"), children=cards,
    )  # fmt: skip
    root = View(
        layout="column", width=MATCH, height=MATCH, clickable=True, valign="center",
        padding=(0, 64, 0, 48), paint=Paint(fill="#131314" if m.dark else "#f1f3f4"),
        on_tap=("home",), children=[strip, button] if cards else [button],
    )  # fmt: skip
    area = (0, 0, metrics.width, metrics.height)
    offsets = m.state["scroll"].get(SYSTEM)
    return place(root, metrics, area, title="RecentsActivity", package=_PACKAGE, offsets=offsets)


def _card(m: Machine, task: dict[str, int | str], metrics: Metrics) -> View:
    app = m.apps[str(task["app"])].manifest
    fill, ink = ("#2d2f31", "#e3e3e3") if m.dark else ("#ffffff", "#1f1f1f")
    badge = View(width=56, height=56, paint=Paint(fill=app.icon_background, radius=28),
                 picture=Picture("icon", app.icon, app.icon_color, 32))  # fmt: skip
    return View(
        cls="android.widget.FrameLayout", id="snapshot", desc=app.label, layout="column",
        width=metrics.width / metrics.scale - 120, height=MATCH, halign="center", valign="center", gap=16,
        paint=Paint(fill=fill, radius=28, elevation=3),
        on_tap=("recents_open", task["id"]), on_swipe={"up": ("recents_drop", task["id"])},
        children=[badge, View(text=app.label, style=TextStyle(size=18, color=ink))],
    )  # fmt: skip


def toggle(m: Machine) -> None:
    """The recents key."""
    m.state["system_ui"].update(recents=not m.state["system_ui"]["recents"], shade="closed")
    m.state["scroll"].pop(SYSTEM, None)
    m.state["keyboard"]["shown"] = False
    m.changed()


def drop(m: Machine, task_id: int) -> None:
    """Swipe a card away: the task and its process end."""
    task = next((each for each in m.state["tasks"] if each["id"] == task_id), None)
    if task is not None:
        tasks.stop(m, task["app"])
        m.state["system_ui"]["recents"] = True
        m.changed()


def clear(m: Machine) -> None:
    """Clear all."""
    for task in list(m.state["tasks"]):
        if task["app"] != LAUNCHER:
            tasks.stop(m, task["app"])
    tasks.home(m)
