"""The journal: every row an operation touched, with its old and new image.

TEMP triggers note the images, so no edit can forget to; a write outside an
operation is refused by the same triggers. Undo and redo write the
images back as operations of their own, which name the one they reverse.

Each operation carries the state it leaves: `undo_top` is what undo would
reverse next, `redo_top` what redo would; `below` is what lay under the one it
put on top. So the two stacks are linked lists in the file and opening it costs
one row, however long the history is. An operation that is not ours to reverse
(a migration, another program's change) leaves both empty: undo stops there.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import OperationId
from annotator.store.schema import JOURNALED, MARKS_OF

Image = Mapping[str, Any]


class Touched(NamedTuple):
    """One row an operation touched; `old` is None where it was made, `new` where it was deleted."""

    table: str
    id: str
    old: Image | None
    new: Image | None


class Operation(NamedTuple):
    """One user action, as the history shows it.

    kind: edit, bulk, undo, redo, migration or foreign. `clock` orders operations
    of all sites; `at` is the wall clock's UTC and may jump.
    """

    id: OperationId
    name: str
    kind: str
    at: str
    annotator: str
    annotator_name: str
    session: str
    site: str
    seq: int
    clock: str
    details: Mapping[str, Any]
    reverses: OperationId | None
    below: OperationId | None
    undo_top: OperationId | None
    redo_top: OperationId | None
    sealed: bool

    @property
    def is_packed(self) -> bool:
        """Whether it cannot be reversed any more, since its images were given up for a smaller file."""
        return "packed" in self.details


OPERATION_COLUMNS = (
    "id, name, kind, at, annotator, annotator_name, session, site, seq, clock, details, reverses, below,"
    " undo_top, redo_top, sealed"
)


def as_operation(row: tuple[Any, ...]) -> Operation:
    """An operation from a row of `OPERATION_COLUMNS`."""
    try:
        details = dict(json.loads(row[10]))
    except (ValueError, TypeError, RecursionError):
        raise UserError("row-unreadable", table="operation", row=row[0]) from None
    fields: list[Any] = [*row[:10], details, *row[11:15], bool(row[15])]
    return Operation(*fields)


class Journal:
    """Watches the journaled tables of one connection; `current` is the operation that may write.

    Nothing can be written before `watch`. A row that carries the current operation
    in its `operation` column is one a bulk operation makes: it is its own note and
    gets no image.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._knows_unfinished = bool(
            connection.execute("SELECT 1 FROM main.sqlite_schema WHERE name = 'unfinished'").fetchone()
        )
        self.current: OperationId | None = None
        self._writer = 0
        self._is_sweeping = False
        connection.create_function("current_operation", 0, self._current_here)
        connection.create_function("is_sweeping", 0, lambda: self._is_sweeping)
        connection.execute("PRAGMA query_only = ON")

    @cached_property
    def columns(self) -> dict[str, dict[str, str]]:
        """The columns of each journaled table with their types; nobody who only reads asks for them."""
        execute = self._connection.execute
        return {
            table: {row[1]: row[2] for row in execute(f"PRAGMA main.table_info({table})")}
            for table in tables_of(self._connection)
        }

    def watch(self) -> None:
        """Note what operations write from now on."""
        self._connection.execute("PRAGMA query_only = OFF")
        for table in self.columns:
            for event in ("INSERT", "UPDATE", "DELETE"):
                self._watch(table, event)

    @contextmanager
    def unwatched(self, tables: Iterable[str]) -> Iterator[None]:
        """A part of a transaction in which rows that come into some tables all carry the operation.

        Nothing looks whether they do; if the part fails, the transaction must, which takes that back.
        """
        for table in tables:
            self._connection.execute(f"DROP TRIGGER temp.journal_{table}_INSERT")
        yield
        for table in tables:
            self._watch(table, "INSERT")

    def let_write(self, operation: OperationId) -> None:
        """Let this thread write in the name of an operation."""
        self._writer = threading.get_ident()
        self.current = operation

    @property
    def is_current_here(self) -> bool:
        """Whether this thread is inside an operation."""
        return self._current_here() is not None

    def _current_here(self) -> OperationId | None:
        return self.current if threading.get_ident() == self._writer else None

    def image(self, table: str, row: str) -> str:
        """A row as a JSON object.

        `|| ''` takes from a text what it may carry from the JSON function that
        made it; json_object would put it in as an object instead of a text.
        """
        pairs = (
            f"""'{name}', {row}."{name}"{" || ''" if kind == "TEXT" else ""}"""
            for name, kind in self.columns[table].items()
        )
        return f"json_object({', '.join(pairs)})"

    def marks(self, table: str, row: str) -> str:
        """The two marks a row belongs to, as SQL."""
        columns = MARKS_OF.get(table, (None, None))
        return ", ".join(f"{row}.{column}" if column else "NULL" for column in columns)

    def _watch(self, table: str, event: str) -> None:
        row = "old" if event == "DELETE" else "new"
        old = "NULL" if event == "INSERT" else self.image(table, "old")
        new = "NULL" if event == "DELETE" else self.image(table, "new")
        marks = self.marks(table, row)
        when = {
            "INSERT": "WHEN new.operation IS NULL OR new.operation IS NOT current_operation()",
            "UPDATE": "",
            "DELETE": "WHEN NOT is_sweeping()",
        }[event]
        self._connection.execute(
            f"CREATE TEMP TRIGGER journal_{table}_{event} AFTER {event} ON main.{table} {when} BEGIN"
            " SELECT RAISE(ABORT, 'edit outside an operation') WHERE current_operation() IS NULL;"
            " INSERT INTO change (operation, tbl, row, old, new, mark, other_mark)"
            f" VALUES (current_operation(), '{table}', {row}.id, {old}, {new}, {marks}); END"
        )

    def note(
        self, operation: OperationId, table: str, row: str, old: Image | None, new: Image | None
    ) -> None:
        """Note a change that was made without the triggers."""
        image = new or old or {}
        marks = [image.get(column) if column else None for column in MARKS_OF.get(table, (None, None))]
        self._connection.execute(
            "INSERT INTO main.change (operation, tbl, row, old, new, mark, other_mark)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (operation, table, row, _dump(old), _dump(new), *marks),
        )

    def touched(self, operation: OperationId) -> Iterator[Touched]:
        """The rows an operation touched, in order."""
        rows = self._connection.execute(
            "SELECT tbl, row, old, new FROM main.change WHERE operation = ? ORDER BY id", (operation,)
        )
        for row in rows:
            yield _touched(*row)

    def _touched_backwards(self, operation: OperationId) -> Iterator[Touched]:
        """The rows an operation touched, last first, while others are written."""
        before = AFTER_ALL
        while True:
            page = self._connection.execute(
                "SELECT id, tbl, row, old, new FROM main.change WHERE operation = ? AND id < ?"
                " ORDER BY id DESC LIMIT ?",
                (operation, before, _PAGE),
            ).fetchall()
            for _, *row in page:
                yield _touched(*row)
            if len(page) < _PAGE:
                return
            before = page[-1][0]

    def reverse(self, operation: OperationId, made_in_bulk: bool) -> None:
        """Write back what stood before an operation, inside the current one.

        Rows that were made in bulk have no images: they are deleted, which notes
        them. Raises UserError("undo-stale") where a row is not as the operation
        left it, and then nothing may be committed.
        """
        self._connection.execute("SAVEPOINT reversal")
        try:
            self._write_all_back(operation, made_in_bulk)
        except sqlite3.IntegrityError:
            # Only rows that refer to one another need this: the pragma makes SQLite prepare
            # every statement of the connection anew, which costs more than a small edit.
            self._connection.execute("ROLLBACK TO reversal")
            self._connection.execute("PRAGMA defer_foreign_keys = ON")
            self._write_all_back(operation, made_in_bulk)
        self._connection.execute("RELEASE reversal")

    def _write_all_back(self, operation: OperationId, made_in_bulk: bool) -> None:
        for touched in self._touched_backwards(operation):
            if not self.is_as_left(touched):
                raise UserError("undo-stale", table=touched.table, row=touched.id)
            self.write_back(touched)
        if made_in_bulk:
            self._delete_made_by(operation)

    def is_as_left(self, touched: Touched) -> bool:
        """Whether a row is as the operation left it that touched it."""
        return self.row_image(touched.table, touched.id) == touched.new

    def write_back(self, touched: Touched) -> None:
        """Give a row that stands as an operation left it its old image: it is made, changed or deleted."""
        table, row, want = touched.table, touched.id, touched.old
        if want is None:
            self._connection.execute(f"DELETE FROM main.{table} WHERE id = ?", (row,))
            return
        if touched.new is None:
            names = ", ".join(f'"{name}"' for name in want)
            places = ", ".join("?" * len(want))
            self._connection.execute(
                f"INSERT INTO main.{table} ({names}) VALUES ({places})", tuple(want.values())
            )
            return
        # Naming a column has its indexes written, even where its value stays.
        changed = {name: value for name, value in want.items() if touched.new.get(name) != value}
        if changed:
            sets = ", ".join(f'"{name}" = ?' for name in changed)
            self._connection.execute(f"UPDATE main.{table} SET {sets} WHERE id = ?", (*changed.values(), row))

    def row_image(self, table: str, row: str) -> Image | None:
        """A row as it stands, in the form of an image; None where there is none."""
        names = list(self.columns[table])
        listed = ", ".join(f'"{name}"' for name in names)
        found = self._connection.execute(f"SELECT {listed} FROM main.{table} WHERE id = ?", (row,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else None

    def sweep(self, operation: OperationId) -> None:
        """Take back an operation that was never sealed, as if it had not begun.

        Rows it changed get their images back, rows it made are deleted unnoted.
        A row another program changed meanwhile stays as that program left it.
        """
        with self._sweeping(operation):
            self._connection.execute("PRAGMA defer_foreign_keys = ON")
            for touched in self._touched_backwards(operation):
                if self.is_as_left(touched):
                    self.write_back(touched)
            self._delete_made_by(operation)
            self._connection.execute("DELETE FROM main.change WHERE operation = ?", (operation,))
            self._connection.execute("DELETE FROM main.operation WHERE id = ?", (operation,))

    def unfinished(self) -> list[OperationId]:
        """Sealed operations of which rows they took away may still stand in the tables."""
        if not self._knows_unfinished:
            return []
        return [row[0] for row in self._connection.execute("SELECT operation FROM main.unfinished")]

    def delete_gone(self, operation: OperationId, after: int, limit: int) -> int | None:
        """Delete some rows, unnoted, that an operation noted as gone; returns the last change read.

        after: what the last call returned, 0 for the first. None says that none is
        left; then the operation counts as finished.
        """
        page = self._connection.execute(
            "SELECT id, tbl, row FROM main.change WHERE operation = ? AND id > ? AND new IS NULL"
            " ORDER BY id LIMIT ?",
            (operation, after, limit),
        ).fetchall()
        if not page:
            self._connection.execute("DELETE FROM main.unfinished WHERE operation = ?", (operation,))
            return None
        rows: defaultdict[str, list[tuple[str]]] = defaultdict(list)
        for _, table, row in page:
            rows[table].append((row,))
        with self._sweeping(operation):
            for table, ids in rows.items():
                self._connection.executemany(f"DELETE FROM main.{table} WHERE id = ?", ids)
        return int(page[-1][0])

    @contextmanager
    def _sweeping(self, operation: OperationId) -> Iterator[None]:
        """Let this thread delete without a note."""
        self.let_write(operation)
        self._is_sweeping = True
        try:
            yield
        finally:
            self._is_sweeping = False
            self.current = None

    def _delete_made_by(self, bulk: OperationId) -> None:
        for table in reversed(self.columns):
            self._connection.execute(f"DELETE FROM main.{table} WHERE operation = ?", (bulk,))


AFTER_ALL = (1 << 63) - 1
_PAGE = 1000


def _touched(table: str, row: str, old: str | None, new: str | None) -> Touched:
    return Touched(table, row, json.loads(old) if old else None, json.loads(new) if new else None)


def _dump(image: Image | None) -> str | None:
    return json.dumps(image, ensure_ascii=False, separators=(",", ":")) if image else None


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """The journaled tables a file has: all of them, unless it is older than this program."""
    there = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    return [table for table in JOURNALED if table in there]
