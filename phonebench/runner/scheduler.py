"""Works off episodes on several threads, one per phone; every exception of a thread reaches the caller."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Generator, Sequence
from typing import Final, TypeVar

from phonebench.runner.events import CancelledError

Job = TypeVar("Job")
Done = TypeVar("Done")
GRACE_S: Final = 8.0
"""How long a stopped run waits for its threads; what they leave undone is redone by the same command."""
_TICK_S: Final = 0.2


def work_off(
    jobs: Sequence[Job], threads: int, do: Callable[[Job], Done], stop: threading.Event
) -> Generator[Done, None, None]:
    """Results in the order in which jobs end. The first exception stops the others and is raised here.

    Closing the iterator, or an exception at its yield, stops the threads too.
    """
    todo: queue.SimpleQueue[Job] = queue.SimpleQueue()
    for job in jobs:
        todo.put(job)
    ended: queue.SimpleQueue[Done | Exception | None] = queue.SimpleQueue()

    def work() -> None:
        try:
            while not stop.is_set():
                ended.put(do(todo.get_nowait()))
        except (queue.Empty, CancelledError):
            pass
        except Exception as error:
            # Not handled but handed on: the thread that started us raises it.
            stop.set()
            ended.put(error)
        finally:
            ended.put(None)

    workers = [threading.Thread(target=work, name=f"phone-{n + 1}", daemon=True) for n in range(threads)]
    for worker in workers:
        worker.start()
    try:
        running = len(workers)
        while running:
            try:
                item = ended.get(timeout=_TICK_S)  # short, so that Ctrl-C is seen everywhere
            except queue.Empty:
                continue
            if isinstance(item, Exception):
                raise item
            if item is None:
                running -= 1
            else:
                yield item
    finally:
        stop.set()
        deadline = time.monotonic() + GRACE_S
        for worker in workers:
            worker.join(max(0.0, deadline - time.monotonic()))
