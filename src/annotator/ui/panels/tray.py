"""The tray: pinned marks in a line under the text, at hand in every article."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from annotator.domain.handles import handle
from annotator.store import lists
from annotator.store.lists import MarkRow
from annotator.store.session import Session
from annotator.store.store import Change
from annotator.ui.dialogs.choices import ChoiceList, Entry, EntryDelegate, Index
from annotator.ui.keys import stroke
from annotator.ui.text.pull import EnteringPull
from annotator.ui.theme import Theme

if TYPE_CHECKING:
    from annotator.ui.hands.hands import Hands

KEYS = 9
"""So many of the first pinned marks have a digit."""
_WIDTH, _LEAST = 250, 200
"""Pixels of a mark where there is room, and at least."""
_SLACK = 4
_WATCHED = frozenset({"pin", "mark", "attribution", "source", "article", "scheme"})


def _is_shifted(event: QMouseEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)


class _Side(EntryDelegate):
    """Entries of one width, side by side; somewhat narrower where all have room then."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        share = option.widget.contentsRect().width() // max(1, index.model().rowCount())
        width = min(share, _WIDTH) if share >= _LEAST else _WIDTH
        return QSize(width, super().sizeHint(option, index).height())


class Tray(ChoiceList):
    """Pinned marks with who says them; there only while something is pinned.

    Enter or a click takes one, Del takes it off the tray. A letter or the mouse pulls a
    link out of it, and a link may be let go over one. While a link looks for its
    end, those it may not have are grey.
    """

    unpinned = Signal(str)
    """The id of a mark that is to leave the tray."""
    link_asked = Signal(str, str)
    """A key that was pressed over a mark, which may stand for a kind of link."""
    link_dropped = Signal(str, object, QPoint, bool)
    """As `TextView.link_dropped`, of a link pulled out of the tray."""
    _changed = Signal(object)

    def __init__(self, session: Session, look: Theme, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._store = session.store
        self._rows: list[MarkRow] = []
        self._refusal: Callable[[str], str] | None = None
        self.link_refusal: Callable[[str, str, bool], str] = lambda mark, end, is_reversed: ""
        """As of a TextView."""
        self._pressed: QPoint | None = None
        self._pull: EnteringPull | None = None
        self._delegate = _Side(look)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Pinned marks"))
        self.setAccessibleDescription(
            self.tr("Enter goes there, a letter links it, Delete takes it off the tray")
        )
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        # A signal, because a bulk operation is announced on the thread of its worker.
        self._changed.connect(self._on_changed)
        self.destroyed.connect(session.store.subscribe(self._changed.emit))
        self.hide()

    def serve(self, hands: Hands) -> None:
        """Have the hands do what is asked over the pinned marks."""
        desk, linking = hands.desk, hands.linking
        self.link_refusal = linking.refusal
        for asked in (self.taken, self.link_asked, self.link_dropped):
            asked.connect(hands.acted)
        self.taken.connect(lambda entry: linking.take_pinned(entry.value))
        self.unpinned.connect(hands.marking.unpin)
        self.link_asked.connect(linking.link_pinned)
        self.link_dropped.connect(linking.drop)
        desk.state_changed.connect(lambda: self.look_for(desk.refusal()))

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
        elif event.key() == Qt.Key.Key_Escape and self._pull is not None:
            self._let_go()
        elif event.text() and self.take(self.with_key(event.text())):
            pass
        elif event.text().isalpha() and entry is not None:
            self.link_asked.emit(entry.value, stroke(event))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        is_left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = at if is_left and self.indexAt(at).isValid() else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if self._pull is None and (at - self._pressed).manhattanLength() >= _SLACK:
            mark = str(self.entries[self.indexAt(self._pressed).row()].value)
            self._pull = EnteringPull(self.viewport(), mark, self.link_refusal, self.link_dropped.emit)
        if self._pull is not None:
            self._pull.move(at, _is_shifted(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pull = self._pull
        self._pressed = self._pull = None
        if pull is None:
            super().mouseReleaseEvent(event)
        else:
            pull.finish(event.position().toPoint(), _is_shifted(event))

    def _let_go(self) -> None:
        """Give up the link that is being pulled."""
        if self._pull is not None:
            self._pull.cancel()
        self._pressed = self._pull = None

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
