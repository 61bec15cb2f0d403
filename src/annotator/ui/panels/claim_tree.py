"""The tree of claim nodes with their marks: its keys, what is dragged in it, its widths."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from annotator.domain.ids import MentionId
from annotator.ui.panels.claim_rows import ClaimsModel
from annotator.ui.panels.own_keys import OwnKeys
from annotator.ui.panels.tables import Header


class _WholeRow(QStyledItemDelegate):
    """A sentence is edited in all of its row: beside the words there is no room for a frame."""

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        del index
        editor.setGeometry(option.rect)


class ClaimTree(QTreeView):
    """The tree of claims: F2 edits a sentence, Enter goes to a mark or opens a claim."""

    entered = Signal()
    delete_asked = Signal()
    key_pressed = Signal(str)
    """A letter, which stands for one of the buttons of the panel."""
    dropped = Signal(QModelIndex)
    """What is selected was dragged onto this row."""

    def __init__(self, model: ClaimsModel) -> None:
        super().__init__()
        self._claims = model
        header = Header(self)
        header.setSectionsMovable(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHeader(header)
        self.setItemDelegate(_WholeRow(self))
        OwnKeys(self, Qt.Key.Key_F2)
        self.setAccessibleName(self.tr("Claims"))
        self.setUniformRowHeights(True)
        self.setAlternatingRowColors(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(True)
        self._counts: list[int] = []
        """How wide the columns of the counts are."""
        self.setModel(model)
        model.setParent(self)
        self._share_width()
        KeptClaims(self, model)
        bar = self.verticalScrollBar()
        for signal in (bar.valueChanged, bar.rangeChanged, model.pages.found):
            signal.connect(self._show_what_follows, Qt.ConnectionType.QueuedConnection)

    def _share_width(self) -> None:
        """The sentence first, which has the room that the counts leave."""
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
        """Let the counts give way where the claims would have less than half of the width.

        Their names are cut only where the claims would have less than two fifths.
        """
        header, columns, room = self.header(), range(1, ClaimsModel.COLUMNS), self.viewport().width()
        wide = 9 * self.fontMetrics().averageCharWidth() + 12
        width = max(header.minimumSectionSize(), min(wide, room // 2 // len(columns)))
        counts = [max(width, header.sectionSizeHint(column)) for column in columns]
        if 5 * sum(counts) > 3 * room:
            counts = [width] * len(columns)
        if counts != self._counts:
            self._counts = counts
            for column, one in zip(columns, counts, strict=True):
                self.setColumnWidth(column, one)

    def stand_on(self, claim: str) -> bool:
        """Make a claim the current row; False where the list has no such row, or not yet."""
        number = self._claims.pages.number_of(claim)
        if number is None:
            return False
        self._claims.show_to(number + 1)
        self.setCurrentIndex(self._claims.index(number, 0))
        return True

    def chosen(self) -> list[MentionId]:
        """The mentions that are selected; a mark that speaks by a link alone has none."""
        rows = (self._claims.said_at(index) for index in self.selectionModel().selectedRows())
        return [MentionId(row.mention.id) for row in rows if row is not None and row.mention is not None]

    def _show_what_follows(self) -> None:
        """Show more claims where less than a page of them is left below those in sight."""
        bar = self.verticalScrollBar()
        self.executeDelayedItemsLayout()
        while bar.maximum() - bar.value() < bar.pageStep() and self._claims.show_more():
            self.executeDelayedItemsLayout()

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


class KeptClaims(QObject):
    """Lets a tree stand where it stood, scrolled and opened as it was, when its claims were read anew."""

    def __init__(self, tree: ClaimTree, model: ClaimsModel) -> None:
        super().__init__(tree)
        self._tree = tree
        self._model = model
        self._opened: set[str] = set()
        self._claim = self._mark = ""
        self._scroll = 0
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        tree.expanded.connect(lambda index: self._note_opened(index, True))
        tree.collapsed.connect(lambda index: self._note_opened(index, False))

    def _note_opened(self, index: QModelIndex, is_open: bool) -> None:
        claim = self._model.claim_at(index)
        if claim is not None:
            (self._opened.add if is_open else self._opened.discard)(claim.id)

    def _remember(self) -> None:
        index = self._tree.currentIndex()
        claim, said = self._model.claim_over(index), self._model.said_at(index)
        self._claim = claim.id if claim else ""
        self._mark = said.mark if said else ""
        self._scroll = self._tree.verticalScrollBar().value()

    def _restore(self) -> None:
        model, tree = self._model, self._tree
        for claim in sorted(self._opened):
            number = model.pages.number_of(claim)
            if number is not None and number < model.rowCount():
                tree.setExpanded(model.index(number, 0), True)
        scroll = self._scroll
        if self._claim and tree.stand_on(self._claim):
            index = tree.currentIndex()
            for row in range(model.rowCount(index)) if self._mark else ():
                child = model.index(row, 0, index)
                found = model.said_at(child)
                if found is not None and found.mark == self._mark:
                    tree.setCurrentIndex(child)
        tree.verticalScrollBar().setValue(scroll)
