"""Where the person of policy human sits."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from phonebench.agent import Driver
from phonebench.cli.display import PlainDisplay
from phonebench.cli.person import TerminalPerson
from phonebench.config import RunConfig
from phonebench.schema.errors import ConfigError


@contextlib.contextmanager
def driver_for(config: RunConfig, person: TerminalPerson, display: PlainDisplay) -> Iterator[Driver | None]:
    """The terminal or the page that the config names; None when no person drives. Raises ConfigError, MissingTool."""
    if config.agent.policy != "human":
        yield None
    elif config.agent.human.face == "terminal":
        from phonebench.human.terminal import TerminalDriver

        if not person.present:
            what = "a person at the terminal needs a terminal"
            raise ConfigError(what, where="agent.human.face", next_step="agent.human.face: web serves a page instead")
        with tempfile.TemporaryDirectory(prefix="phonebench-") as folder:
            yield TerminalDriver(person, Path(folder) / "screen.png")
    else:
        from phonebench.human.web import WebDriver

        with WebDriver(config.agent.human.port) as driver:
            display.note(f"you are the agent: open {driver.url}")
            yield driver
