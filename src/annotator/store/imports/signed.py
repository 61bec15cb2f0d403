"""Whose the records are that come a second time."""

from __future__ import annotations

from collections import Counter
from typing import Any

from annotator.domain.ids import AnnotatorId
from annotator.domain.model import Identified
from annotator.store.imports.job import Job


class Signed:
    """Keeps what two annotators said alike from being taken for what one of them said twice."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._by_others: Counter[AnnotatorId] = Counter()

    def compare(self, given: Identified, mine: Any, theirs: Any) -> None:
        """Refuse a record that a file says somebody else made; note one by another than the import is by.

        mine, theirs: annotators of the record in the file and in the project, None where a type has none.
        """
        if mine is None or theirs in (None, mine):
            return
        named = getattr(given, "annotator", None)
        if named is None:
            self._by_others[theirs] += 1
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

    def tell(self) -> None:
        """Say how many were not taken once more, and who made those that are there."""
        if self._by_others:
            names = self._names()
            self._job.report(
                "records-of-others",
                count=sum(self._by_others.values()),
                names=[names.get(one, one) for one in self._by_others],
                name=self._job.store.identity.name,
            )

    def _names(self) -> dict[str, str]:
        """Of all annotators but those of this file whose rows still wait."""
        return dict(self._job.store.query("SELECT id, name FROM main.annotator"))
