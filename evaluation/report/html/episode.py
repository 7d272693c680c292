"""What the pages of one episode show: what the film strip needs, and, apart, prompts and UI trees."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from evaluation.report.html import uitree
from evaluation.report.html.pictures import Pictures
from phonebench.schema.episode import ModelCall, StepRecord
from phonebench.schema.errors import TraceError
from phonebench.schema.verdict import Verdict
from phonebench.trace import Episode

Json = dict[str, Any]

_PLAIN_PATH = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*")


def light(episode: Episode, steps: Sequence[StepRecord], judge: str, pictures: Pictures, report: Path) -> Json:
    """Everything but prompts and UI trees; `judge` gave the verdict that counts, `report` is where the pages lie.

    Raises TraceError for a damaged trace.
    """
    info, result = episode.info, episode.result
    shot = _shots(pictures, _folder_url(episode.folder, report))
    verdicts = sorted(episode.verdicts(), key=lambda verdict: (verdict.judge != judge, verdict.judge))
    return {
        "task": info.task_id,
        "attempt": info.attempt,
        "app": info.app,
        "package": info.package,
        "kind": info.kind,
        "instruction": info.instruction,
        "agent": info.agent,
        "seed": info.seed,
        "started": info.started_at,
        "reference_steps": info.reference_steps,
        "device": [[name, str(value)] for name, value in info.device.model_dump().items() if value not in ("", 0)],
        "trace": _folder_url(episode.folder, report),
        "outcome": result.outcome.value,
        "answer": result.answer,
        "claimed": result.claimed_success,
        "error": None if result.error is None else {"type": result.error.type, "message": result.error.message},
        "seconds": result.seconds,
        "setup_seconds": result.setup_seconds,
        "retries": [_lost(attempt.error.type, attempt.error.message) for attempt in episode.retries() if attempt.error],
        "verdicts": [_verdict(verdict, counts=verdict.judge == judge) for verdict in verdicts],
        "steps": [_step(step, shot) for step in steps],
        "final": shot(result.final_screen),
    }


def heavy(episode: Episode, steps: Iterable[StepRecord]) -> Json:
    """Prompts and UI trees by step; messages and trees that come again are written once."""
    messages, trees = _Pool(), _Pool()
    prompts: list[list[int] | None] = []
    ui: list[int | None] = []
    for step in steps:
        prompts.append(_prompt(episode, step, messages))
        ui.append(_tree(episode, step, trees))
    return {"messages": messages.values, "prompts": prompts, "trees": trees.values, "ui": ui}


class _Pool:
    """Values by number, equal ones once."""

    def __init__(self) -> None:
        self.values: list[Any] = []
        self._numbers: dict[str, int] = {}

    def add(self, value: Any) -> int:
        key = json.dumps(value)
        if key not in self._numbers:
            self._numbers[key] = len(self.values)
            self.values.append(value)
        return self._numbers[key]


Shot = Callable[[str | None], Json | None]


def _shots(pictures: Pictures, folder: str | None) -> Shot:
    def shot(path: str | None) -> Json | None:
        if path is None:
            return None
        plain = _PLAIN_PATH.fullmatch(path) is not None
        copied = pictures.copy(path) if plain else None
        return {
            "path": path,
            "copy": copied,
            "full": f"{folder}/{quote(path)}" if plain and folder else None,
            "size": pictures.size if copied else None,
        }

    return shot


def _folder_url(folder: Path, report: Path) -> str | None:
    """The trace's folder as the pages reach it; None when that is on another drive."""
    try:
        return quote(Path(os.path.relpath(folder.resolve(), report.resolve())).as_posix())
    except ValueError:
        return None


