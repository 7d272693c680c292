"""What an awk program works on: values that are text and number at once, the record and its fields."""

from __future__ import annotations

import re

from simphone.shell.commands.regex import compile_posix
from simphone.shell.errors import CommandError

Value = str | float


class Next(Exception):
    """next."""


class Exit(Exception):
    """exit."""


def number_of(value: Value) -> float:
    """The number that a value starts with, 0 when it does not."""
    if isinstance(value, float):
        return value
    match = re.match(r"\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?", value)
    return float(match[0]) if match else 0.0


def text_of(value: Value) -> str:
    """A value as print shows it."""
    if isinstance(value, str):
        return value
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else f"{value:.6g}"


def looks_numeric(value: Value) -> bool:
    """Whether a value is compared as a number."""
    return isinstance(value, float) or re.fullmatch(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*", value) is not None


def is_true(value: Value) -> bool:
    """Whether a value holds as a condition."""
    return number_of(value) != 0 if looks_numeric(value) else value != ""


class Run:
    """Variables and the current record."""

    def __init__(self, variables: dict[str, Value]) -> None:
        self.variables: dict[str, Value] = {"FS": " ", "OFS": " ", "ORS": "\n", "NR": 0.0, "NF": 0.0}
        self.variables.update(variables)
        self.record = ""
        self.fields: list[str] = []
        self.out: list[str] = []

    def set_record(self, record: str) -> None:
        self.record = record
        separator = text_of(self.variables["FS"])
        if separator == " ":
            self.fields = record.split()
        elif len(separator) == 1:
            self.fields = record.split(separator) if record else []
        else:
            self.fields = compile_posix(separator, extended=True).split(record) if record else []
        self.variables["NF"] = float(len(self.fields))

    def field(self, at: int) -> str:
        if at == 0:
            return self.record
        return self.fields[at - 1] if 0 < at <= len(self.fields) else ""

    def set_field(self, at: int, text: str) -> None:
        if at == 0:
            self.set_record(text)
            return
        if not 0 < at < 10_000:
            raise CommandError(f"bad field ${at}", 2)
        self.fields += [""] * (at - len(self.fields))
        self.fields[at - 1] = text
        self.variables["NF"] = float(len(self.fields))
        self.record = text_of(self.variables["OFS"]).join(self.fields)
