"""Configs: composition, and one readable line for each thing that can be wrong."""

from __future__ import annotations

import contextlib
import textwrap
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from phonebench.config import RunConfig, config_digest, load_config
from phonebench.config.describe import print_config, schema_lines
from phonebench.config.paths import REPO_ROOT
from phonebench.config.yaml_file import parse_yaml
from phonebench.schema.errors import ConfigError

MODEL = "{base_url: 'http://127.0.0.1:8000/v1', name: m}"


def write(folder: Path, text: str, name: str = "x.yaml") -> Path:
    path = folder / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


ERRORS = [
    ("limits:\n  max_step: 3\n", "x.yaml:2: unknown key 'max_step' in limits", "did you mean 'max_steps'?"),
    ("phnoe: {kind: sim}\n", "x.yaml:1: unknown key 'phnoe'", "did you mean 'phone'?"),
    ("seed: 1\nphone:\n  count: two\n", "x.yaml:3: phone.count", "valid integer"),
    ("phone: {count: 0}\n", "x.yaml:1: phone.count", "greater than or equal to 1"),
    ("phone: {count: true}\n", "x.yaml:1: phone.count", "valid integer"),
    ("agent: humann\n", "x.yaml:1: agent", "did you mean 'human'?"),
    ("safety: {allowed_apps: [Settings]}\n", "x.yaml:1: safety.allowed_apps[0]", "'Settings' is no package"),
    ("phone: {kind: simm}\n", "x.yaml:1: phone.kind", "did you mean 'sim'?"),
    ("prompt: {language: fr}\n", "x.yaml:1: prompt.language", "'en' or 'zh'"),
    ("agent: {policy: single}\n", "agent.model is 'device', but models holds nothing", ""),
    (f"models:\n  device: {MODEL}\n  cloud: {{name: m}}\n", "x.yaml:3: models.cloud", "base_url, scripted and replay"),
    ("models: {d: {base_url: 'http://a/v1'}}\n", "x.yaml:1: models.d", "needs the model's name"),
    ("models: {d: {base_url: 'ftp://a', name: m}}\n", "x.yaml:1: models.d.base_url", "http://"),
    ("models: {d: {base_url: 'http://u:pw@a/v1', name: m}}\n", "models.d.base_url", "no user name"),
    ("models:\n  d:\n    api_key: sk-1\n", "x.yaml:3: unknown key 'api_key' in models.d", "api_key_env"),
    ("models: {d: {base_url: 'http://a/v1', name: m, api_key_env: sk-abc}}\n", "api_key_env", "not the key itself"),
    ("agent: {policy: plugin}\n", "x.yaml:1: agent", "go together"),
    ("a: [1\n", "x.yaml:2: malformed YAML", ""),
    ("a: 1\na: 2\n", "x.yaml:2: key 'a' stands twice", ""),
    ("a: &x 1\n<<: *x\n", "x.yaml:2: merge keys", ""),
    ("a: *nowhere\n", "x.yaml:1: alias *nowhere", ""),
    ("a: !!python/object/apply:os.system ['true']\n", "x.yaml:1", ""),
    ("--- 1\n--- 2\n", "more than one document", ""),
    ("- 1\n", "a config is a mapping", ""),
    ("? [a]\n: 1\n", "a key must be plain text", ""),
    ("extends: nowhere.yaml\n", "x.yaml:1: extends nowhere.yaml: no such file", ""),
    ("extends: x.yaml\n", "x.yaml:1: extends x.yaml goes round in a circle", ""),
    ("extends: 5\n", "x.yaml:1: extends must be", ""),
]


