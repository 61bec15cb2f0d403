"""Everything that was ever done, newest first: who, when, what, and which rows changed."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QPlainTextEdit,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.store import lists
from annotator.store.journal import Operation, Touched
from annotator.store.session import Focus, Session
from annotator.store.store import Change
from annotator.ui.panels.base import Panel
from annotator.ui.panels.pages import PagedModel, Pages, reread_in_place
from annotator.ui.panels.parts import Empty
from annotator.ui.panels.tables import Table
from annotator.ui.panels.words import local_time
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
_SHOWN_ROWS = 40
_UNSHOWN = frozenset({"id", "operation", "reach", "contexts", "number", "start", "end", "extra", "origin_id"})


def operation_words(operation: Operation) -> str:
    """An operation as a reader says it: "add mark", "undo of delete mark"."""
    words = operation.name.replace("-", " ")
    if operation.kind == "undo":
        return QCoreApplication.translate("History", "undo: {what}").format(what=words)
    if operation.kind == "redo":
        return QCoreApplication.translate("History", "redo: {what}").format(what=words)
    return words


class HistoryModel(PagedModel[Operation]):
    """Operations with what, who and when."""

    COLUMNS = 3

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("What"), self.tr("Who"), self.tr("When"))[section]

    def cell(self, row: Operation, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return (operation_words(row), row.annotator_name, local_time(row.at))[column]
        if role == Qt.ItemDataRole.ToolTipRole and column == 2:
            return row.at
        return None


class HistoryPanel(Panel):
    """The table of operations, and beside it the rows the chosen one touched."""

    FOLLOWS_FOCUS = True

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.only_mark = QCheckBox(self.tr("Only the mark in hand"))
        self.model = HistoryModel(Pages(self._fetch, self._count))
        self.table = Table(self.tr("History"))
        self.table.setModel(self.model)
        self.table.set_widths(0, 16, 18)
        self.rows = QPlainTextEdit()
        self.rows.setReadOnly(True)
        self.rows.setAccessibleName(self.tr("What the operation changed"))
        self.empty = Empty(self.tr("Nothing has been done yet. Every action will be listed here."))
        self.pages = QStackedWidget()
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(self.rows)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        self.pages.addWidget(split)
        self.pages.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.setContentsMargins(8, 4, 8, 4)
        foot.addWidget(self.only_mark)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.pages, 1)
        column.addLayout(foot)
        self.only_mark.toggled.connect(lambda: self.refresh())
        self.table.selectionModel().currentRowChanged.connect(self._on_row)

    def _mark(self) -> Any:
        return self.session.focus.mark if self.only_mark.isChecked() else None

    def _fetch(self, limit: int, offset: int) -> list[Operation]:
        return lists.history(self.store, mark=self._mark(), limit=limit, offset=offset)

    def _count(self) -> int:
        return lists.count_history(self.store, mark=self._mark())

    def refresh(self) -> None:
        reread_in_place(self.table, self.model)
        self.pages.setCurrentIndex(0 if len(self.model.pages) else 1)

    def on_change(self, change: Change) -> None:
        """A new operation stands on top."""
        del change
        self.refresh()

    def on_focus(self, focus: Focus) -> None:
        """Another mark has another history."""
        del focus
        if self.only_mark.isChecked():
            self.refresh()

    def _on_row(self, index: QModelIndex) -> None:
        operation = self.model.row_at(index)
        if operation is None:
            self.rows.clear()
            return
        change = self.store.change_of(operation.id)
        lines = [line for row in change.rows[:_SHOWN_ROWS] for line in self._lines(row)]
        if len(change.rows) > _SHOWN_ROWS:
            more = len(change.rows) - _SHOWN_ROWS
            lines.append(self.tr("and {count} more").format(count=more))
        if operation.kind == "bulk":
            lines.insert(0, self.tr("Many rows at once; they can be undone together."))
        self.rows.setPlainText("\n".join(lines))

    def _lines(self, row: Touched) -> list[str]:
        name = row.table.replace("_", " ")
        if row.old is None or row.new is None:
            image = row.new or row.old or {}
            verb = self.tr("new {table}") if row.old is None else self.tr("deleted {table}")
            words = image.get("quotes") or image.get("name") or image.get("text") or image.get("kind") or ""
            return [f"{verb.format(table=name)}: {words}" if words else verb.format(table=name)]
        changed = [key for key in row.new if key not in _UNSHOWN and row.old.get(key) != row.new[key]]
        return [f"{name} · {key}: {row.old.get(key)} → {row.new[key]}" for key in changed]
