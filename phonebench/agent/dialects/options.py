"""Checks the options of a dialect: the fields of its class, by name and type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from phonebench.config.suggest import did_you_mean
from phonebench.schema.errors import ConfigError

Made = TypeVar("Made")


def made_with(cls: type[Made], name: str, options: Mapping[str, Any], where: str) -> Made:
    """An instance of a dataclass with these options, which stand at `where` in the config.

    Raises ConfigError with a suggestion for an option that the class does not have, and for a value it cannot take.
    """
    known = [entry.name for entry in fields(cls)]  # type: ignore[arg-type]
    hints = get_type_hints(cls)
    for option, value in options.items():
        if option not in known:
            has = f"it has: {', '.join(known)}" if known else "it has none"
            what = f"unknown option '{option}' of dialect {name}"
            raise ConfigError(what, where=where, why=did_you_mean(option, known) or has)
        try:
            TypeAdapter(hints[option]).validate_python(value, strict=True)
        except ValidationError as problem:
            allowed = [str(choice) for choice in get_args(hints[option])]
            why = did_you_mean(str(value), allowed) if allowed else problem.errors()[0]["msg"]
            what = f"option '{option}' of dialect {name} cannot be {value!r}"
            raise ConfigError(what, where=f"{where}.{option}", why=why or f"one of: {', '.join(allowed)}") from None
    return cls(**options)
