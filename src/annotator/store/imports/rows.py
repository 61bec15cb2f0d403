"""Rows on their way into the file: queued with the operation's id, found again when asked for."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from annotator.domain.model import Identified
from annotator.store import read
from annotator.store.imports.job import Job
from annotator.store.rows import TABLES
from annotator.store.search import indexed

CHARACTERS = 1_000_000
"""Characters of texts that are queued at most before all is written, to keep memory flat."""


class Rows:
    """Writes the rows of one import and knows which are there."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._queued: defaultdict[str, set[str]] = defaultdict(set)
        self._greatest: dict[str, str] = {}
        self._contents: set[str] = set()
        self._characters = 0
        self._numbers: dict[str, int] = {}
        self._sql: dict[str, str] = {}

    def insert(self, kind: type[Identified], fields: Mapping[str, Any], **extra: Any) -> None:
        """Queue the row of a record's fields, with columns only its table knows."""
        self._job.bulk.insert(*self._prepared(kind, fields, extra))
        self._remember(TABLES[kind].name, fields["id"])
        self._job.result.added[kind.type] += 1

    def _prepared(
        self, kind: type[Identified], fields: Mapping[str, Any], extra: dict[str, Any]
    ) -> tuple[str, list[tuple[Any, ...]]]:
        table = TABLES[kind]
        row = table.row_of(fields) | extra | {"operation": self._job.bulk.operation}
        if table.numbered:
            row["number"] = self._next(table.name, "number")
        if table.name not in self._sql:
            names = ", ".join(f'"{name}"' for name in row)
            places = ", ".join("?" * len(row))
            self._sql[table.name] = f"INSERT INTO main.{table.name} ({names}) VALUES ({places})"
        return self._sql[table.name], [_writable(tuple(row.values()))]

    def is_there(self, table: str, row_id: str) -> bool:
        """Whether a row is in the file or on its way into it."""
        if row_id > self._greatest_id(table):
            return False
        if row_id in self._queued[table]:
            return True
        return bool(self._job.store.query(f"SELECT 1 FROM main.{table} WHERE id = ?", (row_id,)))

    def _greatest_id(self, table: str) -> str:
        """The greatest id there is: most files bring ids in order, which then need no looking up."""
        if table not in self._greatest:
            sql = f"SELECT coalesce(max(id), '') FROM main.{table}"
            self._greatest[table] = self._job.store.query(sql)[0][0]
        return self._greatest[table]

    def found(self, kind: type[Identified], row_id: str) -> Identified | None:
        """The record of a row that is there, this import's own among them."""
        if row_id not in self._queued[TABLES[kind].name]:
            records = read.by_ids(self._job.store, kind, [row_id])
            if records:
                return records[0]
        with self._job.bulk.editing():
            records = read.by_ids(self._job.store, kind, [row_id])
        return records[0] if records else None

    def labels(self, marks: Sequence[str]) -> dict[str, str]:
        """The labels of those of some marks that are there."""
        if not self._queued["mark"].isdisjoint(marks):
            self.write()
        sql = "SELECT id, label FROM main.mark WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._job.store.query(sql, (json.dumps(marks),)))

    def label_of(self, mark: str) -> str:
        """The label of a mark that is there."""
        return str(self._value("mark", "label", mark))

    def _value(self, table: str, column: str, row_id: str) -> Any:
        if row_id in self._queued[table]:
            self.write()
        rows = self._job.store.query(f"SELECT {column} FROM main.{table} WHERE id = ?", (row_id,))
        return rows[0][0]

    def write(self) -> None:
        """Commit what is queued."""
        self._job.bulk.flush()
        self._forget_written()

    def _forget_written(self) -> None:
        if not self._job.bulk.waiting:
            self._queued.clear()
            self._contents.clear()
            self._characters = 0

    def text_of(self, article: str) -> str:
        """The text of an article that is there."""
        sha256 = self._value("article", "sha256", article)
        rows = self._job.store.query("SELECT text FROM main.content WHERE sha256 = ?", (sha256,))
        return str(rows[0][0])

    def add_text(self, text: str, sha256: str) -> bool:
        """Store a text and make it findable; False where it is there already."""
        known = "SELECT 1 FROM main.content WHERE sha256 = ?"
        if sha256 in self._contents or self._job.store.query(known, (sha256,)):
            return False
        number = self._next("content", "id")
        self._job.bulk.insert_together(
            (
                "INSERT INTO main.content (id, sha256, text, length) VALUES (?, ?, ?, ?)",
                [(number, sha256, text, len(text))],
            ),
            ("INSERT INTO main.content_search (rowid, text) VALUES (?, ?)", [(number, indexed(text))]),
        )
        self._contents.add(sha256)
        self._characters += len(text)
        if self._characters >= CHARACTERS:
            self.write()
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
        self._greatest[table] = max(row_id, self._greatest_id(table))
        self._forget_written()

    def _next(self, table: str, column: str) -> int:
        if table not in self._numbers:
            sql = f"SELECT coalesce(max({column}), 0) FROM main.{table}"
            self._numbers[table] = self._job.store.query(sql)[0][0]
        self._numbers[table] += 1
        return self._numbers[table]


def _writable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row as SQLite takes it: bytes of file names that are no UTF-8 become U+FFFD."""
    try:
        "".join([value for value in row if isinstance(value, str)]).encode()
    except UnicodeEncodeError:
        return tuple(
            value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            if isinstance(value, str)
            else value
            for value in row
        )
    return row
