"""Rows on their way into the file: queued with the operation's id, found again when asked for."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from annotator.domain.model import Article, Identified, Mark
from annotator.domain.runs import Run
from annotator.store import read
from annotator.store.imports.job import Job
from annotator.store.rows import TABLES, Table
from annotator.store.search import indexed

CHARACTERS = 1_000_000
"""Characters of texts that are queued at most before all is written, to keep memory flat."""
SHORT = 10_000
"""Characters of a text that is read together with others, likewise."""

_ASKED = {Mark: "label", Article: "sha256"}
"""What may be asked of rows on their way."""
_CONTENT = "INSERT INTO main.content (id, sha256, text, length)"
_SEARCH = "INSERT INTO main.content_search (rowid, text)"


class Rows:
    """Writes the rows of one import and knows which are there."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._queued: defaultdict[str, dict[str, str]] = defaultdict(dict)
        """Ids by table, each with what may be asked of it (`_ASKED`)."""
        self._texts: dict[str, str] = {}
        self._first_numbers: dict[str, int] = {}
        self._characters = 0
        self._greatest: dict[str, str] = {}
        self._numbers: dict[str, int] = {}
        self._heads: dict[str, str] = {}
        self._spare: dict[str, dict[str, Any]] = {}
        """By table the columns that no run needed so far, with what stands in them."""

    def insert(
        self,
        record: Identified,
        settled: Mapping[str, Any],
        derived: Mapping[str, Any] = {},
    ) -> None:
        """Queue the row of a record, and count it.

        settled: fields that differ; derived: columns only its table knows.
        """
        table = TABLES[type(record)]
        row = [*table.to_values(record, settled), *derived.values(), self._job.bulk.operation]
        if table.numbered:
            row.append(self._next(table.name, "number"))
        self._remember(record, row[0], settled)
        if table.name not in self._heads:
            names = [*table.names, *derived, "operation", *(["number"] if table.numbered else [])]
            self._heads[table.name] = _head(table, names)
        self._job.bulk.insert(self._heads[table.name], [tuple(row)])
        self._job.result.added[record.type] += 1
        self._forget_written()

    def insert_all(
        self,
        run: Run[Identified],
        settled: Mapping[str, Sequence[Any]],
        derived: Mapping[str, Sequence[Any]] = {},
    ) -> None:
        """`insert` for each record of a run, by column."""
        self.queue_all(run, settled, derived)
        self._job.result.added[run.record.type] += len(run)

    def queue_all(
        self,
        run: Run[Identified],
        settled: Mapping[str, Sequence[Any]],
        derived: Mapping[str, Sequence[Any]],
    ) -> None:
        """Queue rows that came in the file or follow from what did, by column."""
        table, count, bulk = TABLES[run.record], len(run), self._job.bulk
        if bulk.waiting + count > bulk.BATCH:
            self.write()
        fields = {**run.columns, **settled}
        own = zip(table.names, table.to_columns(fields), strict=True)
        columns = {**self._needed(table, dict(own)), **derived}
        columns["operation"] = [bulk.operation] * count
        if table.numbered:
            first = self._next(table.name, "number", count)
            columns["number"] = range(first, first + count)
        ids, asked = fields["id"], fields[_ASKED.get(table.record, "id")]
        self._queued[table.name].update(zip(ids, asked, strict=True))
        if table.record is Article:
            for sha256, number in zip(asked, columns["number"], strict=True):
                self._first_numbers.setdefault(sha256, number)
        self._greatest[table.name] = max(self._greatest_id(table.name), *ids)
        bulk.insert(_head(table, columns), [*zip(*columns.values(), strict=True)])
        self._forget_written()

    def _needed(self, table: Table, columns: Mapping[str, Sequence[Any]]) -> dict[str, Sequence[Any]]:
        """Columns without those that no run needed so far, since all are what the table puts in by itself.

        Half of them, in most files. As what is needed only grows, there are few statements.
        """
        if table.name not in self._spare:
            self._spare[table.name] = self._put_in(table)
        spare = self._spare[table.name]
        for name, value in list(spare.items()):
            if columns[name].count(value) < len(columns[name]):
                del spare[name]
        return {name: column for name, column in columns.items() if name not in spare}

    def _put_in(self, table: Table) -> dict[str, Any]:
        """What stands in the columns of a record that an INSERT leaves out."""
        usual = {
            row[1]: row[4] or "NULL" for row in self._job.store.query(f"PRAGMA main.table_info({table.name})")
        }
        [row] = self._job.store.query(f"SELECT {', '.join(usual[name] for name in table.names)}")
        return dict(zip(table.names, row, strict=True))

    def is_there(self, table: str, row_id: str) -> bool:
        """Whether a row is in the file or on its way into it."""
        return row_id <= self._greatest_id(table) and row_id in self.there(table, [row_id])

    def there(self, table: str, ids: Collection[str]) -> set[str]:
        """Those of some ids of which a row is in the file or on its way into it."""
        queued, greatest = self._queued[table], self._greatest_id(table)
        found = {row_id for row_id in ids if row_id in queued}
        asked = [row_id for row_id in ids if row_id not in queued and row_id <= greatest]
        if asked:
            sql = f"SELECT t.id FROM json_each(?) j CROSS JOIN main.{table} t ON t.id = j.value"
            found.update(row[0] for row in self._job.store.query(sql, (json.dumps(asked),)))
        return found

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

    def labels(self, marks: Collection[str]) -> dict[str, str]:
        """The labels of those of some marks that are there."""
        queued = self._queued["mark"]
        found = {mark: queued[mark] for mark in marks if mark in queued}
        asked = [mark for mark in marks if mark not in queued]
        if asked:
            sql = "SELECT m.id, m.label FROM json_each(?) j CROSS JOIN main.mark m ON m.id = j.value"
            found.update(self._job.store.query(sql, (json.dumps(asked),)))
        return found

    def write(self) -> None:
        """Commit what is queued."""
        self._job.bulk.flush()
        self._forget_written()

    def forget_numbers(self) -> None:
        """Ask the file again for the next numbers: edits have taken some."""
        self._numbers.clear()

    def _forget_written(self) -> None:
        if not self._job.bulk.waiting:
            self._queued.clear()
            self._texts.clear()
            self._first_numbers.clear()
            self._characters = 0

    def text_of(self, article: str) -> str:
        """The text of an article that is there."""
        sha256 = self._queued["article"].get(article)
        if sha256 in self._texts:
            return self._texts[sha256]
        which = "sha256 = ?" if sha256 else "sha256 = (SELECT sha256 FROM main.article WHERE id = ?)"
        sql = f"SELECT text FROM main.content WHERE {which}"
        return str(self._job.store.query(sql, (sha256 or article,))[0][0])

    def texts_of(self, articles: Collection[str]) -> dict[str, str]:
        """The texts of those of some articles that are in the file and not long, in one statement."""
        asked = [article for article in articles if article not in self._queued["article"]]
        sql = (
            "SELECT a.id, c.text FROM main.extent e CROSS JOIN main.article a ON a.id = e.article"
            " CROSS JOIN main.content c ON c.sha256 = a.sha256"
            " WHERE e.article IN (SELECT value FROM json_each(?)) AND e.length <= ?"
        )
        return dict(self._job.store.query(sql, (json.dumps(asked), SHORT))) if asked else {}

    def number_of_text(self, sha256: str) -> int | None:
        """The number of the first article that has a text."""
        sql = "SELECT min(number) FROM main.article WHERE sha256 = ?"
        number: int | None = self._job.store.query(sql, (sha256,))[0][0]
        return self._first_numbers.get(sha256) if number is None else number

    def add_text(self, text: str, sha256: str) -> bool:
        """Store a text and make it findable; False where it is there already."""
        known = "SELECT 1 FROM main.content WHERE sha256 = ?"
        if sha256 in self._texts or self._job.store.query(known, (sha256,)):
            return False
        number = self._next("content", "id")
        self._job.bulk.insert_together(
            (_CONTENT, [(number, sha256, text, len(text))]), (_SEARCH, [(number, indexed(text))])
        )
        self._texts[sha256] = text
        self._characters += len(text)
        if self._characters >= CHARACTERS:
            self.write()
        return True

    def are_new(self, hashes: Sequence[str]) -> bool:
        """Whether no text with one of these hashes is in the file or on its way."""
        known = "SELECT 1 FROM json_each(?) j CROSS JOIN main.content c ON c.sha256 = j.value LIMIT 1"
        is_queued = not self._texts.keys().isdisjoint(hashes)
        return not is_queued and not self._job.store.query(known, (json.dumps(hashes),))

    def add_texts(self, texts: Mapping[str, str]) -> None:
        """`add_text` for texts by their hashes which `are_new`, and for articles that follow at once."""
        bulk, characters = self._job.bulk, sum(map(len, texts.values()))
        if bulk.waiting + 3 * len(texts) > bulk.BATCH or self._characters + characters > CHARACTERS:
            self.write()
        numbers = range(first := self._next("content", "id", len(texts)), first + len(texts))
        content = [
            (number, sha256, text, len(text))
            for number, (sha256, text) in zip(numbers, texts.items(), strict=True)
        ]
        words = [*zip(numbers, map(indexed, texts.values()), strict=True)]
        bulk.insert_together((_CONTENT, content), (_SEARCH, words))
        self._texts |= texts
        self._characters += characters

    def add_original(self, data: bytes | None) -> str | None:
        """Store the bytes a text was decoded from; returns their hash."""
        if data is None:
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        self._job.bulk.insert("INSERT OR IGNORE INTO main.original (sha256, bytes)", [(sha256, data)])
        return sha256

    def _remember(self, record: Identified, row_id: str, settled: Mapping[str, Any]) -> None:
        table, field = record.type, _ASKED.get(type(record), "id")
        asked = settled.get(field) or getattr(record, field)
        if isinstance(record, Article):
            self._first_numbers.setdefault(asked, self._numbers["article"])
        self._queued[table][row_id] = asked
        self._greatest[table] = max(row_id, self._greatest_id(table))

    def last(self, table: str, count: int) -> range:
        """The numbers that the last so many new rows of a table got."""
        end = self._numbers[table] + 1
        return range(end - count, end)

    def _next(self, table: str, column: str, count: int = 1) -> int:
        """The first of so many new numbers."""
        if table not in self._numbers:
            sql = f"SELECT coalesce(max({column}), 0) FROM main.{table}"
            self._numbers[table] = self._job.store.query(sql)[0][0]
        first = self._numbers[table] + 1
        self._numbers[table] += count
        return first


def _head(table: Table, names: Iterable[str]) -> str:
    """The INSERT of a table up to its columns."""
    columns = ", ".join([f'"{name}"' for name in names])
    return f"INSERT INTO main.{table.name} ({columns})"
