"""Start and stop everything: one vLLM per preset, then the gateway. Used by start_all.sh and stop_all.sh.

    python -m vllm_script.stack start openphone-3b autoglm-phone-9b
    python -m vllm_script.stack stop

Logs and pid files live under logs/serving. A pid file holds the process' start time too, so that only what was started
here is stopped, even when the system has given the number to another process since.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import yaml

from vllm_script.diagnose import Diagnosis, before_start, from_log, port_in_use
from vllm_script.presets import Preset, PresetError, load_preset
from vllm_script.wait_ready import NotReadyError, Wanted, wait_ready

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "logs" / "serving"
DEFAULT_PRESETS = ("openphone-3b", "autoglm-phone-9b")


class StackError(Exception):
    """Something did not come up; the message is a diagnosis."""


@dataclass(frozen=True, slots=True)
class Service:
    """One process of the stack."""

    name: str
    folder: Path

    @property
    def log(self) -> Path:
        """Output of the process."""
        return self.folder / f"{self.name}.log"

    @property
    def pid_file(self) -> Path:
        """{"pid", "born"}: number and start time of the process."""
        return self.folder / f"{self.name}.pid"

    def start(self, words: Sequence[str]) -> None:
        """Starts the process in a session of its own, so that it outlives this one and can be stopped as a group."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self.log.open("wb") as log:
            process = subprocess.Popen(
                words, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        self.pid_file.write_text(json.dumps({"pid": process.pid, "born": birth(process.pid)}))

    def pid(self) -> int | None:
        """Number of the running process that was started here, or None."""
        with contextlib.suppress(OSError, ValueError, KeyError):
            record = json.loads(self.pid_file.read_text())
            if record["born"] is not None and birth(record["pid"]) == record["born"]:
                return int(record["pid"])
        return None

    def running(self) -> bool:
        """True while the process lives."""
        return self.pid() is not None

    def stop(self, patience_s: float = 30.0) -> bool:
        """Ends the process and its children, by force after `patience_s`. False when it was not running.

        vLLM's engine and workers are children that outlive a parent that died badly, hence the group.
        """
        pid = self.pid()
        if pid is not None:
            for number, wait in ((signal.SIGTERM, patience_s), (signal.SIGKILL, 10.0)):
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(pid, number)
                if _wait_until_gone(pid, wait):
                    break
        self.pid_file.unlink(missing_ok=True)
        return pid is not None

    def trouble(self) -> Diagnosis:
        """What the log tells."""
        with contextlib.suppress(OSError):
            return from_log(self.log.read_text("utf-8", "replace")[-200_000:])
        return Diagnosis("the server ended and left no log", f"look into {self.folder}")


def birth(pid: int) -> str | None:
    """Start time of a process as ps(1) writes it; None when there is none, or only a zombie."""
    result = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(pid)], capture_output=True, text=True, timeout=10, check=False
    )
    state, _, started = result.stdout.strip().partition(" ")
    return None if not started or state.startswith("Z") else started.strip()


def group(leader: int) -> list[int]:
    """Numbers of the processes in a process group; zombies do not count."""
    result = subprocess.run(
        ["ps", "-A", "-o", "pgid=,pid=,stat="], capture_output=True, text=True, timeout=10, check=False
    )
    rows = (line.split() for line in result.stdout.splitlines())
    return [int(pid) for pgid, pid, state in rows if int(pgid) == leader and not state.startswith("Z")]


