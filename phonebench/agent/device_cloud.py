"""The device model begins; when the controller says so, the cloud model takes over, for good or for a while."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from phonebench.agent.model_agent import ModelAgent
from phonebench.agent.policy import Controller, Moment, Past, recorded, told
from phonebench.config import Decider, PromptConfig
from phonebench.schema.episode import DeviceInfo, ModelCall
from phonebench.schema.errors import BadAction
from phonebench.schema.observation import Observation
from phonebench.schema.protocols import Decision
from phonebench.schema.task import Task
from phonebench.uitree import touched


def pair_name(names: Sequence[str], controller: str, hand_back: bool) -> str:
    """What reports call two models that share episodes, the device's name first."""
    return f"{', then '.join(names)} by {controller}{', and back' if hand_back else ''}"


class DeviceCloudAgent:
    """One episode's agent. Each model has its own dialect and memory; who takes over is told in words what was done."""

    def __init__(
        self, device: ModelAgent, cloud: ModelAgent, controller: Controller, prompt: PromptConfig, *, hand_back: bool
    ) -> None:
        self.name = pair_name((device.name, cloud.name), controller.name, hand_back)
        self.last_prompt: Any = None
        self.last_reply = ""
        self.last_calls: tuple[ModelCall, ...] = ()
        self.last_extra: dict[str, Any] = {}
        self._notes: dict[str, Any] = {}
        self._models: dict[Decider, ModelAgent] = {"device": device, "cloud": cloud}
        self._controller = controller
        self._hand_back = hand_back
        self._language = prompt.language
        self._episode: tuple[Task, str, DeviceInfo] | None = None
        self._active: Decider = "device"
        self._done: list[Past] = []
        self._step = 0

    @property
    def last_decided_by(self) -> Decider:
        """Whose turn the last one was, also when it failed."""
        return self._active

    def start(self, task: Task, instruction: str, device: DeviceInfo) -> None:
        """Begin on the device."""
        self._episode = task, instruction, device
        self._models["device"].start(task, instruction, device)
        self._active = "device"
        self._done = []
        self._step = 0

    def decide(self, observation: Observation) -> Decision:
        """Ask the controller who goes on, then the model whose turn it is.

        Raises AgentError or InfraError with the last_* attributes set; they hold what was asked of the controller too.
        `extra` says what the controller was asked, and at a step where the model changes why: `handed_over` to the
        cloud, `handed_back` to the device.
        """
        self.last_prompt, self.last_reply, self.last_calls = None, "", ()
        self.last_extra = self._notes = {}
        self._step += 1
        if self._active == "device" or self._hand_back:
            why = self._control(observation)
            if why:
                self._switch(why)
        try:
            decision = self._ask(observation)
        except BadAction as problem:
            if self._active == "cloud" or not self._controller.mends_replies:
                raise
            self._notes["device_reply"] = self.last_reply
            self._switch(f"no action in the reply: {problem.what}")
            decision = self._ask(observation)
        on = touched(decision.action, observation.ui)
        self._done.append(Past(decision.action, decision.thought, self._active, on))
        return replace(decision, calls=self.last_calls, extra=self.last_extra)

    def _control(self, observation: Observation) -> str:
        """Why to switch, or nothing; what was asked is kept also when asking failed."""
        asked = self._controller.asked
        asked.clear()
        task = self._episode[1] if self._episode else ""
        try:
            return self._controller.why_switch(Moment(self._step, task, self._done, observation, self._active))
        finally:
            self.last_calls = tuple(exchange.call for exchange in asked if exchange.call is not None)
            if asked:
                self.last_prompt, self.last_reply = asked[-1].prompt, asked[-1].reply
                self._notes["asked"] = recorded(asked)

    def _switch(self, why: str) -> None:
        """The other model goes on, with an empty memory and the history in words."""
        assert self._episode is not None, "start comes before decide"
        task, instruction, device = self._episode
        self._active = "cloud" if self._active == "device" else "device"
        if self._done:
            instruction = f"{instruction}\n\n{self._head()} {told(self._done, self._language)}"
        self._models[self._active].start(task, instruction, device, turn=self._step - 1)
        self._notes["handed_over" if self._active == "cloud" else "handed_back"] = why

    def _head(self) -> str:
        chinese = self._language == "zh"
        if any(past.by == self._active for past in self._done):
            return "你和另一个模型已经执行了一部分。" if chinese else "You and another model have worked on this task."
        return "另一个模型已经开始执行此任务。" if chinese else "Another model began this task."

    def _ask(self, observation: Observation) -> Decision:
        agent = self._models[self._active]
        try:
            return agent.decide(observation)
        finally:
            self.last_prompt, self.last_reply = agent.last_prompt, agent.last_reply
            self.last_calls += agent.last_calls
            self.last_extra = {**agent.last_extra, **self._notes}
