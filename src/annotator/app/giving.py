"""Records given out to a file or folder: which of them, and what its format could not express."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.domain.query import Query
from annotator.domain.runs import Records, Run
from annotator.domain.scheme_searches import lost
from annotator.domain.selection import Selection
from annotator.domain.summary import FeatureCounter, asked_by
from annotator.formats.registry import Format, Loss, Options, Report, export_to
from annotator.store import export, open_ends, read
from annotator.store.bulk import BulkCancelledError, Progress
from annotator.store.finding import found_marks
from annotator.store.store import Store


@dataclass
class Giving:
    """One call of `export`: how the records of a project are written, and what was lost of them.

    check_state: called before anything is in its place; raises where they are not of one state.
    """

    store: Store
    check_state: Callable[[], None]
    writer: Format
    query: Query | None
    strict: bool
    announce: Callable[[list[Loss]], None] | None
    progress: Progress | None
    losses: list[Loss] = field(default_factory=list)
    _notices: list[Callable[[], None]] = field(default_factory=list)
    """What is to be told once it is of one state: it would be told again where all is made anew."""
    _seen: int = 0
    """How many records were given."""

    def write(self, out: Path, report: Report, options: Options) -> None:
        """Write what the query finds, with what it needs, whole or not at all.

        report: told what the format changes, and of conditions of the query that name what the
        scheme has not.
        """
        if self.query:
            for one in lost(self.query, read.scheme(self.store)):
                self._later(report)("query-condition-unknown", condition=one.condition)
        counter = FeatureCounter(partial(export.across_articles, self.store), asked_by(self.writer.losses))
        told = {"report": self._later(report), "pulse": self._hear, **options}
        records = Records(self._chosen(counter, self._later(report)))
        export_to(self.writer, records, out, told, lambda: self._check(counter))

    def _chosen(self, counter: FeatureCounter, report: Report) -> Iterator[Run[Record]]:
        selection = None
        if self.query:
            found = found_marks(self.store, self.query)
            if not found:
                report("query-finds-nothing")
            selection = Selection(open_ends.facts(self.store), found)
        for run in export.runs(self.store):
            self._hear()
            self._seen += len(run)
            chosen = selection.of(run) if selection else run
            if chosen:
                counter.take(chosen)
                yield chosen

    def _hear(self) -> None:
        """Tell how many records were given; raises where it was cancelled."""
        if self.progress and not self.progress(self._seen):
            raise BulkCancelledError

    def _later(self, report: Report) -> Report:
        return lambda code, **details: self._notices.append(partial(report, code, **details))

    def _check(self, counter: FeatureCounter) -> None:
        summary = counter.finish()
        self.check_state()
        for tell in self._notices:
            tell()
        self.losses = self.writer.losses(summary)
        if self.announce:
            self.announce(self.losses)
        lost = [loss.code for loss in self.losses if not loss.beside]
        if self.strict and lost:
            raise UserError("export-loses", format=self.writer.name, features=lost)
