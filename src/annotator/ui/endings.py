"""The signals that tell the program to end: Ctrl+C, a logout, a terminal that is closed."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

Handler = Callable[[int, FrameType | None], None]
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
"""Not every platform has all of them."""


def _heeded() -> list[int]:
    """Those that are not ignored, as a program is told to by `nohup`."""
    there = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    return [number for number in there if signal.getsignal(number) is not signal.SIG_IGN]


def answer(handler: Handler) -> None:
    """Hear of them from now on."""
    for number in _heeded():
        signal.signal(number, handler)


@contextmanager
def at_once() -> Iterator[None]:
    """Let them end the program at once, as being killed does."""
    before = {number: signal.signal(number, signal.SIG_DFL) for number in _heeded()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)
