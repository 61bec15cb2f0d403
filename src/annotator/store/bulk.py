"""Operations of many commits, which have the file to themselves and are shown at once."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import OperationId
from annotator.store.journal import Operation
from annotator.store.operations import Operations
from annotator.store.schema import JOURNALED

if TYPE_CHECKING:
    from annotator.store.large import LargeOperation

Progress = Callable[[int], bool]
"""Told how much is done so far; returns False to cancel."""


LARGE = 1000
"""An operation of more rows than this is undone, redone or carried out in batches, beside the window."""


class BulkCancelledError(Exception):
    """The analyst stopped a bulk operation; nothing of it stays."""


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

    def __init__(self, store: BulkOperations, operation: OperationId) -> None:
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


class BulkOperations(Operations):
    """Operations of many commits: none other begins meanwhile, no reader sees one before its last commit."""

    @property
    def is_bulk_running(self) -> bool:
        """Whether a bulk operation has the file to itself, or a worker reads what it is to change.

        Answered without waiting for the connection.
        """
        return self._bulk is not None or self._listeners.is_late

    @property
    def is_busy(self) -> bool:
        """Whether whoever reads now waits for a bulk operation, or for a COMMIT; answered without waiting."""
        return self.is_bulk_running or self._transactions.is_writing

    @property
    def bulk_operation(self) -> OperationId | None:
        """The bulk operation in whose name this thread writes; rows it makes carry it instead of an image."""
        return self._bulk if self._journal.is_current_here else None

    @contextmanager
    def bulk(self, name: str, /, **details: Any) -> Iterator[Bulk]:
        """One operation of many commits, shown to no reader before its last one.

        The block writes through the `Bulk` it gets; no other operation can begin
        meanwhile. An exception takes all of it back before it goes on; a kill
        does so when the file is next opened.
        """
        operation = self._begin_bulk(name, "bulk", details)
        with self._in_bulk():
            bulk = Bulk(self, operation.id)
            yield bulk
            if not bulk.is_sealed:
                with bulk.ending():
                    pass
        self._listeners.tell(self.change_of(operation.id))

    @contextmanager
    def large(
        self,
        name: str,
        details: Mapping[str, Any],
        progress: Progress | None = None,
        *,
        kind: str = "edit",
        reverses: Operation | None = None,
    ) -> Iterator[LargeOperation]:
        """One operation that takes away or brings back very many rows, in many commits, shown at once.

        As with `bulk`, no other operation can begin meanwhile, and an exception or a
        kill before the end of the block takes all of it back. What is left to delete
        where the disk fails after it is deleted before the next operation.
        """
        from annotator.store.large import LargeOperation  # no window needs it to be painted

        operation = self._begin_bulk(name, kind, details, reverses)
        tell = progress or (lambda rows: True)
        with self._in_bulk():
            large = LargeOperation(self._connection, self, self._journal, operation.id, tell)
            with self._transactions.unreferenced():
                yield large
                with self._connection.turn:  # readers wait: on this connection they would see half
                    large.seal()
            self._sweep(lambda rows: tell(large.rows + rows))
        self._listeners.tell(self.change_of(operation.id))

    @contextmanager
    def writing_as(self, operation: OperationId) -> Iterator[None]:
        """A transaction in the name of a bulk operation that began before."""
        with self._transactions.transaction(), self._transactions.writing_as(operation):
            yield

    def unwatched(self, tables: Iterable[str]) -> AbstractContextManager[None]:
        """A part of a transaction in which rows that come into some tables all carry the operation."""
        return self._journal.unwatched(tables)

    def _begin_bulk(
        self, name: str, kind: str, details: Mapping[str, Any], reverses: Operation | None = None
    ) -> Operation:
        """Begin what has the file to itself from then on."""
        with self._alone():
            with self._transactions.transaction():
                operation = self._history.begin(name, kind, details, reverses=reverses, sealed=False)
            self._bulk = operation.id
        return operation

    @contextmanager
    def _in_bulk(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self._sweep()
            raise
        finally:
            self._bulk = None

    def _sweep(self, tell: Callable[[int], object] = lambda rows: None) -> None:
        """Take back or finish what is not done; on a disk that fails, before the next operation."""
        self._is_swept = False
        with suppress(UserError, sqlite3.Error):
            self._remains.sweep(tell)
            self._is_swept = True
