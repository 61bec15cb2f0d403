"""What readers see: every journaled table without rows that are on their way in or out."""

from __future__ import annotations

import sqlite3

from annotator.store import format_3
from annotator.store.journal import tables_of


def hide_unsealed(connection: sqlite3.Connection) -> None:
    """Make the TEMP views `shown_TABLE` that all reads use, with their rowid.

    SQLite flattens them into the query, so that indexes serve as they do for
    the table. The thread that writes an operation sees its own rows while it edits.
    """
    for table in tables_of(connection):
        condition = format_3.shown(table, "main.", " AND id IS NOT current_operation()")
        connection.execute(
            f"CREATE TEMP VIEW shown_{table} AS SELECT *, rowid FROM main.{table} WHERE {condition}"
        )
