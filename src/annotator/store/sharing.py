"""A connection that several threads use, one statement at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from threading import Lock, get_ident
from types import TracebackType
from typing import Any, Self


class Turn:
    """A lock its owner may take again, and which goes to whoever has waited longest.

    A thread that gives it back and wants it again at once stands behind the one that waits.
    """

    def __init__(self) -> None:
        self._next = Lock()
        self._taken = Lock()
        self._owner = 0
        self._depth = 0

    def __enter__(self) -> Self:
        me = get_ident()
        if self._owner != me:
            with self._next:
                self._taken.acquire()
            self._owner = me
        self._depth += 1
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if not self._depth:
            self._owner = 0
            self._taken.release()


class SharedCursor(sqlite3.Cursor):
    """Takes the turn of its connection for each step."""

    connection: SharedConnection

    def execute(self, sql: str, parameters: Any = (), /) -> Self:
        with self.connection.turn:
            return super().execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> Self:
        with self.connection.turn:
            return super().executemany(sql, rows)

    def fetchone(self) -> Any:
        with self.connection.turn:
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with self.connection.turn:
            return super().fetchall()

    def __next__(self) -> Any:
        with self.connection.turn:
            return super().__next__()


@contextmanager
def with_setting(connection: sqlite3.Connection, name: str, value: int) -> Iterator[None]:
    """Let a setting of a connection have another value meanwhile."""
    (usual,) = connection.execute(f"PRAGMA {name}").fetchone()
    connection.execute(f"PRAGMA {name} = {value}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA {name} = {usual}")


def with_cache(connection: sqlite3.Connection, kib: int) -> AbstractContextManager[None]:
    """Let a connection keep so many KiB of the pages it reads and writes meanwhile."""
    return with_setting(connection, "cache_size", -kib)


class SharedConnection(sqlite3.Connection):
    """While one thread is inside SQLite another waits outside of it.

    SQLite's own lock would not do: a statement that calls Python (an authoriser, a function of
    ours, a progress handler) waits for the interpreter with that lock held, and another thread that
    binds a value waits for the lock with the interpreter held. Neither would ever go on.
    """

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        self.turn = Turn()
        super().__init__(*arguments, **settings)

    def cursor(self, factory: Any = SharedCursor) -> Any:
        return super().cursor(factory)

    # Both ask for their cursor: a connection forgets those that are gone only where it makes them itself.
    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        cursor: SharedCursor = self.cursor()
        return cursor.execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        cursor: SharedCursor = self.cursor()
        return cursor.executemany(sql, rows)

    def rows(self, sql: str, parameters: Any = (), /) -> list[Any]:
        """All rows of a statement, in one turn: a setting of another thread ends statements half read."""
        with self.turn:
            return super().cursor().execute(sql, parameters).fetchall()

    def set_progress_handler(self, handler: Callable[[], int | None] | None, n: int) -> None:
        with self.turn:
            super().set_progress_handler(handler, n)

    def close(self) -> None:
        """Close it as soon as no thread is inside; those that come later find it closed."""
        with self.turn:
            super().close()

    def set_authorizer(self, decide: Callable[..., int] | None) -> None:
        with self.turn:
            super().set_authorizer(decide)
