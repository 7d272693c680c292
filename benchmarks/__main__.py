"""python -m benchmarks [NAME ...]: runs the named benchmarks (all by default) and writes output/benchmarks/*.json."""

from __future__ import annotations

import argparse
import importlib
import sys

BENCHMARKS = ("phone", "phone_adb", "step_overhead", "memory_growth", "gateway", "reports")


def main() -> int:
    """Runs benchmarks one after the other, so that none disturbs another."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Ratios and medians of one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"default: all of {', '.join(BENCHMARKS)}")
    args = parser.parse_args()
    for name in args.names or BENCHMARKS:
        print(f"== {name}", flush=True)
        path = importlib.import_module(f"benchmarks.{name}").main()
        print(f"-> {path}\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
