"""The client's words over stdio, which can also be ended from our side.

A thread that reads a terminal or a pipe cannot be interrupted, and the server would wait for it for ever. So the words
go through a socket pair: ending it looks like a client that has left, and the server closes in good order.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from typing import Final

_CHUNK: Final = 64 * 1024


class Stop:
    """Told by a signal that it is over."""

    def __init__(self, feed: socket.socket) -> None:
        self.told = False
        self._feed = feed

    def __call__(self, *_: object) -> None:
        """A signal handler: the words end here."""
        self.told = True
        with contextlib.suppress(OSError):
            self._feed.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def ended_by_signals() -> Iterator[Stop]:
    """Inside, sys.stdin ends with the client's words, and on SIGTERM and Ctrl-C. For the main thread."""
    feed, words = socket.socketpair()
    stop = Stop(feed)
    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    given, sys.stdin = sys.stdin, io.TextIOWrapper(words.makefile("rb"), encoding="utf-8", errors="replace")
    threading.Thread(target=_feed, args=(given.fileno(), feed), name="stdin", daemon=True).start()
    try:
        yield stop
    finally:
        stop()
        sys.stdin = given
        for number, handler in before.items():
            signal.signal(number, handler)


def _feed(source: int, feed: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := os.read(source, _CHUNK):
            feed.sendall(data)
    with contextlib.suppress(OSError):
        feed.shutdown(socket.SHUT_WR)
