"""Write the project in another format, after saying what that leaves out of this project."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.formats.names import safe_name
from annotator.formats.registry import Format, formats
from annotator.store import read
from annotator.store.session import Session
from annotator.store.store import Store
from annotator.ui.dialogs import exporting
from annotator.ui.dialogs.exporting import Counted, Exported
from annotator.ui.dialogs.format_part import FormatPart
from annotator.ui.dialogs.frame import Dialog, label_for, plain_button
from annotator.ui.dialogs.progress import StoppedError, Work
from annotator.ui.files import ask_place
from annotator.ui.messages import sentence
from annotator.ui.theme import Theme

TOLD = 3
"""How many remarks of a format are repeated after an export."""


class ExportDialog(Dialog):
    """Chooses format and place, writes, and says where it went.

    copy: the project as it stands (`copy_beside`); read in a thread, and closed with the dialog.
    What is left out is counted from the start on; whoever does not wait for that is told at the end.
    """

    def __init__(self, session: Session, copy: Store, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(look, parent, "", "", (780, 540))
        self.setWindowTitle(self.tr("Export"))
        self._copy = copy
        project = session.store.path
        self._folder = project.parent if project else Path.home()
        self._stem = project.stem if project else safe_name(read.project_name(session.store))
        self._formats = {name: one for name, one in formats().items() if one.writes}
        self._counted: Counted | None = None
        self._work: Work[Any] | None = None
        self._is_writing = False
        self._written: Path | None = None
        self._make_parts()
        self._lay_out()
        self.list.currentRowChanged.connect(lambda: self._on_format())
        self.place.textChanged.connect(lambda: self._tell())
        self.choose_button.clicked.connect(self._choose_place)
        self.open_button.clicked.connect(self._open_folder)
        self.stop_button.clicked.connect(self.stop)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self._start(Work(lambda tell: exporting.count(self._copy, tell), self), self._on_counted)

    def _make_parts(self) -> None:
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Formats"))
        for name, one in self._formats.items():
            item = QListWidgetItem(one.title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            self.list.addItem(item)
        self.list.setFixedWidth(230)
        self.about = FormatPart()
        self.place = QLineEdit()
        self.choose_button = plain_button(self.tr("&Choose…"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress"))
        self.stop_button = plain_button(self.tr("Stop"))
        self.open_button = plain_button(self.tr("Open the &folder"))

    def _lay_out(self) -> None:
        both = QHBoxLayout()
        both.setSpacing(12)
        both.addWidget(self.list)
        both.addWidget(self.about, 1)
        target = QHBoxLayout()
        target.setSpacing(8)
        target.addWidget(label_for(self.tr("&To"), self.place))
        target.addWidget(self.place, 1)
        target.addWidget(self.choose_button)
        self.busy = QWidget()
        busy = QHBoxLayout(self.busy)
        busy.setContentsMargins(0, 0, 0, 0)
        busy.addWidget(self.bar, 1)
        busy.addWidget(self.stop_button)
        self.column.addLayout(both, 1)
        self.column.addLayout(target)
        self.column.addWidget(self.busy)
        self.buttons.addButton(self.open_button, self.buttons.ButtonRole.ActionRole)

    @property
    def format(self) -> Format:
        """The format chosen."""
        return self._formats[str(self.list.currentItem().data(Qt.ItemDataRole.UserRole))]

    @property
    def is_busy(self) -> bool:
        """Whether the project is being counted or written."""
        return self._work is not None

    def choose(self, name: str) -> None:
        """Choose a format by its name."""
        self.list.setCurrentRow(list(self._formats).index(name))

    def stop(self) -> None:
        """Stop writing; nothing of it stays."""
        if self._work is not None:
            self._work.stop()

    def accept(self) -> None:
        """Write; the dialog stays open to say where it went."""
        if self._written is not None:
            super().accept()
            return
        if self._is_writing:
            return
        self._end_work()
        format_, out, is_counted = self.format, self.out(), self._counted is not None
        options = self.about.options
        self.say("")
        self._is_writing = True
        self._start(
            Work(lambda tell: exporting.write(self._copy, format_, out, options, tell, is_counted), self),
            self._on_written,
        )

    def out(self) -> Path:
        """Where the export goes."""
        return Path(self.place.text().strip()).expanduser()

    def done(self, result: int) -> None:
        self._end_work()
        Thread(target=self._copy.close).start()  # a second for 1.8 GB
        super().done(result)

    def _end_work(self) -> None:
        """Stop what is going on; what it still says is not heard."""
        work, self._work = self._work, None
        if work is not None:
            work.end()
            work.deleteLater()

    def _start(self, work: Work[Any], then: Any) -> None:
        self._work = work
        self.bar.setRange(0, self._counted.records if self._counted else 0)
        work.progressed.connect(self.bar.setValue)
        work.finished.connect(lambda: self._finish(work, then))
        work.start()
        self._show_lost()
        self._tell()

    def _finish(self, work: Work[Any], then: Any) -> None:
        if work is not self._work:
            return  # it ended just before it was stopped, and Qt had its word under way
        self._work = None
        self._is_writing = False
        work.deleteLater()
        failed = ""
        try:
            then(work.result())
        except StoppedError:
            failed = self.tr("Stopped. Nothing was written.")
        except UserError as error:
            failed = sentence(error)
        self._tell()
        if failed:
            self._show_lost()
            self.say(failed)

    def _on_counted(self, counted: Counted) -> None:
        self._counted = counted
        self._show_lost()

    def _on_written(self, exported: Exported) -> None:
        self._written = self.out()
        words = [self.tr("Written to {path}.").format(path=self._written)]
        told = exported.told
        if exported.counted is not None:
            self._counted = exported.counted
            self._show_lost()
            if self.about.lost.count():
                words.append(self.tr("What was left out stands above."))
        words += [sentence(error) for error in told[:TOLD]]
        if len(told) > TOLD:
            words.append(self.tr("And {count} more of this kind.").format(count=len(told) - TOLD))
        self.say("\n".join(words), "success")

    def _on_format(self) -> None:
        """Show what the format is and loses, and propose a place."""
        one = self.format
        suffix = one.suffixes[0] if one.suffixes else ""
        name = f"{self._stem}{suffix}" if one.extent == "file" else f"{self._stem}-{one.name}"
        self.place.setText(str(self._folder / name))
        self._show_lost()
        self._tell()

    def _show_lost(self) -> None:
        counted = self._counted.summary if self._counted else None
        self.about.show_format(self.format, counted, is_counting=self.is_busy)

    def _tell(self) -> None:
        """Bring buttons and remarks into step; a changed place or format is a new export."""
        if self._written is not None and self._written != self.out():
            self._written = None
        is_done, is_writing = self._written is not None, self._is_writing
        is_there = self.format.extent == "file" and self.out().exists()
        if not is_done:
            self.say(
                self.tr("There is a file of this name; it will be replaced.")
                if is_there and not is_writing
                else ""
            )
        self.accept_button.setText(self._action(is_done, is_there))
        self.accept_button.setEnabled(is_done or (not is_writing and bool(self.place.text().strip())))
        self.cancel_button.setVisible(not is_done)
        self.open_button.setVisible(is_done)
        self.busy.setVisible(self.is_busy)
        self.stop_button.setVisible(is_writing)
        for part in (self.list, self.place, self.choose_button, self.about.for_spreadsheets):
            part.setEnabled(not is_writing)

    def _action(self, is_done: bool, is_there: bool) -> str:
        if is_done:
            return self.tr("Close")
        return self.tr("Replace") if is_there else self.tr("Export")

    def _choose_place(self) -> None:
        name = ask_place(self, self.tr("Export to"), self.place.text(), confirms=False)
        if name:
            self.place.setText(name)

    def _open_folder(self) -> None:
        if self._written is None:
            return
        folder = self._written.parent
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            words = self.tr("No program is known that shows folders. This one is {path}.")
            self.say(words.format(path=folder))
