"""What families of models speak; one module each. A new dialect is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from phonebench.agent.dialects.autoglm import AutoGlm
from phonebench.agent.dialects.base import Dialect
from phonebench.agent.dialects.som import SetOfMarks
from phonebench.config.suggest import did_you_mean
from phonebench.schema.errors import ConfigError

DIALECTS: Final[Mapping[str, Callable[[], Dialect]]] = {"autoglm": AutoGlm, "som": SetOfMarks}


def make_dialect(name: str, *, where: str = "agent.dialect") -> Dialect:
    """The dialect of a name, which stands at `where` in the config; raises ConfigError with a suggestion."""
    if name not in DIALECTS:
        raise ConfigError(
            f"unknown dialect '{name}'",
            where=where,
            why=did_you_mean(name, DIALECTS) or f"dialects: {', '.join(DIALECTS)}",
        )
    return DIALECTS[name]()
