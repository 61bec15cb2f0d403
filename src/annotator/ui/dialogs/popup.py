"""Popups over the text: children of the window, gone with Esc or a click elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.ui.dialogs.choices import ChoiceList
from annotator.ui.theme import Theme

GAP = 4
MARGIN = 8


class Popup(QFrame):
    """A frame that floats over a widget near a place in it, and gives the focus back when it goes.

    Where that widget is too small for it, it takes the room of the whole window. It deletes
    itself. `closed` comes last, whatever ended it.
    """

    closed = Signal()

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent.window())
        self.look = look
        self._host = parent
        self._near: QRect | None = None  # until it is open
        self._before: QWidget | None = None
        self._is_over = False
        self.setAutoFillBackground(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        self.column.setSpacing(6)
        parent.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()

    def set_look(self, look: Theme) -> None:
        """Wear another theme while it is open."""
        self.look = look
        for choices in self.findChildren(ChoiceList):
            choices.set_look(look)
        self.update()

    def open_at(self, near: QRect) -> None:
        """Show below a place in the widget, above it where there is no room."""
        self._near = near
        self._before = _focus_below_popups()
        self._place(near)
        self.show()
        self.raise_()
        self.first_focus().setFocus(Qt.FocusReason.PopupFocusReason)

    def first_focus(self) -> QWidget:
        """Where the keys go while it is open."""
        return self

    def dismiss(self, give_focus_back: bool = True) -> None:
        """Go away without a choice; does nothing the second time."""
        with self.leaving(give_focus_back):
            pass

    @contextmanager
    def leaving(self, give_focus_back: bool = True) -> Iterator[None]:
        """Hidden and the focus given back inside the block, `closed` after it."""
        if self._is_over:
            yield
            return
        self._is_over = True
        self._host.removeEventFilter(self)
        QApplication.instance().focusChanged.disconnect(self._on_focus_changed)  # type: ignore[union-attr]
        self.hide()
        if give_focus_back and self._before is not None and isValid(self._before):
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
        yield
        self.closed.emit()
        self.deleteLater()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(self.look.colour("border_strong"), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def event(self, event: QEvent) -> bool:
        # Single letters are shortcuts of the window; while a popup is open they are its own.
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_plain = not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            event.setAccepted(is_plain)
            return is_plain
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self.replace()
        return super().eventFilter(watched, event)

    def replace(self) -> None:
        """Take the size the content asks for now, at the same place."""
        if self._near is not None:
            self._place(self._near)

    def _place(self, place: QRect) -> None:
        self.ensurePolished()
        self.column.activate()
        near = self._in_window(place)
        room = self._room(self.sizeHint())
        size = self.sizeHint().boundedTo(room.size())
        below = near.bottom() + GAP
        above = near.top() - GAP - size.height()
        top = below
        if below + size.height() > room.bottom() + 1:
            top = above if above >= room.top() else room.bottom() + 1 - size.height()
        left = near.left()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left = near.right() + 1 - size.width()
        left = max(room.left(), min(left, room.right() + 1 - size.width()))
        self.setGeometry(QRect(QPoint(left, max(room.top(), top)), size))

    def _room(self, wanted: QSize) -> QRect:
        """Where in the window it may lie."""
        for rect in (self._in_window(self._host.rect()), self._host.window().rect()):
            room = rect.adjusted(GAP, GAP, -GAP, -GAP)
            if wanted.boundedTo(room.size()) == wanted:
                break
        return room

    def _in_window(self, rect: QRect) -> QRect:
        return QRect(self._host.mapTo(self._host.window(), rect.topLeft()), rect.size())

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if self.isVisible() and new is not None and new is not self and not self.isAncestorOf(new):
            self.dismiss(give_focus_back=False)


def _focus_below_popups() -> QWidget | None:
    """What has the keys; where that is a popup, which goes when it loses them, what had them before it."""
    focused = QApplication.focusWidget()
    ancestor = focused
    while ancestor is not None:
        if isinstance(ancestor, Popup):
            return ancestor._before
        ancestor = ancestor.parentWidget()
    return focused
