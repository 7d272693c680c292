"""AndroidLab's layout: <run>/<task_id>_<YYYY-MM-DD_HH-MM-SS>/{traces/trace.jsonl, xml/<n>.xml, Screen/<n>-before.png}.

Each line of trace.jsonl tells a step and names the page seen BEFORE it, the finish step included, which is what
AndroidLab's rule-based checkers read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from phonebench.schema.action import (
    Action,
    DoubleTap,
    Drag,
    Finish,
    Launch,
    LongPress,
    Note,
    Point,
    PressKey,
    Swipe,
    TakeOver,
    Tap,
    TypeText,
    Wait,
)
from phonebench.schema.episode import StepRecord
from phonebench.schema.errors import ConfigError
from phonebench.schema.protocols import EpisodeReader

KEYS = {"home": "Home", "back": "Back", "enter": "Enter"}
SHORT, MEDIUM = 0.2, 0.45
"""Longest strokes, as shares of the screen's height or width, that are called short and medium."""


def export_androidlab(episodes: Iterable[EpisodeReader], out: Path) -> int:
    """Writes every episode below `out`; returns how many. Raises ConfigError when the place cannot be written to."""
    count = 0
    try:
        for episode in episodes:
            _write(episode, out)
            count += 1
    except OSError as problem:
        raise ConfigError("the export cannot be written", where=str(out), why=str(problem)) from None
    return count


def _write(episode: EpisodeReader, out: Path) -> None:
    info = episode.info
    started = datetime.fromisoformat(info.started_at)
    attempt = f".{info.attempt}" if info.attempt > 1 else ""
    folder = out / info.run / f"{info.task_id}{attempt}_{started:%Y-%m-%d_%H-%M-%S}"
    for name in ("traces", "xml", "Screen"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    with (folder / "traces" / "trace.jsonl").open("w", encoding="utf-8") as lines:
        for step in episode.steps():
            line = {
                "trace_id": folder.name,
                "index": step.index,
                "prompt": info.instruction if step.index == 0 else "** XML **",
                "image": _copy(episode, step.screen, folder, f"Screen/{step.index}-before.png"),
                "xml": _copy(episode, step.ui, folder, f"xml/{step.index}.xml"),
                "ac_xml": None,
                "current_activity": f"{step.package}/{step.activity}" if step.activity else step.package,
                "window": [step.width, step.height],
                "target": info.instruction,
                "response": step.reply,
                "current_response": step.reply,
                "parsed_action": parsed_action(step),
            }
            lines.write(json.dumps(line, ensure_ascii=False) + "\n")


def _copy(episode: EpisodeReader, relative: str | None, folder: Path, name: str) -> str | None:
    if relative is None:
        return None
    (folder / name).write_bytes(episode.read_bytes(relative))
    return name


def parsed_action(step: StepRecord) -> dict[str, Any]:
    """{operation, action, kwargs} as AndroidLab's executor records it; what it has no word for becomes a Wait."""
    if isinstance(step.action, Finish):
        return {"operation": "finish", "action": "finish", "kwargs": {"message": step.action.answer}}
    action, kwargs = ("Wait", {"error": step.error}) if step.action is None else _do(step.action, step)
    return {"operation": "do", "action": action, "kwargs": kwargs}


def _do(action: Action, step: StepRecord) -> tuple[str, dict[str, Any]]:
    match action:
        case Tap() | DoubleTap():
            return "Tap", {"element": _point(action.at)}
        case LongPress():
            return "Long Press", {"element": _point(action.at)}
        case Swipe() | Drag():
            return "Swipe", _stroke(action, step)
        case TypeText():
            return "Type", {"text": action.text}
        case PressKey():
            return (KEYS[action.key], {}) if action.key in KEYS else ("Wait", {"note": f"key {action.key}"})
        case Launch():
            return "Launch", {"app": action.app}
        case Wait():
            return "Wait", {"seconds": action.seconds}
        case Note():
            return "Wait", {"note": action.text}
        case TakeOver():
            return "Wait", {"note": action.message}
        case Finish():
            raise AssertionError("a finish is no do")


def _point(point: Point) -> list[int]:
    return [point.x, point.y]


def _stroke(action: Swipe | Drag, step: StepRecord) -> dict[str, Any]:
    dx, dy = action.end.x - action.start.x, action.end.y - action.start.y
    across = abs(dx) > abs(dy)
    direction = ("right" if dx > 0 else "left") if across else ("down" if dy > 0 else "up")
    share = max(abs(dx) / max(step.width, 1), abs(dy) / max(step.height, 1))
    dist = "short" if share <= SHORT else "medium" if share <= MEDIUM else "long"
    return {"element": _point(action.start), "direction": direction, "dist": dist}
