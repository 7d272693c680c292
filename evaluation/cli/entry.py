"""The process boundary of generate_result.py: from a command line to an exit code."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Sequence

from evaluation.cli.options import parser
from phonebench.schema.errors import BenchError, UserError

UNSCORED, USER_ERROR, INTERRUPTED = 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.debug else logging.ERROR, format="%(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        # Deferred, so that --help and wrong options answer at once.
        from evaluation.cli.commands import run

        return run(options)
    except KeyboardInterrupt:
        print("\nInterrupted: the verdicts so far are kept. Repeat the command to go on.", file=sys.stderr)
        return INTERRUPTED
    except BenchError as problem:
        if options.debug:
            traceback.print_exc()
        print(problem, file=sys.stderr)
        return USER_ERROR if isinstance(problem, UserError) else UNSCORED