@pytest.mark.parametrize(("text", "said", "hint"), ERRORS)
def test_every_error_names_place_and_cure(tmp_path: Path, text: str, said: str, hint: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_config(write(tmp_path, text))
    assert said in str(raised.value)
    assert hint in str(raised.value)
    assert "sk-" not in str(raised.value)
    assert "pw" not in str(raised.value)


def test_several_errors_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as raised:
        load_config(write(tmp_path, "limits: {max_step: 1}\nseed: x\nfoo: 1\n"))
    message = str(raised.value)
    assert all(part in message for part in ("max_step", "seed: Input", "x.yaml:3: unknown key 'foo'", "--schema"))


def test_extends_and_set(tmp_path: Path) -> None:
    write(tmp_path, f"models: {{device: {MODEL}}}\nlimits: {{max_steps: 5, step_timeout_s: 9}}\nseed: 1\n", "base.yaml")
    path = write(tmp_path, "extends: base.yaml\nagent: {policy: single}\nlimits:\n  max_steps: 7\n")
    loaded = load_config(path, ["models.device.temperature=0.5", "suite.apps=[clock, zoom]"])
    config = loaded.config
    assert (config.seed, config.limits.max_steps, config.limits.step_timeout_s) == (1, 7, 9.0)
    assert (config.models["device"].name, config.models["device"].temperature) == ("m", 0.5)
    assert config.suite.apps == ("clock", "zoom")
    assert loaded.place("limits.max_steps").endswith("x.yaml:4")
    assert loaded.place("limits.step_timeout_s").endswith("base.yaml:2")
    assert loaded.place("suite.apps") == "--set suite.apps=[clock, zoom]"


@pytest.mark.parametrize("override", ["nonsense", "=1", "a..b=1", "limits.max_steps=[1", "limits.max_steps=x"])
def test_bad_overrides(tmp_path: Path, override: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load_config(write(tmp_path, ""), [override])
    assert str(raised.value).startswith(f"--set {override}")


def test_missing_file_names_its_neighbours(tmp_path: Path) -> None:
    write(tmp_path, "", "other.yaml")
    with pytest.raises(ConfigError, match=r"other\.yaml"):
        load_config(tmp_path / "absent.yaml")


def test_yaml_surprises_stay_text() -> None:
    text = "{a: On, b: no, c: 3:00, d: 2024-05-10, e: 0987654321, f: 12, g: 1.5, h: true, i: ~, j: '12', k: 0x10}"
    assert parse_yaml(text, "x").data == {
        "a": "On", "b": "no", "c": "3:00", "d": "2024-05-10", "e": "0987654321", "f": 12, "g": 1.5, "h": True,
        "i": None, "j": "12", "k": "0x10",
    }  # fmt: skip


def test_a_yaml_bomb_costs_nothing() -> None:
    layers = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    layers += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    with pytest.raises(ConfigError, match="aliases blow the file up"):
        parse_yaml("\n".join(layers), "x")
    with pytest.raises(ConfigError):
        parse_yaml("[" * 100_000, "x")


@given(st.text(max_size=200))
def test_any_text_is_data_or_a_config_error(text: str) -> None:
    with contextlib.suppress(ConfigError):
        parse_yaml(text, "x")


Plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("abcdefghi xyz", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(Plain)
def test_what_a_yaml_writer_writes_is_read_back(data: object) -> None:
    assert parse_yaml(yaml.safe_dump(data), "x").data == data


def test_print_config_can_be_run_again(tmp_path: Path) -> None:
    for path in sorted((REPO_ROOT / "configs").glob("*.yaml")):
        config = load_config(path).config
        again = load_config(write(tmp_path, print_config(config))).config
        assert again == config
        assert config_digest(again) == config_digest(config)


def test_digest_changes_with_what_matters_only(tmp_path: Path) -> None:
    path = write(tmp_path, "")
    plain = config_digest(load_config(path).config)
    same = ["name=x", "logs_dir=y", "phone.count=4", "judge.kind=state", "retries=9", "suite.apps=[clock]"]
    other = ["seed=3", "phone.world=x", "limits.max_steps=9", "prompt.name_app=false", "attempts=2"]
    assert all(config_digest(load_config(path, [override]).config) == plain for override in same)
    assert all(config_digest(load_config(path, [override]).config) != plain for override in other)


def test_schema_lists_every_key_with_its_meaning() -> None:
    lines = list(schema_lines())
    keys = {key for key, *_ in lines}
    assert {"limits.max_steps", "models.<name>.base_url", "phone.count", "agent.image.format", "seed"} <= keys
    assert all(name in {key.split(".")[0] for key in keys} for name in RunConfig.model_fields)
    assert all(meaning for key, _, _, meaning in lines if not key.startswith("prices."))
