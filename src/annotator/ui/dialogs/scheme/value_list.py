"""The closed values of an attribute, to be added, named, ordered, merged and deleted."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.scheme import Attribute
from annotator.ui import icons
from annotator.ui.dialogs.frame import plain_button
from annotator.ui.dialogs.scheme.parts import Line
from annotator.ui.theme import Theme

_ID = Qt.ItemDataRole.UserRole
_ROWS = 6


class _Names(QListWidget):
    """Names that F2 or a double click change, Delete deletes, Ctrl with an arrow moves."""

    delete_asked = Signal()
    move_asked = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() == Qt.Key.Key_Delete:
            self.delete_asked.emit()
        elif event.key() in steps and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.move_asked.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class ValueList(QWidget):
    """Tells what was asked for; shows what is in force."""

    added = Signal(str)
    renamed = Signal(str, str)
    moved = Signal(str, int)
    delete_asked = Signal(str)
    chosen = Signal()
    """Another value is the current one."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.list = _Names()
        self.list.setAccessibleName(self.tr("Values"))
        self.list.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.DoubleClicked
        )
        self.new = Line(self.tr("New value"))
        self.new.setPlaceholderText(self.tr("New value, then Enter"))
        self.delete = plain_button(self.tr("Delete"), icons.icon("delete", look))
        self._names: dict[str, str] = {}
        below = QHBoxLayout()
        below.addWidget(self.new, 1)
        below.addWidget(self.delete)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        column.addLayout(below)
        self._connect()

    def _connect(self) -> None:
        self.new.edited.connect(self.added)
        self.list.itemChanged.connect(self._on_changed)
        self.list.currentRowChanged.connect(lambda: self.chosen.emit())
        self.list.delete_asked.connect(self._ask_delete)
        self.list.move_asked.connect(self._move)
        self.delete.clicked.connect(self._ask_delete)

    @property
    def current(self) -> str | None:
        """The id of the current value."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if self.list.currentRow() >= 0 else None

    def show_values(self, attribute: Attribute) -> None:
        """Show the values of an attribute; the current one stays, or its place."""
        self.list.blockSignals(True)
        current, row = self.current, self.list.currentRow()
        values = attribute.values or ()
        self._names = {value: attribute.value_name(value) for value in values}
        self.list.clear()
        for value in values:
            item = QListWidgetItem(self._names[value], self.list)
            item.setData(_ID, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        self.list.setCurrentRow(
            values.index(current) if current in values else min(max(0, row), len(values) - 1)
        )
        self.list.blockSignals(False)
        height = self.list.sizeHintForRow(0) if values else self.fontMetrics().height()
        self.list.setVisible(bool(values))
        self.list.setFixedHeight(max(1, min(len(values), _ROWS)) * height + 8)
        self.new.clear()
        self.new.show_text("")
        self.delete.setEnabled(bool(values))

    def _on_changed(self, item: QListWidgetItem) -> None:
        value = str(item.data(_ID))
        if item.text() != self._names[value]:
            self.renamed.emit(value, item.text())

    def _ask_delete(self) -> None:
        if self.current is not None:
            self.delete_asked.emit(self.current)

    def _move(self, step: int) -> None:
        if self.current is not None:
            self.moved.emit(self.current, self.list.currentRow() + step)
