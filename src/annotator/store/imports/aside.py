"""What an import remembers of a whole file, put aside on disk so that memory stays flat."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Self

Key = tuple[str, str]
"""A table and a foreign id."""


_KEEP = "INSERT INTO given (tbl, given, id) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET id = excluded.id"
KNOWN = 5_000
"""Beyond so many ids at hand, all are forgotten at the next `look_up`."""


class Aside:
    """A temporary database without a name: ids by foreign id, and links to look at again at the end."""

    def __init__(self) -> None:
        self._near: dict[Key, str] = {}
        """What was kept or found lately; all that is not written yet is in it."""
        self._new: list[tuple[str, str, str]] = []
        self._absent: set[Key] = set()
        """What was looked up and is not there."""
        self._greatest: defaultdict[str, str] = defaultdict(str)
        """By table: most files bring foreign ids in an order, and what is beyond all needs no looking up."""
        self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for sql in (
            "PRAGMA journal_mode = OFF",
            "PRAGMA synchronous = OFF",
            "CREATE TABLE given (tbl TEXT, given TEXT, id TEXT, PRIMARY KEY (tbl, given)) WITHOUT ROWID",
            "CREATE TABLE act (id INTEGER PRIMARY KEY, gives_node INTEGER, data TEXT)",
            "BEGIN",
        ):
            self._file.execute(sql)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def look_up(self, keys: Collection[Key]) -> None:
        """Have the ids of some foreign ids at hand: each on its own would cost a statement."""
        if len(self._near) > KNOWN:
            self._file.executemany(_KEEP, self._new)
            self._new.clear()
            self._near.clear()
        self._absent = self._missing(keys)

    def id_of(self, table: str, given: str) -> str | None:
        """The id that a foreign id got, if any."""
        key = (table, given)
        if key not in self._near and key not in self._absent:
            self._absent |= self._missing([key])
        return self._near.get(key)

    def _missing(self, keys: Collection[Key]) -> set[Key]:
        """Those of some keys that nothing is kept for; the ids of the others are near from now on."""
        by_table: defaultdict[str, list[str]] = defaultdict(list)
        for key in keys:
            table, given = key
            if key not in self._near and given <= self._greatest[table]:
                by_table[table].append(given)
        for table, some in by_table.items():
            for given, row_id in self._kept(table, some):
                self._near[table, given] = row_id
        return {key for key in keys if key not in self._near}

    def _kept(self, table: str, some: Sequence[str]) -> Iterator[tuple[str, str]]:
        """Those of some foreign ids that have an id. NUL ends a text in the JSON of SQLite."""
        sql = "SELECT given, id FROM given WHERE tbl = ? AND given"
        listed = json.dumps([given for given in some if "\0" not in given])
        yield from self._file.execute(f"{sql} IN (SELECT value FROM json_each(?))", (table, listed))
        for given in some:
            if "\0" in given:
                yield from self._file.execute(f"{sql} = ?", (table, given))

    def keep_id(self, table: str, given: str, row_id: str) -> None:
        self._near[table, given] = row_id
        self._new.append((table, given, row_id))
        self._greatest[table] = max(given, self._greatest[table])

    def keep_ids(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Put many aside at once: table, foreign id, id."""
        for row in rows:
            table, given, _ = row
            self._greatest[table] = max(given, self._greatest[table])
            self._file.execute(_KEEP, row)

    def keep_act(self, data: str, gives_node: bool) -> None:
        self._file.execute("INSERT INTO act (gives_node, data) VALUES (?, ?)", (gives_node, data))

    def acts(self, gives_node: bool, at_once: int) -> Iterator[list[str]]:
        """What was kept, in its order, so many at a time."""
        last: Any = 0
        while page := self._file.execute(
            "SELECT id, data FROM act WHERE gives_node = ? AND id > ? ORDER BY id LIMIT ?",
            (gives_node, last, at_once),
        ).fetchall():
            yield [data for _, data in page]
            last = page[-1][0]
