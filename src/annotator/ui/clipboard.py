"""A mark or a claim on the clipboard, as plain and as rich text, ready to be pasted into a report."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.domain.ids import MarkId, PropositionId
from annotator.domain.model import Ref
from annotator.formats.reports.citation import Citation, cite_claims, cite_mark
from annotator.store.reporting import citation, claim_report
from annotator.store.store import Store
from annotator.ui.dialogs.progress import run_with_progress
from annotator.ui.panels.base import Panel


def asked_for(focused: QWidget | None, held: MarkId | None) -> Ref | None:
    """What Ctrl+C means: the row that the focused panel stands on, otherwise the mark in hand."""
    widget = focused
    while widget is not None:
        if isinstance(widget, Panel) and (here := widget.to_copy()) is not None:
            return here
        widget = widget.parentWidget()
    return Ref("mark", held) if held else None


def copy_citation(store: Store, what: Ref, parent: QWidget) -> bool:
    """Put what a report would say of a mark or claim on the clipboard; False where it was stopped."""
    if what.table == "mark":
        found: Citation | None = cite_mark(citation(store, MarkId(what.id)))
    else:
        found = _of_claim(store, PropositionId(what.id), parent)
    if found is None:
        return False
    data = QMimeData()
    data.setText(found.text)
    data.setHtml(found.html)
    QGuiApplication.clipboard().setMimeData(data)
    return True


def _of_claim(store: Store, claim: PropositionId, parent: QWidget) -> Citation | None:
    """Read in a thread of its own: what is said on one claim may be long."""
    reader = store.reader()
    try:
        words = parent.tr("Gathering what is said on the claim")
        return run_with_progress(parent, words, lambda _: cite_claims(claim_report(reader, claim)))
    finally:
        reader.close()
