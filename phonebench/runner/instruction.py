"""The text an agent is asked to obey."""

from __future__ import annotations

from phonebench.config import PromptConfig
from phonebench.schema.task import Task


def instruction_for(task: Task, prompt: PromptConfig) -> str:
    """The task's instruction in the configured language, with the app to use in front where that is wanted.

    A task without a Chinese instruction is put in English.
    """
    if prompt.language == "zh" and task.instruction_zh:
        return f"请使用应用 {task.app} 完成以下任务：{task.instruction_zh}" if prompt.name_app else task.instruction_zh
    return f"Use the app {task.app} for this task: {task.instruction}" if prompt.name_app else task.instruction
