"""An export as the dialog runs it: counted first, written from a private copy, stopped at any time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.domain.runs import Records, Run
from annotator.domain.summary import Summary, summarise
from annotator.formats.registry import Format, export_to
from annotator.store import export
from annotator.store.bulk import Progress
from annotator.store.store import Store
from annotator.ui.dialogs.progress import StoppedError


@dataclass(frozen=True)
class Counted:
    """What the project holds, and in how many records."""

    summary: Summary
    records: int


def count(copy: Store, tell: Progress) -> Counted:
    """Go through all that would be written. Raises UserError where the project is damaged."""
    seen = 0

    def runs() -> Iterator[Run[Record]]:
        nonlocal seen
        for run in _telling(copy, tell):
            seen += len(run)
            yield run

    return Counted(summarise(Records(runs()), partial(export.across_articles, copy)), seen)


def write(
    copy: Store, format_: Format, out: Path, options: Mapping[str, object], tell: Progress
) -> list[UserError]:
    """Write the export whole or not at all; returns what the format told of it on the way."""
    told: list[UserError] = []

    def report(code: str, **details: object) -> None:
        told.append(UserError(code, **details))

    export_to(format_, Records(_telling(copy, tell)), out, {"report": report, **options})
    return told


def _telling(copy: Store, tell: Progress) -> Iterator[Run[Record]]:
    seen = 0
    for run in export.runs(copy):
        if not tell(seen):
            raise StoppedError
        seen += len(run)
        yield run
