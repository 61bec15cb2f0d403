"""An export as the dialog runs it: counted before or along, written from a private copy, stopped at will."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.model import RECORD_TYPES, Identified, Record
from annotator.domain.runs import Records, Run
from annotator.domain.summary import FeatureCounter, Summary
from annotator.formats.registry import Format, export_to
from annotator.store import export, read
from annotator.store.bulk import Progress
from annotator.store.store import Store
from annotator.ui.dialogs.progress import StoppedError


@dataclass(frozen=True)
class Counted:
    """What the project holds, and in how many records."""

    summary: Summary
    records: int


class Exported(NamedTuple):
    """What a format told on the way, and what the project holds, where that was counted along."""

    told: list[UserError]
    counted: Counted | None


def count(copy: Store, tell: Progress) -> Counted:
    """Go through all that would be written."""
    counting = _Counting(copy)
    deque(counting.passing(_Telling(tell).passing(_bare(copy))), maxlen=0)
    return counting.counted()


def write(
    copy: Store,
    format_: Format,
    out: Path,
    options: Mapping[str, object],
    tell: Progress,
    is_counted: bool,
) -> Exported:
    """Write the export whole or not at all; what was not counted before is counted along.

    Raises UserError, also where the project is damaged.
    """
    told: list[UserError] = []

    def report(code: str, **details: object) -> None:
        told.append(UserError(code, **details))

    counting = None if is_counted else _Counting(copy)
    telling = _Telling(tell)
    runs = telling.passing(export.runs(copy))
    records = Records(counting.passing(runs) if counting else runs)
    export_to(format_, records, out, {"report": report, "pulse": telling.pulse, **options})
    return Exported(told, counting.counted() if counting else None)


def _bare(copy: Store) -> Iterator[Run[Record]]:
    """What would be written, without texts and checks: counting takes four fifths of the time so."""
    yield from takewhile(lambda run: not issubclass(run.record, Identified), export.runs(copy))
    for record in RECORD_TYPES:
        if issubclass(record, Identified):
            yield from read.all_runs(copy, record)


class _Counting:
    """Counts records that pass."""

    def __init__(self, copy: Store) -> None:
        self._features = FeatureCounter(partial(export.across_articles, copy))
        self._records = 0

    def passing(self, runs: Iterable[Run[Record]]) -> Iterator[Run[Record]]:
        for run in runs:
            self._features.take(run)
            self._records += len(run)
            yield run

    def counted(self) -> Counted:
        return Counted(self._features.finish(), self._records)


class _Telling:
    """Tells how many records were passed; raises where that is to stop."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._seen = 0

    def pulse(self) -> None:
        if not self._tell(self._seen):
            raise StoppedError

    def passing(self, runs: Iterable[Run[Record]]) -> Iterator[Run[Record]]:
        for run in runs:
            self.pulse()
            self._seen += len(run)
            yield run
