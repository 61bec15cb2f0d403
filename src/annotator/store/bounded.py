"""Reading that ends when it takes too long, or when somebody else needs the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

AT_ONCE = 400_000
"""Steps of SQLite's machine that the window may wait for: about 20 ms."""
_PARTS = 20
_LOOKS = 4_000
"""Steps between two looks at whether a reader is still wanted: well under a millisecond."""


class ReadingStoppedError(Exception):
    """A reading statement was ended before it had an answer."""


class ReadingTooLongError(ReadingStoppedError):
    """It was ended since it took too long, and not since nobody wants it any more."""


def never() -> bool:
    """What is always wanted."""
    return False


def is_stopped(error: sqlite3.Error) -> bool:
    """Whether an error says that a statement was ended from outside."""
    return getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT"


def is_busy(error: sqlite3.Error) -> bool:
    """Whether an error says that another program keeps the file to itself."""
    return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")


@contextmanager
def bounded(
    connection: sqlite3.Connection, is_unwanted: Callable[[], bool] = never, steps: int = AT_ONCE
) -> Iterator[None]:
    """End the statement with which a block takes more steps than these, by about a twentieth.

    Then it raises ReadingTooLongError. What `stop_when` looks at is looked at inside the block, too.
    SQLite goes on counting where the last run of a prepared statement left off, so that a handler
    called after all the steps at once would end now and then a run of a few.
    """
    left = _PARTS

    def is_over() -> bool:
        nonlocal left
        left -= 1
        return left < 0 or is_unwanted()

    connection.set_progress_handler(lambda: int(is_over()), steps // _PARTS)
    try:
        yield
    except ReadingStoppedError as error:
        if left < 0:
            raise ReadingTooLongError from error
        raise
    finally:
        stop_when(connection, is_unwanted)


def stop_when(connection: sqlite3.Connection, is_unwanted: Callable[[], bool]) -> None:
    """End the statement of a connection as soon as it is not wanted any more; asked on its own thread."""
    if is_unwanted is never:
        connection.set_progress_handler(None, 0)
    else:
        connection.set_progress_handler(lambda: int(is_unwanted()), _LOOKS)
