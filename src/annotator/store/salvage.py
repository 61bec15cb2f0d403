"""Saving what can still be read of a damaged project into a new file; the damaged one is not touched.

SQLite's own recovery is not built into every library, so each table is walked
by row number, and stretches that cannot be read are passed over.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from annotator.domain.errors import UserError
from annotator.store import files
from annotator.store.schema import JOURNALED
from annotator.store.search import indexed

TABLES = ("operation", "change", "content", "original", *JOURNALED)
"""Every table that holds something of its own; the search index is made anew."""
_STRIDE = 1024
"""Row numbers asked for at once where nothing is wrong."""


@dataclass
class Salvaged:
    """Rows by table: how many were brought over, and how many of those had to go again.

    `lost` counts rows whose text, article, mark or other end could not be read.
    """

    saved: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)


def salvage(damaged: Path, out: Path) -> Salvaged:
    """Make a sound project of what can be read. Raises UserError where even the schema cannot.

    Undo stops at the salvage: the next opening notes the difference between the
    journal and the rows as another program's change.
    """
    result = Salvaged()
    with closing(_readable(damaged)) as old:
        files.make(out, lambda new: _fill(old, new, result))
    return result


def _fill(old: sqlite3.Connection, new: sqlite3.Connection, result: Salvaged) -> None:
    new.execute("PRAGMA foreign_keys = OFF")
    new.execute("BEGIN")
    for table in TABLES:
        _copy(old, new, table, result)
    _drop_orphans(new, result)
    _index_texts(new)
    new.execute("UPDATE head SET counter = 0, closed = 1")
    new.execute("COMMIT")


def _readable(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    except sqlite3.DatabaseError as error:
        connection.close()
        raise UserError("salvage-impossible", path=str(path), reason=str(error)) from None
    if "article" not in names:
        connection.close()
        raise UserError("salvage-impossible", path=str(path), reason="its list of tables is gone")
    return connection


def _copy(old: sqlite3.Connection, new: sqlite3.Connection, table: str, result: Salvaged) -> None:
    columns = [row[1] for row in new.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{name}"' for name in columns)
    insert = f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({', '.join('?' * len(columns))})"
    select = f"SELECT {names} FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ?"
    for rows in _stretches(old, table, select):
        for row in rows:
            try:
                result.saved[table] += new.execute(insert, row).rowcount
            except sqlite3.IntegrityError:
                result.lost[table] += 1


def _stretches(old: sqlite3.Connection, table: str, select: str) -> Iterator[list[tuple[Any, ...]]]:
    """Rows by ranges of their number; a range that cannot be read is halved until it can."""
    last = _last_rowid(old, table)
    waiting = [(max(1, end - _STRIDE + 1), end) for end in range(last, 0, -_STRIDE)]
    while waiting:
        start, end = waiting.pop()
        try:
            yield old.execute(select, (start, end)).fetchall()
        except sqlite3.DatabaseError:
            if start < end:
                middle = (start + end) // 2
                waiting += [(middle + 1, end), (start, middle)]


def _last_rowid(old: sqlite3.Connection, table: str) -> int:
    """The largest row number; where its page is gone, one beyond all that can be read."""
    for query in (f"SELECT max(rowid) FROM {table}", f"SELECT max(rowid) FROM {table} NOT INDEXED"):
        try:
            return int(old.execute(query).fetchone()[0] or 0)
        except sqlite3.DatabaseError:
            continue
    probe = f"SELECT rowid FROM {table} NOT INDEXED WHERE rowid >= ? LIMIT 1"
    known = 0
    for power in range(40):
        try:
            row = old.execute(probe, (1 << power,)).fetchone()
        except sqlite3.DatabaseError:
            continue
        if row is None:
            break
        known = int(row[0])
    return 2 * known + _STRIDE


def _drop_orphans(new: sqlite3.Connection, result: Salvaged) -> None:
    """Take out rows whose parent is gone, until every reference holds."""
    while found := new.execute("PRAGMA foreign_key_check").fetchall():
        for table, rowid, _, _ in found:
            result.lost[table] += new.execute(f"DELETE FROM {table} WHERE rowid = ?", (rowid,)).rowcount
            result.saved[table] -= 1


def _index_texts(new: sqlite3.Connection) -> None:
    for number, text in new.execute("SELECT id, text FROM content").fetchall():
        new.execute("INSERT INTO content_search (rowid, text) VALUES (?, ?)", (number, indexed(text)))
