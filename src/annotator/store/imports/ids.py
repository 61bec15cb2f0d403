"""Ids on their way in: foreign ones become UUIDs, references must name what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from annotator.domain.ids import NAMED, AnnotatorId, is_uuid, new_id, new_ids
from annotator.domain.model import Annotator, Identified, Ref, Source
from annotator.domain.runs import Run
from annotator.store.imports.again import compare
from annotator.store.imports.aside import SEVERAL, Aside
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.imports.run import UnusualError, each, foreign, named
from annotator.store.imports.signed import Signed
from annotator.store.rows import TABLES

KNOWN = 5_000
"""How many rows that were found are remembered before they are looked up anew, to keep memory flat."""


class Ids:
    """The ids of one import."""

    def __init__(self, job: Job, rows: Rows, aside: Aside) -> None:
        self._job = job
        self._rows = rows
        self._aside = aside
        self.signed = Signed(job)
        self._looked_up: set[str] = set()
        self._defined: set[tuple[str, str]] = set()
        self._found: defaultdict[str, set[str]] = defaultdict(set)
        self._foreign: Sequence[str] = ()
        """Ids of the records at hand that are none of this program's."""
        self._near: dict[str, Mapping[str, str]] = {}
        """Ids in the project of what the records at hand name and that is there, by table."""
        self._is_of_several = False
        """Whether they name what several annotators call the same, so that each means that of its own."""
        self._labels: dict[str, str] = {}
        self._annotators: dict[str | None, AnnotatorId] = {}
        """Some of those that were settled, by what a file calls them."""

    def look_up(self, run: Run[Identified]) -> None:
        """Find at once what some records of one type name; each on its own would cost statements."""
        names, own = named(run), run.record.type
        given = {table: {one for one in some if not is_uuid(one)} for table, some in names.items()}
        self._foreign = foreign(run)
        given[own] = given.get(own, set()).union(self._foreign)
        for table, some in given.items():
            if some:
                self._look_up_origins(table)
        self._aside.look_up(given)
        self._labels, self._near, self._is_of_several = {}, {}, False
        for table, ids in names.items():
            near = {one: self._met(table, one) if one in given[table] else one for one in ids}
            self._is_of_several |= SEVERAL in near.values()
            there: Container[str]
            if table == "mark":
                there = self._labels = self._rows.labels(near.values())
            else:
                there = self._there(table, near.values())
            self._near[table] = {one: row_id for one, row_id in near.items() if row_id in there}

    def named(self, table: str) -> set[str]:
        """The rows of a table that the records at hand name and that are there."""
        return set(self._near.get(table, {}).values())

    def define(self, table: str, given: str) -> None:
        """Note that a record is in the file, so that others may refer to it before it is stored."""
        self._defined.add((table, self.stored(table, given)))

    def note_stored(self, table: str, row_id: str) -> None:
        """Note that a record that was defined is stored."""
        self._defined.discard((table, row_id))

    def stored(self, table: str, given: str) -> str:
        """The id a record has in the project: its own UUID, or the one its foreign id got."""
        if is_uuid(given):
            return given
        found = self._met(table, given)
        return self._own(table, given) if found == SEVERAL else found

    def _met(self, table: str, given: str) -> str:
        """The id that a foreign id got, or gets now; SEVERAL where annotators have one each."""
        self._look_up_origins(table)
        found = self._aside.id_of(table, given)
        if found is None:
            is_name = table == "source" and given.startswith(NAMED)
            named = self._source_named(given.removeprefix(NAMED)) if is_name else None
            found = named or new_id()
            self._aside.keep(table, {given: found})
        return found

    def _own(self, table: str, given: str) -> str:
        """Of rows that several annotators have under one foreign id that of who signs the record at hand."""
        found = self._aside.ids_by(table, given)
        row_id = found.get(self.annotator(getattr(self._job.record, "annotator", None)))
        if row_id is None:
            self._job.refuse("reference-ambiguous", table=table, id=given, ids=sorted(found.values()))
        return row_id

    def _stored_all(self, table: str, given: Collection[str]) -> Mapping[str, str]:
        """`stored` by foreign ids of a table whose records are not known by name."""
        there = self._aside.ids_of(table, given)
        if SEVERAL in there.values():
            raise UnusualError
        others = dict.fromkeys(one for one in given if one not in there)
        new = dict(zip(others, new_ids(len(others)), strict=True))
        if new:
            self._aside.keep(table, new)
        return there | new

    def _look_up_origins(self, table: str) -> None:
        """Put aside, once, what rows of the project were called in the files they came from."""
        if table not in self._looked_up:
            self._looked_up.add(table)
            self._aside.keep_ids(self.signed.origins(table))

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
        near = self._near.get(table, {}).get(given)
        if near is not None:
            return near
        row_id = self.stored(table, given)
        if not self.is_known(table, row_id):
            self._job.refuse("reference-unknown", table=table, id=given, field=field)
        return row_id

    def is_known(self, table: str, row_id: str) -> bool:
        """Whether a row is defined in the file so far, or in the project."""
        return (table, row_id) in self._defined or row_id in self._there(table, [row_id])

    def _there(self, table: str, ids: Iterable[str]) -> Container[str]:
        """What holds those of some rows that are in the project; what was found is not looked up again."""
        found = self._found[table]
        if len(found) >= KNOWN:
            found.clear()
        found |= self._rows.there(table, [row_id for row_id in ids if row_id not in found])
        return found

    def label_of(self, mark: str) -> str:
        """The label of a mark that a record of this run names and that is there."""
        if mark not in self._labels:  # others have one under the same foreign id
            self._labels |= self._rows.labels([mark])
        return self._labels[mark]

    def annotator(self, given: str | None) -> AnnotatorId:
        """An annotator by id or foreign id, otherwise by name; made where there is none."""
        if given not in self._annotators:
            if len(self._annotators) >= KNOWN:
                self._annotators.clear()
            self._annotators[given] = self._annotator(given)
        return self._annotators[given]

    def _annotator(self, given: str | None) -> AnnotatorId:
        me = self._job.store.identity
        if given is None:
            if not self.is_known("annotator", me.annotator):
                self._rows.insert(Annotator(id=me.annotator, name=me.name), {})
            return me.annotator
        row_id = given if is_uuid(given) else self._named(given)
        if not self.is_known("annotator", row_id):
            self._job.refuse("reference-unknown", table="annotator", id=given, field="annotator")
        return AnnotatorId(row_id)

    def _named(self, given: str) -> str:
        """The id of an annotator of a foreign id or name."""
        found = self._aside.id_of("annotator", given)
        if found is None:
            rows = self._job.store.query(
                "SELECT id FROM main.annotator WHERE origin_id = ?1 OR name = ?1"
                " ORDER BY origin_id IS NULL, id",
                (given,),
            )
            found = str(rows[0][0]) if rows else new_id()
            self._aside.keep("annotator", {given: found})
            if not rows and not given.strip():
                self._job.refuse("annotator-without-name")
            if not rows:
                self._rows.insert(Annotator(id=AnnotatorId(found), name=given), {})
        return found

    def settled(self, record: Identified) -> dict[str, Any]:
        """The fields of a record that differ in the project: its id, its annotator and what it refers to."""
        table = TABLES[type(record)]
        settled: dict[str, Any] = {"id": self.stored(table.name, record.id) if record.id else new_id()}
        if record.id and settled["id"] != record.id and not _is_named(record):
            if record.origin_id not in (None, record.id):
                self._job.refuse("origin-id-twice", type=record.type, id=record.id, other=record.origin_id)
            settled["origin_id"] = record.id
        for name, target in table.references.items():
            value = getattr(record, name)
            if target == "annotator":
                settled[name] = self.annotator(value)
            elif isinstance(value, tuple):
                settled[name] = tuple(self.reference(target, one, name) for one in value)
            elif value is not None:
                settled[name] = self.reference(target, value, name)
        for name, ends in table.ends.items():
            end: Ref = getattr(record, name)
            if end.table not in ends:
                self._job.refuse("end-unknown", type=record.type, table=end.table, tables=list(ends))
            settled[name] = Ref(end.table, self.reference(end.table, end.id, name))
        return settled

    def settled_at_once(self, run: Run[Identified]) -> dict[str, Sequence[Any]]:
        """`settled` of each record of a run, by column.

        Raises UnusualError, or the UserError of a reference, unless every record has an id and is
        new, and what it refers to is there, once.
        """
        ids, origins, table = run.columns["id"], run.columns["origin_id"], TABLES[run.record]
        if self._is_of_several or not all(ids):
            raise UnusualError
        if self._foreign:
            stored = self._stored_all(table.name, self._foreign)
            origins = [*map(partial(self._origin, stored), ids, origins)]
            ids = [stored.get(one, one) for one in ids]
        if len(set(ids)) < len(run) or self._rows.there(table.name, ids):
            raise UnusualError
        settled = {"id": ids, "origin_id": origins}
        for name, target in table.references.items():
            settle = (
                self._settled_annotator
                if target == "annotator"
                else partial(self.reference, target, field=name)
            )
            settled[name] = each(run.columns[name], settle)
        for name, ends in table.ends.items():
            settled[name] = each(run.columns[name], partial(self._settled_end, ends, name))
        return settled

    @staticmethod
    def _origin(stored: Container[str], given: str, origin: str | None) -> str | None:
        """What a record was called where it came from: its foreign id, or what a file says beside its own."""
        if given not in stored:
            return origin
        if origin not in (None, given):
            raise UnusualError
        return given

    def _settled_annotator(self, given: str | None) -> AnnotatorId:
        if given not in self._annotators:
            raise UnusualError
        return self._annotators[given]

    def _settled_end(self, ends: Container[str], name: str, end: Ref) -> Ref:
        if end.table not in ends:
            raise UnusualError
        return Ref(end.table, self.reference(end.table, end.id, name))

    def is_there_already(self, given: Identified, settled: Mapping[str, Any]) -> bool:
        """Skip an equal record, refuse a different one under the same id."""
        kind = type(given)
        if not given.id or not self._rows.is_there(TABLES[kind].name, settled["id"]):
            return False
        if _is_named(given):
            self._job.result.skipped[kind.type] += 1
            return True
        there = self._rows.found(kind, settled["id"])
        if there is None:
            self._job.refuse("record-twice", type=kind.type, id=given.id)
        compare(self._job, given, settled, there)
        self.signed.compare(given, settled.get("annotator"), getattr(there, "annotator", None))
        self._job.result.skipped[kind.type] += 1
        return True

    def is_double(self, record: Identified, settled: Mapping[str, Any]) -> bool:
        """Whether a record that came without an id stands in the project word for word."""
        table = TABLES[type(record)]
        row = {
            name: value
            for name, value in table.to_row(record, settled).items()
            if name not in ("id", "origin_id", "annotator", "at", "created") and value is not None
        }
        tests = " AND ".join(f'"{name}" IS ?' for name in row)
        by = "annotator" if "annotator" in settled else "NULL"
        sql = f"SELECT {by} FROM main.{table.name} WHERE {tests} ORDER BY id"
        found = [theirs for (theirs,) in self._job.store.query(sql, tuple(row.values()))]
        if found:
            self.signed.note(settled.get("annotator"), found)
            self._job.result.skipped[record.type] += 1
        return bool(found)


def _is_named(record: Identified) -> bool:
    """Whether a source's id says no more than its name."""
    return isinstance(record, Source) and record.id.casefold() == f"{NAMED}{record.name}".casefold()
