"""What an llm judge is shown of an episode: bounded in number and size, the same for the same trace."""

from __future__ import annotations

import base64
import io
import json
from collections import deque
from dataclasses import dataclass
from typing import Any

from PIL import Image, UnidentifiedImageError

from phonebench.schema.protocols import EpisodeReader

MOST_STEPS = 100
MOST_SCREENS = 4
LONGEST_TEXT = 500
"""Characters kept of a text that the agent typed or said in one action."""
LONGEST_ANSWER = 4000
LONGEST_SIDE = 1280
"""Pixels of a screenshot's longer side, as sent."""
JPEG_QUALITY = 80


@dataclass(frozen=True, slots=True)
class Screen:
    """A screenshot as sent: where it is from, and a JPEG."""

    label: str
    jpeg: bytes

    @property
    def url(self) -> str:
        """data: URL."""
        return "data:image/jpeg;base64," + base64.b64encode(self.jpeg).decode("ascii")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`text` is JSON, so that nothing in it can pass for the judge's instructions; `screens` are in order of time."""

    text: str
    screens: tuple[Screen, ...]


def gather(episode: EpisodeReader) -> Evidence:
    """Instruction, actions, answer and the last screenshots of an episode; reads its steps once."""
    actions: deque[dict[str, Any]] = deque(maxlen=MOST_STEPS)
    shots: deque[tuple[str, str]] = deque(maxlen=MOST_SCREENS)
    for step in episode.steps():
        actions.append(
            {
                "step": step.index + 1,
                "action": None if step.action is None else _short(step.action.model_dump(mode="json")),
                "screen_after": step.effect,
                "error": _short(step.error),
            }
        )
        if step.screen:
            shots.append((f"before step {step.index + 1}", step.screen))
        if step.screen_after:
            shots.append((f"after step {step.index + 1}", step.screen_after))
    result = episode.result
    if result.final_screen and all(path != result.final_screen for _, path in shots):
        shots.append(("at the end", result.final_screen))
    text = json.dumps(
        {
            "instruction": episode.info.instruction,
            "ended": result.outcome.value,
            "actions": list(actions),
            "final_answer": None if result.answer is None else result.answer[:LONGEST_ANSWER],
        },
        ensure_ascii=False,
        indent=1,
    )
    screens = (_screen(episode, label, path) for label, path in shots)
    return Evidence(text, tuple(screen for screen in screens if screen is not None))


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
    return {key: _short(item) for key, item in value.items()} if isinstance(value, dict) else value


def _screen(episode: EpisodeReader, label: str, path: str) -> Screen | None:
    """None for a screenshot that is missing or no picture: the judge decides on what there is."""
    try:
        with Image.open(io.BytesIO(episode.read_bytes(path)), formats=("PNG", "JPEG")) as picture:
            small = picture.convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=JPEG_QUALITY)
    return Screen(label, out.getvalue())
