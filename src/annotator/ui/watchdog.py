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
        self._looked = looked
        self._limit_s = limit_s
        self._watched = threading.get_ident()
        self._seen: Counter[tuple[str, ...]] = Counter()
        self._loop_depth = 0
        self._last = perf_counter()
        self._is_over = threading.Event()
        self._beat = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._beat.timeout.connect(self._on_beat)
        self._beat.start()
        self._thread = threading.Thread(target=self._look, name="watchdog", daemon=True)
        self._thread.start()
        self.destroyed.connect(partial(threading.Event.set, self._is_over))

    def close(self) -> None:
        """Stop watching; the thread ends by itself a moment later."""
        self._beat.stop()
        self._is_over.set()

    def forget(self) -> None:
        """What was since the last beat does not count."""
        self._last = perf_counter()
        self._seen = Counter()

    def _on_beat(self) -> None:
        busy, seen = self._busy(), self._seen
        self._loop_depth = len(list(walk_stack(sys._getframe().f_back)))
        self.forget()
        if busy > self._limit_s:
            block = Block(busy, next((frames for frames, _ in seen.most_common(1)), ()))
            _log.warning(
                "busy for %.3f s in %s", block.seconds, " < ".join(block.frames) or "no code of ours"
            )
            self._told(block)

    def _look(self) -> None:
        """While the beat stays out, note where the watched thread is."""
        while not self._is_over.wait(BEAT_MS / 1000):
            busy = self._busy()
            if busy > self._limit_s / 2:
                self._seen[self._at_work()] += 1
                self._looked(busy)

    def _busy(self) -> float:
        """How long the next beat is overdue, in seconds."""
        return perf_counter() - self._last - BEAT_MS / 1000

    def _at_work(self) -> tuple[str, ...]:
        """The functions of this package above the event loop, innermost first.

        No frame is kept: what its function made for itself, a painter say, would outlive it.
        """
        stack = [found for found, _ in walk_stack(sys._current_frames().get(self._watched))]
        above = stack[: len(stack) - self._loop_depth]
        codes = [found.f_code for found in above if found.f_code.co_filename.startswith(_HERE)]
        return tuple(f"{_module(code.co_filename)}.{code.co_qualname}" for code in codes)


def _module(file: str) -> str:
    """A module by its path inside the package."""
    return file.removeprefix(_HERE).strip(os.sep).removesuffix(".py").replace(os.sep, ".")
