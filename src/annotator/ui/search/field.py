"""The line in which a query is typed; what may stand next is offered below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from annotator.domain.completing import completed, wish_at
from annotator.store.store import Store
from annotator.store.suggesting import Suggestion, suggestions, takes_long
from annotator.ui.panels.asking import Reader

_WRITTEN = Qt.ItemDataRole.UserRole
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OF_OFFERS = (*_ENTER, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class QueryField(QLineEdit):
    """Enter asks; Down goes to the offers, or on to what was found.

    What a large project is looked through for is offered when a thread has found it.
    """

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
        self._reader = Reader(store, self)
        self._reader.answered.connect(self._show_offers)
        for ended in (self._reader.refused, self._reader.hindered):
            ended.connect(lambda: self._show_offers([]))
        self._offered_for: str | None = None

    @property
    def is_offering(self) -> bool:
        """Whether the list below is open."""
        return self.list_of_offers.isVisible()

    @property
    def is_looking(self) -> bool:
        """Whether what may be offered is still looked for."""
        return self._reader.is_waiting

    def show_query(self, query: str) -> None:
        """Show a query that was not typed here."""
        self._offer_nothing()
        self.setText(query)

    def point_at(self, details: Mapping[str, Any]) -> None:
        """Select the characters in which a mistake is; details: those of what `domain.query.parse` raised."""
        self._offer_nothing()
        self.setFocus()
        start = min(details.get("at", 0), max(0, len(self.text()) - 1))
        self.setSelection(start, max(1, len(details.get("found", ""))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_offering and event.key() in _OF_OFFERS:
            if event.key() in _ENTER and not self.list_of_offers.currentIndex().isValid():
                self._offer_nothing()
                self.asked.emit()
            else:
                event.ignore()  # the list below takes it
        elif event.key() in _ENTER:
            self._offer_nothing()
            self.asked.emit()
        elif event.key() == Qt.Key.Key_Down and not event.modifiers():
            self.passed_down.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._offer_nothing()

    def _offer_nothing(self) -> None:
        self._reader.cancel()
        self.list_of_offers.hide()

    def _offer(self) -> None:
        """Offer what may stand at the cursor; other values of its field stay until that is found."""
        wish = wish_at(self.text(), self.cursorPosition())
        self._reader.cancel()
        before, self._offered_for = self._offered_for, wish.field if wish else None
        if wish is None:
            self.list_of_offers.hide()
        elif self._store.path is not None and takes_long(wish):
            if wish.field != before:
                self.list_of_offers.hide()
            self._reader.look_up(partial(suggestions, wish=wish))
        else:
            self._show_offers(suggestions(self._store, wish))

    def _show_offers(self, found: Sequence[Suggestion]) -> None:
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
