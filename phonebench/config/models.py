"""RunConfig: every key a config file may hold, with its default and its meaning; `eval.py --schema` prints them."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Seconds = Annotated[float, Field(gt=0, le=86_400)]
Pixels = Annotated[int, Field(ge=240, le=10_000)]
Port = Annotated[int, Field(ge=1, le=65_535)]


class Section(BaseModel):
    """A block of the config: frozen, unknown keys refused, docstrings become descriptions."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, protected_namespaces=())


class SuiteConfig(Section):
    """Which tasks to run."""

    path: str = "tasks/androidlab"
    """A task file or a folder of task files."""
    task_ids: tuple[str, ...] = ()
    """Only these tasks: ids or globs such as clock_*; empty means all."""
    apps: tuple[str, ...] = ()
    """Only the tasks of these apps; empty means all."""


class PhoneConfig(Section):
    """Which phones to run on. Keys that a kind does not need are ignored by it."""

    kind: Literal["sim", "avd", "attached"] = "sim"
    """sim: simulated phones started for the run; avd: Android emulators; attached: phones that adb already sees."""
    world: str = "androidlab"
    """World of the simulated phone: its date, accounts and content."""
    count: Annotated[int, Field(ge=1, le=64)] = 1
    """Phones side by side, each with one episode at a time."""
    width: Pixels = 1440
    """Of the simulated phone's display, in pixels."""
    height: Pixels = 3120
    """Of the simulated phone's display, in pixels."""
    density: Annotated[int, Field(ge=100, le=1000)] = 560
    """Of the simulated phone's display, in dpi."""
    serials: tuple[str, ...] = ()
    """Attached phones by adb serial; empty means every phone that adb lists as ready."""
    adb_path: str | None = None
    """The adb program; without it the one that comes with the adbutils package."""
    adb_server_port: Port | None = None
    """Port of the adb server; without it a private server on a free port (sim) or adb's own port (avd, attached)."""
    start: Literal["in_app", "home"] = "in_app"
    """Where an episode begins: in the task's app, or on the launcher."""
    boot_timeout_s: Seconds = 60.0
    """Longest wait for a phone to become ready."""
    settle_timeout_s: Seconds = 5.0
    """Longest wait for a stable screen after an action."""
    call_timeout_s: Seconds = 20.0
    """Longest wait for one adb call."""


class PromptConfig(Section):
    """How a task is put to the agent."""

    language: Literal["en", "zh"] = "en"
    """Language of the instruction and of the dialect's own text."""
    name_app: bool = True
    """Say which app to use before the instruction."""


class ModelConfig(Section):
    """A model behind an OpenAI-compatible endpoint, or a stand-in for one."""

    base_url: str | None = None
    """Address of the endpoint, ending in /v1."""
    name: str | None = None
    """The name under which the endpoint serves the model."""
    api_key_env: str | None = None
    """NAME of the environment variable that holds the key; the key itself never stands in a file."""
    scripted: str | None = None
    """Instead of an endpoint: a YAML file of replies, a list or a mapping of task id to list."""
    replay: str | None = None
    """Instead of an endpoint: a run folder whose recorded replies are given again."""
    temperature: Annotated[float, Field(ge=0, le=5)] | None = 0.0
    """Sent to the endpoint; null leaves it out."""
    top_p: Annotated[float, Field(gt=0, le=1)] | None = None
    """Sent when set."""
    max_tokens: Annotated[int, Field(ge=1)] | None = 2048
    """Longest reply in tokens; null leaves it out."""
    frequency_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    """Sent when set."""
    presence_penalty: Annotated[float, Field(ge=-2, le=2)] | None = None
    """Sent when set."""
    seed: int | None = None
    """Sent when set."""
    stop: tuple[str, ...] = ()
    """Stop sequences, sent when given."""
    extra_body: dict[str, Any] = {}
    """Further fields of the request body, e.g. vLLM's own."""
    stream: bool = True
    """Streamed replies give the time to first token."""
    timeout_s: Seconds = 120.0
    """Longest time for one whole reply."""
    stall_timeout_s: Seconds = 60.0
    """Longest silence of the endpoint: before the first piece of a reply, and between two pieces."""
    retries: Annotated[int, Field(ge=0, le=20)] = 3
    """Further tries after 408, 409, 429, 5xx or a lost connection."""
    backoff_s: Annotated[float, Field(ge=0, le=600)] = 1.0
    """Pause before the first further try; doubled each time, with jitter; a Retry-After header goes first."""
    min_context: Annotated[int, Field(ge=1)] | None = None
    """Context length in tokens that the model needs; --check refuses an endpoint that offers less."""

    @field_validator("base_url")
    @classmethod
    def _plain_url(cls, url: str | None) -> str | None:
        if url is None:
            return url
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an http:// or https:// address, e.g. http://127.0.0.1:8000/v1")
        if parts.username or parts.password or parts.query:
            raise ValueError("must hold no user name, password or query; keys come from the environment (api_key_env)")
        return url

    @field_validator("api_key_env")
    @classmethod
    def _variable_name(cls, name: str | None) -> str | None:
        if name is not None and not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
            raise ValueError("must be the NAME of an environment variable, not the key itself")
        return name

    @model_validator(mode="after")
    def _one_source(self) -> ModelConfig:
        given = [key for key in ("base_url", "scripted", "replay") if getattr(self, key)]
        if len(given) != 1:
            raise ValueError(f"needs exactly one of base_url, scripted and replay; has {' and '.join(given) or 'none'}")
        if self.base_url and not self.name:
            raise ValueError("needs the model's name beside base_url")
        return self

    @property
    def label(self) -> str:
        """What reports call this model."""
        return self.name or ("scripted" if self.scripted else "replay")


