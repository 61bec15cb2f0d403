"""Bring in articles: files and folders found, looked over and completed before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QProgressBar,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.ui import icons
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.dialogs.import_known import KnownPart
from annotator.ui.dialogs.import_parts import LowList, TextPreview, TextsTable
from annotator.ui.dialogs.import_rows import TextsModel, as_records
from annotator.ui.dialogs.progress import StoppedError, Work
from annotator.ui.dialogs.reading import Found, FoundRecords, read_all
from annotator.ui.files import Files
from annotator.ui.messages import sentence
from annotator.ui.panels.parts import Empty, Words
from annotator.ui.theme import Theme

MOST_LEFT_OUT = 500
"""Reasons that are listed; very many lines would hold the window."""


class ImportDialog(Dialog):
    """Choose or drop files and folders, see what they are, and take them with `records`.

    Nothing is stored here. Files are read in a thread; those that cannot be
    taken are listed with the reason and left out. A file or folder in a format that brings
    marks is taken as it is and only counted.
    """

    def __init__(
        self,
        look: Theme,
        parent: QWidget | None = None,
        paths: Sequence[Path] = (),
        files: Files | None = None,
    ) -> None:
        super().__init__(look, parent, "", "", (1120, 660))
        self.setWindowTitle(self.tr("Import articles"))
        self.setAcceptDrops(True)
        self._files = files or Files()
        self._work: Work[Found] | None = None
        self._waiting: list[Path] = []
        self.others: list[FoundRecords] = []
        self.bad: list[UserError] = []
        self.model = TextsModel(look, self)
        self._make_parts()
        self._lay_out()
        self._connect()
        self._tell()
        self.files_button.setFocus()
        self.add_paths(paths)

    def _make_parts(self) -> None:
        look = self.look
        self.files_button = plain_button(self.tr("&Files…"), icons.icon("import", look))
        self.folder_button = plain_button(self.tr("F&older…"), icons.icon("open", look))
        self.hint = Words(self.tr("or drop them here"), is_quiet=True)
        self.table = TextsTable(self.model, look)
        self.empty = Empty(
            self.tr(
                "Choose or drop text and Markdown files, folders of them,"
                " or what another program exported, such as .jsonl or a brat folder."
            )
        )
        self.preview = TextPreview()
        self.other_list = LowList(self.tr("Brought in as it is"))
        self.bad_list = LowList(self.tr("Left out"))
        self.bad_words = Words()
        self.about = KnownPart(self.model, self._files)
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Reading"))
        self.read_words = Words(is_quiet=True)
        self.stop_button = plain_button(self.tr("Stop reading"))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for widget in (self.files_button, self.folder_button):
            top.addWidget(widget)
        top.addWidget(self.hint, 1)
        self.stack = QStackedWidget()
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.table)
        split.addWidget(self.preview)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 1)
        split.setSizes([790, 290])
        split.setChildrenCollapsible(False)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(split)
        self.stack.addWidget(QWidget())
        self.reading = QWidget()
        row = QHBoxLayout(self.reading)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.bar, 1)
        row.addWidget(self.read_words)
        row.addWidget(self.stop_button)
        self.column.addLayout(top)
        self.column.addWidget(self.other_list)
        self.column.addWidget(self.stack, 1)
        below: list[QWidget] = [self.bad_words, self.bad_list, self.about, self.reading]
        for part in below:
            self.column.addWidget(part)

    def _connect(self) -> None:
        self.files_button.clicked.connect(self.choose_files)
        self.folder_button.clicked.connect(self.choose_folder)
        self.stop_button.clicked.connect(self.stop)
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_preview())
        self.model.dataChanged.connect(lambda: self._tell())
        self.model.dataChanged.connect(lambda: self._show_preview())
        self.model.refused.connect(lambda error: self.say(sentence(_by_name(error))))

    def records(self) -> list[Record]:
        """All that is to be stored: first the texts, each after the sources it names."""
        records = as_records(self.model.texts, self.model.known)
        for other in self.others:
            records += other.records
        return records

    def are_of_others(self) -> bool:
        """Whether all but texts is of programs that know neither annotators nor our scheme."""
        return all(other.is_of_others for other in self.others)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Read more files and folders and list what they hold."""
        self._waiting += paths
        if self._work is None and self._waiting:
            wanted, self._waiting = self._waiting, []
            self._work = Work(lambda tell: read_all(wanted, tell), self)
            self._work.progressed.connect(self._on_progress)
            self._work.finished.connect(self._on_read)
            self._work.start()
            self._tell()

    @property
    def is_reading(self) -> bool:
        """Whether files are still being read."""
        return self._work is not None

    def stop(self) -> None:
        """Stop reading; nothing of what was being read is listed."""
        if self._work is not None:
            self._waiting.clear()
            self._work.stop()

    def choose_files(self) -> None:
        """Ask for files."""
        self.add_paths(self._files.some(self, "import", self.tr("Import articles")))

    def choose_folder(self) -> None:
        """Ask for a folder."""
        folder = self._files.folder(self, "import", self.tr("Import a folder of articles"))
        if folder:
            self.add_paths([folder])

    def leave_out_chosen(self) -> None:
        """Take the chosen texts off the list."""
        self.model.leave_out(index.row() for index in self.table.selectionModel().selectedRows())
        self._tell()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.add_paths([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.table.hasFocus():
            self.leave_out_chosen()
            return
        super().keyPressEvent(event)

    def accept(self) -> None:
        wrong = self.about.wrong()
        if wrong:
            self.say(wrong)
            return
        super().accept()

    def done(self, result: int) -> None:
        if self._work is not None:
            self._waiting.clear()
            self._work.end()
        super().done(result)

    def _on_progress(self, count: int) -> None:
        self.read_words.setText(self.tr("{count} read").format(count=f"{count:,}"))

    def _on_read(self) -> None:
        work, self._work = self._work, None
        if work is None:
            return
        try:
            found = work.result()
        except StoppedError:
            found = Found()
        work.deleteLater()
        self.model.add(found.texts)
        self.others += found.others
        self.bad += found.bad
        if self.model.texts and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
            if self.focusWidget() in (None, self.files_button, self.folder_button):
                self.table.setFocus()
        self.about.renew()
        self._tell()
        if self.others and not self.model.texts:
            self.accept_button.setFocus()
        self.add_paths([])

    def _show_preview(self) -> None:
        row = self.table.currentIndex().row()
        text = self.model.texts[row].article.text if 0 <= row < len(self.model.texts) else ""
        self.preview.show_text(text)

    def _tell(self) -> None:
        """Bring everything around the table into step with what was read."""
        texts, count = self.model.texts, len(self.model.texts)
        self.reading.setVisible(self.is_reading)
        self.stack.setCurrentIndex(1 if texts else 2 if self.others else 0)
        self.about.setVisible(bool(texts) or not self.others)
        self.other_list.show_lines([self._of_other(other) for other in self.others])
        left_out = [sentence(_by_name(error)) for error in self.bad[:MOST_LEFT_OUT]]
        if more := len(self.bad) - len(left_out):
            left_out.append(self.tr("… and {count} more").format(count=f"{more:,}"))
        self.bad_list.show_lines(left_out)
        self.bad_words.setText(self.tr("Left out:"))
        self.bad_words.setVisible(bool(self.bad))
        odd = self.model.odd_dates()
        if odd == 1:
            self.say(self.tr("One date is not written as 2017-08-24, 2017-08 or 2017."))
        else:
            words = self.tr("{count} dates are not written as 2017-08-24, 2017-08 or 2017.")
            self.say(words.format(count=f"{odd:,}") if odd else "")
        if count == 1:
            self.accept_button.setText(self.tr("Import 1 text"))
        elif count:
            self.accept_button.setText(self.tr("Import {count} texts").format(count=f"{count:,}"))
        else:
            self.accept_button.setText(self.tr("Import"))
        self.accept_button.setEnabled(not self.is_reading and bool(texts or self.others))

    def _of_other(self, other: FoundRecords) -> str:
        names = {
            "article": (self.tr("article"), self.tr("articles")),
            "mark": (self.tr("mark"), self.tr("marks")),
            "link": (self.tr("link"), self.tr("links")),
            "source": (self.tr("source"), self.tr("sources")),
            "proposition": (self.tr("claim"), self.tr("claims")),
            "exhibit": (self.tr("exhibit"), self.tr("exhibits")),
        }
        found = [(other.counts.get(kind, 0), words) for kind, words in names.items()]
        counts = [f"{count:,} {words[count > 1]}" for count, words in found if count]
        return f"{other.path.name} · {other.title}: {', '.join(counts) or self.tr('nothing')}"


def _by_name(error: UserError) -> UserError:
    """The error with the name of the file alone, where it says the whole path."""
    path = error.details.get("path")
    return UserError(error.code, **{**error.details, "path": Path(str(path)).name}) if path else error
