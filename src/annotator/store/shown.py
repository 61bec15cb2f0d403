"""What readers see: every journaled table without the rows of an operation not yet sealed."""

from __future__ import annotations

import sqlite3

from annotator.store.journal import tables_of


def hide_unsealed(connection: sqlite3.Connection) -> None:
    """Make the TEMP views `shown_TABLE` that all reads use.

    SQLite flattens them into the query, so that indexes serve as they do for
    the table; the subquery reads a partial index that is empty nearly always.
    The thread that writes a bulk operation sees its own rows while it edits.
    """
    for table in tables_of(connection):
        connection.execute(
            f"CREATE TEMP VIEW shown_{table} AS SELECT * FROM main.{table} WHERE operation IS NULL"
            " OR operation NOT IN (SELECT id FROM main.operation WHERE sealed = 0"
            " AND id IS NOT current_operation())"
        )
