"""Finds the Android SDK and the programs in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from phonebench.config import PhoneConfig
from phonebench.schema.errors import ConfigError, DeviceError, MissingTool

Tool = Literal["emulator", "adb", "avdmanager", "sdkmanager"]

_FOLDERS: Final[dict[Tool, tuple[str, ...]]] = {
    "emulator": ("emulator",),
    "adb": ("platform-tools",),
    "avdmanager": ("cmdline-tools/latest/bin", "cmdline-tools/*/bin", "tools/bin"),
    "sdkmanager": ("cmdline-tools/latest/bin", "cmdline-tools/*/bin", "tools/bin"),
}
_SUFFIXES: Final = (".exe", ".bat", "") if sys.platform == "win32" else ("",)
_PACKAGE: Final[dict[Tool, str]] = {"emulator": "emulator", "adb": "platform-tools"}
_CALL_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Sdk:
    """An Android SDK folder. `found_by` says what named it, for messages."""

    root: Path
    found_by: str

    def find(self, tool: Tool) -> Path | None:
        """A program of the SDK; None when that package is not installed."""
        for folder in _FOLDERS[tool]:
            # Newest last by name, as sdkmanager lays versions side by side.
            for place in sorted(self.root.glob(folder), reverse=True):
                for suffix in _SUFFIXES:
                    program = place / f"{tool}{suffix}"
                    if program.is_file():
                        return program
        return None

    def tool(self, tool: Tool) -> Path:
        """The same, or MissingTool with what to install."""
        if found := self.find(tool):
            return found
        package = _PACKAGE.get(tool)
        how = f'sdkmanager "{package}"' if package else "Install the SDK's command-line tools."
        raise MissingTool(
            f"there is no {tool} in the Android SDK at {self.root} ({self.found_by})",
            where="phone.sdk_path",
            next_step=f"{how} - docs/avd.md shows every step.",
        )

    def run(self, tool: Tool, *arguments: str, timeout_s: float = _CALL_S) -> subprocess.CompletedProcess[str]:
        """Output of a program of the SDK. Raises MissingTool when it cannot be run, DeviceError when it hangs."""
        program = self.tool(tool)
        try:
            return subprocess.run(  # noqa: S603 - a program that the user installed, our own arguments
                [str(program), *arguments],
                capture_output=True,
                stdin=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                timeout=timeout_s,
            )
        except OSError as error:
            raise MissingTool(f"{program} cannot be run", why=str(error)) from error
        except subprocess.TimeoutExpired as error:
            raise DeviceError(f"{tool} {' '.join(arguments)} took more than {timeout_s:.0f} s") from error


def find_sdk(sdk_path: str | None = None, env: Mapping[str, str] = os.environ) -> Sdk:
    """The SDK: phone.sdk_path, ANDROID_HOME, ANDROID_SDK_ROOT, the usual places, the one whose emulator is on PATH.

    phone.sdk_path must be one; of the others the first with an emulator is taken. Raises ConfigError, MissingTool.
    """
    if sdk_path is not None:
        root = Path(sdk_path).expanduser()
        if not _is_sdk(root):
            raise ConfigError(
                f"there is no Android SDK at {root}",
                where="phone.sdk_path",
                why="An SDK folder holds the folders emulator and platform-tools.",
                next_step="Name the folder that Android Studio shows under Settings, Android SDK.",
            )
        return Sdk(root, "phone.sdk_path")
    places = [Sdk(root, found_by) for root, found_by in _candidates(env)]
    found = [sdk for sdk in places if _is_sdk(sdk.root)]
    if found:
        # Debian's adb leaves a folder that looks like an SDK; one with an emulator goes before it.
        return next((sdk for sdk in found if sdk.find("emulator")), found[0])
    looked = ", ".join(f"{sdk.root} ({sdk.found_by})" for sdk in places)
    raise MissingTool(
        "there is no Android SDK",
        where="phone.sdk_path",
        why=f"Looked at: {looked}.",
        next_step="Install it (docs/avd.md), or name it: phone.sdk_path or ANDROID_HOME. Without one: phone.kind: sim.",
    )


def adb_path(config: PhoneConfig, sdk: Sdk) -> str | None:
    """The adb that the config names, else the SDK's; None when there is neither.

    A server of another version than the user's own adb would be killed by the next command that the user types.
    """
    own = sdk.find("adb")
    return config.adb_path or (str(own) if own else None)


def _candidates(env: Mapping[str, str]) -> Iterator[tuple[Path, str]]:
    for name in ("ANDROID_HOME", "ANDROID_SDK_ROOT"):
        if env.get(name):
            yield Path(env[name]).expanduser(), name
    home = Path.home()
    for place in (
        home / "Android" / "Sdk",
        home / "Library" / "Android" / "sdk",
        Path(env["LOCALAPPDATA"]) / "Android" / "Sdk" if env.get("LOCALAPPDATA") else None,
        Path("/opt/android-sdk"),
        Path("/usr/lib/android-sdk"),
        Path("/usr/local/share/android-commandlinetools"),
        Path("/opt/homebrew/share/android-commandlinetools"),
    ):
        if place is not None:
            yield place, "a usual place"
    if program := shutil.which("emulator", path=env.get("PATH")):
        yield Path(program).resolve().parent.parent, "emulator on PATH"


def _is_sdk(root: Path) -> bool:
    return any((root / folder).is_dir() for folder in ("emulator", "platform-tools", "cmdline-tools"))