def _step(step: StepRecord, shot: Shot) -> Json:
    extra = dict(step.extra)
    marks = extra.pop("marks", None)
    handed_over = extra.pop("handed_over", None)
    return {
        "index": step.index,
        "screen": shot(step.screen),
        "after": shot(step.screen_after),
        "package": step.package,
        "activity": step.activity,
        "time": step.device_time,
        "width": step.width,
        "height": step.height,
        "by": step.decided_by,
        "thought": step.thought,
        "reply": step.reply,
        "action": None if step.action is None else step.action.model_dump(mode="json", exclude_none=True),
        "effect": step.effect,
        "error": step.error,
        "calls": [_call(call) for call in step.calls],
        "timings": step.timings.model_dump(),
        "marks": marks if _boxes(marks) else None,
        "handed_over": None if handed_over is None else str(handed_over),
        "safety": [event.model_dump() for event in step.safety],
        "asked": _asked(extra.pop("asked", None)),
        "extra": pretty(extra) if extra else None,
        "heavy": [step.prompt is not None, step.ui is not None],
    }


def _boxes(marks: Any) -> bool:
    return isinstance(marks, list) and all(
        isinstance(box, list) and len(box) == 4 and all(isinstance(n, int) for n in box) for box in marks
    )


def _asked(questions: Any) -> list[Json]:
    """What planner and controller were asked before the step, as device_cloud records it."""
    if not isinstance(questions, list):
        return []
    return [
        {"messages": _messages(question.get("prompt")), "reply": str(question.get("reply", ""))}
        for question in questions
        if isinstance(question, Mapping)
    ]


def _call(call: ModelCall) -> Json:
    return {
        "role": call.role,
        "model": call.model,
        "ttft_s": call.ttft_s,
        "total_s": call.total_s,
        "prompt": call.usage.prompt_tokens,
        "completion": call.usage.completion_tokens,
        "cached": call.usage.cached_tokens,
        "attempts": call.attempts,
        "finish": call.finish_reason,
    }


def _verdict(verdict: Verdict, *, counts: bool) -> Json:
    return {
        "judge": verdict.judge,
        "counts": counts,
        "result": verdict.result,
        "reason": verdict.reason,
        "goals": [goal.model_dump(include={"says", "passed", "reason"}) for goal in verdict.goals],
        "side_effects": [
            {"path": change.path, "before": pretty(change.before), "after": pretty(change.after)}
            for change in verdict.side_effects
        ],
        "prompt": verdict.prompt,
        "raw_reply": verdict.raw_reply,
        "calls": [_call(call) for call in verdict.calls],
    }


def _lost(kind: str, message: str) -> Json:
    return {"type": kind, "message": message}


def _prompt(episode: Episode, step: StepRecord, pool: _Pool) -> list[int] | None:
    if step.prompt is None:
        return None
    try:
        prompt = json.loads(episode.read_bytes(step.prompt))
    except (OSError, ValueError, RecursionError, TraceError):
        return None
    return [pool.add(message) for message in _messages(prompt)]


def _messages(prompt: Any) -> list[Json]:
    """Chat messages as {role, parts}; a prompt of another shape is one message with its JSON."""
    if not isinstance(prompt, list) or not all(isinstance(message, Mapping) for message in prompt):
        return [{"role": "prompt", "parts": [{"text": pretty(prompt)}]}]
    return [{"role": str(message.get("role", "?")), "parts": _parts(message.get("content"))} for message in prompt]


def _parts(content: Any) -> Sequence[Json]:
    pieces: Iterable[Any] = content if isinstance(content, list) else [content]
    return [_part(piece) for piece in pieces]


def _part(piece: Any) -> Json:
    if isinstance(piece, str):
        return {"text": piece}
    if isinstance(piece, Mapping):
        image = piece.get("image_url")
        if isinstance(image, Mapping) and isinstance(image.get("url"), str):
            size = [image.get("width"), image.get("height")]
            return {"image": image["url"][:200], "size": size if all(isinstance(n, int) for n in size) else None}
        if isinstance(piece.get("text"), str):
            return {"text": piece["text"]}
    return {"text": pretty(piece)}


def _tree(episode: Episode, step: StepRecord, pool: _Pool) -> int | None:
    if step.ui is None:
        return None
    try:
        found = uitree.rows(episode.read_bytes(step.ui))
    except (OSError, TraceError):
        return None
    return None if found is None else pool.add(found)


def pretty(value: Any) -> str:
    """A stranger's JSON as text to read: its keys must not become keys of ours."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
