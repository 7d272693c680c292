"""What families of models speak; one module each. A new dialect is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from phonebench.agent.dialects.androidlab_xml import AndroidLabXml
from phonebench.agent.dialects.autoglm import AutoGlm
from phonebench.agent.dialects.base import Dialect
from phonebench.agent.dialects.mobile_use import MobileUse
from phonebench.agent.dialects.openphone import OpenPhone
from phonebench.agent.dialects.options import made_with
from phonebench.agent.dialects.som import SetOfMarks
from phonebench.agent.dialects.tools import Tools
from phonebench.agent.dialects.ui_tars import UiTars
from phonebench.config import AgentConfig
from phonebench.config.suggest import did_you_mean
from phonebench.schema.errors import ConfigError

DIALECTS: Final[Mapping[str, type[Dialect]]] = {
    dialect.name: dialect
    for dialect in (
        AutoGlm,
        SetOfMarks,
        OpenPhone,
        AndroidLabXml,
        MobileUse,
        UiTars,
        Tools,
    )
}


def make_dialect(
    name: str, options: Mapping[str, Any] | None = None, *, where: str = "agent.dialect", options_where: str = ""
) -> Dialect:
    """The dialect of a name with its options; `where` and `options_where` are their places in the config.

    Raises ConfigError with a suggestion for a name, an option or a value that is none.
    """
    if name not in DIALECTS:
        raise ConfigError(
            f"unknown dialect '{name}'",
            where=where,
            why=did_you_mean(name, DIALECTS) or f"dialects: {', '.join(DIALECTS)}",
        )
    return made_with(DIALECTS[name], name, options or {}, options_where or f"{where}_options")


def dialect_of(agent: AgentConfig, seat: Literal["device", "cloud"] = "device") -> Dialect:
    """What a seat of the config speaks: the cloud's of policy device_cloud, else the one of the key `dialect`."""
    if seat == "cloud":
        return make_dialect(agent.cloud_dialect, agent.cloud_dialect_options, where="agent.cloud_dialect")
    return make_dialect(agent.dialect, agent.dialect_options)
