"""A table of counts: labels or stances against outlets, sources, owners or months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.handles import handle
from annotator.domain.sentences import as_quote
from annotator.formats.files import write_file
from annotator.formats.sheets import write_csv
from annotator.store import lists, read
from annotator.store.lists import MarkRow, Places
from annotator.store.pivot import NOBODY, Pivot, marks_in, pivot
from annotator.store.session import Session
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.dialogs.progress import run_with_progress
from annotator.ui.files import Files
from annotator.ui.messages import sentence
from annotator.ui.panels.asking import Reader
from annotator.ui.panels.pages import NUMBER
from annotator.ui.panels.words import count_of_marks, stance_name
from annotator.ui.theme import Theme

_KEY = Qt.ItemDataRole.UserRole
_WIDEST_NAME = 240
"""Pixels of the names of rows, so that the counts keep their room."""


class PivotDialog(Dialog):
    """Counts marks two ways, all or those at some places.

    Enter or a click on a cell lists its marks, Enter there goes to the words.
    """

    mark_asked = Signal(object)
    """A mark to go to."""

    def __init__(
        self,
        session: Session,
        look: Theme,
        parent: QWidget | None,
        among: Places | None = None,
        files: Files | None = None,
    ) -> None:
        super().__init__(look, parent, "", "", (980, 620))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        of_found = self.tr("Count {marks} found")
        words = self.tr("Count marks") if among is None else of_found.format(marks=count_of_marks(len(among)))
        self.setWindowTitle(words)
        self.accept_button.hide()
        self.accept_button.setDefault(False)
        self.cancel_button.setText(self.tr("Close"))
        self._among = among
        self._store = session.store
        self._files = files or Files(project=session.store.path)
        self._reader = Reader(session.store, self)
        self._reader.answered.connect(self._add_all)
        self._found = Pivot([], [], {}, {})
        self._make_parts()
        self._lay_out()
        self._connect()
        self.refresh()
        self.table.setFocus()

    def _make_parts(self) -> None:
        self.rows = self._choice(
            self.tr("Rows"), ((self.tr("Labels"), "label"), (self.tr("Stances to claims"), "stance"))
        )
        self.columns = self._choice(
            self.tr("Columns"),
            (
                (self.tr("by outlet"), "outlet"),
                (self.tr("by source"), "source"),
                (self.tr("by owner of the source"), "owner"),
                (self.tr("by month"), "month"),
            ),
        )
        self.table = self._table_of_counts()
        self.list = self._list_of_cell()
        self.copy_button = plain_button(self.tr("Copy the table"))
        self.save_button = plain_button(self.tr("Save as CSV…"))
        self.safe = QCheckBox(self.tr("For spreadsheets"))
        self.safe.setToolTip(self.tr("Words that a spreadsheet would take for a formula get a ' before them"))

    def _connect(self) -> None:
        self.table.currentCellChanged.connect(lambda *_: self._list_marks())
        self.list.itemActivated.connect(lambda item: self.mark_asked.emit(item.data(_KEY)))
        self.copy_button.clicked.connect(self.copy)
        self.save_button.clicked.connect(self.save)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table).activated.connect(self.copy)

    def _choice(self, name: str, choices: Sequence[tuple[str, str]]) -> QComboBox:
        """A box of words with their keys; another choice counts anew."""
        made = QComboBox()
        made.setAccessibleName(name)
        for words, key in choices:
            made.addItem(words, key)
        made.currentIndexChanged.connect(lambda: self.refresh())
        return made

    def _table_of_counts(self) -> QTableWidget:
        made = QTableWidget()
        made.setAccessibleName(self.tr("Counts"))
        made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        for header in (made.horizontalHeader(), made.verticalHeader()):
            header.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.verticalHeader().setMaximumWidth(_WIDEST_NAME)
        made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight)
        return made

    def _list_of_cell(self) -> QListWidget:
        made = QListWidget()
        made.setTextElideMode(Qt.TextElideMode.ElideRight)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setAccessibleName(self.tr("Marks of the cell"))
        return made

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for part in (self.rows, self.columns):
            top.addWidget(part)
        top.addStretch(1)
        top.addWidget(self.safe)
        for button in (self.save_button, self.copy_button):
            self.buttons.addButton(button, self.buttons.ButtonRole.ActionRole)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self.table)
        both.addWidget(self.list)
        both.setStretchFactor(0, 3)
        both.setStretchFactor(1, 2)
        self.column.addLayout(top)
        self.column.addWidget(both, 1)

    def refresh(self) -> None:
        """Count anew, beside the window where that takes longer."""
        rows, columns = self.rows.currentData(), self.columns.currentData()

        def count(_: object) -> Pivot:
            reader = self._store.reader()
            try:
                return pivot(reader, rows, columns, self._among)
            finally:
                reader.close()

        found = run_with_progress(self, self.tr("Counting"), count)
        if found is not None:
            self._found = found
            self._show()

    def lines(self) -> Iterator[list[str]]:
        """The table as rows of words, with names above and sums at the end."""
        found = self._found
        yield ["", *(self._column_name(one) for one in found.columns), self.tr("all")]
        for row in found.rows:
            counts = [str(found.counts.get((row, column), 0)) for column in found.columns]
            yield [self._row_name(row), *counts, str(found.total(row=row))]
        sums = [str(found.total(column=column)) for column in found.columns]
        yield [self.tr("all"), *sums, str(found.total())]

    def _show(self) -> None:
        head, *rest = self.lines()
        self.table.clear()
        self.table.setRowCount(len(rest))
        self.table.setColumnCount(len(head) - 1)
        for place, words in enumerate(head[1:]):
            self.table.setHorizontalHeaderItem(place, _name(words))
        for place, (words, *_) in enumerate(rest):
            self.table.setVerticalHeaderItem(place, _name(words))
        for number, line in enumerate(rest):
            for place, words in enumerate(line[1:]):
                item = QTableWidgetItem("·" if words == "0" else words)
                item.setTextAlignment(NUMBER)
                self.table.setItem(number, place, item)
        self.list.clear()
        if not self._found.counts:
            self.say(self.tr("There are no marks to count yet."), "info")
        else:
            self.say("")
            self.table.setCurrentCell(0, 0)

    def _row_name(self, row: str) -> str:
        if self.rows.currentData() == "stance":
            return stance_name(row)
        label = read.scheme(self._store).labels.get(row)
        return label.name if label else row

    def _column_name(self, column: str) -> str:
        return self.tr("not known") if column == NOBODY else self._found.names[column]

    def _list_marks(self) -> None:
        """The marks of the cell, found by a thread; of a sum none, since it is seen in the cells."""
        self.list.clear()
        self._reader.cancel()
        row, column = self.table.currentRow(), self.table.currentColumn()
        if not (0 <= row < len(self._found.rows) and 0 <= column < len(self._found.columns)):
            return
        cell = partial(
            marks_in,
            rows=self.rows.currentData(),
            columns=self.columns.currentData(),
            row=self._found.rows[row],
            column=self._found.columns[column],
            among=self._among,
        )
        self._reader.look_up(lambda store: list(lists.marks_of(store, cell(store)).values()))

    def _add_all(self, rows: Sequence[MarkRow]) -> None:
        for row in rows:
            about = " · ".join(part for part in (row.source, row.article_title) if part)
            item = QListWidgetItem(f"{handle('mark', row.number)}  {as_quote(row.quote)}  {about}")
            item.setData(_KEY, row.id)
            self.list.addItem(item)

    def copy(self) -> None:
        """Put the table on the clipboard, a tab between cells."""
        words = "\n".join("\t".join(line) for line in self.lines())
        QGuiApplication.clipboard().setText(words)
        self.say(self.tr("The table is on the clipboard."), "success")

    def save(self) -> None:
        """Ask for a file and write the table to it."""
        tables = self.tr("Tables (*.csv)")
        chosen = self._files.new(self, "table", self.tr("Save as CSV"), "counts.csv", tables)
        if chosen:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write the table; for spreadsheets, no cell is a formula."""
        try:
            write_file(path, lambda part: write_csv(part, self.lines(), self.safe.isChecked()))
        except UserError as error:
            self.say(sentence(error))
        else:
            self.say(self.tr("Saved {path}.").format(path=path), "success")


def _name(words: str) -> QTableWidgetItem:
    """The name of a row or column, whole in its tooltip."""
    item = QTableWidgetItem(words)
    item.setToolTip(words)
    return item
