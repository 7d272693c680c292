"""Judges recorded runs and writes a spreadsheet: python generate_result.py --help."""

import sys

from evaluation.cli import main

if __name__ == "__main__":
    sys.exit(main())
