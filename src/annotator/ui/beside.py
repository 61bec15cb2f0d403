"""The window comes before the threads beside it: they give way, and take down nothing of Qt."""

from __future__ import annotations

import gc
import sys
from functools import partial
from time import thread_time
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

_SWITCH_S = 0.0005
"""How long a thread keeps the interpreter while the window wants it; of Python's 5 ms a page needs twelve."""
_LOOKS_MS = 1000
"""How often it is looked whether there is garbage."""
_READ_BY_THREADS = 20_000
"""So many more objects since the last look are records of a thread, not garbage."""
_TOO_MANY = 500_000
"""So many objects at once take the window longer to look through than a tenth of a second."""
_AT_REST_S = 0.05
"""A window that took no more processor since the last look has nothing to do for anybody."""
_WAITS = 100_000
"""So much garbage at most waits for that; it takes a tenth of a second to look through."""


def put_threads_second(application: QObject) -> None:
    """Let threads give way to the window at once, and leave all garbage to it."""
    sys.setswitchinterval(_SWITCH_S)
    Collector(application)


class Task(Protocol):
    """Work of a thread that ends early when it is cancelled."""

    def cancel(self) -> None: ...


T = TypeVar("T", bound=Task)


class Wanted(Generic[T]):
    """The task an object of Qt waits for, if any; it is cancelled when that object is gone.

    A thread may be the last to know its task, so no signal is connected to the task itself: PySide
    takes a connection down where its receiver dies, and does not lock the window's thread out.
    """

    def __init__(self, owner: QObject) -> None:
        self.task: T | None = None
        owner.destroyed.connect(partial(Wanted.cancel, self))

    def cancel(self) -> None:
        """Want nothing any more."""
        if self.task is not None:
            self.task.cancel()
        self.task = None


class Collector(QObject):
    """Collects garbage between events, on the window's thread alone.

    Python's own collector runs in whatever thread makes an object too many, and there takes down
    connections and wrappers of Qt's objects that the window is just deleting. What is loaded by now
    is kept for good and never looked through: 50 ms become 11 in a window with 10 MB of text.
    While a thread reads much nothing is collected: to look through all of 100,000 articles held the
    window for up to 3 s. What is too much to look through is kept as well; what threads read
    needs no collector to go. Garbage waits for a pause of the analyst: where 100,000 marks are paged
    through, the objects of some seconds are 15 to 40 ms, and all there are 90.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._before = 0
        self._spent_s = thread_time()
        gc.disable()
        gc.freeze()
        timer = QTimer(self, interval=_LOOKS_MS)
        timer.timeout.connect(self.look)
        timer.start()

    def look(self) -> None:
        """Collect what is due, unless a thread is reading much or the window is at work."""
        count = gc.get_count()[0]
        is_at_rest = thread_time() - self._spent_s <= _AT_REST_S
        if count > _TOO_MANY:
            gc.freeze()
        elif count - self._before <= _READ_BY_THREADS and (is_at_rest or count > _WAITS):
            collect_what_is_due()
        self._before, self._spent_s = gc.get_count()[0], thread_time()


def collect_what_is_due() -> None:
    """Collect the oldest generation that Python would collect now."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > limits[generation]]
    if due:
        gc.collect(due[-1])
