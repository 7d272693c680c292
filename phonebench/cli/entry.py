"""The process boundary of eval.py: from a command line to an exit code."""

from __future__ import annotations

import argparse
import logging
import re
import signal
import sys
import traceback
import warnings
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from phonebench.cli.args import parse
from phonebench.schema.errors import ConfigError, InfraError, UserError

if TYPE_CHECKING:
    from types import FrameType

    from rich.console import Console

    from phonebench.cli.commands import JudgeFactory
    from phonebench.config import LoadedConfig


PIPE_WIDTH: Final = 400
"""Columns of output that goes to a file or another program: nothing is wrapped."""


def main(argv: Sequence[str] | None = None, judges: JudgeFactory | None = None) -> int:
    """Run eval.py; returns its exit code. `judges` makes what --judge and --validate judge with."""
    words = list(sys.argv[1:] if argv is None else argv)
    args = parse(words)
    # Model text goes through ast.parse, which warns about odd escapes: not a matter for the terminal.
    warnings.simplefilter("ignore", SyntaxWarning)
    signal.signal(signal.SIGTERM, _terminated)
    try:
        return _dispatch(args, words, judges)
    except UserError as error:
        return _fail(args, error, 2)
    except InfraError as error:
        return _fail(args, error, 3)
    except KeyboardInterrupt:
        return _fail(args, "Interrupted", 130)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except Exception as error:
        # The process boundary: a bug ends in one line; --debug shows where it is.
        hint = "" if args.debug else "\n    --debug shows the traceback"
        return _fail(args, f"a bug in phonebench: {type(error).__name__}: {error}{hint}", 3)


def _dispatch(args: argparse.Namespace, words: Sequence[str], judges: JudgeFactory | None) -> int:
    # Deferred, so that --help and wrong options answer at once.
    from rich.console import Console

    from phonebench.cli import commands
    from phonebench.cli.tables import print_schema
    from phonebench.config.describe import translated

    console = Console(highlight=False, emoji=False)
    if not console.is_terminal:
        console.width = PIPE_WIDTH
    _set_up_logging(args.debug)
    if args.schema:
        return _print_schema(args.schema, lambda: print_schema(console))
    loaded = commands.load(args)
    if loaded.translation is not None:
        print(f"{loaded.source} in today's keys:\n\n{translated(loaded.translation)}", file=sys.stderr)
    try:
        return _with_config(args, words, loaded, console, judges)
    except ConfigError as error:
        _locate(error, loaded)
        raise


def _with_config(
    args: argparse.Namespace, words: Sequence[str], loaded: LoadedConfig, console: Console, judges: JudgeFactory | None
) -> int:
    from phonebench.cli import commands
    from phonebench.config.describe import print_config

    if args.print_config:
        print(print_config(loaded.config), end="")
        return commands.OK
    if args.list:
        return commands.list_tasks(args, loaded, console)
    if args.check:
        return commands.check(args, loaded, console)
    if args.validate:
        return commands.validate(args, loaded, console, judges)
    if args.build_calibration:
        return commands.calibration_set(args, loaded, console, judges)
    if args.save_apps:
        return commands.save_apps(args, loaded, console)
    return commands.run(args, loaded, console, judges, words)


def _print_schema(form: str, as_text: Callable[[], None]) -> int:
    from phonebench.config.describe import schema_json

    if form == "json":
        print(schema_json())
    else:
        as_text()
    return 0


def _locate(error: ConfigError, loaded: LoadedConfig) -> None:
    """Rooms below know a key only; say in which file and line it stands."""
    if (
        re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", error.where)
        and error.where.split(".")[0] in type(loaded.config).model_fields
    ):
        error.what = f"{error.what} in {error.where}"
        error.where = loaded.place(error.where)


def _fail(args: argparse.Namespace, error: BaseException | str, code: int) -> int:
    if args.debug and sys.exc_info()[0] is not None:
        traceback.print_exc()
    print(error, file=sys.stderr)
    return code


def _set_up_logging(debug: bool) -> None:
    if debug:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        logging.getLogger("phonebench").setLevel(logging.DEBUG)
    else:
        logging.getLogger("phonebench").addHandler(logging.NullHandler())


def _terminated(_signum: int, _frame: FrameType | None) -> None:
    """SIGTERM ends a run as Ctrl-C does: phones are stopped, and the command to go on is printed."""
    raise KeyboardInterrupt
