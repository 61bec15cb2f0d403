"""Says when the window was too busy to answer, and in which function.

The program starts one where the environment variable ANNOTATOR_WATCHDOG is 1.
"""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from time import perf_counter
from traceback import walk_stack
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QTimer

LIMIT_S = 0.1
"""A block of this length is felt."""
BEAT_MS = 10

_HERE = str(Path(__file__).resolve().parents[1])
_log = logging.getLogger("annotator.watchdog")


class Block(NamedTuple):
    """How long the window did not answer, and the functions of ours it was in most of that time.

    frames: from the innermost to the slot that was called; empty where Qt alone was busy.
    """

    seconds: float
    frames: tuple[str, ...]


class _Look:
    """What the thread that watches has seen since the last beat; it knows nothing of Qt."""

    def __init__(self, looked: Callable[[float], None], limit_s: float) -> None:
        self._looked = looked
        self._limit_s = limit_s
        self._watched = threading.get_ident()
        self._last = perf_counter()
        self.is_over = threading.Event()
        self.seen: Counter[tuple[str, ...]] = Counter()
        self.loop_depth = 0
        """How many frames there are up to the event loop."""

    def forget(self) -> None:
        """What was since the last beat does not count."""
        self._last = perf_counter()
        self.seen = Counter()

    @property
    def busy_s(self) -> float:
        """How long the next beat is overdue."""
        return perf_counter() - self._last - BEAT_MS / 1000

    def work(self) -> None:
        """While the beat stays out, note where the watched thread is."""
        while not self.is_over.wait(BEAT_MS / 1000):
            busy_s = self.busy_s
            if busy_s > self._limit_s / 2:
                self.seen[self._at_work()] += 1
                self._looked(busy_s)

    def _at_work(self) -> tuple[str, ...]:
        """The functions of this package above the event loop, innermost first.

        No frame is kept: what its function made for itself, a painter say, would outlive it.
        """
        stack = [found for found, _ in walk_stack(sys._current_frames().get(self._watched))]
        above = stack[: len(stack) - self.loop_depth]
        codes = [found.f_code for found in above if found.f_code.co_filename.startswith(_HERE)]
        return tuple(f"{_module(code.co_filename)}.{code.co_qualname}" for code in codes)


class Watchdog(QObject):
    """A timer beats in the event loop; a thread looks at the stack while the beat stays out.

    The signals of the event dispatcher would not do: glib's runs the slots between
    `aboutToBlock` and `awake`, so that waiting and working look the same.

    told: called with each Block once it is over, in the thread of the window.
    looked: called in the thread that watches after each look at the stack, with the seconds so far.
    """

    def __init__(
        self,
        parent: QObject,
        told: Callable[[Block], None] = lambda block: None,
        looked: Callable[[float], None] = lambda seconds: None,
        limit_s: float = LIMIT_S,
    ) -> None:
        super().__init__(parent)
        self._told = told
        self._limit_s = limit_s
        self._look = _Look(looked, limit_s)
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        threading.Thread(target=self._look.work, name="watchdog", daemon=True).start()
        self.destroyed.connect(partial(threading.Event.set, self._look.is_over))

    def close(self) -> None:
        """Stop watching; the thread ends by itself a moment later."""
        self._beat.stop()
        self._look.is_over.set()

    def forget(self) -> None:
        """What was since the last beat does not count."""
        self._look.forget()

    def _on_beat(self) -> None:
        busy_s, seen = self._look.busy_s, self._look.seen
        self._look.loop_depth = len(list(walk_stack(sys._getframe().f_back)))
        self.forget()
        if busy_s > self._limit_s:
            block = Block(busy_s, next((frames for frames, _ in seen.most_common(1)), ()))
            _log.warning(
                "busy for %.3f s in %s", block.seconds, " < ".join(block.frames) or "no code of ours"
            )
            self._told(block)


def _module(file: str) -> str:
    """A module by its path inside the package."""
    return file.removeprefix(_HERE).strip(os.sep).removesuffix(".py").replace(os.sep, ".")
