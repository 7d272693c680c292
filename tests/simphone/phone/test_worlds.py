"""Worlds that build on others."""

import json

import pytest

from simphone.phone import world
from simphone.phone.phone import Phone


def test_a_world_may_extend_another():
    base, later = Phone("androidlab", apps=[]), Phone("openphone", apps=[])
    assert later.now().isoformat() == "2025-08-18T10:00:00"
    assert later.state["world"] == "openphone"
    assert "extends" not in later.state
    for shared in ("device", "packages", "location"):
        assert later.state[shared] == base.state[shared]
    assert later.setting("system", "time_12_24") == base.setting("system", "time_12_24") == "12"


def test_the_second_world_stands_still_until_something_happens():
    phone = Phone("openphone")
    before = phone.json_state()
    phone.advance(60_000)
    after = phone.json_state()
    for part in ("apps", "settings", "files", "notifications"):
        assert after[part] == before[part]


def test_worlds_that_extend_each_other_are_named(monkeypatch, tmp_path):
    for name, base in (("here", "there"), ("there", "here")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "phone.json").write_text(json.dumps({"extends": base}))
    monkeypatch.setattr(world, "WORLDS", tmp_path)
    with pytest.raises(ValueError, match="here -> there -> here"):
        world.load("here", {})
