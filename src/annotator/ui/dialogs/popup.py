"""Popups over the text: children of the window, gone with Esc or a click elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from annotator.ui.dialogs.choices import ChoiceList, Entry
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme

GAP = 4
MARGIN = 8
MAX_ROWS = 9

_OURS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


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


class ListPopup(Popup):
    """A title and entries; the list has the keys. Letters and digits take the entry they stand beside."""

    chosen = Signal(object)
    """The value of the entry taken."""

    def __init__(self, look: Theme, parent: QWidget, title: str, entries: list[Entry]) -> None:
        super().__init__(look, parent)
        self.title = Words(title, is_quiet=True)
        self.title.setVisible(bool(title))
        self.list = ChoiceList(look)
        self.list.setAccessibleName(title)
        self.list.set_entries(entries)
        self.list.taken.connect(self.take)
        self.list.installEventFilter(self)
        self.column.addWidget(self.title)
        self.column.addWidget(self.list)
        self.list.setMinimumWidth(300)
        self.list.show_at_most(MAX_ROWS)

    def first_focus(self) -> QWidget:
        return self.list

    def take(self, entry: Entry) -> None:
        """Hand on what was chosen and go."""
        with self.leaving():
            self.chosen.emit(entry.value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self.on_key(event)
        return super().eventFilter(watched, event)

    def on_key(self, event: QKeyEvent) -> bool:
        """Take a key press of the list; True where it is used up."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.take(self.list.current())
        elif key == Qt.Key.Key_Escape:
            self.dismiss()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.list.step(1 if key == Qt.Key.Key_Down else -1)
        elif event.text() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self.list.take(self.list.with_key(event.text()))
        else:
            return False
        return True


class SearchPopup(Popup):
    """A line to type in above entries; the line keeps the keys.

    Arrows move in the list, Enter takes, and a digit takes the n-th entry while
    the line is empty.
    """

    PAGE_ROWS = 8

    def __init__(self, look: Theme, parent: QWidget, name: str) -> None:
        super().__init__(look, parent)
        self.field = QLineEdit()
        self.field.setAccessibleName(name)
        self.list = ChoiceList(look)
        self.list.setAccessibleName(name)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hint = QLabel()
        self.hint.setTextFormat(Qt.TextFormat.PlainText)
        self.hint.setForegroundRole(self.hint.palette().ColorRole.PlaceholderText)
        for widget in (self.field, self.list, self.hint):
            self.column.addWidget(widget)
        self.list.setMinimumWidth(360)
        self.field.textChanged.connect(lambda: self.fill())
        self.field.installEventFilter(self)
        self.list.taken.connect(self.take)

    def first_focus(self) -> QWidget:
        return self.field

    @property
    def words(self) -> str:
        """What was typed, without blanks around it."""
        return " ".join(self.field.text().split())

    def entries_for(self, words: str) -> list[Entry]:
        """What fits what was typed, best first."""
        raise NotImplementedError

    def take(self, entry: Entry) -> None:
        """Do what an entry stands for, and go."""
        raise NotImplementedError

    def take_empty(self) -> None:
        """Enter in an empty line with nothing chosen."""

    def take_other(self, event: QKeyEvent) -> bool:
        """A key press with Enter and a modifier, or another key of one popup alone."""
        del event
        return False

    def first_row(self, words: str) -> int | None:
        """Which entry Enter takes first; None for none."""
        return 0 if words else None

    def fill(self) -> None:
        """Offer what fits what was typed."""
        self.offer(self.entries_for(self.words), self.first_row(self.words))

    def offer(self, entries: Sequence[Entry], current: int | None) -> None:
        """Show entries, with room for as many as there are."""
        self.list.set_entries(entries, current)
        self.list.setVisible(bool(entries))
        self.list.show_at_most(MAX_ROWS + 1)
        self.replace()

    def open_at(self, near: QRect) -> None:
        self.field.setMinimumWidth(self.list.minimumWidth())  # also where nothing is listed yet
        self.fill()
        super().open_at(near)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self.on_key(event):
                return True
        return super().eventFilter(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Whether a key that may be a shortcut of the window belongs to the popup."""
        is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return event.key() in _OURS or (is_alt and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_9)

    def on_key(self, event: QKeyEvent) -> bool:
        """Take a key press of the line; True where it is used up."""
        key = event.key()
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: self.PAGE_ROWS,
            Qt.Key.Key_PageUp: -self.PAGE_ROWS,
        }
        if key == Qt.Key.Key_Escape:
            self.dismiss()
        elif self.take_other(event):
            return True
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not self.list.take(self.list.current()) and not self.words:
                self.take_empty()
        elif key in steps:
            self.list.step(steps[Qt.Key(key)])
        else:
            return self._take_digit(event)
        return True

    def _take_digit(self, event: QKeyEvent) -> bool:
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if self.field.text() or not is_plain or event.text() not in tuple("123456789"):
            return False
        return self.list.take(self.list.with_key(event.text()))
