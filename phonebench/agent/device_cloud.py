"""The device model begins; when the controller says so, the cloud model does the rest of the episode."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Controller, Moment, Past, recorded, told
from phonebench.config import PromptConfig
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task


class DeviceCloudAgent:
    """One episode's agent. Each model has its own dialect and memory; the cloud is told in words what was done."""

    def __init__(self, device: ModelAgent, cloud: ModelAgent, controller: Controller, prompt: PromptConfig) -> None:
        self.name = f"{device.name}, then {cloud.name} by {controller.name}"
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self._device = device
        self._cloud = cloud
        self._controller = controller
        self._language = prompt.language
        self._episode: tuple[Task, str, DeviceInfo] | None = None
        self._active = device
        self._done: list[Past] = []
        self._step = 0

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """Begin on the device."""
        self._episode = task, instruction, device
        self._device.start(task, instruction, device)
        self._active = self._device
        self._done = []
        self._step = 0

    def decide(self, observation: Observation) -> Decision:
        """Ask the controller while the device has the episode, then the model whose turn it is.

        Raises AgentError or InfraError with the last_* attributes set; they hold the controller's calls too. The step
        of the hand-over says why in `extra`.
        """
        self.last_prompt, self.last_reply, self.last_calls = None, "", ()
        self._step += 1
        extra: dict[str, Any] = {}
        if self._active is self._device:
            why = self._control(observation, extra)
            if why:
                self._hand_over(why, extra)
        try:
            decision = self._ask(observation)
        except BadAction as problem:
            if self._active is self._cloud or not self._controller.mends_replies:
                raise
            extra["device_reply"] = self.last_reply
            self._hand_over(f"no action in the reply: {problem.what}", extra)
            decision = self._ask(observation)
        if self._active is self._device:
            self._done.append(Past(decision.action, decision.thought))
        return replace(decision, calls=self.last_calls, extra={**decision.extra, **extra})

    def _control(self, observation: Observation, extra: dict[str, Any]) -> str:
        """Why to hand over, or nothing; what was asked is kept also when asking failed."""
        asked = self._controller.asked
        asked.clear()
        task = self._episode[1] if self._episode else ""
        try:
            return self._controller.why_cloud(Moment(self._step, task, self._done, observation))
        finally:
            self.last_calls = tuple(exchange.call for exchange in asked if exchange.call is not None)
            if asked:
                self.last_prompt, self.last_reply = asked[-1].prompt, asked[-1].reply
                extra["asked"] = recorded(asked)

    def _hand_over(self, why: str, extra: dict[str, Any]) -> None:
        assert self._episode is not None, "start comes before decide"
        task, instruction, device = self._episode
        history = told(self._done, self._language)
        if history:
            head = "另一个模型已经开始执行此任务。" if self._language == "zh" else "Another model began this task."
            instruction = f"{instruction}\n\n{head} {history}"
        self._cloud.start(task, instruction, device, turn=self._step - 1)
        self._active = self._cloud
        extra["handed_over"] = why

    def _ask(self, observation: Observation) -> Decision:
        agent = self._active
        try:
            return agent.decide(observation)
        finally:
            self.last_prompt, self.last_reply = agent.last_prompt, agent.last_reply
            self.last_calls += agent.last_calls
