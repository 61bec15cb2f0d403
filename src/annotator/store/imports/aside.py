"""What an import remembers of a whole file, put aside on disk so that memory stays flat."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice, repeat
from types import TracebackType
from typing import Any, Self

from annotator.domain.temporary import temporary

_KEEP = "INSERT INTO given (tbl, given, whose, id)"
_LAST_COUNTS = "ON CONFLICT DO UPDATE SET id = excluded.id"
SEVERAL = ""
"""In the place of an id: rows of several annotators are called so."""
KNOWN = 5_000
"""Beyond so many ids at hand, all are forgotten at the next `look_up`."""
_AT_ONCE = 1_000
"""Rows of the project that are put aside together."""


class Aside:
    """A temporary database without a name: ids by foreign id, and links to look at again at the end."""

    def __init__(self) -> None:
        self._near: defaultdict[str, dict[str, str | None]] = defaultdict(dict)
        """What was kept or looked up lately, by table; all that is not written yet is in it."""
        self._new: list[tuple[str, str, str, str]] = []
        self._greatest: defaultdict[str, str] = defaultdict(str)
        """By table: most files bring foreign ids in an order, and what is beyond all needs no looking up."""
        self._file = temporary(
            "CREATE TABLE given (tbl TEXT, given TEXT, whose TEXT, id TEXT,"
            " PRIMARY KEY (tbl, given, whose)) WITHOUT ROWID",
            "CREATE TABLE act (id INTEGER PRIMARY KEY, gives_node INTEGER, data TEXT)",
            is_of_one_thread=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def look_up(self, given: Mapping[str, Collection[str]]) -> None:
        """Have the ids of foreign ids at hand, by table: each on its own would cost a statement."""
        if sum(map(len, self._near.values())) > KNOWN:
            self._file.fill(_KEEP, self._new, _LAST_COUNTS)
            self._new.clear()
            self._near.clear()
        for table, some in given.items():
            near, greatest = self._near[table], self._greatest[table]
            asked = [one for one in some if one <= greatest and one not in near]
            if asked:
                near.update(dict.fromkeys(asked))
                near.update(self._kept(table, asked))

    def id_of(self, table: str, given: str) -> str | None:
        """The id that a foreign id got, if any; SEVERAL where `ids_by` has more than one."""
        near = self._near[table]
        if given not in near and given <= self._greatest[table]:
            near[given] = None
            near.update(self._kept(table, [given]))
        return near.get(given)

    def ids_of(self, table: str, given: Iterable[str]) -> dict[str, str]:
        """Those of some foreign ids that got an id, by what they are; they were looked up before."""
        near = self._near[table]
        return {one: row_id for one in given if (row_id := near.get(one)) is not None}

    def ids_by(self, table: str, given: str) -> dict[str, str]:
        """What rows of the project under one foreign id are called here, by whose they are."""
        sql = "SELECT whose, id FROM given WHERE tbl = ? AND given = ?"
        return dict(self._file.execute(sql, (table, given)))

    def _kept(self, table: str, some: Sequence[str]) -> dict[str, str]:
        """Those of some foreign ids that have an id. NUL ends a text in the JSON of SQLite."""
        sql = "SELECT given, id FROM given WHERE tbl = ? AND given"
        listed = json.dumps([given for given in some if "\0" not in given])
        rows = [self._file.execute(f"{sql} IN (SELECT value FROM json_each(?))", (table, listed))]
        rows += [self._file.execute(f"{sql} = ?", (table, given)) for given in some if "\0" in given]
        found: dict[str, str] = {}
        for given, row_id in chain.from_iterable(rows):
            found[given] = SEVERAL if given in found else row_id
        return found

    def keep(self, table: str, ids: Mapping[str, str]) -> None:
        """Keep ids by foreign ids, at least one."""
        self._near[table].update(ids)
        self._new += zip(repeat(table), ids, repeat(""), ids.values())
        self._greatest[table] = max(self._greatest[table], *ids)

    def keep_ids(self, rows: Iterator[tuple[str, str, str, str]]) -> None:
        """Put many aside at once: table, foreign id, whose it is or nothing, id."""
        while some := [*islice(rows, _AT_ONCE)]:
            for table, given, _, _ in some:
                self._greatest[table] = max(given, self._greatest[table])
            self._file.fill(_KEEP, some, _LAST_COUNTS)

    def keep_acts(self, acts: Iterable[tuple[str, bool]]) -> None:
        """Keep links to look at again: their data, and whether each gives a claim node."""
        self._file.executemany("INSERT INTO act (data, gives_node) VALUES (?, ?)", acts)

    def acts(self, gives_node: bool, at_once: int) -> Iterator[list[str]]:
        """What was kept, in its order, so many at a time."""
        last: Any = 0
        while page := self._file.execute(
            "SELECT id, data FROM act WHERE gives_node = ? AND id > ? ORDER BY id LIMIT ?",
            (gives_node, last, at_once),
        ).fetchall():
            yield [data for _, data in page]
            last = page[-1][0]
