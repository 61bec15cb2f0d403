"""Reports of the window: read from a private copy, shown as they are chosen, written in any format."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Thread

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.composing import left_out
from annotator.domain.dispute import DisputeMap
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.model import Report
from annotator.domain.report import Drawing, FullReport, Size
from annotator.formats.reports.parted import as_part, parts_folder_of, put_parts
from annotator.formats.reports.writers import PDF, WRITERS, folder_of, put, require_fitting
from annotator.layout.drawings import claim_drawings
from annotator.store.alike_claims import AlikeClaims
from annotator.store.bulk import Progress
from annotator.store.reporting import (
    claim_titles,
    full_report,
    parts_of_claims,
    report_parts,
    report_size,
    report_words,
)
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.dialogs.progress import StoppedError, Work, run_with_progress
from annotator.ui.drawn import with_pictures
from annotator.ui.messages import sentence
from annotator.ui.panels.words import counted
from annotator.ui.printing import write_pdf

FIRST = 12
"""How many claims of a report that is too large for one file are previewed."""


@dataclass(frozen=True)
class Whole:
    """Everything a report may tell, as it stood when it was read; to be closed."""

    titles: Mapping[PropositionId, str]
    """What each claim is called in a list."""
    size: Size
    full: FullReport | None
    """All of it, where one file can tell it: then nothing more is read."""
    copy: Store
    alike: AlikeClaims

    def shown(self, report: Report, tell: Progress = lambda _: True) -> FullReport:
        """What a report tells; where that is too large for one file, its first claims, which are read."""
        if self.full is not None:
            return self.full.chosen(report.title, report.lead, report.claims).without(left_out(report))
        chosen = tuple(report.claims or self.titles)
        first = self._read(replace(report, claims=chosen[:FIRST]), tell)
        return as_part(first) if len(chosen) > FIRST else first

    def size_of(self, report: Report) -> Size:
        """How much a report tells."""
        return report_size(self.copy, report) if report.claims and self.full is None else self.size

    def remark(self, report: Report, name: str, out: Path) -> str:
        """What is to be known before writing: that there will be parts, or none can be, or what is lost."""
        size = self.size_of(report)
        try:
            require_fitting(name, size)
        except UserError as error:
            return sentence(error)
        if not size.is_large:
            return "" if name == PDF else WRITERS[name].loses
        one = "This is an overview of %n claim, with parts in the folder {folder} beside it."
        many = "This is an overview of %n claims, with parts in the folder {folder} beside it."
        return counted(one, many, size.claims).format(folder=parts_folder_of(out))

    def write(self, report: Report, name: str, out: Path, tell: Progress) -> list[UserError]:
        """Write a file, or an overview with its parts; what of the report is not in it."""
        size = self.size_of(report)
        require_fitting(name, size)
        if size.is_large:
            told = _Told(tell)
            parts = told.parts(report_parts(self.copy, report, draw=told.draw, alike=self.alike))
            words, told_in = report_words(self.copy, report), parts_of_claims(self.copy, report)
            put_parts(WRITERS[name], words, parts, told_in, out)
            return []
        full = self.shown(report) if self.full else self._read(report, tell)
        return write_report(full, name, out, tell)

    def close(self) -> None:
        """Give the copy back: a second for 1.8 GB, so in a thread."""
        Thread(target=self.copy.close).start()

    def _read(self, report: Report, tell: Progress) -> FullReport:
        return full_report(self.copy, report, draw=_Told(tell).draw, alike=self.alike)


class Previews(QObject):
    """Reads what a preview shows of a large report in a thread; all of a small one is there at once."""

    read = Signal(object)
    """The FullReport of what was asked for last."""

    def __init__(self, whole: Whole, parent: QObject) -> None:
        super().__init__(parent)
        self._whole = whole
        self._work: Work[FullReport] | None = None
        self._asked: Report | None = None

    def ask(self, report: Report) -> None:
        """Show a report in the place of what is still being read."""
        if self._whole.full is not None:
            self.read.emit(self._whole.shown(report))
            return
        self._asked = report
        if self._work is None:
            self._begin(report)
        else:
            self._work.stop()

    def end(self) -> None:
        """Want nothing any more, and wait until nothing is read."""
        self._asked = None
        self._take_work()

    def _begin(self, report: Report) -> None:
        self._asked = None
        self._work = Work(partial(self._whole.shown, report), self)
        self._work.finished.connect(self._tell)
        self._work.start()

    def _tell(self) -> None:
        work = self._take_work()
        if self._asked is not None:
            self._begin(self._asked)
        elif work is not None:
            with suppress(StoppedError):
                self.read.emit(work.result())

    def _take_work(self) -> Work[FullReport] | None:
        """What was at work, at its end; it would keep what it read until the dialog goes."""
        work, self._work = self._work, None
        if work is not None:
            work.end()
            work.deleteLater()
        return work


def read_whole(session: Session, parent: QWidget | None, title: str) -> Whole | None:
    """Everything a report may say, from a snapshot; None where the analyst stopped it."""

    def read_all(tell: Progress) -> Whole:
        copy = session.store.snapshot(tell)
        try:
            told = _Told(tell)
            size, alike = report_size(copy), AlikeClaims(copy)
            full = None if size.is_large else full_report(copy, draw=told.draw, alike=alike)
            titles = claim_titles(copy)
            told.note(0)
            return Whole(titles, size, full, copy, alike)
        except BaseException:
            copy.close()
            raise

    return run_with_progress(parent, title, read_all)


def write_report(full: FullReport, name: str, out: Path, tell: Progress) -> list[UserError]:
    """Write a file; what of the report is not in it."""
    if name == PDF:
        write_pdf(full, out, tell)
        return []
    writer = WRITERS[name]
    written = writer.write(with_pictures(full, tell) if writer.pictures else full, folder_of(out))
    put(written, out)
    return [UserError(code, **details) for code, details in written.notices]


class _Told:
    """Tells how many claims and marks were gone through, and stops where nobody wants more."""

    def __init__(self, tell: Progress) -> None:
        self._tell = tell
        self._count = 0

    def draw(self, facts: Facts, disputes: DisputeMap, claim: PropositionId) -> tuple[Drawing, ...]:
        """What there is to draw of a claim. Raises StoppedError."""
        self.note(1)
        return claim_drawings(facts, disputes, claim)

    def parts(self, parts: Iterable[FullReport]) -> Iterator[FullReport]:
        """The parts of a report, those without claims counted by their marks. Raises StoppedError."""
        for part in parts:
            self.note(len(part.unnamed))
            yield part

    def note(self, count: int) -> None:
        """Tell that so many more were gone through. Raises StoppedError."""
        self._count += count
        if not self._tell(self._count):
            raise StoppedError
