"""What an llm judge is shown of an episode: bounded in number and size, the same for the same trace."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from PIL import Image, UnidentifiedImageError

from evaluation.judge.quoting import quote
from phonebench.schema.action import Finish
from phonebench.schema.errors import UiDumpError
from phonebench.schema.protocols import EpisodeReader
from phonebench.uitree import compressed, parse_ui

MOST_STEPS = 100
LONGEST_TEXT = 500
"""Characters kept of a text that the agent typed or said in one action."""
LONGEST_ANSWER = 4000
LONGEST_TREE = 6000
"""Characters kept of one compressed UI tree."""
LONGEST_SIDE = 1280
"""Pixels of a screenshot's longer side, as sent."""
JPEG_QUALITY = 80
KEPT_PICTURES = 128
"""Pictures kept as sent: episodes of a task begin alike, and making one takes longer than all else but the model."""
FORM = f"evidence 2, jpeg {LONGEST_SIDE} {JPEG_QUALITY}"
"""What is shown and how; part of what a judge is. Whoever changes this module's choice counts the number up, so that
calibrations of the old choice no longer hold."""
_TELLING = frozenset({"tap", "double_tap", "long_press", "type", "drag", "key"})
"""Actions that change data; the others only show something else."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A screenshot: where it is from, and the picture as recorded."""

    label: str
    picture: bytes

    @property
    def digest(self) -> str:
        """sha256 (hex) of the picture as recorded."""
        return hashlib.sha256(self.picture).hexdigest()

    def url(self) -> str | None:
        """The picture as sent, a JPEG's data: URL; None for what is no picture: the judge decides on the rest."""
        return _as_sent(self.picture)


@dataclass(frozen=True, slots=True)
class Evidence:
    """`text` is JSON, so that nothing in it can pass for the judge's instructions; `screens` are in order of time."""

    text: str
    screens: tuple[Screen, ...]


@dataclass(frozen=True, slots=True)
class _Shot:
    """A screen of the episode, before step `index` or, for the last one, at the end."""

    index: int
    label: str
    path: str
    ui: str | None
    size: tuple[int, int]
    weight: int
    """Above 0 for screens after an action that changed something; higher ones tell more."""


def gather(episode: EpisodeReader, *, most_screens: int = 8, ui_trees: bool = False) -> Evidence:
    """Instruction, actions, answer and key screenshots of an episode; reads its steps once.

    Key are the first screen, the one before the finish, the last, and those after actions that changed the screen - the
    latest, and those that can have changed data before those that only scrolled. Equal pictures are sent once.
    """
    actions: list[dict[str, Any]] = []
    shots: list[_Shot] = []
    weight = omitted = 0
    for step in episode.steps():
        actions.append(
            {
                "step": step.index + 1,
                "action": None if step.action is None else _short(step.action.model_dump(mode="json")),
                "screen_after": step.effect,
                "error": _short(step.error),
            }
        )
        if len(actions) > MOST_STEPS:
            del actions[0]
            omitted += 1
        size = (step.width, step.height)
        if step.screen:
            label = f"after step {step.index}" if step.index else "at the start"
            finish = 3 if isinstance(step.action, Finish) else 0
            shots.append(_Shot(step.index, label, step.screen, step.ui, size, max(weight, finish)))
        weight = 0 if step.effect != "changed" or step.action is None else 1 + (step.action.type in _TELLING)
        if step.screen_after:
            shots.append(_Shot(step.index + 1, f"after step {step.index + 1}", step.screen_after, None, size, weight))
    result = episode.result
    if result.final_screen:
        index, size = (shots[-1].index + 1, shots[-1].size) if shots else (0, (0, 0))
        shots.append(_Shot(index, "at the end", result.final_screen, result.final_ui, size, 3))
    chosen = _choose(episode, shots, most_screens)
    record: dict[str, Any] = {
        "instruction": episode.info.instruction,
        "ended": result.outcome.value,
        "earlier_actions_left_out": omitted,
        "actions": actions,
        "final_answer": None if result.answer is None else result.answer[:LONGEST_ANSWER],
    }
    if ui_trees:
        record["ui_trees"] = [{"screen": label, "tree": tree} for label, tree in _trees(episode, chosen)]
    return Evidence(quote(record), tuple(screen for _, screen in chosen))


def _choose(episode: EpisodeReader, shots: Sequence[_Shot], most: int) -> list[tuple[_Shot, Screen]]:
    """The shots to show, in order of time; each distinct picture once, where it was last seen, under all its names."""
    if not shots:
        return []
    key = [shots[-1], shots[0], *sorted((s for s in shots[1:-1] if s.weight), key=lambda s: (-s.weight, -s.index))]
    by_picture: dict[bytes, list[_Shot]] = {}
    for shot in key:
        picture = _read(episode, shot.path)
        if picture is None or (picture not in by_picture and len(by_picture) == most):
            continue
        by_picture.setdefault(picture, []).append(shot)
    chosen = []
    for picture, same in by_picture.items():
        same.sort(key=lambda shot: shot.index)
        labels = dict.fromkeys(shot.label for shot in same)
        chosen.append((same[-1], Screen(", ".join(labels), picture)))
    return sorted(chosen, key=lambda entry: entry[0].index)


def _trees(episode: EpisodeReader, chosen: Sequence[tuple[_Shot, Screen]]) -> Iterator[tuple[str, list[str]]]:
    for shot, screen in chosen:
        data = _read(episode, shot.ui) if shot.ui else None
        if data is None:
            continue
        width, height = shot.size
        try:
            tree = compressed(parse_ui(data.decode("utf-8", "replace")), width or 10_000, height or 10_000)
        except UiDumpError:
            continue
        cut = tree if len(tree) <= LONGEST_TREE else tree[:LONGEST_TREE] + "…"
        yield screen.label, cut.split("\n")


def _read(episode: EpisodeReader, path: str) -> bytes | None:
    try:
        return episode.read_bytes(path)
    except OSError:
        return None


@lru_cache(maxsize=KEPT_PICTURES)
def _as_sent(recorded: bytes) -> str | None:
    try:
        with Image.open(io.BytesIO(recorded), formats=("PNG", "JPEG")) as picture:
            small = picture.convert("RGB")
    except (OSError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return None
    small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.HAMMING, reducing_gap=None)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=JPEG_QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(out.getvalue()).decode("ascii")


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value if len(value) <= LONGEST_TEXT else value[:LONGEST_TEXT] + "…"
    return {key: _short(item) for key, item in value.items()} if isinstance(value, dict) else value
