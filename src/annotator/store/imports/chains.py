"""The chains of imported marks on their way in, sorted by source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.ids import new_ids
from annotator.domain.model import Attribution
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.json_columns import dump_spans

WAITING = 15_000
"""Steps that wait at most, in a few megabytes."""

_HEAD = "INSERT INTO main.attribution (mark, level, source, cue, mention, operation, id)"


class _Step(NamedTuple):
    """What a row holds, apart from its id."""

    mark: str
    level: int
    source: str | None
    cue: str
    mention: str
    operation: str


class Chains:
    """Keeps steps of chains until there are many, and queues them by source.

    Each source has a page of its own in an index, at which its rows go on. In the order of
    their marks the rows of one commit would touch nearly as many pages as they are (decision 46).
    Until the analyst uses one, the sources used last (`recent_sources`) are the last of this order.
    """

    def __init__(self, job: Job, rows: Rows) -> None:
        self._job = job
        self._rows = rows
        self._waiting: list[_Step] = []
        self._marks: set[str] = set()
        """The marks whose chains wait."""

    def add(self, mark: str, attribution: Sequence[Attribution], sources: Sequence[str | None]) -> None:
        """Keep the chain of a mark that is stored or queued; `sources` are those of the project."""
        if not attribution:
            return
        operation = self._job.bulk.operation
        self._waiting += [
            _Step(mark, level, source, dump_spans(step.cue), dump_spans(step.mention), operation)
            for level, (step, source) in enumerate(zip(attribution, sources, strict=True))
        ]
        self._marks.add(mark)
        if len(self._waiting) >= WAITING:
            self._waiting.sort(key=lambda step: step.source or "")
            while len(self._waiting) >= self._room:
                self._queue(self._room)
            self._marks = {step.mark for step in self._waiting}

    def store_that_of(self, mark: str) -> None:
        """Commit what waits if the chain of a mark is in it."""
        if mark in self._marks:
            self.store()

    def store(self) -> None:
        """Commit what waits, and with it whatever else is queued."""
        self._waiting.sort(key=lambda step: step.source or "")
        while self._waiting:
            self._queue(self._room)
        self._marks.clear()
        self._rows.write()

    @property
    def _room(self) -> int:
        """How many rows fit into the next commit."""
        return self._job.bulk.BATCH - self._job.bulk.waiting

    def _queue(self, count: int) -> None:
        some, self._waiting = self._waiting[:count], self._waiting[count:]
        self._job.bulk.insert(
            _HEAD, [(*step, row_id) for step, row_id in zip(some, new_ids(len(some)), strict=True)]
        )
