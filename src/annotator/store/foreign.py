"""What another program changed behind the journal's back."""

from __future__ import annotations

import json
import sqlite3

from annotator.store.journal import Journal
from annotator.store.schema import JOURNALED

Difference = tuple[str, str, str | None, str | None]
"""Table, row id, the image the journal knows, the image that stands there now."""


def differences(connection: sqlite3.Connection, journal: Journal) -> list[Difference]:
    """Rows that are not as the journal last saw them.

    A row a bulk operation made and nobody edited since has no image to compare
    with, so changes to such rows by others stay unlisted.
    """
    found: list[Difference] = []
    latest = connection.execute(
        "SELECT tbl, row, new FROM main.change WHERE id IN"
        " (SELECT max(id) FROM main.change GROUP BY tbl, row)"
    ).fetchall()
    known = {(table, row) for table, row, _ in latest}
    for table, row, new in latest:
        image = journal.row_image(table, row)
        if image != (json.loads(new) if new else None):
            found.append((table, row, new, _dump(image)))
    for table in JOURNALED:
        rows = connection.execute(f"SELECT id FROM main.{table} WHERE operation IS NULL").fetchall()
        for (row,) in rows:
            if (table, row) not in known:
                found.append((table, row, None, _dump(journal.row_image(table, row))))
    return found


def _dump(image: object) -> str | None:
    return json.dumps(image, ensure_ascii=False) if image else None
