"""`--label`: a person grades recorded episodes, in the terminal or in the browser."""

from __future__ import annotations

import getpass
import re
import sys
from argparse import Namespace

from rich.console import Console

from evaluation.cli.runs import choose_runs, tasks_of
from evaluation.judge.labelling import Labelling
from evaluation.judge.labelling.browser import label_in_browser
from evaluation.judge.labelling.terminal import label_in_terminal
from phonebench.schema.errors import ConfigError

OK = 0


def label(options: Namespace) -> int:
    """Run the command; returns its exit code. Raises ConfigError, TraceError, TaskError, MissingTool."""
    runs = choose_runs(options)
    tasks = {run.info.name: tasks_of(run, options) for run in runs}
    episodes = [episode for run in runs for episode in run.episodes()]
    labelling = Labelling(episodes, tasks, _name(options.labeller), options.seed)
    out = Console(highlight=False)
    before = labelling.done
    if labelling.next() is None:
        out.print(
            f"nothing is left to label as {labelling.judge}: {labelling.done} of {labelling.total} are", markup=False
        )
        return OK
    if options.label == "browser":
        label_in_browser(labelling, lambda url: out.print(f"open {url} (Ctrl-C ends)", soft_wrap=True, markup=False))
    else:
        label_in_terminal(labelling, out)
    out.print(
        f"{labelling.done - before} labelled now, {labelling.done} of {labelling.total} in all as {labelling.judge}; "
        "the same command goes on; --calibrate --labels uses them",
        markup=False,
    )
    sys.stdout.flush()
    return OK


def _name(given: str | None) -> str:
    if given is not None and not re.fullmatch(r"[\w.-]{1,40}", given):
        raise ConfigError(f"'{given}' cannot name a person here", why="letters, digits, '.', '_' and '-' only")
    try:
        return given or re.sub(r"[^\w.-]+", "_", getpass.getuser())[:40] or "anonymous"
    except (KeyError, OSError):
        return "anonymous"
