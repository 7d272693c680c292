"""What `python vllm_script/bench_speed.py` does: recorded screens in, figures of every configured model out."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from phonebench.config import load_config
from phonebench.config.paths import output, resolve
from phonebench.schema.errors import BenchError, UserError
from phonebench.speed.measure import Subject, check, measure
from phonebench.speed.recording import load_stories, record_stories
from phonebench.speed.report import SpeedReport

OK, MACHINERY, USER_ERROR, INTERRUPTED = 0, 1, 2, 130
Publish = Callable[[SpeedReport, Path], str]
"""Writes a report into a folder; returns the summary to print."""
EXAMPLES = """\
examples
  python vllm_script/bench_speed.py -c configs/device_3b.yaml configs/cloud_9b.yaml
  python vllm_script/bench_speed.py -c A.yaml B.yaml --trace logs/evaluation/try1 --steps 50
  python vllm_script/bench_speed.py -c A.yaml --output_tokens 64      every reply exactly 64 tokens (vLLM)
  python vllm_script/bench_speed.py -c A.yaml --metrics qwen2.5-vl-3b=http://127.0.0.1:8003    A talks to a gateway
"""


def main(publish: Publish, arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    options = _parser().parse_args(arguments)
    try:
        return _run(options, publish)
    except KeyboardInterrupt:
        print("\ninterrupted: nothing was written", file=sys.stderr)
        return INTERRUPTED
    except BenchError as problem:
        print(problem, file=sys.stderr)
        return USER_ERROR if isinstance(problem, UserError) else MACHINERY


def _run(options: argparse.Namespace, publish: Publish) -> int:
    subjects = _subjects(options)
    for subject in subjects:
        check(subject)
    folder = output(options.output)
    with tempfile.TemporaryDirectory(prefix="phonebench-speed-") as scratch:
        trace = resolve(options.trace) if options.trace else _record(subjects[0], options.steps, Path(scratch))
        stories, simulated = load_stories(trace, options.steps)
        # new in every run: a server may still hold what an earlier one sent
        nonce = os.urandom(8).hex()
        models = tuple(
            measure(subject, stories, concurrency=options.concurrency, steps=options.steps, nonce=nonce, told=_tell)
            for subject in subjects
        )
    report = SpeedReport(
        source=str(trace) if options.trace else "recorded for this measurement with the reference agent",
        simulated=simulated,
        observations=sum(len(story.scenes) for story in stories),
        created_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        options=_told_options(options),
        models=models,
    )
    folder.mkdir(parents=True, exist_ok=True)
    print(publish(report, folder))
    return OK


def _subjects(options: argparse.Namespace) -> list[Subject]:
    changes = list(options.set)
    if options.output_tokens:
        changes.append(f"models.{{model}}.max_tokens={options.output_tokens}")
        changes.append("models.{model}.extra_body.ignore_eos=true")
    subjects = []
    for path in options.config:
        plain = load_config(path, options.set).config
        config = load_config(path, [change.replace("{model}", plain.agent.model) for change in changes]).config
        subjects.append(Subject("", path, config))
    return [
        Subject(label, subject.path, subject.config, _metrics_of(subject, options.metrics))
        for label, subject in zip(_labels(subjects), subjects, strict=True)
    ]


def _labels(subjects: Sequence[Subject]) -> list[str]:
    """Names of the models; with their config's file name where two configs ask the same one."""
    names = [s.model.label if s.config.agent.model in s.config.models else s.path for s in subjects]
    return [
        f"{name} ({Path(subject.path).stem})" if names.count(name) > 1 else name
        for name, subject in zip(names, subjects, strict=True)
    ]


def _metrics_of(subject: Subject, given: Sequence[tuple[str, str]]) -> str | None:
    if subject.config.agent.model not in subject.config.models:
        return None
    return dict(given).get(subject.model.label)


def _record(subject: Subject, steps: int, scratch: Path) -> Path:
    _tell(f"recording {steps} screens of the simulated phone ({subject.path})")
    return record_stories(subject.path, subject.config, steps, scratch)


def _told_options(options: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    told = {
        "observations asked for": str(options.steps),
        "concurrency": ", ".join(map(str, options.concurrency)),
        "--set": " ".join(options.set) or "nothing",
        "output tokens": str(options.output_tokens or "as the model ends"),
    }
    return tuple(told.items())


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _parser() -> argparse.ArgumentParser:
    parse = argparse.ArgumentParser(
        prog="bench_speed.py",
        description="Measure how fast models answer an agent's requests, on the same recorded screens.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parse.add_argument("-c", "--config", nargs="+", required=True, metavar="FILE", help="one or more run configs")
    parse.add_argument(
        "--trace", metavar="DIR", help="a recorded run; without it a few screens of the simulated phone are recorded"
    )
    parse.add_argument("--steps", type=_positive, default=20, metavar="N", help="observations to use (%(default)s)")
    parse.add_argument(
        "--concurrency", type=_levels, default=(1, 4, 16), metavar="N,N", help="requests at a time (1,4,16)"
    )
    parse.add_argument(
        "--output_tokens", type=_positive, metavar="N", help="let every reply be exactly N tokens (vLLM only)"
    )
    parse.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="override a key of all configs")
    parse.add_argument(
        "--metrics",
        action="append",
        type=_metrics,
        default=[],
        metavar="MODEL=URL",
        help="vLLM's own address, where a config names a gateway",
    )
    parse.add_argument(
        "--output", default="output/speed", metavar="DIR", help="for speed.xlsx, speed.json (%(default)s)"
    )
    return parse


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _levels(text: str) -> tuple[int, ...]:
    levels = tuple(_positive(part) for part in text.split(","))
    if max(levels) > 256:
        raise argparse.ArgumentTypeError("at most 256 at a time")
    return levels


def _metrics(text: str) -> tuple[str, str]:
    name, separator, url = text.partition("=")
    if not separator or not url.startswith(("http://", "https://")):
        raise argparse.ArgumentTypeError("expected MODEL=http://HOST:PORT")
    return name, url
