"""What eval.py can do, one function each; every one returns the exit code."""

from __future__ import annotations

import argparse
import contextlib
import json
import shlex
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from rich.console import Console

from phonebench.cli.display import make_display
from phonebench.cli.driver import driver_for
from phonebench.cli.person import TerminalPerson
from phonebench.cli.tables import print_check, print_findings, print_histogram, print_lines, print_tasks
from phonebench.config import JudgeConfig, LoadedConfig, RunConfig, load_config
from phonebench.config.paths import output, resolve
from phonebench.config.yaml_file import show_path
from phonebench.runner import (
    Plan,
    Score,
    Summary,
    build_calibration,
    checks,
    execute,
    make_plan,
    summarise,
    validate_suite,
)
from phonebench.schema.episode import Outcome
from phonebench.schema.errors import ConfigError, TraceError
from phonebench.schema.task import Suite
from phonebench.suite import load_suite, select
from phonebench.trace import run_folder

OK: Final = 0
UNSCORED: Final = 1
USER_ERROR: Final = 2
GAVE_UP: Final = 3
INTERRUPTED: Final = 130
CALIBRATIONS: Final = "logs/calibration"
"""Where labelled sets lie; generate_result.py looks there too."""
JudgeFactory = Callable[[JudgeConfig, Path], Score | None]
"""Makes what judges the episodes of the runs in a folder, from the evaluation half; handed in by eval.py, since we
never import that half."""


def load(args: argparse.Namespace) -> LoadedConfig:
    """The config with the options laid over it; without -c, the defaults. Raises ConfigError."""
    overrides = list(args.set)
    for option, key in (("parallel", "phone.count"), ("attempts", "attempts"), ("seed", "seed")):
        if getattr(args, option) is not None:
            overrides.append(f"{key}={getattr(args, option)}")
    if args.task_config:
        overrides.append(f"suite.path={json.dumps(args.task_config)}")  # so that the run says what to judge it by
    if args.judge:
        overrides.append(f"judge.kind={args.judge}")
    needs_none = (args.list, args.validate, args.build_calibration, args.print_config, args.check)
    if args.config is None and not any(needs_none):
        names = sorted(show_path(path) for path in resolve("configs").glob("*.yaml"))
        raise ConfigError("which config?", why="-c FILE names one", next_step=f"there are: {', '.join(names)}")
    return load_config(args.config, overrides)


def chosen_suite(args: argparse.Namespace, config: RunConfig) -> Suite:
    """The tasks that config and options ask for; raises TaskError."""
    suite = load_suite(config.suite.path)
    return select(suite, args.task_id or config.suite.task_ids, args.app or config.suite.apps)


def list_tasks(args: argparse.Namespace, loaded: LoadedConfig, console: Console) -> int:
    """--list."""
    print_tasks(console, chosen_suite(args, loaded.config))
    return OK


def check(args: argparse.Namespace, loaded: LoadedConfig, console: Console) -> int:
    """--check: every finding with what to do about it."""
    good = True
    for finding in checks(loaded, chosen_suite(args, loaded.config)):
        good = good and finding.ok
        print_check(console, finding)
    return OK if good else USER_ERROR


def validate(args: argparse.Namespace, loaded: LoadedConfig, console: Console, judges: JudgeFactory | None) -> int:
    """--validate: solutions must pass, near misses must fail."""
    from phonebench.device import make_provider

    suite = chosen_suite(args, loaded.config)
    with tempfile.TemporaryDirectory(prefix="phonebench-validate-") as scratch:
        folder = Path(scratch)
        score = _by_state(judges, folder, "--validate")
        with make_display(console, str(folder / "validate"), loaded.config.retries, quiet=True) as display:
            findings = validate_suite(loaded.config, suite, make_provider, display, score, folder)
        print_findings(console, findings)
    return OK if all(finding.ok for finding in findings) else UNSCORED


