"""Turns pydantic's findings into messages with file, line and a suggestion."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from phonebench.config.suggest import did_you_mean
from phonebench.config.yaml_file import Document, KeyPath
from phonebench.schema.errors import UserError

Model = TypeVar("Model", bound=BaseModel)
MOST_SHOWN: Final = 8
_SECRET_HINT: Final = {"api_key": "keys never stand in files: name an environment variable with api_key_env"}


def validate(model: type[Model], document: Document, *, error: type[UserError], help_line: str = "") -> Model:
    """The document as a `model`; raises `error` with the place of every problem."""
    try:
        return model.model_validate_json(json.dumps(document.data), strict=True)
    except ValidationError as problems:
        raise _as_error(problems, model, document, error, help_line) from None


def _as_error(
    problems: ValidationError, model: type[BaseModel], document: Document, error: type[UserError], help_line: str
) -> UserError:
    found = [_Problem(detail, document.data) for detail in problems.errors(include_url=False, include_context=False)]
    found = _without_wrong_branches(found)
    schema = model.model_json_schema()
    lines = [(document.place(p.path), *p.describe(schema)) for p in found]
    where, what, why = lines[0]
    rest = [f"{place}: {text}" for place, text, _ in lines[1:MOST_SHOWN]]
    if len(lines) > MOST_SHOWN:
        rest.append(f"and {len(lines) - MOST_SHOWN} more")
    why = f"{why}          ({help_line})" if why and help_line else why or (f"({help_line})" if help_line else "")
    return error(what, where=where, why=why, next_step="\n    ".join(rest))


class _Problem:
    """One finding: the path in the data, and the branch of a union in which it was found."""

    def __init__(self, detail: ErrorDetails, data: Any) -> None:
        self.kind = detail["type"]
        self.message = detail["msg"].removeprefix("Value error, ")
        self.input = detail["input"]
        path: list[str | int] = []
        self.branch: tuple[int, str] | None = None
        here = data
        for position, part in enumerate(detail["loc"]):
            known = isinstance(here, dict) and part in here
            known = known or (isinstance(here, list) and isinstance(part, int) and part < len(here))
            last = position == len(detail["loc"]) - 1
            if known:
                here = here[part]
                path.append(part)
            elif last and self.kind == "missing":
                path.append(part)
            elif self.branch is None:
                self.branch = (len(path), str(part))
        self.path: KeyPath = tuple(path)

    @property
    def group(self) -> KeyPath | None:
        """Path of the value that matches no branch of its union."""
        return self.path[: self.branch[0]] if self.branch else None

    def describe(self, schema: dict[str, Any]) -> tuple[str, str]:
        """(what is wrong, suggestion or empty)."""
        parent, last = show_key(self.path[:-1]), str(self.path[-1]) if self.path else ""
        inside = f" in {parent}" if parent else ""
        if self.kind == "extra_forbidden":
            hint = _SECRET_HINT.get(last) or did_you_mean(last, keys_at(schema, self.path[:-1]))
            return f"unknown key '{last}'{inside}", hint
        if self.kind == "missing":
            return f"missing key '{last}'{inside}", ""
        what = f"{show_key(self.path)}: {self.message}" if self.path else self.message
        if self.kind == "literal_error" and isinstance(self.input, str):
            path = (*self.path, self.branch[1]) if self.branch else self.path  # a text that stands for a section
            options = schema_at(schema, self.path).get("enum") or schema_at(schema, path).get("enum", [])
            return what, did_you_mean(self.input, options)
        return what, ""


def _without_wrong_branches(problems: list[_Problem]) -> list[_Problem]:
    """Of a value that fits no branch of a union, keep the findings of the branch that comes nearest."""
    grouped: dict[KeyPath, dict[str, list[_Problem]]] = {}
    for problem in problems:
        if problem.branch is not None and problem.group is not None:
            grouped.setdefault(problem.group, {}).setdefault(problem.branch[1], []).append(problem)
    nearest = {group: min(branches.values(), key=_distance) for group, branches in grouped.items()}
    keep: list[_Problem] = []
    for problem in problems:
        group = problem.group
        if group is None or problem in nearest[group]:
            keep.append(problem)
    return keep


def _distance(problems: Sequence[_Problem]) -> tuple[int, float]:
    """Fewer findings are nearer; then the branch whose missing keys look most like the unknown ones."""
    missing = {str(p.path[-1]) for p in problems if p.kind == "missing"}
    unknown = [str(p.path[-1]) for p in problems if p.kind == "extra_forbidden"]
    alike = any(did_you_mean(word, missing) for word in unknown)
    return len(problems), 0.0 if alike else 1.0


def show_key(path: KeyPath) -> str:
    """`tasks[3].solution[0].tap`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text


def schema_at(schema: dict[str, Any], path: KeyPath) -> dict[str, Any]:
    """The JSON schema of the value at a path; of several branches, all their properties together."""
    here = resolved(schema, schema)
    for part in path:
        if isinstance(part, int):
            here = here.get("items", {})
        else:
            here = here.get("properties", {}).get(part) or here.get("additionalProperties") or {}
        here = resolved(here, schema) if isinstance(here, dict) else {}
    return here


def keys_at(schema: dict[str, Any], path: KeyPath) -> list[str]:
    """The keys that a mapping at this path may hold."""
    return list(schema_at(schema, path).get("properties", {}))


def resolved(node: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """A schema node with its reference followed and its branches laid together."""
    if "$ref" in node:
        return resolved(root["$defs"][node["$ref"].rsplit("/", 1)[1]], root)
    branches = [resolved(b, root) for b in (*node.get("anyOf", ()), *node.get("oneOf", ()))]
    if not branches:
        return node
    merged: dict[str, Any] = {"properties": {}}
    for branch in branches:
        merged["properties"].update(branch.get("properties", {}))
        merged.update({key: value for key, value in branch.items() if key not in ("properties", "type")})
    return merged
