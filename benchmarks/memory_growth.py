"""Does the memory of the process stay flat? Long episodes of every dialect over the screens of a simulated phone.

An episode is 100 steps with a prompt budget; the model is a stand-in that thinks aloud at length. The figure is the
resident memory after the last episode over that after the first one of the same dialect, all in one process.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import write
from phonebench.agent import agent_for
from phonebench.agent.dialects import DIALECTS, make_dialect
from phonebench.config import RunConfig
from phonebench.model import Completion, Message, Role
from phonebench.schema.action import PressKey
from phonebench.schema.episode import DeviceInfo, ModelCall, Usage
from phonebench.schema.observation import Observation
from phonebench.schema.task import Task
from phonebench.uitree import parse_ui
from simphone.phone.phone import Phone

EPISODES = 6
STEPS = 100
BUDGET = 8000
WIDTH, HEIGHT, DENSITY = 540, 1200, 210
PACKAGES = ("com.google.android.deskclock", "com.android.settings", "us.zoom.videomeetings", "com.skuld.calendario")


class Talker:
    """Presses back for ever, and says a lot about it."""

    name = "talker"

    def __init__(self, call: str) -> None:
        self._reply = f"{'I look at the screen and think about what has to be done next. ' * 10}\n{call}"
        self.longest = 0

    def complete(
        self,
        messages: Sequence[Message],
        *,
        role: Role = "device",
        response_format: Mapping[str, Any] | None = None,
        tools: Sequence[Mapping[str, Any]] | None = None,
    ) -> Completion:
        """The same reply, whatever is asked."""
        del response_format, tools
        chars = sum(len(str(message["content"])) for message in messages)
        self.longest = max(self.longest, chars)
        return Completion(self._reply, ModelCall(role=role, model=self.name, total_s=0.0, usage=Usage()))

    def close(self) -> None:
        """Nothing to release."""


def main() -> Path:
    """Plays the episodes of each dialect and writes how the memory grew."""
    screens = _screens()
    figures = {name: _growth(name, screens) for name in DIALECTS}
    for name, row in figures.items():
        print(f"{name:16} x{row['growth']:.3f}   {row['first_mb']:.0f} -> {row['last_mb']:.0f} MB")
    return write("memory_growth", {"episodes": EPISODES, "steps": STEPS, "dialects": figures})


def _growth(name: str, screens: Sequence[Observation]) -> dict[str, float]:
    used = []
    for _ in range(EPISODES):
        longest = _episode(name, screens)
        gc.collect()
        used.append(_resident_mb())
    ratio = used[-1] / used[0]
    return {"first_mb": used[0], "last_mb": used[-1], "growth": round(ratio, 4), "longest_prompt_chars": longest}


def _episode(name: str, screens: Sequence[Observation]) -> int:
    model = {"scripted": "unused"}
    agent_section = {"dialect": name, "memory": {"max_tokens": BUDGET, "images": 2}}
    config = RunConfig.model_validate({"models": {"device": model}, "agent": agent_section})
    dialect = make_dialect(name)
    talker = Talker(dialect.render(PressKey(key="back"), dialect.look(screens[0])))
    task = Task(id="t_1", app="a", package="a", kind="operation", instruction="Go on.", reference_steps=1)
    with agent_for(config, 0, lambda _: talker) as agent:
        agent.start(task, "Go on and on.", DeviceInfo(serial="sim", kind="sim", simulated=True))
        for step in range(STEPS):
            agent.decide(screens[step % len(screens)])
    return talker.longest


def _screens() -> list[Observation]:
    phone = Phone("androidlab", width=WIDTH, height=HEIGHT, density=DENSITY)
    seen = []
    for package in PACKAGES:
        phone.launch(package)
        xml = phone.xml()
        seen.append(Observation(phone.png(), WIDTH, HEIGHT, xml, parse_ui(xml), package))
    return seen


def _resident_mb() -> float:
    """Resident memory of this process (proc(5), statm)."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)
