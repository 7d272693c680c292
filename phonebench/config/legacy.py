"""Reads the config files of AndroidLab and OpenPhone as they are: `agent: {name, args}`, `task: {class, args}`, `eval`.

A class name there stands for a way to drive (one model, or device and cloud) and a dialect; here these are keys. What
has no counterpart is left out, with a note that says why. A key that stands in the file is taken into memory only.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from phonebench.config.suggest import did_you_mean
from phonebench.config.yaml_file import Document
from phonebench.schema.errors import ConfigError

Json = dict[str, Any]
KEY_ENV: Final = "PHONEBENCH_{}_KEY"
"""Environment variable under which a key from an old file is kept while the program runs."""

_SEAT: Final[Mapping[str, tuple[str, Json]]] = {
    "TextOnlyMobileTask": ("androidlab_xml", {}),
    "TextOnlyFineTuneTask": ("androidlab_xml", {}),
    "TextOnlyFineTuneTask_long": ("androidlab_xml", {}),
    "TextOnlyReactTask": ("androidlab_xml", {"variant": "react"}),
    "TextOnlyReactMobileTask": ("androidlab_xml", {"variant": "react"}),
    "TextOnlySeeActTask": ("androidlab_xml", {"variant": "seeact"}),
    "ScreenshotMobileTask": ("som", {}),
    "ScreenSeeActTask": ("som", {}),
    "CogAgentTask": ("som", {}),
    "ScreenReactTask": ("openphone", {}),
}
_OPENAI: Final = "https://api.openai.com/v1"
"""Class names without their endings: dialect and its options."""
_CLASS: Final = re.compile(r"(?P<base>.+?)_AutoTest(?P<cloud>_Cloud)?(?P<hyper>_hyper)?(?:_for_show)?")
_NO_KEY: Final = re.compile(r"\s*|none|null|empty|your[ _-].*|<.*>|\**|x+|sk-x+|token-?x*", re.IGNORECASE)
"""What people write where no key belongs."""

_WHY_DROPPED: Final[Mapping[str, str]] = {
    "task.args.request_interval": "no fixed pause: after an action the screen is waited for",
    "eval.avd_base": "AVDs are found where the SDK keeps them; else export ANDROID_AVD_HOME",
    "eval.is_relative_bbox": "the dialect knows its coordinates",
    "eval.docker_args.port": "ports are chosen free",
    "agent.name": "all models are reached by the chat-completions API",
    "agent.args.system_prompt": "prompts belong to the dialect; agent.system_prompt_file replaces them",
}


@dataclass(slots=True)
class Translation:
    """The config in today's keys, and what became of the rest."""

    config: Json
    notes: list[str] = field(default_factory=list)


def is_old(data: Any) -> bool:
    """True for a config of the ancestors: it names a task class."""
    task = data.get("task") if isinstance(data, Mapping) else None
    return isinstance(task, Mapping) and "class" in task


def translate(document: Document) -> tuple[Document, Translation]:
    """The same run in today's keys; raises ConfigError for a class name that is not known."""
    reader = _Reader(document)
    done = Translation({}, reader.notes)
    done.config = {
        "suite": {"path": "tasks/androidlab"},
        "phone": _phone(reader),
        "models": _models(reader),
        "agent": _agent(reader),
        "limits": reader.some({"max_steps": ("task", "args", "max_rounds")}),
    }
    folders = [reader.take("task", "args", "save_dir"), reader.take("eval", "avd_log_dir")]
    if folder := next((each for each in folders if isinstance(each, str)), ""):
        done.config["logs_dir"] = folder
    done.config = {key: value for key, value in done.config.items() if value}
    reader.drop_rest()
    return Document(done.config, reader.places(done.config), document.name), done


