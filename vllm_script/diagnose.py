"""What usually goes wrong when a model is to be served, in plain words."""

from __future__ import annotations

import re
import shutil
import socket
from dataclasses import dataclass
from pathlib import Path

from vllm_script.presets import Preset


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One known failure: what it is and the next step."""

    what: str
    next_step: str

    def __str__(self) -> str:
        return f"{self.what}\n    next: {self.next_step}"


# (pattern in vLLM's log, what it means, next step); the first that matches wins, so the specific ones come first
_KNOWN: tuple[tuple[str, str, str], ...] = (
    (
        r"Free memory on device .*?\((?P<free>[\d.]+)/[\d.]+ GiB\)"
        r".*?(?:desired GPU memory utilization|engine's budget).*?, (?P<want>[\d.]+) GiB",
        "not enough free GPU memory: {free} GiB are free, {want} GiB are asked for",
        "close what else runs on the GPU (nvidia-smi shows it), or --set gpu_memory=0.7 --set max_model_len=8192",
    ),
    (
        r"(CUDA out of memory|OutOfMemoryError|No available memory for the cache blocks)",
        "the model does not fit into the GPU's memory",
        "--set max_model_len=8192 --set gpu_memory=0.95, more GPUs with --set tensor_parallel=2, or a smaller preset",
    ),
    (
        r"(max seq(uence)? len|max_model_len).*?(larger than|exceeds).*?(KV cache|maximum number of tokens)",
        "the context does not fit into the memory left beside the weights",
        "--set max_model_len=8192",
    ),
    (
        r"(FlashAttention.*?(only supports|not supported|requires)|compute capability .*?(bfloat16|at least))",
        "this GPU is too old for FlashAttention or bfloat16",
        "--set dtype=half --set max_model_len=8192; if it stays: --set flags.attention-backend=TRITON_ATTN "
        "(vLLM before 0.11: --set env.VLLM_ATTENTION_BACKEND=XFORMERS)",
    ),
    (r"(Address already in use|Errno 98)", "the port is in use", "stop the other server, or --set port=PORT"),
    (
        r"(chat template.*?(not|must)|As of transformers v4\.44, default chat template)",
        "the model's folder has no chat template",
        "--set flags.chat-template=/path/to/chat_template.jinja",
    ),
    (
        r"(is not a local folder and is not a valid model identifier|"
        r"Repo(sitory)? ?(Not ?Found|id must be)|HFValidationError)",
        "the model was not found: neither a folder here nor a known hub id",
        "--set model=/path/to/the/weights",
    ),
    (
        r"(MaxRetryError|couldn't connect to|LocalEntryNotFoundError|Name or service not known)",
        "the weights are not on this machine and the model hub cannot be reached",
        "download them where there is a network, then --set model=/path/to/the/weights",
    ),
    (
        r"(Failed to infer device type|No CUDA GPUs are available|libcuda\.so\.1)",
        "no GPU that vLLM can use was found",
        "check nvidia-smi and the driver; on a CPU use the CPU build (docs/serving.md)",
    ),
    (
        r"(unrecognized arguments|invalid choice|no such option)",
        "this vLLM does not know one of the flags",
        "update vLLM, or take the flag out: --set flags.NAME=false",
    ),
)


def before_start(preset: Preset) -> Diagnosis | None:
    """What can be seen without starting anything."""
    if shutil.which(preset.vllm) is None:
        return Diagnosis(
            f"vLLM is not installed ({preset.vllm!r} was not found)",
            "pip install vllm (in its own environment), then --set vllm=/path/to/bin/vllm",
        )
    if _is_path(preset.model) and not Path(preset.model).expanduser().is_dir():
        return Diagnosis(f"the model path {preset.model} does not exist", "--set model=/path/to/the/weights")
    if port_in_use(preset.host, preset.port):
        return Diagnosis(f"port {preset.port} is in use", "stop the other server, or --set port=PORT")
    return None


def from_log(text: str) -> Diagnosis:
    """The known failure that a log tells of, or its last error lines."""
    for pattern, what, next_step in _KNOWN:
        if found := re.search(pattern, text, re.IGNORECASE | re.DOTALL):
            return Diagnosis(what.format(**found.groupdict()), next_step)
    errors = [line.strip() for line in text.splitlines() if re.search(r"error|exception", line, re.IGNORECASE)]
    lines = errors[-3:] or [line.strip() for line in text.splitlines() if line.strip()][-3:]
    return Diagnosis("the server ended: " + (" / ".join(lines)[:600] or "its log is empty"), "read the log file")


def port_in_use(host: str, port: int) -> bool:
    """True when something listens there."""
    target = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((target, port)) == 0


def _is_path(model: str) -> bool:
    return model.startswith(("/", "./", "../", "~"))
