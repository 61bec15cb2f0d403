"""Everything that was ever done, newest first: who, when, what, and which rows changed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QWidget

from annotator.domain.ids import MarkId, OperationId
from annotator.store import lists
from annotator.store.journal import Operation
from annotator.store.session import Focus, Session
from annotator.store.store import Store
from annotator.ui.panels import listing
from annotator.ui.panels.asking import Question, nothing
from annotator.ui.panels.base import Panel
from annotator.ui.panels.history_words import operation_words, row_lines
from annotator.ui.panels.pages import KeptRow, PagedModel, Pages
from annotator.ui.panels.parts import Empty, TickBox
from annotator.ui.panels.tables import Table, Width
from annotator.ui.panels.words import counted, local_time
from annotator.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
SHOWN_ROWS = 40
"""How many rows of one operation are told in words."""


class Told(NamedTuple):
    """An operation, and whether its work is undone as things stand."""

    operation: Operation
    is_undone: bool

    @property
    def id(self) -> OperationId:
        return self.operation.id


def told_at(store: Store, some: Sequence[int]) -> list[Told | None]:
    """The operations at some places."""
    operations = lists.history_at(store, some)
    undone = lists.undone(store, [one.id for one in operations if one])
    return [Told(one, one.id in undone) if one else None for one in operations]


class HistoryModel(PagedModel[Told]):
    """Operations with what, who and when; those undone are dim and say so."""

    COLUMNS = 3
    ROLES = PagedModel.ROLES | {Qt.ItemDataRole.ForegroundRole.value}

    def __init__(self, store: Store, pages: Pages[Told], look: Theme) -> None:
        super().__init__(pages)
        self._store = store
        self.look = look
        self._words: dict[OperationId, str] = {}
        self.settled.connect(self._words.clear)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (self.tr("What"), self.tr("Who"), self.tr("When"))[section]

    def cell(self, row: Told, column: int, role: int) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.operation.at if column == 2 else self._text(row, column)
        if role == Qt.ItemDataRole.ForegroundRole and self._is_dim(row):
            return self.look.colour("muted")
        return None

    def _text(self, row: Told, column: int) -> str:
        operation = row.operation
        if column:
            return operation.annotator_name if column == 1 else local_time(operation.at)
        if row.id not in self._words:
            self._words[row.id] = operation_words(operation, self._store)
        words = self._words[row.id]
        return self.tr("{what} (undone)").format(what=words) if row.is_undone else words

    def _is_dim(self, row: Told) -> bool:
        return row.is_undone or row.operation.kind in ("undo", "redo")


class HistoryPanel(Panel):
    """The table of operations, and beside it the rows the chosen one touched."""

    FOLLOWS_FOCUS = True
    WATCHES_ALL = True
    LAZY_MS = 200

    def __init__(self, session: Session, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(session, look, parent)
        self.only_mark = TickBox(self.tr("Only the mark in hand"))
        self.model = HistoryModel(self.store, Pages(self.store, "operation", self._question, told_at), look)
        self.table = Table(self.tr("History"))
        self.table.setModel(self.model)
        self.table.set_widths(Width(16, 1), Width(10), Width(14))
        self.table.setSelectionMode(Table.SelectionMode.SingleSelection)
        self.rows = QPlainTextEdit()
        self.rows.setReadOnly(True)
        self.rows.setTabChangesFocus(True)
        self.rows.setAccessibleName(self.tr("What the operation changed"))
        self.rows.setPlaceholderText(self.tr("Choose an action to see what it changed."))
        self.empty = Empty("")
        self._lay_out()
        self.main_part = self.table
        self.only_mark.toggled.connect(lambda: self.refresh())
        self.table.selectionModel().currentRowChanged.connect(lambda: self._show_rows())
        KeptRow(self.table, self.model)
        self.model.settled.connect(self._show_found)

    def _lay_out(self) -> None:
        split = QSplitter()
        split.addWidget(self.table)
        split.addWidget(self.rows)
        split.setStretchFactor(0, 3)
        split.setStretchFactor(1, 2)
        split.setChildrenCollapsible(False)
        self.pages = listing.laid_out_beside(self, [self.only_mark], split, self.empty)

    def rethemed(self) -> None:
        self.model.look = self.look
        self.table.viewport().update()

    def refresh(self) -> None:
        self._pause.stop()
        self.model.reread()

    def _show_found(self) -> None:
        self.pages.setCurrentIndex(0 if len(self.model.pages) else 1)
        if not self.only_mark.isChecked():
            self.empty.say(self.tr("Nothing has been done yet. Every action will be listed here."))
        elif self._mark() is None:
            self.empty.say(self.tr("No mark in hand. Take one to see what was done to it."))
        else:
            self.empty.say(self.tr("Nothing is known of this mark."))
        self._show_rows()

    def on_focus(self, focus: Focus) -> None:
        """Another mark has another history."""
        del focus
        if self.only_mark.isChecked():
            self.refresh()

    def _mark(self) -> MarkId | None:
        return self.session.focus.mark if self.only_mark.isChecked() else None

    def _question(self) -> Question:
        if self.only_mark.isChecked() and self._mark() is None:
            return partial(nothing)
        return partial(lists.history_places, mark=self._mark())

    def _show_rows(self) -> None:
        told = self.model.row_at(self.table.currentIndex())
        if told is None:
            self.rows.clear()
            return
        operation = told.operation
        change = self.store.change_of(operation.id)
        lines = [line for row in change.rows[:SHOWN_ROWS] for line in row_lines(self.store, row)]
        if operation.kind == "bulk":
            lines.insert(0, self.tr("Many rows at once; they can be undone together."))
        if len(change.rows) > SHOWN_ROWS:
            lines.append(counted("and %n more row", "and %n more rows", len(change.rows) - SHOWN_ROWS))
        self.rows.setPlainText("\n".join(lines))
