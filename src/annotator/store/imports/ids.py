"""Ids on their way in: foreign ones become UUIDs, references must name what is there."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from annotator.domain.ids import NAMED, AnnotatorId, is_uuid, new_id
from annotator.domain.model import Annotator, Identified, Ref, Source
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.rows import TABLES

R = TypeVar("R", bound=Identified)
_MANY = ("mark", "mention", "link")
"""Tables with too many rows to keep all their ids in memory."""


class Ids:
    """The ids of one import."""

    def __init__(self, job: Job, rows: Rows) -> None:
        self._job = job
        self._rows = rows
        self._given: dict[tuple[str, str], str] = {}
        self._looked_up: set[str] = set()
        self._defined: set[tuple[str, str]] = set()

    def define(self, record: Identified) -> None:
        """Note that a record is in the file, so that others may refer to it before it is stored."""
        table = TABLES[type(record)].name
        self._defined.add((table, self.stored(table, record.id)))

    def stored(self, table: str, given: str) -> str:
        """The id a record has in the project: its own UUID, or the one its foreign id got."""
        if is_uuid(given):
            return given
        if table not in self._looked_up:
            self._looked_up.add(table)
            sql = f"SELECT origin_id, id FROM main.{table} WHERE origin_id IS NOT NULL"
            self._given.update({(table, origin): row_id for origin, row_id in self._job.store.query(sql)})
        if (table, given) not in self._given:
            is_name = table == "source" and given.startswith(NAMED)
            named = self._source_named(given.removeprefix(NAMED)) if is_name else None
            self._given[table, given] = named or new_id()
        return self._given[table, given]

    def _source_named(self, name: str) -> str | None:
        """The oldest source of a name or with it as an alias, in any letter case."""
        rows = self._job.store.query(
            "SELECT id FROM main.source WHERE folded(name) = :name OR EXISTS"
            " (SELECT 1 FROM json_each(aliases) WHERE folded(value) = :name) ORDER BY id LIMIT 1",
            {"name": name.casefold()},
        )
        return str(rows[0][0]) if rows else None

    def reference(self, table: str, given: str | None, field: str) -> Any:
        """The stored id of a record that must be defined in the file or the project."""
        if given is None:
            return None
        row_id = self.stored(table, given)
        if not self.is_known(table, row_id):
            self._job.refuse("reference-unknown", table=table, id=given, field=field)
        return row_id

    def is_known(self, table: str, row_id: str) -> bool:
        """Whether a row is defined in the file so far, or in the project."""
        if (table, row_id) in self._defined:
            return True
        is_there = self._rows.is_there(table, row_id)
        if is_there and table not in _MANY:
            self._defined.add((table, row_id))
        return is_there

    def annotator(self, given: str | None) -> AnnotatorId:
        """An annotator by id or foreign id, otherwise by name; made where there is none."""
        me = self._job.store.identity
        if given is None:
            if not self.is_known("annotator", me.annotator):
                self._rows.insert(Annotator(id=me.annotator, name=me.name))
            return me.annotator
        row_id = given if is_uuid(given) else self._named(given)
        if not self.is_known("annotator", row_id):
            self._job.refuse("reference-unknown", table="annotator", id=given, field="annotator")
        return AnnotatorId(row_id)

    def _named(self, given: str) -> str:
        """The id of an annotator of a foreign id or name."""
        if ("annotator", given) not in self._given:
            rows = self._job.store.query(
                "SELECT id FROM main.annotator WHERE origin_id = ?1 OR name = ?1"
                " ORDER BY origin_id IS NULL, id",
                (given,),
            )
            row_id = rows[0][0] if rows else new_id()
            self._given["annotator", given] = row_id
            if not rows and not given.strip():
                self._job.refuse("annotator-without-name")
            if not rows:
                self._rows.insert(Annotator(id=AnnotatorId(row_id), name=given))
        return self._given["annotator", given]

    def settled(self, record: R) -> R:
        """The record with the ids and the annotator it has in the project."""
        table = TABLES[type(record)]
        changes: dict[str, Any] = {"id": self.stored(table.name, record.id) if record.id else new_id()}
        if record.id and not is_uuid(record.id) and not _is_named(record):
            if record.origin_id not in (None, record.id):
                self._job.refuse("origin-id-twice", type=record.type, id=record.id, other=record.origin_id)
            changes["origin_id"] = record.id
        for name, target in table.references.items():
            value = getattr(record, name)
            if target == "annotator":
                changes[name] = self.annotator(value)
            elif isinstance(value, tuple):
                changes[name] = tuple(self.reference(target, one, name) for one in value)
            else:
                changes[name] = self.reference(target, value, name)
        for name, ends in table.ends.items():
            end: Ref = getattr(record, name)
            if end.table not in ends:
                self._job.refuse("end-unknown", type=record.type, table=end.table, tables=list(ends))
            changes[name] = Ref(end.table, self.reference(end.table, end.id, name))
        return replace(record, **changes)

    def is_there_already(self, given: Identified, settled: Identified) -> bool:
        """Skip an equal record, refuse a different one under the same id."""
        kind = type(settled)
        if not given.id or not self._rows.is_there(TABLES[kind].name, settled.id):
            return False
        if _is_named(given):
            self._job.result.skipped[kind.type] += 1
            return True
        there = self._rows.found(kind, settled.id)
        if there is None:
            self._job.refuse("record-twice", type=kind.type, id=given.id)
        for one in fields(kind):
            if one.name in ("line", "text", "original", "annotator") or not one.compare:
                continue
            mine, theirs = getattr(settled, one.name), getattr(there, one.name)
            if mine != theirs and not _is_absent(mine):
                self._job.refuse(
                    "record-differs", type=kind.type, id=given.id, field=one.name, found=theirs, given=mine
                )
        self._job.result.skipped[kind.type] += 1
        return True

    def is_double(self, settled: Identified) -> bool:
        """Whether a record that came without an id stands in the project word for word."""
        table = TABLES[type(settled)]
        row = {
            name: value
            for name, value in table.to_row(settled).items()
            if name not in ("id", "origin_id", "annotator", "at", "created") and value is not None
        }
        tests = " AND ".join(f'"{name}" IS ?' for name in row)
        sql = f"SELECT 1 FROM main.{table.name} WHERE {tests}"
        found = self._job.store.query(sql, tuple(row.values()))
        if found:
            self._job.result.skipped[settled.type] += 1
        return bool(found)


def _is_named(record: Identified) -> bool:
    """Whether a source's id says no more than its name."""
    return isinstance(record, Source) and record.id.casefold() == f"{NAMED}{record.name}".casefold()


def _is_absent(value: Any) -> bool:
    return value is None or value in ((), "") or value == {}
