"""What another program changed behind the journal's back."""

from __future__ import annotations

import json
import sqlite3

from annotator.store.journal import Image, Journal, tables_of

Difference = tuple[str, str, Image | None, Image | None]
"""Table, row id, the image the journal knows, the image that stands there now."""


def differences(connection: sqlite3.Connection, journal: Journal) -> list[Difference]:
    """Rows that are not as the journal last saw them.

    A row a bulk operation made and nobody edited since has no image to compare
    with, nor has one last edited before a migration: changes to such rows by
    others stay unlisted.
    """
    found: list[Difference] = []
    known: set[tuple[str, str]] = set()
    for table, row, known_image, has_this_format in connection.execute(
        "SELECT c.tbl, c.row, c.new, o.rowid > (SELECT coalesce(max(rowid), 0) FROM main.operation"
        " WHERE kind = 'migration') FROM main.change c JOIN main.operation o ON o.id = c.operation"
        " WHERE c.id IN (SELECT max(id) FROM main.change GROUP BY tbl, row)"
    ).fetchall():
        known.add((table, row))
        image, before = journal.row_image(table, row), json.loads(known_image) if known_image else None
        if has_this_format and image != before:
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
