"""Run phone agents through tasks: python eval.py --help."""

from pathlib import Path

from phonebench.cli import main


def judges(config: object, runs: Path) -> object:
    from evaluation.judge import scorer

    return scorer(config, runs)


if __name__ == "__main__":
    raise SystemExit(main(judges=judges))
