"""The chains of imported marks on their way in, sorted by source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import compress

from annotator.domain.ids import new_ids
from annotator.domain.model import Attribution
from annotator.store.imports.job import Job
from annotator.store.imports.rows import Rows
from annotator.store.json_columns import dump_spans

WAITING = 15_000
"""Steps that wait at most, in a few megabytes."""

_HEAD = "INSERT INTO main.attribution (mark, level, source, cue, mention, operation, id)"


_Step = tuple[str, int, str | None, str, str, str]
"""What a row holds, apart from its id: in the order of `_HEAD`."""


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

    def add(
        self,
        marks: Sequence[str],
        chains: Sequence[Sequence[Attribution]],
        sources: Mapping[str | None, str | None],
    ) -> None:
        """Keep the chains of marks that are stored or queued; `sources` are those of the project."""
        operation = self._job.bulk.operation
        self._waiting += [
            (mark, level, sources[source], dump_spans(cue), dump_spans(mention), operation)
            for mark, chain in zip(marks, chains, strict=True)
            for level, (source, cue, mention) in enumerate(chain)
        ]
        self._marks.update(compress(marks, chains))
        if len(self._waiting) >= WAITING:
            self._waiting.sort(key=_source)
            while len(self._waiting) >= self._room:
                self._queue(self._room)
            self._marks = {step[0] for step in self._waiting}

    def store_that_of(self, mark: str) -> None:
        """Commit what waits if the chain of a mark is in it."""
        if mark in self._marks:
            self.store()

    def store(self) -> None:
        """Commit what waits, and with it whatever else is queued."""
        self._waiting.sort(key=_source)
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


def _source(step: _Step) -> str:
    """What steps are sorted by; those without a source come first."""
    return step[2] or ""
