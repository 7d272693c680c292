"""Shapes without weights: as many parameters as the models have, as transformers builds them. Needs vLLM's packages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.vllm_cpu.conftest import ROOT
from vllm_script.presets import load_preset, preset_names

pytestmark = [pytest.mark.vllm, pytest.mark.timeout(300)]
COUNT = """
import json, sys, torch
from transformers import AutoConfig, AutoModelForImageTextToText, AutoTokenizer
found = {}
for folder in sys.argv[1:]:
    config = AutoConfig.from_pretrained(folder)
    with torch.device("meta"):
        model = AutoModelForImageTextToText.from_config(config)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    words = 'do(action="Tap", element=[500,250]) 设置'
    found[folder.rpartition("/")[2]] = {
        "parameters": sum(p.numel() for p in model.parameters()),
        "vocabulary": len(tokenizer) == config.text_config.vocab_size,
        "text": tokenizer.decode(tokenizer(words)["input_ids"]) == words,
    }
print(json.dumps(found))
"""


def test_parameters_vocabulary_and_tokenizer_of_every_shape(vllm_program: Path, tmp_path: Path):
    python = str(vllm_program.with_name("python"))
    for name in preset_names():
        subprocess.run([python, "vllm_script/shapes.py", name, str(tmp_path / name)], cwd=ROOT, check=True, timeout=60)
    folders = [str(tmp_path / name) for name in preset_names()]
    done = subprocess.run([python, "-c", COUNT, *folders], capture_output=True, text=True, timeout=240, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    for name in preset_names():
        assert found[name]["parameters"] == pytest.approx(load_preset(name).parameters_b * 1e9, rel=0.005), name
        assert found[name]["vocabulary"], name
        assert found[name]["text"], name
