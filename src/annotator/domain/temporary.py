"""Temporary databases and files without a name, for what is too much to be held in memory."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any, BinaryIO

from annotator.domain.errors import UserError

UNWRITTEN = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR_WRITE)
"""What SQLite says of a temporary file that cannot be made or written."""


_TOGETHER = 50
"""Rows of one statement, with up to 999 values in all, which every SQLite takes."""


class Temporary(sqlite3.Connection):
    """A database in the folder for temporary files, of which nothing is left when it is closed.

    Both ways of asking raise UserError("temporary-full") where that folder has no room; SQLite's own error
    would be taken for one of the project.
    """

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        with told():
            return super().execute(sql, parameters)

    def executemany(self, sql: str, rows: Iterable[Any], /) -> sqlite3.Cursor:
        with told():
            return super().executemany(sql, rows)

    def fill(self, head: str, rows: Sequence[Sequence[Any]], tail: str = "") -> None:
        """Insert rows. head: the INSERT up to its list of columns; tail: what follows the values.

        Many to a statement take half as long as one by one, as `executemany` has them.
        """
        if not rows:
            return
        places, whole = f"({', '.join('?' * len(rows[0]))})", len(rows) - len(rows) % _TOGETHER
        sql = f"{head} VALUES {', '.join([places] * _TOGETHER)} {tail}"
        for start in range(0, whole, _TOGETHER):
            self.execute(sql, tuple(chain.from_iterable(rows[start : start + _TOGETHER])))
        self.executemany(f"{head} VALUES {places} {tail}", rows[whole:])


def temporary(*made: str, is_of_one_thread: bool = True) -> Temporary:
    """A temporary database with the tables and settings that some statements make."""
    file = sqlite3.connect("", isolation_level=None, check_same_thread=is_of_one_thread, factory=Temporary)
    for sql in ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF", *made, "BEGIN"):
        file.execute(sql)
    return file


@contextmanager
def told() -> Iterator[None]:
    """Raise UserError("temporary-full") for what SQLite says of a temporary file that cannot be written."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode not in UNWRITTEN:
            raise
        raise UserError("temporary-full", reason=str(error)) from error


def write_whole(file: BinaryIO, data: bytes) -> None:
    """Write to a temporary file that has no buffer, which would be written again when the file is closed.

    Raises UserError("temporary-full") where there is no room for all of it.
    """
    try:
        is_whole = file.write(data) == len(data)
    except OSError as error:
        raise UserError("temporary-full", reason=error.strerror) from error
    if not is_whole:
        raise UserError("temporary-full", reason=os.strerror(errno.ENOSPC))
