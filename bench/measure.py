"""How time is taken: a case and its floor by turns, so that what else the machine does meets both."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter, sleep, thread_time

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

wall = perf_counter
cpu = thread_time
"""Time of this thread on a processor: for work that waits for no disk, on a machine that is shared."""

Clock = Callable[[], float]
Run = Callable[[], float]
"""Prepares, does the thing once, and returns the seconds that only the thing took."""


@dataclass(frozen=True)
class Row:
    """One figure; `ratio` is seconds / floor_seconds, `goal` the greatest ratio that is good enough.

    Where the step ends in another unit (", bytes"), `seconds` and `floor_seconds` are in that unit.
    axis, size: where a picture of growth puts it, such as ("articles", 10_000).
    """

    step: str
    case: str
    seconds: float
    floor_seconds: float | None = None
    ratio: float | None = None
    goal: float | None = None
    axis: str = ""
    size: float = 0

    @property
    def misses(self) -> bool:
        return self.goal is not None and self.ratio is not None and self.ratio > self.goal


def row(
    step: str,
    case: object,
    seconds: float,
    floor: float | None = None,
    goal: float | None = None,
    axis: tuple[str, float] = ("", 0),
) -> Row:
    """A row with its ratio worked out."""
    return Row(step, str(case), seconds, floor, seconds / floor if floor else None, goal, *axis)


def by_turns(runs: int, *things: Run, most_s: float = 20) -> list[list[float]]:
    """The seconds of each thing over `runs` rounds; the first round warms up and is left out.

    Where rounds are long, there are fewer: none begins once `most_s` are over and one has counted.
    """
    taken: list[list[float]] = [[] for _ in things]
    deadline = wall() + most_s
    for round_number in range(runs + 1):
        if round_number > 1 and wall() > deadline:
            break
        for thing, seconds in zip(things, taken, strict=True):
            spent = thing()
            if round_number:
                seconds.append(spent)
    return taken


def p50(seconds: Sequence[float]) -> float:
    return median(seconds)


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]


class Stopwatch:
    """Adds up the time of the blocks it is held over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.seconds = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        started = self._clock()
        try:
            yield
        finally:
            self.seconds += self._clock() - started


def in_turn(*acts: Callable[[], object]) -> Callable[[], object]:
    """One act after the other."""
    return lambda: [act() for act in acts]


def timed(clock: Clock, act: Callable[[], object]) -> float:
    """The seconds of an act and of the paint that it asks for; what asked before is painted first."""
    paint()
    watch = Stopwatch(clock)
    with watch.running():
        act()
        paint()
    return watch.seconds


def paint() -> None:
    """Paint what has to be painted, and nothing else: timers and idle work stay for `rest`."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest)


def rest(most_s: float = 5.0) -> None:
    """Let the program lay out ahead and the like, until nothing is left or `most_s` are over."""
    deadline = wall() + most_s
    quiet = 0
    while quiet < 3 and wall() < deadline:
        before = cpu()
        QApplication.processEvents()
        quiet = quiet + 1 if cpu() - before < 0.0002 else 0


def pause(seconds: float) -> list[float]:
    """Let the program do what it puts off to a pause of the analyst; CPU seconds of each block of work."""
    blocks = []
    deadline = wall() + seconds
    while wall() < deadline:
        before = cpu()
        QApplication.processEvents()
        blocks.append(cpu() - before)
        sleep(0.001)
    return blocks
