"""Trees of rows with rows below them, and none below these."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex

TOP = 0
"""The internal id of an index at the top; that of a row below it is the number of the upper row plus one."""


class TwoLevels(QAbstractItemModel):
    """How indexes of such a tree are made; subclasses say how many rows there are and what they hold."""

    COLUMNS = 1

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        # `hasIndex` would ask for rows and columns by way of Qt: half as long again for a layout.
        if not (0 <= column < self.COLUMNS and 0 <= row < self.rowCount(parent)):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else TOP)

    def parent(self, index: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        if not index.isValid() or index.internalId() == TOP:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, TOP)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return self.COLUMNS