class ImageConfig(Section):
    """How screenshots are sent to a model."""

    format: Literal["png", "jpeg"] = "png"
    """png keeps every pixel; jpeg is smaller."""
    max_side: Annotated[int, Field(ge=64, le=10_000)] | None = None
    """Longest edge in pixels; larger screenshots are scaled down."""
    quality: Annotated[int, Field(ge=1, le=100)] = 85
    """Of jpeg."""


class MemoryConfig(Section):
    """What of the earlier steps a model sees again."""

    images: Annotated[int, Field(ge=0, le=50)] = 1
    """Screenshots of the newest turns that stay in the prompt, the present one included."""
    turns: Annotated[int, Field(ge=1)] | None = None
    """Earlier turns that stay as text; null keeps all."""


class ControllerConfig(Section):
    """When policy `device_cloud` hands an episode over to the cloud model. Steps count from 1."""

    kind: Literal["model", "rules", "step"] = "model"
    """model: a model is asked at monitored steps; rules: repeats, still screens, unusable replies; step: at `step`."""
    model: str = "cloud"
    """Which entry of `models` plans and controls (kind model)."""
    monitor_from: Annotated[int, Field(ge=1)] = 5
    """The first monitored step; what the planner answers goes first."""
    every: Annotated[int, Field(ge=1)] = 5
    """Steps from one monitored step to the next; what the planner answers goes first."""
    plan: bool = True
    """Ask the model before step 1 which steps to monitor (kind model)."""
    repeats: Annotated[int, Field(ge=2)] = 2
    """The same action so many times in a row hands over (kind rules)."""
    step: Annotated[int, Field(ge=1)] | None = None
    """The cloud's first step (kind step)."""

    @model_validator(mode="after")
    def _step_given(self) -> ControllerConfig:
        if (self.kind == "step") != (self.step is not None):
            raise ValueError("kind step and the key step go together")
        return self


