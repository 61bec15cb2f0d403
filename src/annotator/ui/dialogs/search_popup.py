"""A popup in which one types what is looked for, above what fits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from annotator.ui.dialogs.choices import MAX_ROWS, ChoiceList, Entry
from annotator.ui.dialogs.popup import Popup
from annotator.ui.theme import Theme

_OURS = (
    Qt.Key.Key_Escape,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
)


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
