"""Marks one below the other in a line each, a page at a time: those of a source, for instance."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QWidget

from annotator.domain.handles import handle
from annotator.store.lists import MarkRow
from annotator.ui.dialogs.choices import Entry, EntryDelegate, EntryRole
from annotator.ui.panels.pages import PagedModel, Pages
from annotator.ui.panels.tables import OneColumn
from annotator.ui.theme import Theme


class MarkLinesModel(PagedModel[MarkRow]):
    """Marks as entries: label letter, words, article, handle."""

    ROLES = PagedModel.ROLES | {EntryRole.value}

    def cell(self, row: MarkRow, column: int, role: int) -> Any:
        del column
        about = row.article_title or ""
        if role == EntryRole:
            return Entry(row.quote, row.id, about, style=row.label, right=handle("mark", row.number))
        if role == Qt.ItemDataRole.DisplayRole:
            return row.quote
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.quote}, {about}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(part for part in (row.quote, about, row.note or "") if part)
        return None


class MarkLines(OneColumn):
    """A list of marks; Enter or a double click goes to one."""

    chosen = Signal(str)
    """The id of the mark."""

    def __init__(self, pages: Pages[MarkRow], look: Theme, name: str, parent: QWidget | None = None) -> None:
        entries = EntryDelegate(look)
        entries.has_keys = False
        super().__init__(name, entries, parent)
        self._entries = entries
        self.marks = MarkLinesModel(pages)
        self.setModel(self.marks)
        self.opened.connect(self._choose)
        self.doubleClicked.connect(self._choose)

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self._entries.look = look
        self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        row = self.marks.row_at(index)
        if row is not None:
            self.chosen.emit(row.id)
