"""What is recorded of an episode."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from phonebench.schema.action import Action
from phonebench.schema.base import SCHEMA_VERSION, Record


class Outcome(StrEnum):
    """How an episode ended; never how well."""

    FINISHED = "finished"
    STEP_LIMIT = "step_limit"
    TIME_LIMIT = "time_limit"
    AGENT_ERROR = "agent_error"
    INFRA_ERROR = "infra_error"
    CANCELLED = "cancelled"


class Usage(Record):
    """Tokens as the server counted them."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0


class ModelCall(Record):
    """One request to a model. Times in seconds; `ttft_s` is None when the reply was not streamed."""

    role: Literal["device", "cloud", "planner", "controller", "judge"]
    model: str
    ttft_s: float | None = None
    total_s: float
    usage: Usage = Usage()
    attempts: int = 1
    finish_reason: str = ""


class StepTimings(Record):
    """Seconds of one step; observe + model + act + settle <= total."""

    observe_s: float = 0.0
    model_s: float = 0.0
    act_s: float = 0.0
    settle_s: float = 0.0
    total_s: float = 0.0


SafetyRule = Literal["confirm", "hand_over", "secure", "allowed_apps"]
SafetyDecider = Literal["policy", "person", "nobody"]
SafetyDone = Literal["allowed", "denied", "told", "skipped", "answered", "returned"]


class SafetyEvent(Record):
    """A safety rule that spoke up in a step; docs/safety.md lists what each rule can do."""

    rule: SafetyRule
    about: str
    """What it was about: the sensitive action, the agent's request, the app."""
    by: SafetyDecider
    """Who decided: the config, a person, or the config because no person answered."""
    done: SafetyDone
    told: str = ""
    """What the agent was told of it, with this screen (rule secure, allowed_apps) or the next."""
    waited_s: float = 0.0
    """Seconds of waiting for a person; part of no other time."""


class StepRecord(Record):
    """One line of steps.jsonl: the observation before it, what the agent said and did, and what it took."""

    schema_version: int = SCHEMA_VERSION
    index: int
    screen: str | None = None
    """Relative path of the screenshot."""
    ui: str | None = None
    prompt: str | None = None
    package: str = ""
    activity: str = ""
    device_time: str = ""
    width: int = 0
    height: int = 0
    keyboard_shown: bool = False
    decided_by: Literal["device", "cloud", "script", "human"] = "device"
    thought: str = ""
    reply: str = ""
    action: Action | None = None
    effect: Literal["changed", "unchanged", "none"] = "none"
    """Did the screen change after the action? `none` for actions that do not touch the phone, and for errors."""
    screen_after: str | None = None
    """Only on the last step that touched the phone: the screen after it, when no later observation exists."""
    error: str | None = None
    calls: tuple[ModelCall, ...] = ()
    timings: StepTimings = StepTimings()
    safety: tuple[SafetyEvent, ...] = ()
    extra: dict[str, Any] = Field(default_factory=dict)


class DeviceInfo(Record):
    """The phone of an episode. `simulated` is what labels results everywhere."""

    serial: str
    kind: Literal["sim", "avd", "attached"]
    simulated: bool
    model: str = ""
    android: str = ""
    sdk: str = ""
    width: int = 0
    height: int = 0
    density: int = 0


class EpisodeInfo(Record):
    """episode.json: written at the start."""

    schema_version: int = SCHEMA_VERSION
    run: str
    task_id: str
    attempt: int
    app: str
    package: str
    kind: str
    instruction: str
    """As put to the agent."""
    reference_steps: int
    agent: str
    device: DeviceInfo
    seed: int
    started_at: str
    """Host time, ISO 8601 UTC."""


class ErrorInfo(Record):
    """An error as recorded: class name and readable message."""

    type: str
    message: str


class HealthReading(Record):
    """Battery and heat of a phone at one moment; None is what it does not tell."""

    battery_percent: int | None = None
    battery_celsius: float | None = None
    powered: bool | None = None
    """Whether it is being charged or fed."""
    thermal_status: int | None = None
    """android.os.PowerManager: 0 none, 1 light, 2 moderate, 3 severe, 4 critical, 5 emergency, 6 shutdown."""


class DeviceHealth(Record):
    """Before the first step and after the last; `end` is None when the episode broke off."""

    start: HealthReading
    end: HealthReading | None = None


class EpisodeResult(Record):
    """result.json: its presence means done."""

    schema_version: int = SCHEMA_VERSION
    task_id: str
    attempt: int
    outcome: Outcome
    answer: str | None = None
    """Text of the finish action; None when the episode did not finish."""
    claimed_success: bool | None = None
    steps: int
    seconds: float
    setup_seconds: float = 0.0
    retries: int = 0
    error: ErrorInfo | None = None
    final_screen: str | None = None
    """Relative path of the screenshot after the last step."""
    final_ui: str | None = None
    device_health: DeviceHealth | None = None
    """Of phones of kind avd and attached; None of simulated ones of our own."""


class RunInfo(Record):
    """run.json: what a run was asked to do. `config` is the resolved configuration without secrets."""

    schema_version: int = SCHEMA_VERSION
    name: str
    created_at: str
    phonebench_version: str
    suite: str
    suite_digest: str
    task_ids: tuple[str, ...]
    attempts: int
    agent: str
    models: dict[str, str]
    device_kind: Literal["sim", "avd", "attached"]
    simulated: bool
    world: str = ""
    config: dict[str, Any]


class Lock(Record):
    """lock.json: digests that must be the same when a run is resumed."""

    schema_version: int = SCHEMA_VERSION
    config: str
    tasks: str
    prompts: str
    versions: dict[str, str]
