"""Reports of the window: read from a snapshot, written in any format."""

from __future__ import annotations

from contextlib import closing
from itertools import count
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.domain.dispute import DisputeMap
from annotator.domain.errors import UserError
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.report import Drawing, FullReport
from annotator.formats.reports.writers import PDF, WRITERS, folder_of, put
from annotator.layout.drawings import claim_drawings
from annotator.store.bulk import Progress
from annotator.store.reporting import full_report
from annotator.store.session import Session
from annotator.ui.dialogs.progress import StoppedError, run_with_progress
from annotator.ui.drawn import with_pictures
from annotator.ui.printing import write_pdf


def read_whole(session: Session, parent: QWidget | None, title: str) -> FullReport | None:
    """Everything a report may say, from a snapshot; None where the analyst stopped it."""
    drawn = count()

    def read_all(tell: Progress) -> FullReport:

        def draw(facts: Facts, disputes: DisputeMap, claim: PropositionId) -> tuple[Drawing, ...]:
            if not tell(next(drawn)):
                raise StoppedError
            return claim_drawings(facts, disputes, claim)

        with closing(session.store.snapshot()) as copy:
            return full_report(copy, draw=draw)

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
