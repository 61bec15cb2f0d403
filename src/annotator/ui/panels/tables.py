"""Tables as all panels have them: whole rows, calm lines, Enter opens, Delete asks."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from annotator.ui.panels.pages import PagedModel
from annotator.ui.theme import roomy_rows

PADDING = 18
"""Pixels of a cell beside its words."""


class Width(NamedTuple):
    """How wide a column is at least, and which share of the room left over it gets."""

    characters: int
    share: int = 0


class Table(QTableView):
    """A table of whole rows that shares its width among its columns."""

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
        self._widths: tuple[Width, ...] = ()
        self.doubleClicked.connect(self.opened)

    def set_widths(self, *widths: Width) -> None:
        """Give every column its width; the room is shared anew when the table gets another size."""
        self._widths = widths
        self.horizontalHeader().setMinimumSectionSize(36)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_room()

    def _share_room(self) -> None:
        """Columns get their characters, and what is left by their share; none under its characters."""
        unit = self.fontMetrics().averageCharWidth()
        least = [width.characters * unit + PADDING for width in self._widths]
        left = max(0, self.viewport().width() - sum(least))
        shares = sum(width.share for width in self._widths) or 1
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, least[column] + left * width.share // shares)

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
