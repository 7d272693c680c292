"""What `--schema` and `--print-config` print."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import yaml

from phonebench.config.explain import resolved
from phonebench.config.legacy import Translation
from phonebench.config.models import RunConfig


def schema_json() -> str:
    """JSON schema of a config file, for editors."""
    return json.dumps(RunConfig.model_json_schema(), indent=2)


def schema_lines() -> Iterator[tuple[str, str, str, str]]:
    """(key, type, default, meaning) of every key, in the order of the config."""
    schema = RunConfig.model_json_schema()
    yield "extends", "text or list", "", "Config files to lay this one over, relative to it."
    yield from _lines(schema, schema, "")


def print_config(config: RunConfig) -> str:
    """The resolved config as YAML that can be run again."""
    plain = config.model_dump(mode="json")
    return yaml.safe_dump(plain, sort_keys=False, allow_unicode=True, width=120)


def translated(translation: Translation) -> str:
    """A config of the ancestors in today's keys, as a file that can be saved and run, its notes on top."""
    notes = "".join(f"# {note}\n" for note in translation.notes)
    return notes + yaml.safe_dump(translation.config, sort_keys=False, allow_unicode=True, width=120)


def _lines(node: dict[str, Any], root: dict[str, Any], prefix: str) -> Iterator[tuple[str, str, str, str]]:
    for key, raw in node.get("properties", {}).items():
        value = resolved(raw, root)
        meaning = raw.get("description", "")
        table = value.get("additionalProperties")
        if value.get("properties"):
            yield from _lines(value, root, f"{prefix}{key}.")
        elif isinstance(table, dict) and "$ref" in table:
            yield from _lines(resolved(table, root), root, f"{prefix}{key}.<name>.")
        else:
            default = json.dumps(raw["default"], ensure_ascii=False) if "default" in raw else ""
            yield f"{prefix}{key}", _type(raw), default, meaning


def _type(node: dict[str, Any]) -> str:
    if "enum" in node:
        return " | ".join(node["enum"])
    if "anyOf" in node:
        return " | ".join(_type(branch) for branch in node["anyOf"])
    if node.get("type") == "array":
        return f"list of {_type(node.get('items', {}))}"
    names = {"integer": "whole number", "number": "number", "string": "text", "boolean": "true | false"}
    return names.get(node.get("type", ""), str(node.get("type", "any")))
