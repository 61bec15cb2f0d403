"""What a writer has to remember of very many records, on disk so that memory stays flat."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from typing import Any

AT_ONCE = 500
"""Rows that are written, and read, together."""
HELD = 4_000
"""Rows that are held in memory, which spares small exports the database; if there are more, none is."""
_NEAR = 16


class Kept:
    """Rows of texts and numbers by a key; very many are in a temporary database without a name."""

    def __init__(self, *columns: str) -> None:
        self._held: dict[str, list[tuple[Any, ...]]] | None = {}
        """All rows, until there are too many."""
        self._near: dict[str, tuple[Any, ...] | None] = {}
        self._file = _temporary(f"key TEXT, place INTEGER, {', '.join(columns)}, PRIMARY KEY (key, place)")
        self._select = f"SELECT key, {', '.join(columns)} FROM kept"  # noqa: S608 - named by our writers
        self._insert = f"INSERT INTO kept VALUES (?, ?{', ?' * len(columns)})"  # noqa: S608 - only places
        self._count = 0
        self._waiting: list[tuple[Any, ...]] = []

    def close(self) -> None:
        """Forget all of it."""
        self._file.close()

    def add(self, key: str, *row: Any) -> None:
        """Keep a row beside those of the same key."""
        self._count += 1
        if self._held is not None:
            self._held.setdefault(key, []).append(row)
            if self._count > HELD:
                self._put_aside()
            return
        self._waiting.append((key, self._count, *row))
        if len(self._waiting) == AT_ONCE:
            self._write()

    def _put_aside(self) -> None:
        held, self._held = self._held or {}, None
        for key, rows in held.items():
            self._waiting += [(key, place, *row) for place, row in enumerate(rows)]
        self._write()

    def _write(self) -> None:
        self._file.executemany(self._insert, self._waiting)
        self._waiting.clear()
        self._near.clear()

    def one(self, key: str) -> tuple[Any, ...] | None:
        """The row of a key that has one; a few that follow it come along, as they are often next."""
        if self._held is not None:
            return self._held.get(key, [None])[-1]
        if self._waiting:
            self._write()
        if key not in self._near:
            rows = self._file.execute(f"{self._select} WHERE key >= ? ORDER BY key LIMIT {_NEAR}", (key,))
            self._near = {key: None, **{row[0]: row[1:] for row in rows}}
        return self._near[key]

    def some(self, keys: Collection[str]) -> dict[str, tuple[Any, ...]]:
        """The rows of keys that have one."""
        if self._held is not None:
            return {key: self._held[key][-1] for key in keys if key in self._held}
        return {row[0]: row[1:] for row in self._rows(keys)}

    def all_of(self, keys: Collection[str]) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of the keys that have any, in their order."""
        if self._held is not None:
            return {key: [*self._held[key]] for key in keys if key in self._held}
        found: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._rows(keys):
            found.setdefault(row[0], []).append(row[1:])
        return found

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        """All rows, by their keys."""
        if self._held is not None:
            return (row for key in sorted(self._held) for row in self._held[key])
        if self._waiting:
            self._write()
        return (row[1:] for row in self._file.execute(self._select))

    def _rows(self, keys: Collection[str]) -> sqlite3.Cursor:
        if self._waiting:
            self._write()
        places = ", ".join("?" * len(keys))
        return self._file.execute(f"{self._select} WHERE key IN ({places}) ORDER BY key, place", tuple(keys))


class Ordered:
    """Rows that are gone through once, by their keys."""

    def __init__(self, *columns: str) -> None:
        names = ", ".join(columns)
        self._file = _temporary(f"key TEXT, {names}", is_by_key=False)
        self._insert = f"INSERT INTO kept VALUES (?{', ?' * len(columns)})"  # noqa: S608 - only places
        self._select = f"SELECT {names} FROM kept ORDER BY key, rowid"  # noqa: S608 - named by our readers
        self._waiting: list[tuple[Any, ...]] = []

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()

    def add(self, key: str, *row: Any) -> None:
        """Keep a row behind those of the same key."""
        self._waiting.append((key, *row))
        if len(self._waiting) == AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._file.executemany(self._insert, self._waiting)
        self._waiting.clear()

    def pages(self, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """All rows, so many at a time."""
        self._write()
        rows = self._file.execute(self._select)
        while page := rows.fetchmany(size):
            yield page


class KeptSet:
    """Texts that differ."""

    def __init__(self) -> None:
        self._file = _temporary("key TEXT PRIMARY KEY")

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()

    def __contains__(self, key: object) -> bool:
        return self._file.execute("SELECT 1 FROM kept WHERE key = ?", (key,)).fetchone() is not None

    def add(self, key: str) -> None:
        """Keep one that is not there."""
        self._file.execute("INSERT INTO kept VALUES (?)", (key,))


def _temporary(columns: str, is_by_key: bool = True) -> sqlite3.Connection:
    """A database without a name, with one table."""
    file = sqlite3.connect("", isolation_level=None)
    for sql in (
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = -128",
        f"CREATE TABLE kept ({columns}){' WITHOUT ROWID' if is_by_key else ''}",
        "BEGIN",
    ):
        file.execute(sql)
    return file
