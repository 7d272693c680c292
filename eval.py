"""Run phone agents through tasks: python eval.py --help."""

from functools import partial

from phonebench.cli import main


def judges(config: object) -> object:
    from evaluation.judge import make_judge, verdict_of

    return (judge := make_judge(config)) and partial(verdict_of, judge)


if __name__ == "__main__":
    raise SystemExit(main(judges=judges))
