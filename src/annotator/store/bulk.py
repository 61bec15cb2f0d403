"""The writing end of a bulk operation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from itertools import chain
from typing import Any, NamedTuple, Protocol

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


class _Rows(NamedTuple):
    """Rows that wait for one INSERT, given up to its list of columns."""

    head: str
    rows: list[tuple[Any, ...]]


class Bulk:
    """Rows gather here and are committed in batches; each carries `operation` in its column."""

    BATCH = 5000
    TOGETHER = (100, 10, 1)
    """Rows of one INSERT, the most that there are. Where triggers write, SQLite keeps what it needs to take
    back a statement, which costs as much as the row itself where each has one of its own (decision 17)."""

    def __init__(self, store: Writer, operation: OperationId) -> None:
        self.operation = operation
        self._store = store
        self._waiting: defaultdict[str, list[_Rows]] = defaultdict(list)
        """By table, in the order in which they came: a row may refer to one before it."""
        self.waiting = 0
        """How many rows are queued."""
        self.is_sealed = False
        self.within: Callable[[Collection[str]], AbstractContextManager[object]] = nullcontext
        """What the rows of a batch that is `LARGE` are inserted within, by the tables they go into."""

    def insert(self, head: str, rows: list[tuple[Any, ...]]) -> None:
        """Queue rows that carry the operation already. head: their INSERT up to its list of columns."""
        self.insert_together((head, rows))

    def insert_together(self, *inserts: tuple[str, list[tuple[Any, ...]]]) -> None:
        """Queue rows of several tables that must be in the file together or not at all."""
        for head, rows in inserts:
            if rows:
                queued = self._waiting[_table(head)]
                if not queued or queued[-1].head != head:
                    queued.append(_Rows(head, []))
                queued[-1].rows.extend(rows)
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
            with within(waiting):
                for table in sorted(waiting, key=_place):
                    for head, rows in waiting[table]:
                        self._insert(head, rows)
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


@cache
def _table(head: str) -> str:
    """The table of an INSERT; there are few of them."""
    found = _table_of(head)
    return found[1] if found else ""


def _place(table: str) -> int:
    """Where a table stands among all: after those it refers to."""
    return _ORDER.index(table) if table else len(_ORDER)


def _writable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return value
