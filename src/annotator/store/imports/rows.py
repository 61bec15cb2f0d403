"""Rows on their way into the file: queued with the operation's id, found again when asked for."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

from annotator.domain.model import Identified
from annotator.store import read
from annotator.store.imports.job import Job
from annotator.store.rows import TABLES
from annotator.store.search import indexed

REMEMBERED = 50_000
"""How many queued rows are remembered by id before all are written, to keep memory flat."""


class Rows:
    """Writes the rows of one import and knows which are there."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._queued: defaultdict[str, set[str]] = defaultdict(set)
        self._contents: set[str] = set()
        self._numbers: dict[str, int] = {}
        self._sql: dict[str, str] = {}

    def insert(self, record: Identified, **extra: Any) -> None:
        """Queue the row of a record, with columns only its table knows."""
        table = TABLES[type(record)]
        row = table.to_row(record) | extra | {"operation": self._job.bulk.operation}
        if table.numbered:
            row["number"] = self._next(table.name, "number")
        if table.name not in self._sql:
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" * len(row))
            self._sql[table.name] = f"INSERT INTO main.{table.name} ({names}) VALUES ({places})"
        self._job.bulk.insert(self._sql[table.name], [tuple(map(_writable, row.values()))])
        self._remember(table.name, record.id)
        self._job.result.added[record.type] += 1

    def is_there(self, table: str, row_id: str) -> bool:
        """Whether a row is in the file or on its way into it."""
        if row_id in self._queued[table]:
            return True
        return bool(self._job.store.query(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)))

    def found(self, kind: type[Identified], row_id: str) -> Identified | None:
        """The record of a row that is there, this import's own among them."""
        if row_id not in self._queued[TABLES[kind].name]:
            records = read.by_ids(self._job.store, kind, [row_id])
            if records:
                return records[0]
        with self._job.bulk.editing():
            records = read.by_ids(self._job.store, kind, [row_id])
        return records[0] if records else None

    def value(self, table: str, column: str, row_id: str) -> Any:
        """One column of a row that is there."""
        if row_id in self._queued[table]:
            self.write()
        rows = self._job.store.query(f"SELECT {column} FROM main.{table} WHERE id = ?", (row_id,))
        return rows[0][0]

    def write(self) -> None:
        """Commit what is queued."""
        self._job.bulk.flush()
        self._queued.clear()

    def text_of(self, article: str) -> str:
        """The text of an article that is there."""
        sha256 = self.value("article", "sha256", article)
        rows = self._job.store.query("SELECT text FROM main.content WHERE sha256 = ?", (sha256,))
        return str(rows[0][0])

    def add_text(self, text: str, sha256: str) -> bool:
        """Store a text and make it findable; False where it is there already."""
        known = "SELECT 1 FROM main.content WHERE sha256 = ?"
        if sha256 in self._contents or self._job.store.query(known, (sha256,)):
            return False
        self._contents.add(sha256)
        number = self._next("content", "id")
        self._job.bulk.insert_together(
            (
                "INSERT INTO main.content (id, sha256, text, length) VALUES (?, ?, ?, ?)",
                [(number, sha256, text, len(text))],
            ),
            ("INSERT INTO main.content_search (rowid, text) VALUES (?, ?)", [(number, indexed(text))]),
        )
        return True

    def add_original(self, data: bytes | None) -> str | None:
        """Store the bytes a text was decoded from; returns their hash."""
        if data is None:
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        sql = "INSERT OR IGNORE INTO main.original (sha256, bytes) VALUES (?, ?)"
        self._job.bulk.insert(sql, [(sha256, data)])
        return sha256

    def _remember(self, table: str, row_id: str) -> None:
        self._queued[table].add(row_id)
        if sum(map(len, self._queued.values())) >= REMEMBERED:
            self.write()

    def _next(self, table: str, column: str) -> int:
        if table not in self._numbers:
            sql = f"SELECT coalesce(max({column}), 0) FROM main.{table}"
            self._numbers[table] = self._job.store.query(sql)[0][0]
        self._numbers[table] += 1
        return self._numbers[table]


def _writable(value: Any) -> Any:
    """A value as SQLite takes it: bytes of file names that are no UTF-8 become U+FFFD."""
    if not isinstance(value, str) or value.isascii():
        return value
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
