"""RunConfig: every key a config file may hold, with its default and its meaning; `eval.py --schema` prints them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from phonebench.config.agent import AgentConfig
from phonebench.config.endpoint import ModelConfig
from phonebench.config.phone import PhoneConfig
from phonebench.config.safety import SafetyConfig
from phonebench.config.section import Seconds, Section


class SuiteConfig(Section):
    """Which tasks to run."""

    path: str = "tasks/androidlab"
    """A task file or a folder of task files."""
    task_ids: tuple[str, ...] = ()
    """Only these tasks: ids or globs such as clock_*; empty means all."""
    apps: tuple[str, ...] = ()
    """Only the tasks of these apps; empty means all."""


class PromptConfig(Section):
    """How a task is put to the agent."""

    language: Literal["en", "zh"] = "en"
    """Language of the instruction and of the dialect's own text."""
    name_app: bool = True
    """Say which app to use before the instruction."""


class PriceConfig(Section):
    """What a model costs, per million tokens, in any one currency."""

    prompt: Annotated[float, Field(ge=0)] = 0.0
    """Of prompt tokens."""
    completion: Annotated[float, Field(ge=0)] = 0.0
    """Of completion tokens."""
    cached: Annotated[float, Field(ge=0)] | None = None
    """Of prompt tokens that came from the server's cache; null: as `prompt`."""


class JudgeConfig(Section):
    """How episodes are judged (eval.py --judge; generate_result.py judges later and as often as you like)."""

    kind: Literal["auto", "state", "probe", "llm", "none"] = "auto"
    """auto: by state on a simulated phone, else by the llm judge when `model` is given, else by probes."""
    model: ModelConfig | None = None
    """The model of the llm judge."""
    votes: Annotated[int, Field(ge=1, le=25)] = 1
    """Times the model is asked about an episode; each goal goes by the majority."""
    temperature: Annotated[float, Field(ge=0, le=5)] = 0.7
    """Of each vote when there are several; a single one uses the model's own."""
    screens: Annotated[int, Field(ge=1, le=50)] = 8
    """Screenshots shown at most: first, before the finish, last, and the latest after actions that changed it."""
    ui_trees: bool = False
    """Show the compressed UI trees of these screens too."""
    price: PriceConfig | None = None
    """What the model costs; null: as `prices` says for its name."""


class LimitsConfig(Section):
    """What ends an episode that does not end itself."""

    max_steps: Annotated[int, Field(ge=1, le=10_000)] = 25
    """Decisions of the agent, the finish included."""
    step_timeout_s: Seconds = 120.0
    """Longest time for one reply of a model."""
    episode_timeout_s: Seconds = 1200.0
    """Longest time for one episode, setting up not included. A person has `agent.human.idle_timeout_s` instead."""
    repeat_limit: Annotated[int, Field(ge=2)] | None = None
    """End after the same action so many times in a row; null: never."""
    unchanged_limit: Annotated[int, Field(ge=2)] | None = None
    """End after so many actions in a row that left the screen as it was; null: never."""


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
    safety: SafetyConfig = SafetyConfig()
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
        if self.agent.policy == "human" and self.phone.count > 1:
            raise ValueError("agent.policy human drives one phone: phone.count must be 1")
        known = ", ".join(sorted(self.models)) or "nothing"
        for where, key in self.agent.model_keys.items():
            if key not in self.models:
                raise ValueError(f"agent.{where} is '{key}', but models holds {known}")
        return self
