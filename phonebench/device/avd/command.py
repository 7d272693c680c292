"""The emulator's command line, as `emulator -help` and Android's documentation tell it."""

from __future__ import annotations

from pathlib import Path

from phonebench.config import PhoneConfig

CLEAN: str = "phonebench_clean"
"""The snapshot that every episode begins with."""


def emulator_command(
    program: Path, avd: str, port: int, config: PhoneConfig, *, read_only: bool = False, snapshot: str | None = None
) -> list[str]:
    """Program and arguments for one instance. `port` is the console's; adb's is the one above.

    Nothing is saved at exit: whatever an episode did is gone with the instance or with the next snapshot load.
    """
    command = [str(program), "-avd", avd, "-port", str(port), "-no-snapshot-save", "-no-boot-anim", "-no-audio"]
    command += ["-gpu", config.gpu, "-camera-back", "none", "-camera-front", "none"]
    if snapshot is None:
        command.append("-no-snapshot-load")
    else:
        command += ["-snapshot", snapshot]
    if config.headless:
        command.append("-no-window")
    if read_only:
        command.append("-read-only")
    if config.memory_mb is not None:
        command += ["-memory", str(config.memory_mb)]
    if config.cores is not None:
        command += ["-cores", str(config.cores)]
    return [*command, *config.emulator_args]