def _wait_until_gone(leader: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not group(leader):
            return True
        time.sleep(0.1)
    return False


def start(presets: Sequence[Preset], folder: Path, port: int, timeout_s: float) -> list[str]:
    """Starts every preset and the gateway; returns one line each. Raises StackError, after stopping what it started.

    One after the other: two servers that size up the same GPU at the same time count each other's memory as theirs.
    """
    for preset in presets:
        if trouble := before_start(preset):
            raise StackError(f"{preset.name}: {trouble}")
    if port_in_use("127.0.0.1", port):
        raise StackError(str(Diagnosis(f"port {port} of the gateway is in use", "--gateway-port PORT")))
    started: list[Service] = []
    lines: list[str] = []
    try:
        for preset in presets:
            service = Service(preset.name, folder)
            service.start([sys.executable, str(ROOT / "vllm_script" / "serve.py"), preset.name, *_changes(preset)])
            started.append(service)
            lines.append(_wait(preset, service, timeout_s))
        gateway = Service("gateway", folder)
        started.append(gateway)
        lines.append(_start_gateway(gateway, presets, port))
    except BaseException:
        for service in reversed(started):
            service.stop()
        raise
    return lines


def _changes(preset: Preset) -> list[str]:
    fields = preset.model_dump(exclude={"name"})
    return [word for key, value in fields.items() for word in ("--set", f"{key}={json.dumps(value)}")]


def _wait(preset: Preset, service: Service, timeout_s: float) -> str:
    wanted = Wanted(preset.base_url, preset.served_name, preset.max_model_len, image=preset.images > 0)
    try:
        return wait_ready(wanted, timeout_s, alive=service.running)
    except NotReadyError as error:
        reason = str(error) if service.running() else str(service.trouble())
        raise StackError(f"{preset.name}: {reason}\n    log: {service.log}") from error


def _start_gateway(service: Service, presets: Sequence[Preset], port: int) -> str:
    settings = {
        "host": "127.0.0.1",
        "port": port,
        "backends": [{"url": preset.base_url, "models": [preset.served_name]} for preset in presets],
    }
    path = service.folder / "gateway.yaml"
    path.write_text(yaml.safe_dump(settings), "utf-8")
    service.start([sys.executable, "-m", "vllm_script.gateway", "-c", str(path)])
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and service.running():
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/health", timeout=2, trust_env=False).status_code == 200:
                return f"ready: gateway at http://127.0.0.1:{port}/v1"
        time.sleep(0.1)
    raise StackError(f"gateway: {service.trouble()}\n    log: {service.log}")


def stop(folder: Path) -> list[str]:
    """Stops what was started from this folder, the gateway first; returns one line each."""
    services = [Service(path.stem, folder) for path in sorted(folder.glob("*.pid"))]
    services.sort(key=lambda service: service.name != "gateway")
    return [f"{'stopped' if service.stop() else 'was not running'}: {service.name}" for service in services]


def main(argv: list[str] | None = None) -> int:
    """The command line. Exit code 1 when something did not come up, 2 for wrong options."""
    parser = argparse.ArgumentParser(prog="vllm_script.stack", description="Start and stop vLLM and the gateway.")
    parser.add_argument("what", choices=("start", "stop"))
    parser.add_argument("presets", nargs="*", help=f"default: {' '.join(DEFAULT_PRESETS)}")
    parser.add_argument(
        "--set",
        dest="changes",
        action="append",
        default=[],
        metavar="[PRESET:]KEY=VALUE",
        help="change a key of all presets, or of one",
    )
    parser.add_argument("--gateway-port", type=int, default=8000)
    parser.add_argument("--timeout", type=float, default=600, help="seconds to wait for each model (default 600)")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="logs and pid files (default logs/serving)")
    args = parser.parse_args(argv)
    if args.what == "stop":
        print("\n".join(stop(args.folder)) or "nothing was started here")
        return 0
    try:
        names = args.presets or DEFAULT_PRESETS
        presets = [load_preset(name, _changes_for(name, args.changes)) for name in names]
        print("\n".join(start(presets, args.folder, args.gateway_port, args.timeout)))
    except PresetError as error:
        print(error, file=sys.stderr)
        return 2
    except StackError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _changes_for(name: str, changes: Sequence[str]) -> list[str]:
    """`openphone-3b:port=9000` goes to that preset, `port=9000` to all."""
    chosen = []
    for change in changes:
        key, _, value = change.partition("=")
        preset, colon, rest = key.partition(":")
        if not colon:
            chosen.append(change)
        elif preset == name:
            chosen.append(f"{rest}={value}")
    return chosen


if __name__ == "__main__":
    sys.exit(main())
