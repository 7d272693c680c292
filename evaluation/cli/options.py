"""What generate_result.py can be told."""

from __future__ import annotations

import argparse
import os

from pydantic import ValidationError

from phonebench.config import JudgeConfig, ModelConfig
from phonebench.schema.errors import ConfigError

DEFAULT_KEY = "JUDGE_API_KEY"
"""Environment variable that is read when --api_key_env is not given; a local server needs none."""

DESCRIPTION = "Judge recorded runs and write a spreadsheet that compares them."
EXAMPLES = """\
examples
  python generate_result.py                                        every run in logs/evaluation
  python generate_result.py -n try1 try2                           two of them, side by side
  python generate_result.py --input_folder logs/evaluation/try1    one folder, wherever it is
  python generate_result.py -n try1 --judge llm --judge_model M --api_base http://127.0.0.1:8000/v1
  python generate_result.py -n try1 --export androidlab --output_folder DIR    for AndroidLab's own checkers

exit codes: 0 all scored, 1 some episodes unscored, 2 something to mend, 130 interrupted (repeat to go on)
"""


def parser() -> argparse.ArgumentParser:
    """The argument parser; its help is grouped and fits a screen."""
    parse = argparse.ArgumentParser(
        prog="generate_result.py",
        description=DESCRIPTION,
        epilog=EXAMPLES,
        usage="generate_result.py [options]",
        formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=28, width=115),
        allow_abbrev=False,
    )
    what = parse.add_argument_group("what")
    what.add_argument(
        "--input_folder",
        default="logs/evaluation",
        metavar="DIR",
        help="a run's folder, or a folder of runs (%(default)s)",
    )
    what.add_argument("-n", "--name", nargs="+", default=[], metavar="RUN", help="only these runs of the input folder")
    what.add_argument(
        "--baseline", metavar="RUN", help="set the others against this run; default: a cloud-only run, else the first"
    )
    what.add_argument("--task_config", metavar="PATH", help="task file or folder to judge by; default: the run's own")

    where = parse.add_argument_group("where")
    where.add_argument(
        "--output_folder", default="output", metavar="DIR", help="for results.xlsx, results.json, report/ (%(default)s)"
    )
    where.add_argument("--output_excel", metavar="FILE", help="the spreadsheet, when it should lie elsewhere")

    where.add_argument("--no_steps", action="store_true", help="leave out the sheet Steps, the longest by far")
    where.add_argument("--no_html", action="store_true", help="leave out the HTML report and step browser")
    where.add_argument(
        "--html_screens",
        choices=("small", "full", "link"),
        default="small",
        help="screenshots in it: small copies, full copies, or only links to the logs (%(default)s)",
    )
    where.add_argument(
        "--export",
        choices=("androidlab", "solutions"),
        help="write the traces in another form there, and judge nothing",
    )

    how = parse.add_argument_group("how")
    how.add_argument(
        "--judge",
        choices=("auto", "state", "probe", "llm"),
        help="auto: a simulated phone's state, else --judge_model, else probes; default: as each run's config says",
    )
    how.add_argument("--judge_model", metavar="MODEL", help="served name of the llm judge's model")
    how.add_argument("--api_base", metavar="URL", help="its OpenAI-compatible endpoint, ending in /v1")
    how.add_argument(
        "--api_key_env", metavar="NAME", help=f"environment variable that holds its key ({DEFAULT_KEY} if that is set)"
    )
    how.add_argument("--votes", type=_positive, metavar="N", help="ask it N times an episode; the majority decides (1)")
    how.add_argument("--ui_trees", action="store_true", help="show it the compressed UI trees beside the screenshots")
    how.add_argument(
        "--judge_price", nargs=2, type=float, metavar=("IN", "OUT"), help="its price per million tokens, for the cost"
    )
    how.add_argument(
        "--calibration", metavar="FILE", help="its calibration; default: the one in logs/calibration/judges"
    )
    how.add_argument("--rejudge", action="store_true", help="ask the llm judge again about episodes that it has judged")
    how.add_argument(
        "-p", "--parallel", type=_positive, default=4, metavar="N", help="episodes judged side by side (%(default)s)"
    )

    _judge_the_judge(parse.add_argument_group("judge the judge, and write no report"))
    look = parse.add_argument_group("look")
    look.add_argument("--debug", action="store_true", help="show tracebacks and log lines")
    return parse


def _judge_the_judge(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--calibrate",
        nargs="?",
        const="default",
        metavar="SET",
        help="run the judge on episodes of known truth: eval.py --build_calibration SET",
    )
    group.add_argument("--labels", action="store_true", help="with --calibrate: also on what people labelled")
    group.add_argument("--probe_injection", action="store_true", help="how often do texts on a screen talk it round?")
    group.add_argument(
        "--label",
        nargs="?",
        const="terminal",
        choices=("terminal", "browser"),
        help="grade episodes yourself, in random order, without seeing other verdicts",
    )
    group.add_argument("--labeller", metavar="NAME", help="your name in the labels (the user's)")
    group.add_argument("--seed", type=int, default=0, metavar="N", help="of the order of labelling (%(default)s)")


def judge_config(options: argparse.Namespace) -> JudgeConfig | None:
    """The judge that the command line asks for; None when it leaves that to each run's config."""
    model = _model(options)
    if options.judge is None and model is None:
        return None
    if options.judge in ("state", "probe") and model is not None:
        raise ConfigError(
            f"--judge {options.judge} asks no model", next_step="leave out --judge_model, or use --judge llm"
        )
    return JudgeConfig(kind=options.judge or "auto", model=model)


def with_settings(config: JudgeConfig, options: argparse.Namespace) -> JudgeConfig:
    """A judge's config with --votes, --ui_trees and --judge_price laid over it; raises ConfigError."""
    given: dict[str, object] = {}
    if options.votes is not None:
        given["votes"] = options.votes
    if options.ui_trees:
        given["ui_trees"] = True
    if options.judge_price is not None:
        given["price"] = dict(zip(("prompt", "completion"), options.judge_price, strict=True))
    try:
        return JudgeConfig.model_validate({**config.model_dump(), **given})
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        raise ConfigError(f"judge.{'.'.join(map(str, first['loc']))}: {first['msg']}") from None


def _model(options: argparse.Namespace) -> ModelConfig | None:
    if options.judge_model is None and options.api_base is None:
        return None
    if options.judge_model is None or options.api_base is None:
        given, other = (
            ("--api_base", "--judge_model") if options.judge_model is None else ("--judge_model", "--api_base")
        )
        raise ConfigError(f"{given} needs {other}", next_step=f"add {other}")
    key = options.api_key_env or (DEFAULT_KEY if os.environ.get(DEFAULT_KEY) else None)
    try:
        return ModelConfig(base_url=options.api_base, name=options.judge_model, api_key_env=key, temperature=0.0)
    except ValidationError as problem:
        why = problem.errors(include_url=False)[0]["msg"]
        raise ConfigError("the judge's endpoint cannot be used", why=why) from None


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number
