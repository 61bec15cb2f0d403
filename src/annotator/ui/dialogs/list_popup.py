"""A popup that offers entries, of which letters and digits take one."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from annotator.ui.dialogs.choices import MAX_ROWS, ChoiceList, Entry
from annotator.ui.dialogs.popup import Popup
from annotator.ui.panels.parts import Words
from annotator.ui.theme import Theme


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
