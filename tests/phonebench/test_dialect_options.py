"""Options of dialects and prompt files, as a config gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from phonebench.agent import agent_for, check_agent, prompts_digest
from phonebench.agent.dialects import DIALECTS, dialect_of, make_dialect
from phonebench.config import AgentConfig, RunConfig
from phonebench.model import ScriptedChat
from phonebench.schema.episode import DeviceInfo
from phonebench.schema.errors import ConfigError
from phonebench.schema.observation import Observation
from phonebench.schema.task import Task

DEVICE = DeviceInfo(serial="sim-1", kind="sim", simulated=True)
TASK = Task(id="t_1", app="a", package="com.x", kind="operation", instruction="Do it.", reference_steps=1)
SEEN = Observation(b"", 1080, 2400, package="com.x", device_time="2024-05-10T12:00:00")


def config(**agent: Any) -> RunConfig:
    models = {"device": {"scripted": "unused.yaml"}, "cloud": {"scripted": "unused.yaml"}}
    return RunConfig.model_validate({"models": models, "agent": agent})


@pytest.mark.parametrize(
    ("dialect", "options", "where", "said"),
    [
        ("androidlab_xml", {"varient": "react"}, "agent.dialect_options", "did you mean 'variant'?"),
        ("androidlab_xml", {"variant": "recat"}, "agent.dialect_options.variant", "did you mean 'react'?"),
        ("androidlab_xml", {"variant": 7}, "agent.dialect_options.variant", "one of: plain, react, seeact"),
        ("openphone", {"reflection": "yes"}, "agent.dialect_options.reflection", "valid boolean"),
        ("openphone", {"zoom": 2}, "agent.dialect_options", "it has: reflection"),
        ("autoglm", {"grid": 2}, "agent.dialect_options", "it has none"),
    ],
)
def test_a_wrong_option_says_where_and_what_else(dialect: str, options: Any, where: str, said: str) -> None:
    with pytest.raises(ConfigError) as raised:
        check_agent(config(dialect=dialect, dialect_options=options))
    assert str(raised.value).startswith(f"{where}: ")
    assert said in str(raised.value)
    assert dialect in str(raised.value)


def test_the_clouds_options_have_places_of_their_own() -> None:
    settings = config(policy="device_cloud", cloud_dialect="openphone", cloud_dialect_options={"reflecton": True})
    with pytest.raises(ConfigError, match=r"agent\.cloud_dialect_options: .*(?s:.)*did you mean 'reflection'"):
        check_agent(settings)
    agent = AgentConfig(cloud_dialect="openphone", cloud_dialect_options={"reflection": True})
    assert dialect_of(agent, "cloud") == make_dialect("openphone", {"reflection": True})
    assert dialect_of(agent) == make_dialect("autoglm")


def test_options_change_the_prompt_and_its_digest() -> None:
    plain, react = (
        config(dialect="androidlab_xml"),
        config(dialect="androidlab_xml", dialect_options={"variant": "react"}),
    )
    assert prompts_digest(plain) != prompts_digest(react)


@pytest.mark.parametrize("name", DIALECTS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_prompt_file_replaces_any_dialects_text(tmp_path: Path, name: str, language: str) -> None:
    path = tmp_path / "prompt.md"
    path.write_text("Be quick on {date}, {width} x {height}.")
    settings = RunConfig.model_validate(
        config(dialect=name, system_prompt_file=str(path)).model_dump() | {"prompt": {"language": language}}
    )
    chat = ScriptedChat(["x"] * 2)
    with agent_for(settings, 1, lambda _: chat) as agent:
        agent.start(TASK, "Do it.", DEVICE)
        with pytest.raises(Exception, match=r"no |not "):
            agent.decide(SEEN)
    assert chat.asked[0][0]["content"] == "Be quick on 2024-05-10, 1080 x 2400."
    assert "Do it." in str(chat.asked[0][1]["content"])


def test_the_cloud_has_a_prompt_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "prompt.md"
    path.write_text("I am the cloud.")
    settings = config(policy="always_cloud", cloud_dialect="som", cloud_system_prompt_file=str(path))
    chat = ScriptedChat(['finish("ok")'])
    with agent_for(settings, 1, lambda _: chat) as agent:
        agent.start(TASK, "Do it.", DEVICE)
        agent.decide(SEEN)
    assert chat.asked[0][0]["content"] == "I am the cloud."
    assert prompts_digest(settings) != prompts_digest(config(policy="always_cloud", cloud_dialect="som"))
    with pytest.raises(ConfigError, match=r"agent\.cloud_system_prompt_file"):
        check_agent(config(policy="device_cloud", cloud_system_prompt_file="nowhere.md"))


@pytest.mark.parametrize("name", DIALECTS)
def test_prompts_name_every_placeholder_they_use(name: str) -> None:
    for language in ("en", "zh"):
        text = make_dialect(name).system_prompt(language)  # type: ignore[arg-type]
        for known in ("{date}", "{width}", "{height}"):
            text = text.replace(known, "")
        assert "{functions}" not in text
        assert "{actions}" not in text
        assert len(text) > 200
