"""The docker command line: containers that hold an emulator, found again by their label."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from phonebench.config.phone import DockerConfig
from phonebench.device.avd.process import alive, identity
from phonebench.device.check import Check
from phonebench.schema.errors import BenchError, DeviceError, MissingTool

LABEL: Final = "phonebench.owner"
"""Value: host name, process number and its start time, between bars."""
_CALL_S: Final = 60.0
_RUN_S: Final = 600.0


def docker(*arguments: str, timeout_s: float = _CALL_S) -> str:
    """Output of a docker command. Raises MissingTool without docker, DeviceError when the command fails."""
    program = shutil.which("docker")
    if program is None:
        raise MissingTool(
            "there is no docker", where="phone.docker", next_step="Install Docker Engine, or run an AVD without it."
        )
    try:
        done = subprocess.run(  # noqa: S603 - arguments of their own, no shell
            [program, *arguments],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            timeout=timeout_s,
        )
    except OSError as error:
        raise MissingTool("docker cannot be run", why=str(error)) from error
    except subprocess.TimeoutExpired as error:
        raise DeviceError(f"docker {arguments[0]} took more than {timeout_s:.0f} s") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-600:]
        raise DeviceError(f"docker {arguments[0]} failed", why=said, next_step=_advice(said))
    return done.stdout.strip()


def _advice(said: str) -> str:
    if "permission denied" in said.lower():
        return "Let yourself use docker, then log in anew: sudo usermod -aG docker $USER"
    if "Cannot connect to the Docker daemon" in said:
        return "Start it: sudo systemctl start docker"
    if "No such image" in said or "Unable to find image" in said or "pull access denied" in said:
        return "Build or load the image first (docs/avd.md); docker images lists those that are there."
    if "/dev/kvm" in said:
        return "This machine has no /dev/kvm: switch virtualisation on, or use phone.kind: sim."
    return ""


def run_container(config: DockerConfig, name: str, host_port: int, port: int) -> str:
    """Start a container in the background with one of its ports mapped to 127.0.0.1; its id."""
    owner = "|".join((platform.node(), str(os.getpid()), identity(os.getpid()) or ""))
    words = ["--detach", "--name", name, "--label", f"{LABEL}={owner}", "--publish", f"127.0.0.1:{host_port}:{port}"]
    return docker("run", *words, *config.args, config.image, timeout_s=_RUN_S).splitlines()[-1]


def reap_containers() -> list[str]:
    """Remove containers whose run is gone, of this machine only; their ids. Raises DeviceError, MissingTool."""
    listed = docker("ps", "--all", "--filter", f"label={LABEL}", "--format", f'{{{{.ID}}}} {{{{.Label "{LABEL}"}}}}')
    gone = []
    for line in listed.splitlines():
        container, _, owner = line.partition(" ")
        host, pid, since = [*owner.split("|"), "", "", ""][:3]
        if host == platform.node() and pid.isdigit() and not alive(int(pid), since):
            docker("rm", "--force", "--volumes", container)
            gone.append(container)
    return gone


def docker_checks(config: DockerConfig) -> Iterator[Check]:
    """docker, its daemon, the image, acceleration."""
    try:
        yield Check("docker", True, f"server {docker('version', '--format', '{{.Server.Version}}')}")
        reaped = reap_containers()
        yield Check("leftovers", True, f"removed what killed runs left: {', '.join(reaped)}" if reaped else "none")
        docker("image", "inspect", "--format", "{{.Id}}", config.image)
        yield Check("image", True, config.image)
    except BenchError as error:
        yield Check("docker", False, " ".join(filter(None, (error.what + ":", error.why))), error.next_step)
        return
    if "/dev/kvm" in config.args and not Path("/dev/kvm").exists():
        yield Check("acceleration", False, "no /dev/kvm", _advice("/dev/kvm"))
