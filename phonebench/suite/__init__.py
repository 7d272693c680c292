"""tasks/**/*.yaml -> Suite of Task; filters and digests."""

from phonebench.suite.load import load_suite, make_suite, read_tasks, task_digest
from phonebench.suite.select import select

__all__ = ["load_suite", "make_suite", "read_tasks", "select", "task_digest"]
