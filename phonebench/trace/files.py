"""JSON on disk: deterministic bytes, atomic replacement, typed reading."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from phonebench.schema.errors import TraceError

Model = TypeVar("Model", bound=BaseModel)


def dump_line(value: BaseModel | Any) -> str:
    """Compact JSON on one line; keys sorted, so that equal values are equal bytes."""
    return json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, separators=(", ", ": "))


def write_json(path: Path, value: BaseModel | Any) -> None:
    """Replace a JSON file in one step: a reader sees the old content or the new one, never half of it."""
    text = json.dumps(_plain(value), sort_keys=True, ensure_ascii=False, indent=1) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    with fresh.open("wb") as file:
        file.write(text.encode("utf-8", "replace"))
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def read_json(path: Path) -> Any:
    """Content of a JSON file; raises FileNotFoundError, or TraceError when it is not JSON."""
    try:
        return json.loads(path.read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as problem:
        raise corrupt(path, f"not JSON: {problem}") from None


def read_model(model: type[Model], path: Path) -> Model:
    """A record from a JSON file; raises FileNotFoundError, or TraceError when it does not fit."""
    return parse_model(model, path.read_bytes(), path)


def parse_model(model: type[Model], data: bytes, path: Path, line: int | None = None) -> Model:
    """A record from JSON bytes; raises TraceError naming the file (and line)."""
    try:
        return model.model_validate_json(data)
    except ValidationError as problems:
        first = problems.errors(include_url=False)[0]
        at = ".".join(str(part) for part in first["loc"])
        raise corrupt(path, f"{at}: {first['msg']}" if at else first["msg"], line) from None


def corrupt(path: Path, why: str, line: int | None = None) -> TraceError:
    """The error for a trace file that does not hold what it should."""
    where = f"{path}:{line}" if line else str(path)
    return TraceError(
        "damaged trace file",
        where=where,
        why=why,
        next_step="delete the episode's folder and run the command again",
    )


def _plain(value: BaseModel | Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value
