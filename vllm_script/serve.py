"""Serve one preset: prints the plain `vllm serve` command and becomes it.

python vllm_script/serve.py openphone-3b --set model=/models/OpenPhone-3B
python vllm_script/serve.py autoglm-phone-9b --dry-run
"""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from pathlib import Path
from typing import NoReturn

if __package__ in {None, ""}:  # started as a file
    sys.path.insert(0, str(Path(__file__).parents[1]))

from vllm_script.diagnose import before_start
from vllm_script.presets import Preset, PresetError, load_preset, preset_names


def main(argv: list[str] | None = None) -> int:
    """Does not return when the server starts: the process becomes it. Exit code 2 when it cannot."""
    parser = argparse.ArgumentParser(prog="serve.py", description="Serve a model with vLLM.")
    parser.add_argument("preset", nargs="?", help="one of: " + ", ".join(preset_names()))
    parser.add_argument(
        "--set", dest="changes", action="append", default=[], metavar="KEY=VALUE", help="change a key of the preset"
    )
    parser.add_argument("--dry-run", action="store_true", help="print the command only")
    args = parser.parse_args(argv)
    if args.preset is None:
        for name in preset_names():
            preset = load_preset(name)
            print(
                f"{name:<22}port {preset.port}  context {preset.max_model_len:>6}  weights {preset.weights_gib:.0f} GiB"
            )
        return 0
    try:
        preset = load_preset(args.preset, args.changes)
    except PresetError as error:
        print(error, file=sys.stderr)
        return 2
    environment = "".join(f"{name}={shlex.quote(value)} " for name, value in preset.env.items())
    print(environment + shlex.join(preset.command()), flush=True)
    if args.dry_run:
        return 0
    if trouble := before_start(preset):
        print(trouble, file=sys.stderr)
        return 2
    return become(preset)


def become(preset: Preset) -> NoReturn:
    """Replaces this process by the server, so that its pid and signals are the server's."""
    words = preset.command()
    os.execvpe(words[0], words, {**os.environ, **preset.env})  # noqa: S606 - no shell, words from the preset


if __name__ == "__main__":
    sys.exit(main())
