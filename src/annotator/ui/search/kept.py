"""The searches that were kept under a name: asked again, renamed, deleted, and the present one kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from annotator.domain.briefs import MapQuestion
from annotator.domain.errors import UserError
from annotator.domain.model import SavedSearch
from annotator.domain.saved import Comparison, comparison, map_question
from annotator.store import edits, read
from annotator.store.store import Store
from annotator.ui.dialogs.frame import Dialog, plain_button
from annotator.ui.messages import sentence
from annotator.ui.theme import Theme

_MOST = 1000
"""How many searches are listed."""
_READ = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class _List(QTableWidget):
    """Name and query; F2 renames, Enter asks."""

    def __init__(self, dialog: KeptSearches) -> None:
        super().__init__(0, 2)
        self._dialog = dialog

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() == self.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_editing:
            self._dialog.accept()
        elif event.key() == Qt.Key.Key_Delete and not is_editing:
            self._dialog.delete()
        elif event.key() == Qt.Key.Key_F2 and not is_editing:
            self._dialog.rename()
        else:
            super().keyPressEvent(event)


class KeptSearches(Dialog):
    """Every change is an edit of the project, and undone like any other; `chosen` is what to ask again.

    query: the present search, empty where there is none; compared: how its words are.
    """

    def __init__(
        self,
        store: Store,
        look: Theme,
        parent: QWidget | None,
        query: str,
        compared: Comparison = Comparison(),  # noqa: B008
    ) -> None:
        super().__init__(look, parent, "", "", (680, 420))
        self.setWindowTitle(self.tr("Kept searches"))
        self.accept_button.setText(self.tr("Search"))
        self.cancel_button.setText(self.tr("Close"))
        self._store = store
        self._query, self._compared = query, compared
        self._rows: list[SavedSearch] = []
        self.chosen: SavedSearch | MapQuestion | None = None
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Name of the present search"))
        self.name.setAccessibleName(self.tr("Name of the present search"))
        self.name.setMaxLength(200)
        self.keep_button = plain_button(self.tr("Keep it"))
        self.list = _List(self)
        self.rename_button = plain_button(self.tr("Rename"))
        self.delete_button = plain_button(self.tr("Delete"))
        self._lay_out()
        self.name.textChanged.connect(lambda: self._fit_buttons())
        self.name.returnPressed.connect(self.keep)
        self.keep_button.clicked.connect(self.keep)
        self.rename_button.clicked.connect(self.rename)
        self.delete_button.clicked.connect(self.delete)
        self.list.itemChanged.connect(self._on_renamed)
        self.list.itemSelectionChanged.connect(self._fit_buttons)
        self.list.doubleClicked.connect(lambda index: self.accept())
        self._read()
        (self.list if self._rows else self.name).setFocus()

    def _lay_out(self) -> None:
        top, below = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self.name, 1)
        top.addWidget(self.keep_button)
        below.addStretch(1)
        below.addWidget(self.rename_button)
        below.addWidget(self.delete_button)
        self.list.setAccessibleName(self.tr("Kept searches"))
        self.list.setHorizontalHeaderLabels([self.tr("Name"), self.tr("Search")])
        self.list.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.list.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.list.setTabKeyNavigation(False)
        self.list.setShowGrid(False)
        self.list.verticalHeader().hide()
        self.list.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeading)
        self.list.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        self.list.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.list.setColumnWidth(0, 220)
        self.column.addLayout(top)
        self.column.addWidget(self.list, 1)
        self.column.addLayout(below)

    def _read(self, on: str = "") -> None:
        """Show what is kept; on: the id of the search to stand on."""
        rows = read.records(self._store, SavedSearch, limit=_MOST)
        self._rows = sorted(rows, key=lambda row: (row.name.casefold(), row.id))
        self.list.blockSignals(True)
        self.list.setRowCount(len(self._rows))
        for at, row in enumerate(self._rows):
            for column, text in enumerate((row.name, self._described(row))):
                item = QTableWidgetItem(" ".join(text.split()))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable if column == 0 else _READ)
                item.setToolTip(text)
                self.list.setItem(at, column, item)
        self.list.blockSignals(False)
        stands = next((at for at, row in enumerate(self._rows) if row.id == on), 0)
        self.list.selectRow(min(stands, len(self._rows) - 1))
        self._fit_buttons()

    def _described(self, row: SavedSearch) -> str:
        if map_question(row):
            return self.tr("on the dispute map")
        names = (self.tr("whole words"), self.tr("exactly as typed"), self.tr("regular expression"))
        chosen = [name for name, is_on in zip(names, comparison(row), strict=True) if is_on]
        return " · ".join([row.query, *chosen])

    def current(self) -> SavedSearch | None:
        """The search the list stands on."""
        at = self.list.currentRow()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def keep(self) -> None:
        """Keep the present search under the name typed; one of that name is replaced."""
        name = " ".join(self.name.text().split())
        if not name or not self._query:
            return
        same = self._named(name)
        if same is None:
            row = SavedSearch(id="", name=name, query=self._query, extra=self._compared.within({}))
            kept = self._done(partial(edits.add_record, self._store, row))
        else:
            kept, asked = same.id, {"query": self._query, "extra": self._compared.within(same.extra)}
            self._done(partial(edits.edit_record, self._store, SavedSearch, same.id, **asked))
        self.name.clear()
        self._read(str(kept or ""))
        self.list.setFocus()

    def rename(self) -> None:
        """Let the name of the search be typed anew."""
        item = self.list.item(self.list.currentRow(), 0)
        if item is not None:
            self.list.editItem(item)

    def delete(self) -> None:
        """Delete the search that the list stands on."""
        row, at = self.current(), self.list.currentRow()
        if row is not None:
            self._done(partial(edits.delete_record, self._store, SavedSearch, row.id))
            self._read()
            self.list.selectRow(min(at, len(self._rows) - 1))

    def accept(self) -> None:
        """Ask the search that the list stands on; while a name is typed, keep that first."""
        if self.name.hasFocus() and self.name.text().strip():
            self.keep()
            return
        row = self.current()
        if row is not None:
            self.chosen = map_question(row) or row
            super().accept()

    def _on_renamed(self, item: QTableWidgetItem) -> None:
        row, name = self.current(), " ".join(item.text().split())
        if row is None or item.column() != 0:
            return
        other = self._named(name)
        if name and name != row.name:
            if other is not None and other.id != row.id:
                self.say(self.tr("There is a search of that name already. Choose another one."))
            else:
                self._done(partial(edits.edit_record, self._store, SavedSearch, row.id, name=name))
        self._read(row.id)

    def _named(self, name: str) -> SavedSearch | None:
        return next((row for row in self._rows if row.name.casefold() == name.casefold()), None)

    def _done(self, act: Callable[[], object]) -> object:
        self.say("")
        try:
            return act()
        except UserError as error:
            self.say(sentence(error))
            return None

    def _fit_buttons(self) -> None:
        has_row = self.current() is not None
        for button in (self.accept_button, self.rename_button, self.delete_button):
            button.setEnabled(has_row)
        self.name.setEnabled(bool(self._query))
        self.name.setToolTip(self._query or self.tr("Search for something first"))
        self.keep_button.setEnabled(bool(self._query and self.name.text().strip()))