class _Reader:
    """Takes values out of an old config and notes what nobody took."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.notes: list[str] = []
        self._taken: set[tuple[str, ...]] = set()

    def take(self, *path: str) -> Any:
        """The value at a path, or None."""
        self._taken.add(path)
        here: Any = self.document.data
        for key in path:
            here = here.get(key) if isinstance(here, Mapping) else None
        return here

    def some(self, wanted: Mapping[str, tuple[str, ...]]) -> Json:
        """Those of the wanted values that are there."""
        found = {key: self.take(*path) for key, path in wanted.items()}
        return {key: value for key, value in found.items() if value is not None}

    def where(self, *path: str) -> str:
        """file:line of a key."""
        return self.document.place(path)

    def places(self, config: Json) -> dict[tuple[str | int, ...], str]:
        """Every section of the new config points at the old file as a whole."""
        return {(key,): self.document.name for key in config}

    def drop_rest(self) -> None:
        """A note for each key that has no counterpart."""
        for path in _leaves(self.document.data, ()):
            if path not in self._taken:
                dotted = ".".join(path)
                self.notes.append(f"{dotted} left out: {_WHY_DROPPED.get(dotted, 'it has no counterpart')}")


def _leaves(value: Any, path: tuple[str, ...]) -> list[tuple[str, ...]]:
    if not isinstance(value, Mapping):
        return [path]
    return [leaf for key, below in value.items() for leaf in _leaves(below, (*path, str(key)))]


def _agent(reader: _Reader) -> Json:
    """Policy and dialect from the class name."""
    name = str(reader.take("task", "class"))
    parts = _CLASS.fullmatch(name)
    base = parts["base"] if parts else name
    if parts is None or base not in _SEAT:
        known = [f"{each}_AutoTest" for each in _SEAT]
        raise ConfigError(
            f"unknown task class '{name}'",
            where=reader.where("task", "class"),
            why=did_you_mean(name, known) or f"known: {', '.join(known)}, with _Cloud or _Cloud_hyper behind",
            next_step="or write a config of today: configs/*.yaml, docs/migrating.md",
        )
    dialect, options = _SEAT[base]
    reflecting: Json = {"reflection": True} if dialect == "openphone" else {}
    if base == "ScreenSeeActTask":
        reader.notes.append("task.class: screenshots with marks are asked about once a step, not twice (dialect som)")
    options = options | (reflecting if parts["cloud"] and not parts["hyper"] else {})
    agent: Json = {"dialect": dialect} | ({"dialect_options": options} if options else {})
    if not parts["hyper"]:
        return {"policy": "single", "model": _first(reader), **agent}
    if not _cloud_section(reader):
        reader.notes.append("the cloud model is named nowhere: --set models.cloud.base_url=URL models.cloud.name=NAME")
    cloud: Json = {"cloud_dialect_options": reflecting} if reflecting else {}
    return {"policy": "device_cloud", **agent, "cloud_dialect": dialect} | cloud


def _first(reader: _Reader) -> str:
    """The model that the section `agent` holds: the cloud's where it has the task alone."""
    parts = _CLASS.fullmatch(str(reader.take("task", "class")))
    return "cloud" if parts and parts["cloud"] and not parts["hyper"] else "device"


def _cloud_section(reader: _Reader) -> str:
    """Where the second model of a device-cloud run stands."""
    names = ("cloud_agent", "agent_cloud", "cloud", "hyper_agent")
    return next((name for name in names if isinstance(reader.document.data.get(name), Mapping)), "")


def _models(reader: _Reader) -> Json:
    first = _first(reader)
    models = {first: _model(reader, "agent", first)}
    second = _cloud_section(reader)
    if second:
        models["cloud"] = _model(reader, second, "cloud")
    return {role: model for role, model in models.items() if model}


def _model(reader: _Reader, section: str, role: str) -> Json:
    """An endpoint; its key goes into the environment of this process and nowhere else."""

    def either(*names: str) -> Any:
        found = [reader.take(section, "args", name) for name in names]
        return next((value for value in found if value is not None), None)

    url = either("api_base", "base_url", "api_url", "url")
    if url is None or not str(url).strip():
        url = _OPENAI
        reader.notes.append(f"{section}.args names no endpoint: OpenAI's own is taken")
    model: Json = {
        "base_url": re.sub(r"/chat/completions/?$", "", url).rstrip("/") if isinstance(url, str) else url,
        "name": either("model_name", "model", "deployment"),
        "max_tokens": either("max_new_tokens", "max_tokens"),
        "temperature": either("temperature"),
        "top_p": either("top_p"),
        "seed": either("seed"),
    }
    key = either("api_key", "key", "auth_token")
    if isinstance(key, str) and not _NO_KEY.fullmatch(key):
        model["api_key_env"] = variable = KEY_ENV.format(role.upper())
        os.environ.setdefault(variable, key)
        reader.notes.append(f"the key in {section}.args was read into memory: take it out and export {variable}=...")
    return {key: value for key, value in model.items() if value is not None}


def _phone(reader: _Reader) -> Json:
    """An emulator, unless the file says nothing of one."""
    phone = reader.some({"avd": ("eval", "avd_name"), "sdk_path": ("eval", "android_sdk_path")})
    image = reader.take("eval", "docker_args", "image_name")
    if reader.take("eval", "docker") and isinstance(image, str):
        phone["docker"] = {"image": image}
    phone["kind"] = "avd" if phone else "attached"
    mode = reader.take("task", "args", "mode")
    if mode is not None:
        phone["start"] = "in_app" if mode == "in_app" else "home"
    reader.notes.append("without an emulator: --set phone.kind=sim runs the tasks on the simulated phone")
    return phone
