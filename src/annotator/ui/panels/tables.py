"""Tables as all panels have them: whole rows, calm lines, Enter opens, Delete asks."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from annotator.ui.panels.pages import PagedModel
from annotator.ui.theme import roomy_rows


class Table(QTableView):
    """A table of rows; `widths` in characters, the one that is 0 takes the room left."""

    opened = Signal(QModelIndex)
    delete_asked = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        roomy_rows(self)
        self.horizontalHeader().setHighlightSections(False)
        self.doubleClicked.connect(self.opened)

    def set_widths(self, *widths: int) -> None:
        """Give every column its width in characters."""
        header = self.horizontalHeader()
        header.setMinimumSectionSize(36)
        for column, width in enumerate(widths):
            if width:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
                self.setColumnWidth(column, width * self.fontMetrics().averageCharWidth() + 18)
            else:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def selected_places(self) -> list[int]:
        """The numbers of the selected rows, from the top."""
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    def stand_on(self, place: int) -> None:
        """Select one row and bring it into sight."""
        model = self.model()
        if isinstance(model, PagedModel) and 0 <= place < len(model.pages):
            index = model.index(place, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        else:
            super().keyPressEvent(event)
