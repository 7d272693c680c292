"""Measure how fast models answer an agent: python vllm_script/bench_speed.py --help."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # started as a file

from evaluation.report.speed import publish
from phonebench.speed.cli import main

if __name__ == "__main__":
    sys.exit(main(publish))
