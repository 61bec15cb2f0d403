"""The tray: pinned marks in a line under the text, at hand in every article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from annotator.domain.handles import handle
from annotator.store import lists
from annotator.store.lists import MarkRow
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.dialogs.choices import ChoiceList, Entry, EntryDelegate, Index
from annotator.ui.theme import Theme

KEYS = 9
"""So many of the first pinned marks have a digit."""
_WIDTH = 250
_WATCHED = frozenset({"pin", "mark", "attribution", "source", "article", "scheme"})


class _Side(EntryDelegate):
    """Entries of one width, side by side."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_WIDTH, super().sizeHint(option, index).height())


class Tray(ChoiceList):
    """Pinned marks with who says them; there only while something is pinned.

    Enter or a click takes one, Del takes it off the tray, and a link may be let
    go over one. While a link looks for its end, those it may not have are grey.
    """

    unpinned = Signal(str)
    """The id of a mark that is to leave the tray."""
    _changed = Signal(object)

    def __init__(self, session: Session, look: Theme, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._store = session.store
        self._rows: list[MarkRow] = []
        self._refusal: Callable[[str], str] | None = None
        self._target: str | None = None
        self._delegate = _Side(look)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pinned marks"))
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        # A signal, because a bulk operation is announced on the thread of its worker.
        self._changed.connect(self._on_changed)
        self.destroyed.connect(session.store.subscribe(self._changed.emit))
        self.hide()

    def refresh(self) -> None:
        """Read the pinned marks anew."""
        self._rows = lists.pinned(self._store)
        self._fill()

    def look_for(self, refusal: Callable[[str], str] | None) -> None:
        """Grey what a link may not end at, by the label of the mark; None where no link looks for its end."""
        if (refusal is None) != (self._refusal is None):
            self._refusal = refusal
            self._fill()

    def link_ends(self, place: QPoint) -> list[str]:
        """The mark under a global point."""
        row = self.indexAt(self.viewport().mapFromGlobal(place)).row()
        return [str(self.entries[row].value)] if row >= 0 else []

    def show_target(self, mark: str | None) -> None:
        """Stand on the mark a link would end at."""
        self.setCurrentIndex(QModelIndex())
        row = next((n for n, entry in enumerate(self.entries) if entry.value == mark), None)
        if row is not None:
            self.setCurrentIndex(self.entries_model.index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        entry = self.current()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(entry)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and entry is not None:
            self.unpinned.emit(entry.value)
        elif event.text() and self.take(self.with_key(event.text())):
            pass
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current() is None:
            self.step(1)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setCurrentIndex(QModelIndex())

    def _fill(self) -> None:
        at = max(0, self.currentIndex().row())
        entries = [self._entry(row, n) for n, row in enumerate(self._rows, 1)]
        self.set_entries(entries, min(at, len(entries) - 1) if entries and self.hasFocus() else None)
        self.setFixedHeight(self.height_for(1))
        self.setVisible(bool(entries))

    def _entry(self, row: MarkRow, number: int) -> Entry:
        name = handle("mark", row.number)
        entry = Entry(
            row.quote, row.id, row.source or "", str(number) if number <= KEYS else "", row.label, name
        )
        return replace(entry, reason=self._refusal(row.label)) if self._refusal else entry

    def _on_changed(self, change: Change) -> None:
        if not change.is_whole or {row.table for row in change.rows} & _WATCHED:
            self._later.start()
