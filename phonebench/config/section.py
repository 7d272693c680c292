"""What all blocks of a config share."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Seconds = Annotated[float, Field(gt=0, le=86_400)]
Pixels = Annotated[int, Field(ge=240, le=10_000)]
Port = Annotated[int, Field(ge=1, le=65_535)]


class Section(BaseModel):
    """A block of the config: frozen, unknown keys refused, docstrings become descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, protected_namespaces=())
