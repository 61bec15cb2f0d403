"""One operation of very many rows: written in batches, shown to readers at once.

Before its seal, rows that come stand in their tables unseen, and rows that go
are only listed, as changes of an operation not sealed yet, and still seen. The
seal turns both round in one transaction, which also writes the rows that
merely change. Then what went is deleted, in batches again. A kill before the
seal leaves what opening takes back, a kill after it what opening finishes.
`docs/decisions/0014` says why.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import OperationId
from annotator.store.bulk import BulkCancelledError, BulkOperations, Progress
from annotator.store.journal import AFTER_ALL, Image, Journal, Operation, Touched

BATCH = 5000
"""Rows of one commit."""
ROOTS = 500
"""Rows whose dependents are listed in one commit."""


class _Net(NamedTuple):
    """What an operation did to one row, all in all; images as JSON texts."""

    id: int
    table: str
    row: str
    before: str | None
    after: str | None
    mark: str | None
    other_mark: str | None

    @property
    def touched(self) -> Touched:
        return Touched(self.table, self.row, _image(self.before), _image(self.after))


class LargeOperation:
    """Takes rows away and brings rows back, all of them at its seal.

    References are not enforced meanwhile: a batch may hold a row and not yet the
    one it refers to. Raises BulkCancelledError where `progress` says so, until the seal is stored.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        store: BulkOperations,
        journal: Journal,
        operation: OperationId,
        progress: Progress,
    ) -> None:
        self.operation = operation
        self.is_sealed = False
        self.rows = 0
        self._connection = connection
        self._store = store
        self._journal = journal
        self._progress = progress
        self._reversed: tuple[OperationId, OperationId | None] | None = None
        self._at_seal: list[Callable[[], object]] = []
        self._dependents = _dependents(connection, journal.columns)

    def at_seal(self, act: Callable[[], object]) -> None:
        """Let rows change: done with the seal, in its transaction, for a row has no two states to show."""
        self._at_seal.append(act)

    def take(self, table: str, ids: Iterable[str]) -> None:
        """Let rows go, and with them all that ON DELETE CASCADE takes."""
        for some in _pages(ids):
            with self._writing():
                self._list(table, some)

    def reverse(self, operation: Operation) -> None:
        """Turn round what an operation did. Raises UserError("undo-stale") like `Journal.reverse`."""
        made_by = operation.id if operation.kind == "bulk" else None
        self._reversed = (operation.id, made_by)
        if made_by:
            self._list_made_by(made_by)
        for page in self._nets():
            with self._writing():
                self._list_one_by_one([net for net in page if net.before is None and net.after])
                self._bring_back([net for net in page if net.after is None and net.before])

    def seal(self) -> None:
        """Show all of it at once, with the rows that only change."""
        with self._store.writing_as(self.operation):
            for page in self._nets():
                changed = [net.touched for net in page if net.before and net.after]
                for touched in changed:
                    self._require_as_left(touched)
                    self._journal.write_back(touched)
                if changed:
                    self.note(len(changed))
            for act in self._at_seal:
                act()
            self._connection.execute("UPDATE main.operation SET sealed = 1 WHERE id = ?", (self.operation,))
            self._connection.execute(
                "INSERT INTO main.unfinished SELECT ?1 WHERE EXISTS"
                " (SELECT 1 FROM main.change WHERE operation = ?1 AND new IS NULL)",
                (self.operation,),
            )
        self.is_sealed = True

    def note(self, rows: int) -> None:
        """Tell that so many more rows are done. Raises BulkCancelledError where the analyst wants no more."""
        self.rows += rows
        if not self._progress(self.rows):
            raise BulkCancelledError

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One batch, told once it is stored."""
        with self._store.writing_as(self.operation):
            yield
        self.note(0)

    def _list(self, table: str, ids: Sequence[str]) -> None:
        """Note rows not noted yet as gone, after what hangs on them, so that any road can reverse it."""
        listed = json.dumps(ids)
        for child, column in self._dependents[table]:
            found = self._connection.execute(
                f"SELECT id FROM main.{child} WHERE {column} IN (SELECT value FROM json_each(?))", (listed,)
            ).fetchall()
            if found:
                self._list(child, [row[0] for row in found])
        self._note_gone(
            table, "t.id IN (SELECT value FROM json_each(?2)) AND NOT EXISTS (SELECT 1 FROM main.change c"
            " WHERE c.row = t.id AND c.operation = ?1)", listed,
        )  # fmt: skip

    def _list_made_by(self, bulk: OperationId) -> None:
        """Note the rows as gone that carry a bulk operation, which have no image so far."""
        for table in reversed(self._journal.columns):
            last = -1
            while True:
                end = self._connection.execute(
                    f"SELECT max(rowid) FROM (SELECT rowid FROM main.{table}"
                    " WHERE operation = ? AND rowid > ? ORDER BY rowid LIMIT ?)",
                    (bulk, last, BATCH),
                ).fetchone()[0]
                if end is None:
                    break
                with self._writing():
                    self._note_gone(
                        table, "t.operation = ?2 AND t.rowid > ?3 AND t.rowid <= ?4", bulk, last, end
                    )
                last = end

    def _note_gone(self, table: str, which: str, *parameters: object) -> int:
        image, marks = self._journal.image(table, "t"), self._journal.marks(table, "t")
        done = self._connection.execute(
            "INSERT INTO main.change (operation, tbl, row, old, new, mark, other_mark)"
            f" SELECT ?1, '{table}', t.id, {image}, NULL, {marks} FROM main.{table} t WHERE {which}",
            (self.operation, *parameters),
        )
        self.rows += done.rowcount
        return done.rowcount

    def _list_one_by_one(self, nets: list[_Net]) -> None:
        for net in nets:
            self._require_as_left(net.touched)
        self._connection.executemany(
            "INSERT INTO main.change (operation, tbl, row, old, new, mark, other_mark)"
            " VALUES (?, ?, ?, ?, NULL, ?, ?)",
            ((self.operation, net.table, net.row, net.after, net.mark, net.other_mark) for net in nets),
        )
        self.rows += len(nets)

    def _bring_back(self, nets: list[_Net]) -> None:
        for touched in (net.touched for net in nets):
            self._require_as_left(touched)
            self._journal.write_back(touched)
        self.rows += len(nets)

    def _require_as_left(self, touched: Touched) -> None:
        if not self._journal.is_as_left(touched):
            raise UserError("undo-stale", table=touched.table, row=touched.id)

    def _nets(self) -> Iterator[list[_Net]]:
        """What the reversed operation did to each row it noted, last first, in pages.

        A row it made in bulk has no image of its making: what was noted of it
        later in the same operation falls away with it.
        """
        if self._reversed is None:
            return
        operation, made_by = self._reversed
        last = AFTER_ALL
        while True:
            page = self._connection.execute(_NETS, (operation, last, BATCH)).fetchall()
            if not page:
                return
            last = page[-1][0]
            nets = [_Net(*row) for row in page]
            yield [net for net in nets if made_by is None or not _is_made_by(net, made_by)]


_NETS = (
    "SELECT c.id, c.tbl, c.row, (SELECT d.old FROM main.change d INDEXED BY change_row"
    " WHERE d.row = c.row AND d.operation = c.operation AND d.tbl = c.tbl ORDER BY d.id LIMIT 1),"
    " c.new, c.mark, c.other_mark FROM main.change c WHERE c.operation = ? AND c.id < ?"
    " AND NOT EXISTS (SELECT 1 FROM main.change e INDEXED BY change_row"
    " WHERE e.row = c.row AND e.operation = c.operation AND e.tbl = c.tbl AND e.id > c.id)"
    " ORDER BY c.id DESC LIMIT ?"
)
"""The first old and the last new image of every row an operation noted."""


def _is_made_by(net: _Net, bulk: OperationId) -> bool:
    image = _image(net.before)
    return image is not None and image["operation"] == bulk


def _image(text: str | None) -> Image | None:
    return json.loads(text) if text else None


def _pages(ids: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(ids)
    while page := list(islice(rest, ROOTS)):
        yield page


def _dependents(
    connection: sqlite3.Connection, tables: Iterable[str]
) -> defaultdict[str, list[tuple[str, str]]]:
    """By table, the tables and columns whose rows go with its rows."""
    found: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for child in tables:
        for _, _, parent, column, _, _, on_delete, _ in connection.execute(
            f"PRAGMA main.foreign_key_list({child})"
        ):
            if on_delete == "CASCADE":
                found[parent].append((child, column))
    return found
