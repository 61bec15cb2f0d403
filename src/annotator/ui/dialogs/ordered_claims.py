"""The claims of a report: ticked and put into order, by mouse or by key."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from annotator.domain.ids import PropositionId

_CLAIM = Qt.ItemDataRole.UserRole


class OrderedClaims(QListWidget):
    """All claims that a report may tell, by what each is called; those it tells are ticked.

    is_large: gives rows one height, so that very many are not measured one by one.
    """

    edited = Signal()
    """A claim was ticked, unticked or moved."""

    def __init__(
        self, titles: Mapping[PropositionId, str], *, is_large: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._titles = titles
        self._ticked: tuple[PropositionId, ...] | None = None
        """Kept until the list is changed: 20,000 claims take 0.1 s, and each change is asked about thrice."""
        self.setAccessibleName(self.tr("Claims of the report, in order"))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setWordWrap(not is_large)
        self.setUniformItemSizes(is_large)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(lambda: self._on_edited())
        self.model().rowsMoved.connect(lambda: self._on_edited())
        for key, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(lambda step=step: self.move_current(step))

    def fill(self, told: tuple[PropositionId, ...]) -> None:
        """List the claims of a report in its order, ticked, then the others; one without any tells all."""
        chosen = set(told)
        order = [one for one in told if one in self._titles]
        self.clear()
        for claim in [*order, *(one for one in self._titles if one not in chosen)]:
            item = QListWidgetItem(self._titles[claim])
            item.setToolTip(self._titles[claim])
            item.setData(_CLAIM, claim)
            is_in = not told or claim in chosen
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
            self.addItem(item)
        self._ticked = None
        self.setCurrentRow(0)

    def ticked(self) -> tuple[PropositionId, ...]:
        """The claims that are ticked, in their order."""
        if self._ticked is None:
            items = [self.item(row) for row in range(self.count())]
            self._ticked = tuple(
                PropositionId(item.data(_CLAIM))
                for item in items
                if item.checkState() is Qt.CheckState.Checked
            )
        return self._ticked

    def move_current(self, step: int) -> None:
        """Move the current claim up (-1) or down (1)."""
        row = self.currentRow()
        target = row + step
        if row < 0 or not 0 <= target < self.count():
            return
        item = self.takeItem(row)
        self.insertItem(target, item)
        self.setCurrentRow(target)
        self._on_edited()

    def _on_edited(self) -> None:
        self._ticked = None
        self.edited.emit()
