"""The section `agent`: who decides, and what a model gets to see."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from phonebench.config.section import Seconds, Section

Decider = Literal["device", "cloud"]


class ImageConfig(Section):
    """How screenshots are sent to a model."""

    format: Literal["png", "jpeg"] = "png"
    """png keeps every pixel; jpeg is smaller."""
    max_side: Annotated[int, Field(ge=64, le=10_000)] | None = None
    """Longest edge in pixels; larger screenshots are scaled down."""
    quality: Annotated[int, Field(ge=1, le=100)] = 85
    """Of jpeg."""
    max_pixels: Annotated[int, Field(ge=4096, le=100_000_000)] | None = None
    """Most pixels of a picture; larger screenshots are scaled down."""
    multiple_of: Annotated[int, Field(ge=1, le=256)] = 1
    """Both edges are rounded to multiples of this. Qwen2.5-VL resizes to multiples of 28 (Qwen3-VL: 32) by itself: what
    is sent in such a size it leaves alone, and its coordinates are pixels of what was sent."""


class MemoryConfig(Section):
    """What of the earlier steps a model sees again."""

    images: Annotated[int, Field(ge=0, le=50)] = 1
    """Screenshots of the newest turns that stay in the prompt, the present one included; 0 shows none at all."""
    turns: Annotated[int, Field(ge=1)] | None = None
    """Earlier turns that stay whole, as text; null keeps all that fit."""
    summaries: Annotated[int, Field(ge=0, le=1000)] = 20
    """Of still earlier steps, so many stay as a line each."""
    max_tokens: Annotated[int, Field(ge=256)] | None = None
    """Longest prompt; the oldest goes first, never the task or the present screen. null: `min_context` of the model
    less its `max_tokens`, if it has a min_context, else no limit."""


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
    repeats: Annotated[int, Field(ge=2)] | None = 3
    """The same action so many times in a row hands over (kind rules); null: never."""
    unchanged: Annotated[int, Field(ge=1)] | None = 2
    """A screen that stayed the same so many times in a row hands over (kind rules); null: never."""
    bad_replies: bool = True
    """A reply of the device model without an action hands over instead of ending the episode (kind rules)."""
    hand_back: bool = False
    """After the hand-over the controller goes on looking and may give the episode back (kinds model and rules)."""
    recovered: Annotated[int, Field(ge=1)] = 3
    """A screen that changed so many times in a row hands back (kind rules)."""
    step: Annotated[int, Field(ge=1)] | None = None
    """The cloud's first step (kind step)."""

    @model_validator(mode="after")
    def _step_given(self) -> ControllerConfig:
        if (self.kind == "step") != (self.step is not None):
            raise ValueError("kind step and the key step go together")
        if self.kind == "step" and self.hand_back:
            raise ValueError("kind step looks at nothing and cannot hand back")
        return self


class HumanConfig(Section):
    """Where a person sits who drives the phone (policy human)."""

    face: Literal["terminal", "web"] = "web"
    """terminal: commands and numbered elements; web: a local page, where a click is a tap (extra `web`)."""
    port: Annotated[int, Field(ge=0, le=65_535)] = 0
    """Of the local page; 0 takes a free one."""
    idle_timeout_s: Seconds = 1800.0
    """Longest wait for an action of the person; then the run ends, and the same command goes on with it."""


class AgentConfig(Section):
    """Who decides. A bare string `package.module:Class` plugs in a class of your own."""

    policy: Literal[
        "single", "device_cloud", "always_device", "always_cloud", "human", "reference", "noop", "random", "plugin"
    ] = "single"
    """single: the model of the key `model` decides; device_cloud: a device model, until a controller hands over to the
    cloud model; always_device, always_cloud: one of them alone, to compare by the same file; human: a person;
    reference: the task's own solution; noop: ends at once; random: seeded gestures."""
    model: str = "device"
    """Which entry of `models` the policy `single` asks."""
    dialect: str = "autoglm"
    """What the model speaks: prompt, observation, action grammar."""
    dialect_options: dict[str, Any] = {}
    """Options of `dialect`, e.g. {coordinates: thousand}; docs/dialects.md lists them."""
    system_prompt_file: str | None = None
    """Text that replaces the own system prompt of `dialect`."""
    device: str = "device"
    """Which entry of `models` begins (policies device_cloud, always_device); it speaks `dialect`."""
    cloud: str = "cloud"
    """Which entry of `models` takes over (policies device_cloud, always_cloud)."""
    cloud_dialect: str = "autoglm"
    """What the cloud model speaks (policies device_cloud, always_cloud)."""
    cloud_dialect_options: dict[str, Any] = {}
    """Options of `cloud_dialect`."""
    cloud_system_prompt_file: str | None = None
    """Text that replaces the own system prompt of `cloud_dialect`."""
    cloud_image: ImageConfig | None = None
    """How screenshots are sent to the cloud model (policies device_cloud, always_cloud); null: as `image`."""
    controller: ControllerConfig = ControllerConfig()
    image: ImageConfig = ImageConfig()
    memory: MemoryConfig = MemoryConfig()
    human: HumanConfig = HumanConfig()
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
        keys: dict[str, str] = {side: self.model_of(side) for side in self.sides}
        asks = self.policy == "device_cloud" and self.controller.kind == "model"
        return keys | ({"controller.model": self.controller.model} if asks else {})

    @property
    def sides(self) -> tuple[Decider, ...]:
        """Whose settings - dialect, prompt, image - are used, the one that begins first; none without a model."""
        by_policy: dict[str, tuple[Decider, ...]] = {
            "single": ("device",),
            "always_device": ("device",),
            "always_cloud": ("cloud",),
            "device_cloud": ("device", "cloud"),
        }
        return by_policy.get(self.policy, ())

    def model_of(self, side: Decider) -> str:
        """The key in `models` of the one who sits on a side."""
        if self.policy == "single":
            return self.model
        return self.device if side == "device" else self.cloud

    @property
    def first_decider(self) -> Decider:
        """Whose steps the first ones are: of policy `single` the cloud's when that is its model's key."""
        return "cloud" if self.sides == ("cloud",) or self.model_keys == {"model": "cloud"} else "device"
