"""The journal: every row an operation touched, with its old and new image.

TEMP triggers made at open note the images, so no edit can forget to; a write
outside an operation is refused by the same triggers. Undo and redo write the
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
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import OperationId
from annotator.store.schema import JOURNALED

Image = Mapping[str, Any]


class Touched(NamedTuple):
    """One row an operation touched; `old` is None where it was made, `new` where it was deleted."""

    table: str
    id: str
    old: Image | None
    new: Image | None


@dataclass(frozen=True)
class Operation:
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


OPERATION_COLUMNS = (
    "id, name, kind, at, annotator, annotator_name, session, site, seq, clock, details, reverses, below,"
    " undo_top, redo_top, sealed"
)


def as_operation(row: tuple[Any, ...]) -> Operation:
    """An operation from a row of `OPERATION_COLUMNS`."""
    fields: list[Any] = [*row[:10], json.loads(row[10]), *row[11:15], bool(row[15])]
    return Operation(*fields)


class Journal:
    """Watches the journaled tables of one connection; `current` is the operation that may write."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._columns = {
            table: [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            for table in JOURNALED
        }
        self.current: OperationId | None = None
        self._writer = 0
        connection.create_function("current_operation", 0, self._current_here)
        for table in JOURNALED:
            for event in ("INSERT", "UPDATE", "DELETE"):
                self._watch(table, event)

    def let_write(self, operation: OperationId) -> None:
        """Let this thread write in the name of an operation."""
        self._writer = threading.get_ident()
        self.current = operation

    def _current_here(self) -> OperationId | None:
        return self.current if threading.get_ident() == self._writer else None

    def _image(self, table: str, row: str) -> str:
        pairs = ", ".join(f"""'{name}', {row}."{name}\"""" for name in self._columns[table])
        return f"json_object({pairs})"

    def _watch(self, table: str, event: str) -> None:
        row = "old" if event == "DELETE" else "new"
        old = "NULL" if event == "INSERT" else self._image(table, "old")
        new = "NULL" if event == "DELETE" else self._image(table, "new")
        self._connection.execute(
            f"CREATE TEMP TRIGGER journal_{table}_{event} AFTER {event} ON main.{table} BEGIN"
            " SELECT RAISE(ABORT, 'edit outside an operation') WHERE current_operation() IS NULL;"
            " INSERT INTO change (operation, tbl, row, old, new)"
            f" VALUES (current_operation(), '{table}', {row}.id, {old}, {new}); END"
        )

    def ignore_inserts(self) -> None:
        """Stop noting new rows: a bulk operation stores its id in each row it makes instead."""
        for table in JOURNALED:
            self._connection.execute(f"DROP TRIGGER temp.journal_{table}_INSERT")

    def ignore_deletes(self) -> None:
        """Stop noting deleted rows, for the sweep of an operation that was never sealed."""
        for table in JOURNALED:
            self._connection.execute(f"DROP TRIGGER temp.journal_{table}_DELETE")

    def watch_again(self) -> None:
        """Note every change again."""
        have = {row[0] for row in self._connection.execute("SELECT name FROM temp.sqlite_schema")}
        for table in JOURNALED:
            for event in ("INSERT", "DELETE"):
                if f"journal_{table}_{event}" not in have:
                    self._watch(table, event)

    def touched(self, operation: OperationId) -> Iterator[Touched]:
        """The rows an operation touched, in order."""
        rows = self._connection.execute(
            "SELECT tbl, row, old, new FROM main.change WHERE operation = ? ORDER BY id", (operation,)
        )
        for table, row, old, new in rows:
            yield Touched(table, row, json.loads(old) if old else None, json.loads(new) if new else None)

    def reverse(self, operation: OperationId, made_in_bulk: bool) -> None:
        """Write back what stood before an operation, inside the current one.

        Rows that were made in bulk have no images: they are deleted, which notes
        them. Raises UserError("undo-stale") where a row is not as the operation
        left it, and then nothing may be committed.
        """
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for touched in reversed(list(self.touched(operation))):
            self._write(touched.table, touched.id, have=touched.new, want=touched.old)
        if made_in_bulk:
            self._delete_made_by(operation)

    def _write(self, table: str, row: str, have: Image | None, want: Image | None) -> None:
        if self.row_image(table, row) != have:
            raise UserError("undo-stale", table=table, row=row)
        if want is None:
            self._connection.execute(f"DELETE FROM main.{table} WHERE id = ?", (row,))
            return
        names = ", ".join(f'"{name}"' for name in want)
        if have is None:
            places = ", ".join("?" * len(want))
            self._connection.execute(
                f"INSERT INTO main.{table} ({names}) VALUES ({places})", tuple(want.values())
            )
            return
        sets = ", ".join(f'"{name}" = ?' for name in want)
        self._connection.execute(f"UPDATE main.{table} SET {sets} WHERE id = ?", (*want.values(), row))

    def row_image(self, table: str, row: str) -> Image | None:
        """A row as it stands, in the form of an image; None where there is none."""
        names = self._columns[table]
        listed = ", ".join(f'"{name}"' for name in names)
        found = self._connection.execute(f"SELECT {listed} FROM main.{table} WHERE id = ?", (row,)).fetchone()
        return dict(zip(names, found, strict=True)) if found else None

    def sweep(self, operation: OperationId) -> None:
        """Take back an operation that was never sealed, as if it had not begun.

        Rows it changed get their images back, rows it made are deleted unnoted.
        """
        self.let_write(operation)
        self.ignore_deletes()
        self._connection.execute("PRAGMA defer_foreign_keys = ON")
        for touched in reversed(list(self.touched(operation))):
            self._write(touched.table, touched.id, have=touched.new, want=touched.old)
        self._delete_made_by(operation)
        self._connection.execute("DELETE FROM main.change WHERE operation = ?", (operation,))
        self._connection.execute("DELETE FROM main.operation WHERE id = ?", (operation,))
        self.current = None
        self.watch_again()

    def _delete_made_by(self, bulk: OperationId) -> None:
        for table in reversed(JOURNALED):
            self._connection.execute(f"DELETE FROM main.{table} WHERE operation = ?", (bulk,))
