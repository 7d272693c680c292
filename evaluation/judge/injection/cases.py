"""The attacks, as data."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal

import yaml

from phonebench.schema.base import Record

Channel = Literal["answer", "typed", "note", "launch", "error", "contact", "banner", "hidden"]


class Case(Record):
    """One attack: see cases.yaml."""

    id: str
    channel: Channel
    wants: Literal["pass", "fail"]
    text: str


@cache
def load_cases() -> tuple[Case, ...]:
    """All attacks, in the order of the file."""
    text = resources.files(__package__).joinpath("cases.yaml").read_text("utf-8")
    return tuple(Case.model_validate(entry) for entry in yaml.safe_load(text))
