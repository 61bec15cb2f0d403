"""Write a report: the analyst's title and text, which claims in which order, and a preview of all of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.composing import left_out
from annotator.domain.errors import UserError
from annotator.domain.model import Report
from annotator.domain.report import GRAPH, TIMELINE, UNTITLED, WITHOUT
from annotator.formats.names import safe_name
from annotator.formats.reports.writers import PDF, WRITERS
from annotator.store import edits, read
from annotator.store.reporting import UNSAVED
from annotator.store.session import Session
from annotator.ui.dialogs.claim_choice import ClaimChoice
from annotator.ui.dialogs.frame import Dialog, label_for, plain_button
from annotator.ui.dialogs.progress import run_with_progress
from annotator.ui.dialogs.report_preview import ReportPreview
from annotator.ui.files import ask_place
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.reporting import FIRST, Previews, Whole
from annotator.ui.theme import Theme

_PAUSE_MS = 250


class ReportDialog(Dialog):
    """Edits the reports of a project and writes them to files.

    whole: everything a report may say, read before from a snapshot, which is closed with the dialog;
    choosing and previewing read nothing more, unless there is more than one file tells.
    """

    def __init__(self, session: Session, look: Theme, whole: Whole, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, "", "", (1080, 700))
        self.setWindowTitle(self.tr("Report"))
        self.accept_button.setText(self.tr("&Write"))
        self.cancel_button.setText(self.tr("Close"))
        self.store = session.store
        self._proposed = ""
        self._kept = UNSAVED
        self.whole = whole
        path = session.store.path
        self._folder = path.parent if path else Path.home()
        self._make_parts()
        self._lay_out()
        self._connect()
        self._offer_reports(None)
        self._show_report()
        first = self.reports if self.title.text() else self.title  # whose words would be typed over
        first.setFocus()

    def _make_parts(self) -> None:
        self.reports = QComboBox()
        self.delete_button = plain_button(self.tr("&Delete"))
        self.title = QLineEdit()
        self.lead = QPlainTextEdit()
        self.lead.setTabChangesFocus(True)
        self.lead.setPlaceholderText(
            self.tr("What the reader should know first. An empty line parts paragraphs.")
        )
        self.claims = ClaimChoice(self.whole.titles, is_large=self.whole.size.is_large)
        self.preview = ReportPreview(self.look)
        self._previews = Previews(self.whole, self)
        self.shown = Words(is_quiet=True)
        self.format = QComboBox()
        for writer in WRITERS.values():
            self.format.addItem(writer.title, writer.name)
        self.drawings = {GRAPH: QCheckBox(self.tr("&Graph")), TIMELINE: QCheckBox(self.tr("Time &line"))}
        self.format.insertItem(1, self.tr("PDF, for print"), PDF)
        self.about = Words(is_quiet=True)
        self.place = QLineEdit()
        self.choose_button = plain_button(self.tr("&Choose…"))
        self.save_button = plain_button(self.tr("&Keep in the project"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.addLayout(_row(label_for(self.tr("&Report"), self.reports), self.reports, self.delete_button))
        left.addWidget(label_for(self.tr("&Title"), self.title))
        left.addWidget(self.title)
        left.addWidget(label_for(self.tr("T&ext before the claims"), self.lead))
        left.addWidget(self.lead, 1)
        left.addWidget(self.claims, 2)
        for box in self.drawings.values():
            self.claims.tools.addWidget(box)
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addLayout(left, 2)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addWidget(self.shown)
        both.addLayout(right, 3)
        self.column.addLayout(both, 1)
        self.column.addLayout(
            _row(
                label_for(self.tr("&As"), self.format),
                self.format,
                label_for(self.tr("T&o"), self.place),
                self.place,
                self.choose_button,
            )
        )
        self.column.addWidget(self.about)
        self.buttons.addButton(self.save_button, self.buttons.ButtonRole.ActionRole)

    def _connect(self) -> None:
        self.reports.activated.connect(lambda: self._on_chosen())
        self.delete_button.clicked.connect(self.delete)
        self.title.textChanged.connect(lambda: self._on_title())
        self.lead.textChanged.connect(self._on_edited)
        self.claims.edited.connect(self._on_edited)
        for box in self.drawings.values():
            box.toggled.connect(lambda: self._on_edited())
        self.preview.told.connect(self._tell_shown)
        self._previews.read.connect(self.preview.show_report)
        self.format.currentIndexChanged.connect(lambda: self._propose_place())
        self.place.textChanged.connect(lambda: self._tell_remark())
        self.choose_button.clicked.connect(self._choose_place)
        self.save_button.clicked.connect(self.save)
        self._pause.timeout.connect(self._show_preview)

    @property
    def report(self) -> Report:
        """What is in the fields; its id is empty while the project does not keep it."""
        return Report(
            id=self._kept.id,
            title=" ".join(self.title.text().split()),
            lead=self.lead.toPlainText().strip(),
            claims=self.claims.claims,
            extra=self._extra(),
        )

    @property
    def is_edited(self) -> bool:
        """Whether the fields differ from what the project keeps."""
        kept, now = self._kept, self.report
        written = (now.title, now.lead, now.claims, left_out(now))
        return written != (kept.title, kept.lead, kept.claims, left_out(kept))

    def save(self) -> bool:
        """Keep the report in the project; False where that was refused, and then it is said why."""
        report = self.report
        words = {
            "title": report.title,
            "lead": report.lead,
            "claims": report.claims,
            "extra": report.extra,
        }
        try:
            if report.id and read.is_there(self.store, "report", report.id):
                edits.edit_record(self.store, Report, report.id, **words)
                kept = report.id
            else:
                kept = edits.add_record(self.store, report)
        except UserError as error:
            self.say(sentence(error))
            return False
        self._offer_reports(kept)
        self._kept = replace(report, id=kept)
        self.delete_button.setEnabled(True)
        self.say(self.tr("Kept in the project."), "success")
        return True

    def delete(self) -> None:
        """Delete the report from the project; undo brings it back."""
        if self.report.id:
            edits.delete_record(self.store, Report, self.report.id)
            self._offer_reports(None)
            self._show_report()

    def accept(self) -> None:
        """Keep what was edited and write the file; the dialog stays open to say where it went."""
        if self.is_edited and not self.save():
            return
        out, name = Path(self.place.text().strip()).expanduser(), str(self.format.currentData())
        report = self.report
        size = self.whole.size_of(report)
        try:
            told = run_with_progress(
                self,
                self.tr("Writing the report"),
                lambda tell: self.whole.write(report, name, out, tell),
                size.claims if size.is_large else 0,
            )
        except UserError as error:
            self.say(sentence(error))
            return
        if told is None:
            self.say(self.tr("Stopped. Nothing was written."))
            return
        written = self.tr("Written to {path}.").format(path=out)
        self.say("\n".join([written, *map(sentence, told)]), "success")

    def reject(self) -> None:
        """Close, keeping what was written: undo takes it back."""
        if not self.is_edited or self.save():
            super().reject()

    def done(self, result: int) -> None:
        self._pause.stop()
        self._previews.end()
        self.whole.close()
        super().done(result)

    def _offer_reports(self, current: str | None) -> None:
        self.reports.clear()
        for row in read.records(self.store, Report, limit=200):
            self.reports.addItem(row.title or self.tr("Untitled"), row.id)
        self.reports.addItem(self.tr("New report"), None)
        self.reports.setCurrentIndex(max(0, self.reports.findData(current)) if current else 0)

    def _on_chosen(self) -> None:
        """Show another report, once what was written in this one is kept."""
        row = self.reports.currentData()
        if self.is_edited and not self.save():
            return
        self.reports.setCurrentIndex(self.reports.findData(row) if row else self.reports.count() - 1)
        self._show_report()

    def _show_report(self) -> None:
        row = self.reports.currentData()
        kept = self._kept = read.by_id(self.store, Report, str(row)) if row else UNSAVED
        self.title.setText(kept.title)
        self.lead.setPlainText(kept.lead)
        for kind, box in self.drawings.items():
            box.setChecked(kind not in left_out(kept))
        self.claims.show_claims(kept.claims)
        self.delete_button.setEnabled(bool(kept.id))
        self._on_edited()
        self._propose_place()
        self._show_preview()

    def _show_preview(self) -> None:
        self._previews.ask(self.report)
        self._tell_remark()

    def _tell_shown(self, words: str) -> None:
        """Say how much of the report the preview shows."""
        if self.whole.full is None and (count := self.whole.size_of(self.report).claims) > FIRST:
            first = self.tr("Shown are the first {count} of {all} claims.")
            words = first.format(count=FIRST, all=f"{count:,}")
        self.shown.setText(words)

    def _tell_remark(self) -> None:
        """Say what is to be known before the report is written."""
        name, out = str(self.format.currentData()), Path(self.place.text().strip())
        self.about.setText(self.whole.remark(self.report, name, out))

    def _extra(self) -> dict[str, Any]:
        """What the report has beside its words: which drawings it goes without, and what others put there."""
        others = {name: value for name, value in self._kept.extra.items() if name != WITHOUT}
        without = [kind for kind, box in self.drawings.items() if not box.isChecked()]
        return others | ({WITHOUT: without} if without else {})

    def _on_title(self) -> None:
        """Name the file after the report, unless the analyst named it."""
        if self.place.text() == self._proposed:
            self._propose_place()
        self._on_edited()

    def _on_edited(self) -> None:
        self.say("")
        if self.claims.is_none_ticked:
            self.say(self.tr("No claim is ticked, so the report would tell all of them."))
        self._pause.start()

    def _propose_place(self) -> None:
        name = str(self.format.currentData())
        suffix = ".pdf" if name == PDF else WRITERS[name].suffix
        stem = safe_name(self.title.text().strip() or UNTITLED)
        self._proposed = str(self._folder / f"{stem}{suffix}")
        self.place.setText(self._proposed)

    def _choose_place(self) -> None:
        name = ask_place(self, self.tr("Write to"), self.place.text(), confirms=False)
        if name:
            self.place.setText(name)


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for part in parts:
        row.addWidget(part, 1 if isinstance(part, (QLineEdit, QComboBox)) else 0)
    return row
