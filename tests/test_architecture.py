"""The plan of the house holds: import contracts, thin scripts, locks without addresses, a README that is true."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def test_import_contracts_hold():
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"Contracts: [1-9]\d* kept, 0 broken", done.stdout)


@pytest.mark.parametrize("script", ["eval.py", "generate_result.py"])
def test_scripts_at_the_top_are_thin(script: str):
    lines = [line for line in (ROOT / script).read_text().splitlines() if line.strip()]
    assert len(lines) <= 15


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_locks_have_hashes_and_no_addresses(lock: str):
    text = (ROOT / lock).read_text()
    assert not re.search(r"https?://|--(extra-)?index-url|--find-links", text)
    pins = re.findall(r"^[a-z0-9][\w.-]*==\S+.*?(?=^[a-z0-9]|\Z)", text, re.M | re.S)
    assert len(pins) > 30
    assert all("--hash=sha256:" in pin for pin in pins)


def test_readme_names_what_exists():
    text = (ROOT / "README.md").read_text()
    for path in re.findall(r"\]\(([\w./-]+)\)", text) + re.findall(r"`([\w/]+\.(?:py|yaml|md))`", text):
        assert (ROOT / path).exists() or path == "my_model.yaml", path
    for target in re.findall(r"\bmake ([a-z-]+)", text):
        assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(), re.M), target


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("simphone.phone.phone", "pandas matplotlib openpyxl openai numpy pydantic"),
        ("phonebench.cli", "pandas matplotlib openpyxl openai numpy"),
        ("evaluation.cli", "pandas matplotlib openpyxl openai numpy"),
    ],
)
def test_heavy_packages_are_imported_where_needed(module: str, heavy: str):
    """--help and the phone's start stay instant."""
    code = f"import sys, {module}; print([m for m in {heavy.split()} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.strip() == "[]"
