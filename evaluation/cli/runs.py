"""Which runs a command is about, with their tasks and the judges of them."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from pydantic import ValidationError

from evaluation.cli.options import judge_config, with_settings
from evaluation.judge import make_judge
from evaluation.judge.cache import ReplyCache, logs_folder, replies_beside
from evaluation.judge.calibration import CalibrationStore
from evaluation.judge.choose import make_llm
from evaluation.judge.llm import LlmJudge, Recall
from evaluation.report import Judging
from evaluation.report.collect import prices_of
from phonebench.config import JudgeConfig, PriceConfig
from phonebench.config.paths import resolve
from phonebench.schema.errors import ConfigError, TaskError
from phonebench.schema.protocols import EpisodeReader, Judge
from phonebench.schema.task import Task
from phonebench.schema.verdict import Verdict
from phonebench.suite import load_suite
from phonebench.trace import RunReader, find_runs

CALIBRATIONS = "calibration"
"""Below the logs: labelled sets, and in `judges` what was measured on them."""


def choose_runs(options: Namespace) -> list[RunReader]:
    """The runs of the input folder, or those of them that --name picks; raises ConfigError, TraceError."""
    root = resolve(options.input_folder)
    runs = find_runs(root)
    if not options.name:
        return runs
    by_name = {run.folder.name: run for run in runs}
    missing = [name for name in options.name if name not in by_name]
    if missing:
        raise ConfigError(f"no run '{missing[0]}'", where=str(root), why=f"there are: {', '.join(by_name)}")
    return [by_name[name] for name in options.name]


def tasks_of(run: RunReader, options: Namespace) -> dict[str, Task]:
    """The tasks to judge a run by: --task_config, else the run's own; raises TaskError."""
    path = options.task_config or run.info.config.get("suite", {}).get("path", "")
    try:
        return {task.id: task for task in load_suite(path).tasks}
    except TaskError as problem:
        if options.task_config:
            raise
        raise TaskError(
            f"the tasks of run '{run.info.name}' cannot be loaded: {problem.what}",
            where=problem.where,
            why=problem.why,
            next_step="name them: --task_config PATH",
        ) from None


class Judges:
    """The judges of a command: as asked for, or as each run's own config says. Equal configs share a judge."""

    def __init__(self, options: Namespace) -> None:
        self._options = options
        self._asked = judge_config(options)
        self._made: list[tuple[JudgeConfig, Judge]] = []
        self.logs = logs_folder(resolve(options.input_folder).absolute())
        chosen = None if options.calibration is None else resolve(options.calibration)
        self.calibrations = CalibrationStore(self.logs / CALIBRATIONS / "judges", chosen)

    def judging(self, run: RunReader) -> Judging:
        """A run with its tasks and its judge; raises ConfigError, TaskError."""
        config = self.config(run)
        tasks = tasks_of(run, self._options)
        return Judging(run, tasks, self._judge(config), self.prices(config, run))

    def config(self, run: RunReader | None) -> JudgeConfig:
        """The judge's config; without a run, the one that the command line asks for."""
        return with_settings(self._asked or (JudgeConfig() if run is None else _own_judge(run)), self._options)

    def llm(self) -> tuple[LlmJudge, PriceConfig | None]:
        """The llm judge that the command line asks for, else that of the chosen runs; raises ConfigError."""
        for run in [None] if self._asked else choose_runs(self._options):
            config = self.config(run)
            if config.model is not None:
                judge = make_llm(config, config.model, recall=self._recall, cache=self._cache())
                return judge, self.prices(config, run).get(config.model.label)
        raise ConfigError("which judge?", next_step="--judge_model NAME --api_base URL")

    @staticmethod
    def prices(config: JudgeConfig, run: RunReader | None) -> dict[str, PriceConfig]:
        """What models cost: the run's own table, and the judge's price."""
        prices = {} if run is None else prices_of(run.info)
        if config.model is not None and config.price is not None:
            prices[config.model.label] = config.price
        return prices

    def _judge(self, config: JudgeConfig) -> Judge:
        made = next((judge for known, judge in self._made if known == config), None)
        if made is None:
            made = make_judge(config, recall=self._recall, cache=self._cache())
            assert made is not None
            self._made.append((config, made))
        return made

    @property
    def _recall(self) -> Recall | None:
        return None if self._options.rejudge else _recall

    def _cache(self) -> ReplyCache:
        return replies_beside(self.logs, refresh=self._options.rejudge)


def shown(path: Path) -> Path:
    """A path as a person would write it here."""
    return path.relative_to(Path.cwd()) if path.is_absolute() and path.is_relative_to(Path.cwd()) else path


def _own_judge(run: RunReader) -> JudgeConfig:
    try:
        config = JudgeConfig.model_validate(run.info.config.get("judge", {}))
    except ValidationError:
        return JudgeConfig()
    return JudgeConfig() if config.kind == "none" else config


def _recall(episode: EpisodeReader, judge: str) -> Verdict | None:
    reader = getattr(episode, "verdict", None)
    return reader(judge) if reader else None
