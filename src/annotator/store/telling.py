"""Telling views what an operation touched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from threading import get_ident
from typing import NamedTuple

from annotator.store.journal import Operation, Touched

LISTED_ROWS = 2000
"""How many touched rows a Change lists at most; views re-read everything beyond."""


class Change(NamedTuple):
    """What one committed operation touched; where `is_whole` is False, `rows` are but some of it.

    They are cut at `LISTED_ROWS`; rows made in bulk are not among them, nor those another program
    changed of which the journal has no image.
    """

    operation: Operation
    rows: tuple[Touched, ...]
    is_whole: bool

    @classmethod
    def of(cls, operation: Operation, touched: Iterable[Touched]) -> Change:
        """The change that an operation made; no more of the touched rows are read than are listed."""
        rows = tuple(islice(touched, LISTED_ROWS + 1))
        is_whole = operation.kind not in ("bulk", "foreign") and len(rows) <= LISTED_ROWS
        return cls(operation, rows[:LISTED_ROWS], is_whole)

    @classmethod
    def of_everything(cls, operation: Operation) -> Change:
        """A change of which nobody says what it touched."""
        return cls(operation, (), is_whole=False)

    @property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of touched rows by table."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            found[row.table].add(row.id)
        return {table: frozenset(ids) for table, ids in found.items()}


Listener = Callable[[Change], None]


class Listeners:
    """Who is told of every Change, in the order in which they came."""

    def __init__(self) -> None:
        self._listeners: dict[object, Listener] = {}
        self._untold: list[Change] | None = None
        self._kept: dict[int, list[Change]] = {}
        self.told = 0
        """How many changes there were."""

    def add(self, listener: Listener) -> Callable[[], object]:
        """Tell it of every Change from now on; call what is returned to stop, once or more."""
        self._listeners[key := object()] = listener
        return lambda: self._listeners.pop(key, None)

    def forget(self) -> None:
        """Tell nobody any more."""
        self._listeners.clear()

    def tell(self, change: Change) -> None:
        if (kept := self._kept.get(get_ident())) is not None:
            kept.append(change)
            return
        self.told += 1
        if self._untold is not None:
            self._untold.append(change)
            return
        for listener in list(self._listeners.values()):
            listener(change)

    @contextmanager
    def kept_here(self) -> Iterator[list[Change]]:
        """What this thread would tell during this block, for another one to tell."""
        kept = self._kept[get_ident()] = []
        try:
            yield kept
        finally:
            del self._kept[get_ident()]

    @property
    def is_late(self) -> bool:
        """Whether a worker is at work, and what it does is told when it is done."""
        return self._untold is not None

    @contextmanager
    def later(self) -> Iterator[None]:
        """What happens during this block is told at its end, on the thread that waits for it."""
        self._untold = []
        try:
            yield
        finally:
            untold, self._untold = self._untold, None
            for change in untold:
                self.tell(change)