def calibration_set(
    args: argparse.Namespace, loaded: LoadedConfig, console: Console, judges: JudgeFactory | None
) -> int:
    """--build_calibration: a labelled set for generate_result.py --calibrate."""
    from phonebench.device import make_provider

    folder = run_folder(output(CALIBRATIONS), args.build_calibration)
    score = _by_state(judges, folder, "--build_calibration")
    with make_display(console, show_path(folder), loaded.config.retries) as display:
        suite = chosen_suite(args, loaded.config)
        manifest = build_calibration(loaded.config, suite, make_provider, display, score, folder)
    passed = sum(episode.passed for episode in manifest.episodes)
    lines = [
        f"{manifest.name}@{manifest.version}: {passed} passed and {len(manifest.episodes) - passed} failed episodes,"
        f" on a simulated phone: {show_path(folder)}",
        *([f"{len(manifest.left_out)} left out: {', '.join(manifest.left_out[:5])}"] if manifest.left_out else []),
        f"next: python generate_result.py --calibrate {manifest.name} --judge_model MODEL --api_base URL",
    ]
    print_lines(console, lines)
    return UNSCORED if manifest.left_out else OK


def save_apps(args: argparse.Namespace, loaded: LoadedConfig, console: Console) -> int:
    """--save_apps: what an attached phone's apps hold now, to start every episode from."""
    from phonebench.device import app_data, make_provider

    phone_config = loaded.config.phone
    folder = output(phone_config.app_data)
    packages = sorted({task.package for task in chosen_suite(args, loaded.config).tasks})
    with make_provider(phone_config) as provider, provider.lease() as phone:
        missing = [package for package in packages if package not in phone.installed]
        for package in sorted(set(packages).difference(missing)):
            path = app_data.save(phone.line, package, folder, phone_config.call_timeout_s)
            print_lines(console, [f"{package}: {path.stat().st_size / 1e6:.1f} MB in {show_path(path)}"])
    if missing:
        print_lines(console, [f"not installed, and not saved: {', '.join(missing)}"])
    print_lines(console, ["put back before every episode by phone.reset: restore"])
    return OK


def run(
    args: argparse.Namespace,
    loaded: LoadedConfig,
    console: Console,
    judges: JudgeFactory | None,
    argv: Sequence[str],
) -> int:
    """Run the tasks; the same command goes on where it stopped."""
    from phonebench.device import make_provider

    config = loaded.config
    name = args.name or config.name or Path(loaded.source).stem
    plan = make_plan(config, chosen_suite(args, config), name)
    score = judges(config.judge, plan.folder.parent) if judges is not None and args.judge is not None else None
    try:
        with contextlib.ExitStack() as stack:
            display = stack.enter_context(make_display(console, show_path(plan.folder), config.retries))
            redo = [Outcome(outcome) for outcome in args.redo]
            person = TerminalPerson(console, display)
            driver = stack.enter_context(driver_for(config, person, display))
            if config.safety.asks and driver is None and not person.present:
                display.note("the safety rules ask a person, but there is no terminal: what they ask for is denied")
            summary = execute(plan, make_provider, display, score=score, redo=redo, person=person, driver=driver)
    except KeyboardInterrupt:
        _say_interrupted(console, plan, args, argv)
        return INTERRUPTED
    _say_done(console, plan, summary)
    return UNSCORED if summary.unscored else OK


def _by_state(judges: JudgeFactory | None, folder: Path, command: str) -> Score:
    score = judges(JudgeConfig(kind="state"), folder) if judges is not None else None
    if score is None:
        raise ConfigError(f"{command} needs a judge", next_step="run it through eval.py")
    return score


def _say_done(console: Console, plan: Plan, summary: Summary) -> None:
    console.print()
    print_histogram(console, summary)
    folder = show_path(plan.folder)
    lines = [f"{summary.done} of {summary.total} episodes done - trace: {folder}"]
    if plan.config.phone.kind == "sim":
        lines.append("the phone was simulated")
    lines.append(f"next: python generate_result.py --input_folder {shlex.quote(folder)}")
    print_lines(console, lines)


def _say_interrupted(console: Console, plan: Plan, args: argparse.Namespace, argv: Sequence[str]) -> None:
    try:
        summary = summarise(plan)
        done = f"{summary.done} of {summary.total} done"
    except TraceError:
        done = f"0 of {len(plan.keys)} done"
    name = [] if args.name else ["-n", plan.name]
    print_lines(console, [f"Interrupted: {done}. Resume: python eval.py {shlex.join([*name, *argv])}"])
