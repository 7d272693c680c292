"""The one tree of errors.

BenchError
├── UserError                 printed as what / where / why / next command, never with a traceback; exit code 2
│   ├── ConfigError           a config file or a command line option
│   ├── TaskError             a task file
│   ├── TraceError            a recorded run that cannot be read, or be resumed as asked
│   └── MissingTool           adb, an extra, a file that the user has to provide
├── InfraError                never the model's fault: retried on a fresh phone, then unscored; exit code 3
│   ├── DeviceError
│   │   ├── DeviceLost        the device left adb
│   │   ├── AdbTimeout        an adb call outlived its deadline
│   │   ├── BootTimeout       a phone never became ready
│   │   └── UiDumpError       the UI tree could not be read
│   └── ModelError
│       ├── ModelUnavailable  no answer from the endpoint after all retries
│       └── RateLimited       429 after all retries
├── AgentError                the model's own failure: recorded as outcome agent_error, then judged
│   ├── BadAction             the reply holds no action of the dialect
│   ├── ContextOverflow       the prompt no longer fits the model's context
│   ├── Denied                a safety rule or a person refused what the agent wanted
│   ├── NeedsPerson           the agent asked for a person, and there was none
│   ├── Stuck                 it ran in circles until a limit: outcome step_limit
│   └── ReplyTooSlow          the reply was still coming when the step's time was over: outcome time_limit
└── JudgeError                the judge could not answer: verdict unscored
"""

from __future__ import annotations


class BenchError(Exception):
    """Root of all errors that phonebench raises on purpose."""

    def __init__(self, what: str, *, where: str = "", why: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.next_step = next_step

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return "\n    ".join(line for line in (head, self.why, self.next_step) if line)


class UserError(BenchError):
    """Something the user can mend: a config, a task file, a missing tool."""


class ConfigError(UserError):
    """A configuration file or command line option is wrong."""


class TaskError(UserError):
    """A task file is wrong, or a task does not exist."""


class TraceError(UserError):
    """A recorded run cannot be read, or cannot be resumed with this config."""


class MissingTool(UserError):
    """A program, package or file that has to be there is not."""

    @classmethod
    def of_extra(cls, name: str, what: str, *, where: str = "", otherwise: str = "") -> MissingTool:
        """`what` needs the extra `name` of phonebench; without it there is `otherwise`."""
        ways = [f"in phonebench's folder: python -m pip install -e '.[{name}]'", otherwise]
        return cls(f"{what} needs the extra `{name}`", where=where, next_step=", or: ".join(filter(None, ways)))


class InfraError(BenchError):
    """The machinery failed; the episode is retried and never counts against the agent."""


class DeviceError(InfraError):
    """The phone or the way to it failed."""


class DeviceLost(DeviceError):
    """The device left adb or its connection broke."""


class AdbTimeout(DeviceError):
    """An adb call did not answer within its deadline."""


class BootTimeout(DeviceError):
    """A phone did not become ready within its deadline."""


class UiDumpError(DeviceError):
    """The UI tree could not be read or parsed."""


class ModelError(InfraError):
    """The model's server failed."""


class ModelUnavailable(ModelError):
    """No usable answer from the endpoint after all retries."""


class RateLimited(ModelError):
    """The endpoint still answered 429 after all retries."""


class AgentError(BenchError):
    """The agent itself failed; the episode is judged as it stands."""


class BadAction(AgentError):
    """A model reply holds no action that its dialect knows."""

    def __init__(self, what: str, *, reply: str = "", why: str = "") -> None:
        super().__init__(what, why=why)
        self.reply = reply


class ContextOverflow(AgentError):
    """The prompt no longer fits the model's context."""


class Denied(AgentError):
    """A safety rule, or the person that it asks, refused what the agent wanted to do."""


class NeedsPerson(AgentError):
    """The agent asked for a person; by the hand-over policy there was none, or nobody answered."""


class Stuck(AgentError):
    """The same action again and again, or a screen that stays as it is, until the configured limit."""


class ReplyTooSlow(AgentError):
    """The model was still writing when the time for a step was over."""


class JudgeError(BenchError):
    """A judge could not be had or gave no usable answer: the verdict is unscored."""
