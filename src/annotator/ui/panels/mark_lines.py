"""Marks one below the other in a line each, a page at a time: those of a source, for instance."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from annotator.domain.handles import handle
from annotator.store.lists import MarkRow
from annotator.ui.dialogs.choices import Entry, EntryDelegate, EntryRole
from annotator.ui.panels.pages import PagedModel, Pages
from annotator.ui.theme import Theme


class MarkLinesModel(PagedModel[MarkRow]):
    """Marks as entries: label letter, words, article, handle."""

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


class MarkLines(QListView):
    """A list of marks; Enter or a double click goes to one."""

    opened = Signal(str)
    """The id of the mark."""

    def __init__(self, pages: Pages[MarkRow], look: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marks = MarkLinesModel(pages)
        self._delegate = EntryDelegate(look)
        self._delegate.has_keys = False
        self.setAccessibleName(name)
        self.setItemDelegate(self._delegate)
        self.setModel(self.marks)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.installEventFilter(self)
        self.doubleClicked.connect(lambda index: self._open())

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self._delegate.look = look
        self.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self and is_key and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):  # type: ignore[attr-defined]
            self._open()
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        row = self.marks.row_at(self.currentIndex())
        if row is not None:
            self.opened.emit(row.id)
