"""Whose the records are that come a second time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from annotator.domain.ids import AnnotatorId
from annotator.domain.model import Identified
from annotator.store.imports.job import Job
from annotator.store.rows import TABLES

_SIGNED = {table.name for table in TABLES.values() if "annotator" in table.references}
"""Tables whose rows say who made them."""


class Signed:
    """Keeps what two annotators said alike from being taken for what one of them said twice."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._by_others: Counter[tuple[AnnotatorId, AnnotatorId]] = Counter()
        """By who says it now, and who said it first."""
        self._is_beside_others = False
        """Whether somebody else has marks under foreign ids, which marks of this import may repeat."""

    def origins(self, table: str) -> Iterator[tuple[str, str, str, str]]:
        """The rows of a table that came under foreign ids: the table, that id, who made them, and their own.

        Those of others are not among them where a file leaves open whose its ids are.
        """
        store, whose, by = self._job.store, "", "''"
        details = {"table": table, "me": store.identity.annotator}
        if table in _SIGNED:
            by = "coalesce(annotator, '')"
        if self._job.is_of_others and table in _SIGNED:
            whose = "AND annotator IS :me"
            others = "SELECT 1 FROM main.mark WHERE origin_id <> '' AND annotator IS NOT :me LIMIT 1"
            self._is_beside_others = bool(store.query(others, details))
        return store.iterate(
            f"SELECT :table, origin_id, {by}, id FROM main.{table}"
            f" WHERE origin_id <> '' {whose} ORDER BY rowid",
            details,
        )

    def compare(self, given: Identified, mine: Any, theirs: Any) -> None:
        """Refuse a record that a file says somebody else made; note one by another than the import is by.

        mine, theirs: annotators of the record in the file and in the project, None where a type has none.
        """
        if mine is None or theirs in (None, mine):
            return
        named = getattr(given, "annotator", None)
        if named is None:
            self._by_others[mine, theirs] += 1
            return
        names = self._names()
        self._job.refuse(
            "record-differs",
            type=given.type,
            id=given.id,
            field="annotator",
            found=names.get(theirs, theirs),
            given=names.get(mine, named),
        )

    def note(self, mine: Any, theirs: Sequence[Any]) -> None:
        """Note a record that comes without an id, whoever a file says made it; theirs: of those like it."""
        if mine not in theirs and theirs[0] is not None:
            self._by_others[mine, theirs[0]] += 1

    def tell(self) -> None:
        """Say how many were not taken once more or repeat what others said, and who made those.

        All that the import brought is in the tables.
        """
        if self._is_beside_others:
            self._tell_of_repeated()
        if self._by_others:
            names = self._names()
            self._job.report(
                "records-of-others",
                count=sum(self._by_others.values()),
                names=[*dict.fromkeys(names.get(theirs, theirs) for _, theirs in self._by_others)],
                name=", ".join(dict.fromkeys(names.get(mine, mine) for mine, _ in self._by_others)),
            )

    def _tell_of_repeated(self) -> None:
        """Say which new marks repeat those of others: of two annotators, or of one under two names."""
        me = self._job.store.identity
        found: Counter[str] = Counter(
            name
            for (name,) in self._job.store.query(
                "SELECT by.name FROM main.mark mine JOIN main.mark other ON other.article = mine.article"
                ' AND other.start = mine.start AND other."end" = mine."end" AND other.spans = mine.spans'
                " AND other.label = mine.label AND other.origin_id = mine.origin_id"
                " AND other.annotator IS NOT mine.annotator JOIN main.annotator by ON by.id = other.annotator"
                " WHERE mine.operation = ? ORDER BY by.id",
                (self._job.bulk.operation,),
            )
        )
        for name, count in found.items():
            self._job.report("marks-repeat-others", count=count, name=me.name, other=name)

    def _names(self) -> dict[str, str]:
        """Of all annotators but those of this file whose rows still wait."""
        mine = self._job.store.identity
        return {
            mine.annotator: mine.name,
            **dict(self._job.store.query("SELECT id, name FROM main.annotator")),
        }
