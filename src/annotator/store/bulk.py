"""The writing end of a bulk operation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain
from typing import Any, Protocol

from annotator.domain.ids import OperationId
from annotator.store.schema import JOURNALED

Progress = Callable[[int], bool]
"""Told how much is done so far; returns False to cancel."""


LARGE = 1000
"""An operation of more rows than this is undone, redone or carried out in batches, beside the window."""


class BulkCancelledError(Exception):
    """The analyst stopped a bulk operation; nothing of it stays."""


class Writer(Protocol):
    """What a bulk operation needs of its store."""

    def writing_as(self, operation: OperationId) -> AbstractContextManager[None]:
        """A transaction in the name of an operation that began before."""

    def execute(self, sql: str, parameters: tuple[Any, ...], /) -> int:
        """Run a writing statement."""


class Bulk:
    """Rows gather here and are committed in batches; each carries `operation` in its column."""

    BATCH = 5000
    TOGETHER = (100, 10, 1)
    """Rows of one INSERT, the most that there are. Where triggers write, SQLite keeps what it needs to take
    back a statement, which costs as much as the row itself where each has one of its own (decision 17)."""

    def __init__(self, store: Writer, operation: OperationId) -> None:
        self.operation = operation
        self._store = store
        self._waiting: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.waiting = 0
        """How many rows are queued."""
        self.is_sealed = False
        self.within: Callable[[], AbstractContextManager[None]] = nullcontext
        """What the rows of a batch are inserted within that is `LARGE`."""

    def insert(self, head: str, rows: list[tuple[Any, ...]]) -> None:
        """Queue rows that carry the operation already. head: their INSERT up to its list of columns."""
        self._waiting[head] += rows
        self.waiting += len(rows)
        if self.waiting >= self.BATCH:
            self.flush()

    def insert_together(self, *inserts: tuple[str, list[tuple[Any, ...]]]) -> None:
        """Queue rows of several tables that must be in the file together or not at all."""
        for head, rows in inserts:
            if rows:
                self._waiting[head] += rows
                self.waiting += len(rows)
        if self.waiting >= self.BATCH:
            self.flush()

    def flush(self) -> None:
        """Commit what has gathered."""
        if self._waiting:
            with self.editing():
                pass

    @contextmanager
    def editing(self) -> Iterator[None]:
        """A transaction, after all queued rows, in which edits join the bulk operation.

        What they write is noted row by row, unless a row carries the operation.
        Queued rows go in table by table, those first that others refer to.
        """
        waiting, within = self._waiting, self.within if self.waiting > LARGE else nullcontext
        self._waiting, self.waiting = defaultdict(list), 0
        with self._store.writing_as(self.operation):
            with within():
                for head in sorted(waiting, key=_place):
                    self._insert(head, waiting[head])
            yield

    def _insert(self, head: str, rows: list[tuple[Any, ...]]) -> None:
        places, start = f"({', '.join('?' * len(rows[0]))})", 0
        for size in self.TOGETHER:
            sql = f"{head} VALUES {', '.join([places] * size)}"
            while start + size <= len(rows):
                self._write(sql, tuple(chain.from_iterable(rows[start : start + size])))
                start += size

    def _write(self, sql: str, values: tuple[Any, ...]) -> None:
        """Run a statement; bytes of file names that are no UTF-8 become U+FFFD."""
        try:
            self._store.execute(sql, values)
        except UnicodeEncodeError:
            self._store.execute(sql, tuple(map(_writable, values)))

    @contextmanager
    def ending(self) -> Iterator[None]:
        """`editing` for the last time: with its commit all that was written is shown at once."""
        with self.editing():
            yield
            self._store.execute("UPDATE main.operation SET sealed = 1 WHERE id = ?", (self.operation,))
        self.is_sealed = True


_ORDER = ("content", "content_search", "original", *JOURNALED)
_table_of = re.compile(r"INSERT .*?INTO main\.(\w+)").match


def _place(head: str) -> int:
    """Where the table of an INSERT stands among all: after those it refers to."""
    found = _table_of(head)
    return _ORDER.index(found[1]) if found else len(_ORDER)


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return value
