"""A connection that reads a project."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from sys import getsizeof
from threading import RLock
from typing import Any, TypeVar, cast

from annotator.store import search, shown
from annotator.store.bounded import ReadingStoppedError, bounded, is_busy, is_stopped, never, stop_when
from annotator.store.sharing import SharedConnection, with_cache, with_setting

T = TypeVar("T")
CACHED_VALUES, CACHED_BYTES = 16, 64 << 20
"""What is kept at most of values that can never change: so many, and so much of them together."""
ALWAYS_CACHED = 5
"""The last ones stay however large: scheme, texts and numbers of paragraphs of the articles in two panes."""


class Reading:
    """Statements that read; an error of SQLite becomes what `_meaning` makes of it."""

    def __init__(self, connection: SharedConnection) -> None:
        self._connection = connection
        self._cache: OrderedDict[Hashable, object] = OrderedDict()
        self._caching = RLock()  # the window reads while a worker imports
        self.when_busy: Callable[[], bool] = lambda: False
        """Called on the thread that reads, where another program keeps the file to itself for seconds.

        Where it says True reading is tried again, otherwise UserError("project-busy") is raised.
        """
        self._is_unwanted: Callable[[], bool] = never
        search.teach(connection)
        shown.hide_unsealed(connection)

    def query(self, sql: str, parameters: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading statement; `shown_TABLE` hides what is not sealed yet.

        Raises UserError where the file is damaged or cannot be read.
        """
        try:
            return self._connection.rows(sql, parameters)
        except sqlite3.DatabaseError as error:
            return self._again(error, lambda: self._connection.rows(sql, parameters))

    def is_free(self) -> bool:
        """Whether no other program keeps the file to itself; nobody waits for that."""
        try:
            # In one turn: a COMMIT of another thread is to wait for readers as ever.
            with self._connection.turn, with_setting(self._connection, "busy_timeout", 0):
                self._connection.execute("SELECT 1 FROM main.head").fetchall()
        except sqlite3.OperationalError as error:
            if is_busy(error):
                return False
            raise self._meant(error) from error
        return True

    def with_cache(self, kib: int) -> AbstractContextManager[None]:
        """A block in which so many KiB of pages stay in memory."""
        return with_cache(self._connection, kib)

    def at_once(self) -> AbstractContextManager[None]:
        """A block in which a statement that the window would have to wait for raises ReadingStoppedError."""
        return bounded(self._connection, self._is_unwanted)

    def give_way(self, is_unwanted: Callable[[], bool]) -> None:
        """Raise ReadingStoppedError as soon as this, which is asked in the middle of a statement, says so."""
        self._is_unwanted = is_unwanted
        stop_when(self._connection, is_unwanted)

    def iterate(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a reading statement one by one, for long lists read from a snapshot."""
        try:
            yield from self._understood(lambda: self._connection.execute(sql, parameters))
        except sqlite3.DatabaseError as error:
            raise self._meant(error) from error

    def beginning(self, table: str, column: str, rowid: int, length: int) -> str:
        """So many bytes of a text, without those of a character that is cut off."""
        return self.part(table, column, rowid, 0, length).decode("utf-8", errors="ignore")

    def part(self, table: str, column: str, rowid: int, start: int, length: int) -> bytes:
        """So many bytes of a text from one on; fewer where it ends before."""

        def read() -> bytes:
            with self._connection.blobopen(table, column, rowid, readonly=True) as text:
                text.seek(min(start, len(text)))
                return text.read(length)

        return self._understood(read)

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """A value that can never change, kept while it is among the last few that were asked for."""
        with self._caching:
            if key in self._cache:
                self._cache.move_to_end(key)
            else:
                self._cache[key] = make()
                while self._is_too_much():
                    self._cache.popitem(last=False)
            return cast("T", self._cache[key])

    def _is_too_much(self) -> bool:
        size = sum(map(getsizeof, self._cache.values())) if len(self._cache) > ALWAYS_CACHED else 0
        return size > CACHED_BYTES or len(self._cache) > CACHED_VALUES

    def _understood(self, read: Callable[[], T]) -> T:
        """What a reading gives; an error of SQLite becomes what it means to the analyst."""
        try:
            return read()
        except sqlite3.DatabaseError as error:
            return self._again(error, read)

    def _again(self, error: sqlite3.DatabaseError, read: Callable[[], T]) -> T:
        """What a reading that failed gives as soon as the file is free. Raises what other errors mean."""
        while is_busy(error) and self.when_busy():
            try:
                return read()
            except sqlite3.DatabaseError as another:
                error = another
        raise self._meant(error) from error

    def _meant(self, error: sqlite3.DatabaseError) -> Exception:
        return ReadingStoppedError() if is_stopped(error) else self._meaning(error)

    def _meaning(self, error: sqlite3.DatabaseError) -> Exception:
        """What an error means to the analyst."""
        return error
