"""The line in which a query is typed; what may stand next is offered below it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from annotator.domain.completing import completed, wish_at
from annotator.store.store import Store
from annotator.store.suggesting import suggestions

_WRITTEN = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_OFFERS = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class QueryField(QLineEdit):
    """Enter asks; Down goes to the offers, or on to what was found."""

    asked = Signal()
    passed_down = Signal()

    def __init__(self, store: Store, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.setPlaceholderText(self.tr("Words, or a question such as: flood label=denial not linked"))
        self.setAccessibleName(self.tr("What to search for"))
        self.setClearButtonEnabled(True)
        self.offers = QStandardItemModel(self)
        self.list_of_offers = QListView()
        self._completer = QCompleter(self.offers, self)
        self._completer.setWidget(self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setCompletionRole(_WRITTEN)
        self._completer.setPopup(self.list_of_offers)
        self._completer.activated.connect(self.take)
        self.textEdited.connect(lambda: self._offer())

    @property
    def is_offering(self) -> bool:
        """Whether the list below is open."""
        return self.list_of_offers.isVisible()

    def show_query(self, query: str) -> None:
        """Show a query that was not typed here."""
        self.list_of_offers.hide()
        self.setText(query)

    def point_at(self, details: Mapping[str, Any]) -> None:
        """Select the characters in which a mistake is; details: those of what `domain.query.parse` raised."""
        self.list_of_offers.hide()
        self.setFocus()
        start = min(details.get("at", 0), max(0, len(self.text()) - 1))
        self.setSelection(start, max(1, len(details.get("found", ""))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_offering and event.key() in _OF_OFFERS:
            if event.key() in _ENTER and not self.list_of_offers.currentIndex().isValid():
                self.list_of_offers.hide()
                self.asked.emit()
            else:
                event.ignore()  # the list below takes it
        elif event.key() in _ENTER:
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.passed_down.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.list_of_offers.hide()

    def _offer(self) -> None:
        wish = wish_at(self.text(), self.cursorPosition())
        found = suggestions(self._store, wish) if wish else []
        self.offers.clear()
        for one in found:
            about = " ".join(one.about.split())
            item = QStandardItem(
                f"{one.written}   {about}" if about not in ("", one.written) else one.written
            )
            item.setData(one.written, _WRITTEN)
            item.setEditable(False)
            self.offers.appendRow(item)
        if found:
            room = self.cursorRect()
            room.setWidth(min(420, self.width()))
            self._completer.complete(room)
            self.list_of_offers.setCurrentIndex(QModelIndex())
        else:
            self.list_of_offers.hide()

    def add(self, condition: str) -> None:
        """Begin another condition at the end, and offer its values."""
        before = self.text().rstrip()
        self.setText(f"{before} {condition}" if before else condition)
        self.setFocus()
        self._offer()

    def take(self, written: str) -> None:
        """Put what was chosen in the place of what is being typed; offer its values where it is a field."""
        wish = wish_at(self.text(), self.cursorPosition())
        if wish is not None:
            text, cursor = completed(self.text(), wish, written)
            self.setText(text)
            self.setCursorPosition(cursor)
            self._offer()
