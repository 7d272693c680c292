"""The base of all records: frozen, strict about unknown keys, plain JSON on disk."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = 1


class Record(BaseModel):
    """An immutable value; unknown keys are errors, so a misspelt one is never dropped silently."""

    model_config = ConfigDict(frozen=True, extra="forbid")
