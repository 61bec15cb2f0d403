"""What a writer has to remember of very many records, on disk so that memory stays flat."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from typing import Any

from annotator.domain.temporary import Temporary, temporary

AT_ONCE = 500
"""Rows that are written, and read, together."""
HELD = 4_000
"""Rows that are held in memory, which spares small exports the database; if there are more, none is."""
_FROM = "SELECT * FROM kept WHERE key >= ? ORDER BY key LIMIT 16"
_Row = tuple[Any, ...]


class Kept:
    """A row of texts and numbers by each key; very many are in a temporary database without a name."""

    def __init__(self, *columns: str, times: int = 1) -> None:
        """times: how often `HELD` rows are held, where many are wanted of a small export."""
        self._limit = times * HELD
        self._held: dict[str, _Row] | None = {}
        """All rows, behind their keys, until there are too many."""
        self._near: dict[str, _Row | None] = {}
        self._file = _table(f"key TEXT PRIMARY KEY, {', '.join(columns)}")
        self._waiting: list[_Row] = []

    def close(self) -> None:
        """Forget all of it."""
        self._file.close()

    def add(self, key: str, *row: Any) -> None:
        """Keep a row, in the place of that which had the same key."""
        self.add_all([(key, *row)])

    def add_all(self, rows: Sequence[_Row]) -> None:
        """Keep some rows, each behind its key."""
        if self._held is not None:
            self._held.update(zip(map(itemgetter(0), rows), rows, strict=True))
            if len(self._held) > self._limit:
                rows, self._held = [*self._held.values()], None
                self._write(rows)
            return
        self._waiting += rows
        if len(self._waiting) >= AT_ONCE:
            self._write_waiting()

    def _write_waiting(self) -> None:
        if self._waiting:
            self._write(self._waiting)
            self._waiting.clear()

    def _write(self, rows: Sequence[_Row]) -> None:
        self._file.fill("REPLACE INTO kept", rows)
        self._near.clear()

    def one(self, key: str) -> _Row | None:
        """The row of a key that has one; a few that follow it come along, as they are often next."""
        if self._held is not None:
            return self._held[key][1:] if key in self._held else None
        self._write_waiting()
        if key not in self._near:
            rows = self._file.execute(_FROM, (key,))
            self._near = {key: None, **{row[0]: row[1:] for row in rows}}
        return self._near[key]

    def some(self, keys: Collection[str]) -> dict[str, _Row]:
        """The rows of keys that have one."""
        if self._held is not None:
            return {key: self._held[key][1:] for key in keys if key in self._held}
        self._write_waiting()
        places = ", ".join("?" * len(keys))
        sql = f"SELECT * FROM kept WHERE key IN ({places})"  # noqa: S608 - only places
        return {row[0]: row[1:] for row in self._file.execute(sql, tuple(keys))}

    def __iter__(self) -> Iterator[_Row]:
        """All rows, by their keys."""
        if self._held is not None:
            return (self._held[key][1:] for key in sorted(self._held))
        self._write_waiting()
        return (row[1:] for row in self._file.execute("SELECT * FROM kept ORDER BY key"))


class KeptLists:
    """`Kept` for several rows of one column by a key."""

    def __init__(self, column: str) -> None:
        self._held: dict[str, list[Any]] | None = {}
        """All of them, until there are too many."""
        self._file = _table(f"key TEXT, place INTEGER, {column}, PRIMARY KEY (key, place)")
        self._count = 0
        self._waiting: list[_Row] = []

    def close(self) -> None:
        """Forget all of it."""
        self._file.close()

    def add(self, key: str, value: object) -> None:
        """Keep one behind those of the same key."""
        self._count += 1
        if self._held is not None:
            self._held.setdefault(key, []).append(value)
            if self._count > HELD:
                held, self._held = self._held, None
                self._waiting = [(key, n, one) for key, some in held.items() for n, one in enumerate(some)]
                self._write()
            return
        self._waiting.append((key, self._count, value))
        if len(self._waiting) == AT_ONCE:
            self._write()

    def _write(self) -> None:
        self._file.fill("INSERT INTO kept", self._waiting)
        self._waiting.clear()

    def some(self, keys: Collection[str]) -> dict[str, list[Any]]:
        """Those of the keys that have any, in their order."""
        if self._held is not None:
            return {key: [*self._held[key]] for key in keys if key in self._held}
        self._write()
        found: dict[str, list[Any]] = {}
        places = ", ".join("?" * len(keys))
        sql = f"SELECT * FROM kept WHERE key IN ({places}) ORDER BY key, place"  # noqa: S608 - only places
        for key, _, value in self._file.execute(sql, tuple(keys)):
            found.setdefault(key, []).append(value)
        return found


class Ordered:
    """Rows that are gone through once, by their keys."""

    def __init__(self, *columns: str) -> None:
        names = ", ".join(columns)
        self._file = _table(f"key TEXT, {names}", is_by_key=False)
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
        self._file.fill("INSERT INTO kept", self._waiting)
        self._waiting.clear()

    def pages(self, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """All rows, so many at a time."""
        self._write()
        rows = self._file.execute(self._select)
        while page := rows.fetchmany(size):
            yield page


class KeptSet:
    """Texts that differ; very many are in a temporary database without a name."""

    def __init__(self) -> None:
        self._file = _table("key TEXT PRIMARY KEY")
        self._near: set[str] = set()
        """Those that are not in the database: at first all of them."""
        self._is_all = True

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()

    def __contains__(self, key: object) -> bool:
        if key in self._near or self._is_all:
            return key in self._near
        return self._file.execute("SELECT 1 FROM kept WHERE key = ?", (key,)).fetchone() is not None

    def add(self, key: str) -> None:
        """Keep one that is not there."""
        self._near.add(key)
        if len(self._near) >= (HELD if self._is_all else AT_ONCE):
            self._is_all = False
            self._file.fill("INSERT INTO kept", [(one,) for one in sorted(self._near)])
            self._near.clear()


def _table(columns: str, is_by_key: bool = True) -> Temporary:
    """A database without a name, with one table."""
    made = f"CREATE TABLE kept ({columns}){' WITHOUT ROWID' if is_by_key else ''}"
    return temporary("PRAGMA cache_size = -128", made)
