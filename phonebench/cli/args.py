"""The options of eval.py."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Final

from phonebench import __version__

_EXAMPLES: Final = """\
examples
  python eval.py -c configs/quickstart.yaml                    no model needed: the reference agent on two apps
  python eval.py -c configs/device_3b.yaml --check             is everything there?
  python eval.py -n try1 -c configs/device_3b.yaml -p 4        all tasks on four phones; again to resume
  python eval.py -c configs/cloud_9b.yaml --app clock --judge  one app, judged as it goes
  python eval.py -c configs/device_3b.yaml --task_id 'clock_1*' zoom_2 --set limits.max_steps=40
then
  python generate_result.py --input_folder logs/evaluation/try1

exit codes: 0 all done, 1 done but some unscored, 2 something for you to mend, 3 the machinery gave up, 130 interrupted
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse a command line; argparse ends the program with exit code 2 on a wrong one."""
    parser = argparse.ArgumentParser(
        prog="eval.py",
        usage="eval.py -c FILE [options]",
        description="Run phone agents through tasks and record what happens.",
        epilog=_EXAMPLES,
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=28, width=110),
        allow_abbrev=False,
    )
    _what(parser.add_argument_group("what"))
    _where(parser.add_argument_group("where"))
    _how(parser.add_argument_group("how"))
    _look(parser.add_argument_group("look"))
    args = parser.parse_args(argv)
    args.task_id = _split(args.task_id)
    args.app = _split(args.app)
    return args


def _what(group: argparse._ArgumentGroup) -> None:
    group.add_argument("-c", "--config", metavar="FILE", help="configs/*.yaml: model, phone, tasks, judge")
    group.add_argument("--task_config", metavar="PATH", help="a task file or folder instead of the config's suite.path")
    group.add_argument(
        "--task_id", metavar="ID", nargs="+", default=[], help="only these tasks; globs such as 'clock_*'"
    )
    group.add_argument("--app", metavar="APP", nargs="+", default=[], help="only the tasks of these apps")


def _where(group: argparse._ArgumentGroup) -> None:
    group.add_argument("-n", "--name", metavar="NAME", help="name of the run; the same name goes on where it stopped")
    group.add_argument("-p", "--parallel", metavar="N", type=int, help="phones side by side (phone.count)")


def _how(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--set", metavar="KEY=VALUE", action="append", default=[], help="override any config key")
    group.add_argument("--attempts", metavar="N", type=int, help="episodes per task")
    group.add_argument("--seed", metavar="N", type=int, help="of the random agent and of all jitter")
    group.add_argument(
        "--judge",
        nargs="?",
        const="",
        choices=["", "auto", "state", "probe", "llm"],
        metavar="KIND",
        help="judge each episode at once: auto, state, probe or llm (default: the config's)",
    )
    group.add_argument(
        "--redo",
        nargs="+",
        default=[],
        choices=["infra_error", "agent_error", "time_limit", "step_limit", "finished"],
        metavar="OUTCOME",
        help="run episodes again that ended so, e.g. infra_error",
    )


def _look(group: argparse._ArgumentGroup) -> None:
    group.add_argument("--list", action="store_true", help="list the tasks: id, app, kind, steps, instruction")
    group.add_argument("--check", action="store_true", help="look at adb, phones and model endpoints; run nothing")
    group.add_argument("--validate", action="store_true", help="play all solutions and near misses and judge them")
    group.add_argument(
        "--build_calibration",
        nargs="?",
        const="default",
        metavar="NAME",
        help="play runs of known truth to measure judges by, into logs/calibration/NAME",
    )
    group.add_argument(
        "--save_apps",
        action="store_true",
        help="save the data of the tasks' apps from an attached phone into phone.app_data, for phone.reset: restore",
    )
    group.add_argument("--print-config", action="store_true", help="print the resolved config")
    group.add_argument("--schema", nargs="?", const="text", choices=["text", "json"], help="print all config keys")
    group.add_argument("--debug", action="store_true", help="log everything to the console, with tracebacks")
    group.add_argument("--version", action="version", version=f"phonebench {__version__}")


def _split(values: Sequence[str]) -> list[str]:
    """Users of the ancestors separate ids by commas, others by blanks."""
    return [part for value in values for part in value.split(",") if part]
