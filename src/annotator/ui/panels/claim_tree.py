"""The tree of claim nodes with their mentions: its keys, what is dragged in it, its widths."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from annotator.ui.panels.claim_rows import ClaimsModel
from annotator.ui.panels.own_keys import OwnKeys
from annotator.ui.panels.tables import Header


class ClaimTree(QTreeView):
    """The tree of claims: F2 edits a sentence, Enter goes to a mark or opens a claim."""

    entered = Signal()
    delete_asked = Signal()
    key_pressed = Signal(str)
    """A letter, which stands for one of the buttons of the panel."""
    dropped = Signal(QModelIndex)
    """What is selected was dragged onto this row."""

    def __init__(self) -> None:
        super().__init__()
        header = Header(self)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHeader(header)
        OwnKeys(self, Qt.Key.Key_F2)
        self.setAccessibleName(self.tr("Claims"))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self._counts_width = 0

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show these claims: the sentence first, which has the room that the counts leave."""
        super().setModel(model)
        header = self.header()
        header.setStretchLastSection(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(36)
        for column in range(1, ClaimsModel.COLUMNS):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
        self.fit_counts()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_counts()

    def fit_counts(self) -> None:
        """Let the counts give way where the claims would have less than half of the width."""
        header = self.header()
        wide = 9 * self.fontMetrics().averageCharWidth() + 12
        share = self.viewport().width() // 2 // (ClaimsModel.COLUMNS - 1)
        width = max(header.minimumSectionSize(), min(wide, share))
        if width != self._counts_width:
            self._counts_width = width
            for column in range(1, ClaimsModel.COLUMNS):
                self.setColumnWidth(column, width)

    def keyboardSearch(self, search: str) -> None:
        """Do not look for what is typed: row by row all of the list would be read."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_editing = self.state() == QAbstractItemView.State.EditingState
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not is_editing:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Delete and not is_editing:
            self.delete_asked.emit()
        elif event.text().isalpha() and not event.modifiers() and not is_editing:
            self.key_pressed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.setAccepted(event.source() is self)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        super().dragMoveEvent(event)
        event.setAccepted(event.source() is self and self.indexAt(event.position().toPoint()).isValid())

    def dropEvent(self, event: QDropEvent) -> None:
        """Nothing is taken out of the tree by the drag itself: the edit says what became of it."""
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
        self.dropped.emit(self.indexAt(event.position().toPoint()))
