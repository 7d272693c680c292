"""The doors between rooms: who drives, who judges, who provides phones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Protocol

from phonebench.schema.action import Action
from phonebench.schema.episode import DeviceInfo, EpisodeInfo, EpisodeResult, ModelCall, StepRecord
from phonebench.schema.observation import Observation
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Decision:
    """What an agent decided on an observation. `prompt` is JSON-able; images in it are references, never bytes."""

    action: Action
    thought: str = ""
    reply: str = ""
    prompt: Any = None
    calls: tuple[ModelCall, ...] = ()
    decided_by: str = "device"
    extra: Mapping[str, Any] = field(default_factory=dict)


class Agent(Protocol):
    """Decides the next action. One instance per episode; used by one thread.

    `decide` raises AgentError for the agent's own failures and InfraError when its server is down. When it raises
    after having asked a model, the attributes below hold what was sent and received, so that nothing is lost. An agent
    may also have `last_extra`, what `Decision.extra` would have held, and `last_decided_by`, whose turn it was.
    """

    name: str
    last_prompt: Any
    last_reply: str
    last_calls: tuple[ModelCall, ...]

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """Begin an episode. `instruction` is the text to obey (language and app name already applied)."""

    def decide(self, observation: Observation) -> Decision:
        """Look at the screen and choose one action."""


class Phone(Protocol):
    """One Android phone, reached over adb. Every call has a deadline and raises DeviceError."""

    info: DeviceInfo

    def observe(self) -> Observation: ...

    def perform(self, action: Action) -> None:
        """Carry out an action that touches the phone; Note, TakeOver and Finish do nothing."""

    def settle(self) -> Observation:
        """Wait, with a bound, until the screen is stable, and return what is then seen."""

    def reset(self, setup: Mapping[str, Any] | None, *, package: str = "") -> None:
        """Return to the clean state (snapshot, world), with the task's patch where the phone can take one.

        `package` is the task's app, for phones that can only put one app back.
        """

    def open_app(self, package: str) -> None: ...

    def go_home(self) -> None: ...

    def state(self) -> dict[str, Any] | None:
        """The whole state of a simulated phone; None on a real one."""

    def shell(self, command: str, timeout_s: float = 20.0) -> tuple[int, str]:
        """Exit code and output of a device shell command."""


class PhoneProvider(Protocol):
    """Hands out ready phones and takes back broken ones."""

    size: int

    def __enter__(self) -> PhoneProvider: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def lease(self) -> AbstractContextManager[Phone]:
        """A phone for one episode; one left in error is replaced before the next lease. Blocks until one is free."""


class EpisodeReader(Protocol):
    """Reads one recorded episode; everything lazily, nothing held."""

    @property
    def info(self) -> EpisodeInfo: ...

    @property
    def result(self) -> EpisodeResult: ...

    def steps(self) -> Iterator[StepRecord]: ...

    def read_bytes(self, relative: str) -> bytes:
        """A screenshot or other file of the episode; raises FileNotFoundError."""

    def state_before(self) -> dict[str, Any] | None: ...

    def state_after(self) -> dict[str, Any] | None: ...

    def probes(self) -> dict[str, str]: ...


class Judge(Protocol):
    """Turns a recorded episode into a verdict; raises JudgeError when it cannot answer."""

    id: str

    def judge(self, task: Task, episode: EpisodeReader) -> Verdict: ...
