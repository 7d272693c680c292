"""A person as the agent: for baselines, and to collect demonstrations. Where the person sits is the driver's matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from phonebench.config import HumanConfig
from phonebench.schema.action import Action
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.errors import InfraError, UserError
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task


@dataclass(frozen=True, slots=True)
class Scene:
    """What a person decides on: the step of a task (from 1, `most_steps` at most), and the screen."""

    task_id: str
    instruction: str
    step: int
    most_steps: int
    device: DeviceInfo
    observation: Observation


class Driver(Protocol):
    """Where a person sits: at a terminal, at a web page. One for a whole run."""

    def decide(self, scene: Scene, timeout_s: float, stopped: Callable[[], bool]) -> Action | None:
        """The person's action; None when the time is over, or `stopped` says so."""


class HumanAgent:
    """One episode of a person."""

    name = "human"
    last_decided_by = "human"
    """Whose step it was, also when nobody acted."""

    def __init__(self, driver: Driver, config: HumanConfig, most_steps: int, stopped: Callable[[], bool]) -> None:
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._driver = driver
        self._idle_timeout_s = config.idle_timeout_s
        self._most_steps = most_steps
        self._stopped = stopped
        self._episode: tuple[Task, str, DeviceInfo] | None = None
        self._step = 0

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """A new task for the same person."""
        self._episode = task, instruction, device
        self._step = 0

    def decide(self, observation: Observation) -> Decision:
        """Wait for the person. Raises UserError when nobody is there, which ends the run; the episode is redone."""
        assert self._episode is not None, "start comes before decide"
        task, instruction, device = self._episode
        self._step += 1
        scene = Scene(task.id, instruction, self._step, self._most_steps, device, observation)
        action = self._driver.decide(scene, self._idle_timeout_s, self._stopped)
        if action is None and self._stopped():
            raise InfraError("the run is being stopped")
        if action is None:
            raise UserError(
                f"nobody has acted for {self._idle_timeout_s:g} s at step {self._step} of {task.id}",
                why="agent.human.idle_timeout_s says how long a person is waited for",
                next_step="the same command begins this episode anew",
            )
        return Decision(action=action, decided_by="human")
