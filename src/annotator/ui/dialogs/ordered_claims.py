"""The claims of a report: ticked and put into order, by mouse or by key."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from annotator.domain.ids import PropositionId
from annotator.ui.panels.parts import wrapped

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_ROW = (
    Qt.ItemFlag.ItemIsEnabled
    | Qt.ItemFlag.ItemIsSelectable
    | Qt.ItemFlag.ItemIsUserCheckable
    | Qt.ItemFlag.ItemIsDragEnabled
    | Qt.ItemFlag.ItemNeverHasChildren
)


class ChosenClaims(QStringListModel):
    """An order of claims by what each is called, and those among them that are ticked.

    A row is no object of its own: 20,000 of them took the window 0.2 s whenever a report was shown.
    Qt asks for the number of rows once for each row that it lays out; asked in Python, after each
    tick, that takes 27 ms of 29.
    """

    edited = Signal()
    """Claims were ticked, unticked or moved."""

    def __init__(self, titles: Mapping[PropositionId, str]) -> None:
        super().__init__()
        self._titles = titles
        self._order: list[PropositionId] = []
        self._in: set[PropositionId] = set()
        self._ticked: tuple[PropositionId, ...] | None = None
        """Kept until something is changed: each change is asked about thrice."""

    def fill(self, told: tuple[PropositionId, ...]) -> None:
        """List the claims of a report in its order, ticked, then the others; one without any tells all."""
        order = dict.fromkeys(one for one in told if one in self._titles)
        self._in = set(order if told else self._titles)
        self._order = list(order | dict.fromkeys(self._titles))
        self._ticked = None
        self.setStringList([self._titles[one] for one in self._order])

    def ticked(self) -> tuple[PropositionId, ...]:
        """The claims that are ticked, in their order."""
        if self._ticked is None:
            self._ticked = tuple(filter(self._in.__contains__, self._order))
        return self._ticked

    def tick_all(self, *, is_in: bool) -> None:
        """Tick every claim, or none."""
        self._in = set(self._order) if is_in else set()
        self._tell(0, len(self._order) - 1)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        return _ROW if index.isValid() else Qt.ItemFlag.ItemIsDropEnabled

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.CheckStateRole and index.isValid():
            is_in = self._order[index.row()] in self._in
            return Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.ToolTipRole and index.isValid():
            return wrapped(self._titles[self._order[index.row()]])
        return super().data(index, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or not index.isValid():
            return False
        change = self._in.add if Qt.CheckState(value) is Qt.CheckState.Checked else self._in.discard
        change(self._order[index.row()])
        self._tell(index.row(), index.row())
        return True

    def moveRows(self, source: _Index, row: int, count: int, target: _Index, place: int) -> bool:
        """Move one claim to before the one at a place, as its view does where it is dropped."""
        if count != 1 or not super().moveRows(source, row, count, target, place):
            return False
        self._order.insert(place - (place > row), self._order.pop(row))
        self._ticked = None
        self.edited.emit()
        return True

    def _tell(self, first: int, last: int) -> None:
        """Say that these rows were ticked or unticked."""
        self._ticked = None
        self.dataChanged.emit(self.index(first), self.index(last), [Qt.ItemDataRole.CheckStateRole])
        self.edited.emit()


class OrderedClaims(QListView):
    """All claims that a report may tell; Space ticks one, and it is dragged or goes by key to its place.

    is_large: gives rows one height, so that very many are not measured one by one.
    """

    edited = Signal()
    """Claims were ticked, unticked or moved."""

    def __init__(
        self, titles: Mapping[PropositionId, str], *, is_large: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.chosen = ChosenClaims(titles)
        self.chosen.setParent(self)
        self.setModel(self.chosen)
        self.setAccessibleName(self.tr("Claims of the report, in order"))
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setWordWrap(not is_large)
        self.setUniformItemSizes(is_large)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.chosen.edited.connect(self.edited)
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step: self.move_current(step))

    def initViewItemOption(self, option: QStyleOptionViewItem) -> None:
        """Let claims be read where all are told and none can be ticked: quiet words, not faint ones."""
        super().initViewItemOption(option)
        if not self.isEnabled():
            quiet = QPalette(self.palette())
            words = quiet.color(QPalette.ColorGroup.Active, QPalette.ColorRole.PlaceholderText)
            quiet.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text, words)
            option.palette = quiet

    def fill(self, told: tuple[PropositionId, ...]) -> None:
        """List the claims of a report, from the top."""
        self.chosen.fill(told)
        self.setCurrentIndex(self.chosen.index(0))

    def move_current(self, step: int) -> None:
        """Move the current claim up (-1) or down (1)."""
        row = self.currentIndex().row()
        if row >= 0 and self.chosen.moveRow(_NOWHERE, row, _NOWHERE, row + (step if step < 0 else step + 1)):
            self.scrollTo(self.currentIndex())