class AgentConfig(Section):
    """Who decides. A bare string `package.module:Class` plugs in a class of your own."""

    policy: Literal["single", "device_cloud", "reference", "noop", "random", "plugin"] = "single"
    """single: one model decides; device_cloud: a device model, until a controller hands over to the cloud model;
    reference: the task's own solution; noop: ends at once; random: seeded gestures."""
    model: str = "device"
    """Which entry of `models` the policy `single` asks."""
    dialect: str = "autoglm"
    """What the model speaks: prompt, observation, action grammar."""
    system_prompt_file: str | None = None
    """Text that replaces the own system prompt of `dialect`."""
    device: str = "device"
    """Which entry of `models` begins (policy device_cloud); it speaks `dialect`."""
    cloud: str = "cloud"
    """Which entry of `models` takes over (policy device_cloud)."""
    cloud_dialect: str = "autoglm"
    """What the cloud model speaks (policy device_cloud)."""
    cloud_image: ImageConfig | None = None
    """How screenshots are sent to the cloud model (policy device_cloud); null: as `image`."""
    controller: ControllerConfig = ControllerConfig()
    image: ImageConfig = ImageConfig()
    memory: MemoryConfig = MemoryConfig()
    plugin: str | None = None
    """package.module:Class of policy `plugin`."""
    args: dict[str, Any] = {}
    """Keyword arguments of the plugged-in class."""

    @model_validator(mode="before")
    @classmethod
    def _bare_string(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"policy": "plugin", "plugin": value} if ":" in value else {"policy": value}
        return value

    @model_validator(mode="after")
    def _plugin_named(self) -> AgentConfig:
        if (self.policy == "plugin") != (self.plugin is not None):
            raise ValueError("policy plugin and the key plugin go together")
        if self.plugin is not None and not re.fullmatch(r"[\w.]+:\w+", self.plugin):
            raise ValueError("plugin must read package.module:Class")
        return self

    @property
    def model_keys(self) -> dict[str, str]:
        """The models that will be asked: the key of this section that names one, and its key in `models`."""
        if self.policy == "single":
            return {"model": self.model}
        if self.policy != "device_cloud":
            return {}
        keys = {"device": self.device, "cloud": self.cloud}
        return keys | ({"controller.model": self.controller.model} if self.controller.kind == "model" else {})


class JudgeConfig(Section):
    """How episodes are judged (eval.py --judge; generate_result.py judges later and as often as you like)."""

    kind: Literal["auto", "state", "probe", "llm", "none"] = "auto"
    """auto: by state on a simulated phone, else by the llm judge when `model` is given, else by probes."""
    model: ModelConfig | None = None
    """The model of the llm judge."""


class LimitsConfig(Section):
    """What ends an episode that does not end itself."""

    max_steps: Annotated[int, Field(ge=1, le=10_000)] = 25
    """Decisions of the agent, the finish included."""
    step_timeout_s: Seconds = 120.0
    """Longest time for one reply of a model."""
    episode_timeout_s: Seconds = 1200.0
    """Longest time for one episode, setting up not included."""
    repeat_limit: Annotated[int, Field(ge=2)] | None = None
    """End after the same action so many times in a row; null: never."""


class PriceConfig(Section):
    """What a model costs, per million tokens, in any one currency."""

    prompt: Annotated[float, Field(ge=0)] = 0.0
    completion: Annotated[float, Field(ge=0)] = 0.0
    cached: Annotated[float, Field(ge=0)] | None = None
    """Of prompt tokens that came from the server's cache; null: as `prompt`."""


class RunConfig(Section):
    """One run: which model, on which phone, at which tasks, judged how."""

    name: str | None = None
    """Name of the run and of its folder; --name goes first, the config's file name last."""
    logs_dir: str = "logs/evaluation"
    """Where runs are recorded."""
    suite: SuiteConfig = SuiteConfig()
    phone: PhoneConfig = PhoneConfig()
    prompt: PromptConfig = PromptConfig()
    models: dict[str, ModelConfig] = {}
    """The models by the role under which policies name them: device, cloud ..."""
    agent: AgentConfig = AgentConfig(policy="reference")
    judge: JudgeConfig = JudgeConfig()
    limits: LimitsConfig = LimitsConfig()
    prices: dict[str, PriceConfig] = {}
    """Price table by model name."""
    attempts: Annotated[int, Field(ge=1, le=1000)] = 1
    """Episodes per task."""
    seed: int = 0
    """Of the random agent and of all jitter."""
    retries: Annotated[int, Field(ge=0, le=20)] = 2
    """Further tries of an episode that the machinery (phone, model endpoint) made fail."""
    stop_after_infra: Annotated[int, Field(ge=0)] = 5
    """So many episodes in a row lost to the machinery end the run; 0: never."""

    @model_validator(mode="after")
    def _policy_has_its_model(self) -> RunConfig:
        known = ", ".join(sorted(self.models)) or "nothing"
        for where, key in self.agent.model_keys.items():
            if key not in self.models:
                raise ValueError(f"agent.{where} is '{key}', but models holds {known}")
        return self
