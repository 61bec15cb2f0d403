"""What another program changed behind the journal's back."""

from __future__ import annotations

import json
import sqlite3

from annotator.domain.ids import OperationId
from annotator.store.history import History
from annotator.store.journal import Image, Journal, tables_of

Difference = tuple[str, str, Image | None, Image | None]
"""Table, row id, the image the journal knows, the image that stands there now."""


def differences(connection: sqlite3.Connection, journal: Journal) -> list[Difference]:
    """Rows that are not as the journal last saw them.

    A row a bulk operation made and nobody edited since has no image to compare
    with, nor has one last edited before a migration or of which the history was
    packed: changes to such rows by others stay unlisted, and so do those to rows of
    an operation that was cut short.
    """
    found: list[Difference] = []
    known: set[tuple[str, str]] = set()
    underway = json.dumps(journal.unfinished())
    for table, row, known_image, is_comparable in connection.execute(
        "SELECT c.tbl, c.row, c.new, o.rowid > (SELECT coalesce(max(rowid), 0) FROM main.operation"
        " WHERE kind = 'migration') AND o.sealed = 1 AND o.id NOT IN (SELECT value FROM json_each(?))"
        " AND (c.old IS NOT NULL OR c.new IS NOT NULL)"
        " FROM main.change c JOIN main.operation o ON o.id = c.operation"
        " WHERE c.id IN (SELECT max(id) FROM main.change GROUP BY tbl, row)",
        (underway,),
    ).fetchall():
        known.add((table, row))
        image, before = journal.row_image(table, row), json.loads(known_image) if known_image else None
        if is_comparable and image != before:
            found.append((table, row, before, image))
    for table in tables_of(connection):
        rows = connection.execute(
            f"SELECT id FROM main.{table} WHERE operation IS NULL"
            " OR operation NOT IN (SELECT id FROM main.operation WHERE kind = 'bulk')"
        ).fetchall()
        found += [
            (table, row, None, journal.row_image(table, row)) for (row,) in rows if (table, row) not in known
        ]
    return found


def note(found: list[Difference], history: History, journal: Journal) -> OperationId:
    """Add an operation for them to the history, inside a transaction; undo does not go past it."""
    operation = history.begin("changed-by-another-program", "foreign", {"rows": len(found)})
    for difference in found:
        journal.note(operation.id, *difference)
    return operation.id
