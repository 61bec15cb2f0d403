"""What is known of an exhibit, in one form; a file that is chosen is hashed and stays where it is."""

from __future__ import annotations

from pathlib import Path
from threading import Event, Thread

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLineEdit, QWidget

from annotator.domain.errors import UserError
from annotator.domain.ids import ExhibitId
from annotator.domain.model import Exhibit
from annotator.store import edits, read
from annotator.store.edits.exhibits import file_sha256
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, NoteField, label_for, plain_button
from annotator.ui.files import Files
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

_LOOKS_MS = 10
"""How often it is looked whether a file has been read."""


def tr(words: str) -> str:
    """Words of the form in the language of the window."""
    return QCoreApplication.translate("ExhibitForm", words)


class _Reading:
    """A file on its way to its hash: written by its thread, read by the window's."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stopped = Event()
        self.answer: str | UserError | None = None
        Thread(target=self._work, daemon=True).start()

    def stop(self) -> None:
        """Want no hash any more."""
        self._stopped.set()

    def _work(self) -> None:
        try:
            self.answer = file_sha256(self._path, self._stopped.is_set)
        except UserError as error:
            self.answer = error


class ExhibitForm(Dialog):
    """Makes an exhibit, or changes one. `exhibit` is its id once the form was accepted."""

    def __init__(
        self,
        session: Session,
        look: Theme,
        parent: QWidget | None = None,
        exhibit: ExhibitId | None = None,
        files: Files | None = None,
    ) -> None:
        title = tr("Exhibit") if exhibit else tr("New exhibit")
        super().__init__(look, parent, title, tr("Save"), (520, 420))
        self.store = session.store
        self.exhibit = exhibit
        self._files = files or Files(project=session.store.path)
        self._reading: _Reading | None = None
        self._look = QTimer(self, interval=_LOOKS_MS)
        self._look.timeout.connect(self._take_answer)
        self.title, self.url, self.archive_url, self.captured, self.sha256 = (QLineEdit() for _ in range(5))
        self.note = NoteField()
        for line, words in (
            (self.url, "https://"),
            (self.archive_url, tr("A copy that stays, such as one at an archive of the web")),
            (self.captured, tr("Year-month-day, or only year and month")),
            (self.sha256, tr("64 digits; found for you when a file is chosen")),
        ):
            line.setPlaceholderText(words)
        self._lay_out()
        if exhibit is not None:
            self._fill(read.by_id(self.store, Exhibit, exhibit))
        self.title.setFocus()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        for words, field in (
            (tr("&Title"), self.title),
            (tr("&Address"), self.url),
            (tr("A&rchived at"), self.archive_url),
            (tr("&Captured"), self.captured),
        ):
            form.addRow(label_for(words, field), field)
        self.choose = plain_button(tr("Choose a &file…"))
        self.choose.clicked.connect(self._ask_file)
        row = QHBoxLayout()
        row.addWidget(self.sha256, 1)
        row.addWidget(self.choose)
        form.addRow(label_for(tr("&SHA-256"), self.sha256), row)
        kept = tr("Of a file the hash is kept, not the file itself: keep it where you will find it again.")
        form.addRow("", Words(kept, is_quiet=True))
        form.addRow(label_for(tr("Caption, &note"), self.note), self.note)
        self.column.addLayout(form)

    def _fill(self, row: Exhibit) -> None:
        for name, line in self._lines().items():
            line.setText(getattr(row, name) or "")
        self.note.setPlainText(row.note or "")

    def _lines(self) -> dict[str, QLineEdit]:
        names = ("title", "url", "archive_url", "captured", "sha256")
        return {name: getattr(self, name) for name in names}

    def _ask_file(self) -> None:
        path = self._files.one(self, "exhibit", tr("Choose the file of the exhibit"))
        if path:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Hash a file, and call the exhibit like it where it has no title yet."""
        self._stop_hashing()
        own = self.store.path
        if own is not None and path.exists() and path.samefile(own):
            self.say(sentence(UserError("exhibit-file-project", path=str(path))))
            return
        if not self.title.text().strip():
            self.title.setText(path.name)
        self.say(tr("Reading {name}…").format(name=path.name), "info")
        self.accept_button.setEnabled(False)
        self._reading = _Reading(path)
        self._look.start()

    def take_address(self, address: str) -> None:
        """Fill in where an exhibit is found."""
        self.url.setText(address)

    @property
    def is_busy(self) -> bool:
        """Whether a file is being read."""
        return self._reading is not None

    def _take_answer(self) -> None:
        answer = self._reading.answer if self._reading else None
        if answer is None:
            return
        self._stop_hashing()
        if isinstance(answer, UserError):
            self.say(sentence(answer))
        else:
            self.sha256.setText(answer)
            self.say(tr("The hash is that of the file as it is now. The file itself is not copied."), "info")

    def _stop_hashing(self) -> None:
        self._look.stop()
        if self._reading is not None:
            self._reading.stop()
        self._reading = None
        self.accept_button.setEnabled(True)

    def accept(self) -> None:
        """Write what was changed; what the store refuses is said, and the form stays."""
        values: dict[str, str | None] = {name: line.text() for name, line in self._lines().items()}
        values["note"] = self.note.toPlainText()
        try:
            if self.exhibit is None:
                self.exhibit = edits.add_exhibit(self.store, **values)
            else:
                edits.edit_exhibit(self.store, self.exhibit, **values)
        except UserError as error:
            self.say(sentence(error))
            return
        super().accept()

    def done(self, result: int) -> None:
        """Close, and read no file any more."""
        self._stop_hashing()
        super().done(result)
