"""Tables and lists as all panels have them: whole rows, calm lines, Enter opens, Delete asks."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionHeader,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from annotator.ui.panels.pages import PagedModel
from annotator.ui.theme import roomy_rows

PADDING = 18
"""Pixels of a cell beside its words."""


class Width(NamedTuple):
    """How wide a column is at least, and which share of the room left over it gets."""

    characters: int
    share: int = 0


class Header(QHeaderView):
    """The names of the columns, one line each, as high as the style has any name.

    Qt asks the model four times for each column, twice at every change of the theme.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)

    def sizeHint(self) -> QSize:
        name = QStyleOptionHeader()
        self.initStyleOption(name)
        name.text = "X"
        kind = QStyle.ContentsType.CT_HeaderSection
        return QSize(0, self.style().sizeFromContents(kind, name, QSize(), self).height())


class Rows(QTableView):
    """Whole rows, however many, that scroll by pixels and are walked through by keys."""

    opened = Signal(QModelIndex)
    delete_asked = Signal()
    key_pressed = Signal(str)
    """A letter, or F2, which stands for one of the buttons of the panel."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        header = Header(self)
        header.setSectionsClickable(True)
        header.setHighlightSections(True)
        self.setHorizontalHeader(header)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model and keep it: it ends with the view."""
        super().setModel(model)
        if model is not None:
            model.setParent(self)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into sight, also one that came just now and that the scroll bar does not know of."""
        self.updateGeometries()
        super().scrollTo(index, hint)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End go to the first and last row: they are chosen as a whole."""
        last = self.model().rowCount() - 1
        ends = {self.CursorAction.MoveHome: 0, self.CursorAction.MoveEnd: last}
        if action in ends and last >= 0:
            return self.model().index(ends[action], 0)
        return super().moveCursor(action, modifiers)

    def selected_places(self) -> list[int]:
        """The numbers of the selected rows, from the top; Qt would make an index for each of their cells."""
        ranges = self.selectionModel().selection().toList()
        return sorted({row for one in ranges for row in range(one.top(), one.bottom() + 1)})

    def keyboardSearch(self, search: str) -> None:
        """Do not look for what is typed: row by row all of the list would be read."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.key_pressed.emit("F2")
        elif event.text().isalpha() and not event.modifiers():
            self.key_pressed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)


class OneColumn(Rows):
    """One row below the other, painted by a delegate that says how high they are.

    A QListView asks for the index of every row whenever one comes or goes: 0.8 s for 100,000.
    """

    def __init__(self, name: str, delegate: QStyledItemDelegate, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setItemDelegate(delegate)
        self._delegate = delegate
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().hide()
        self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def _fit_height(self) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        height = self._delegate.sizeHint(option, QModelIndex()).height()
        self.verticalHeader().setDefaultSectionSize(height)


class Table(Rows):
    """A table of whole rows that shares its width among its columns."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        roomy_rows(self)
        self.horizontalHeader().setHighlightSections(False)
        self._widths: tuple[Width, ...] = ()
        self.horizontalHeader().sectionResized.connect(self._tell_room)
        self.doubleClicked.connect(self.opened)

    def setSelectionModel(self, selection: QItemSelectionModel) -> None:
        """Tell the header of no selection: it would ask whether a column is selected, cell by cell."""
        super().setSelectionModel(selection)
        self.horizontalHeader().setSelectionModel(QItemSelectionModel(selection.model(), self))

    def set_widths(self, *widths: Width) -> None:
        """Give every column its width; the room is shared anew when the table gets another size."""
        self._widths = widths
        self.horizontalHeader().setMinimumSectionSize(36)
        self._share_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and self.model() is not None:
            for column in range(self.model().columnCount()):
                self._tell_room(column, 0, self.columnWidth(column))

    def _tell_room(self, column: int, _: int, width: int) -> None:
        """Tell the model how many letters have room in a column, were they all narrow ones."""
        model = self.model()
        if isinstance(model, PagedModel):
            model.room[column] = width // max(1, self.fontMetrics().horizontalAdvance("i"))

    def _share_room(self) -> None:
        """Columns get their characters, and what is left by their share; none under its characters."""
        unit = self.fontMetrics().averageCharWidth()
        least = [width.characters * unit + PADDING for width in self._widths]
        left = max(0, self.viewport().width() - sum(least))
        shares = sum(width.share for width in self._widths) or 1
        for column, width in enumerate(self._widths):
            self.setColumnWidth(column, least[column] + left * width.share // shares)

    def stand_on(self, place: int) -> None:
        """Select one row and bring it into sight."""
        model = self.model()
        if isinstance(model, PagedModel) and 0 <= place < len(model.pages):
            index = model.index(place, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
