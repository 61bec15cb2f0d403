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

    def origins(self, table: str) -> Iterator[tuple[str, str, str]]:
        """The rows of a table that came under foreign ids: the table, that id, and their own.

        Those of others are not among them where a file leaves open whose its ids are.
        """
        whose = "AND annotator IS :me" if self._job.is_of_others and table in _SIGNED else ""
        return self._job.store.iterate(
            f"SELECT :table, origin_id, id FROM main.{table} WHERE origin_id <> '' {whose} ORDER BY rowid",
            {"table": table, "me": self._job.store.identity.annotator},
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
        """Say how many were not taken once more, and who made those that are there."""
        if self._by_others:
            names = self._names()
            self._job.report(
                "records-of-others",
                count=sum(self._by_others.values()),
                names=[*dict.fromkeys(names.get(theirs, theirs) for _, theirs in self._by_others)],
                name=", ".join(dict.fromkeys(names.get(mine, mine) for mine, _ in self._by_others)),
            )

    def _names(self) -> dict[str, str]:
        """Of all annotators but those of this file whose rows still wait."""
        mine = self._job.store.identity
        return {
            mine.annotator: mine.name,
            **dict(self._job.store.query("SELECT id, name FROM main.annotator")),
        }
