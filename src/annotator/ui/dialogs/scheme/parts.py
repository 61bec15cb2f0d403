"""The fields of the scheme editor: each tells what was asked for once it is certain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.dialogs.frame import plain_button
from annotator.ui.panels.parts import Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_ID = Qt.ItemDataRole.UserRole


class Line(QLineEdit):
    """One line; `edited` comes with Enter or when it is left, if it was changed. Esc brings back what was."""

    edited = Signal(str)

    def __init__(self, name: str = "", most: int = 200) -> None:
        super().__init__()
        self.setMaxLength(most)
        self._before = ""
        if name:
            self.setAccessibleName(name)
        self.editingFinished.connect(self._tell)

    def show_text(self, text: str) -> None:
        """Show what is in force; what is being typed over it stays."""
        if not (self.isModified() and self.hasFocus()):
            self.setText(text)
            self.setCursorPosition(0)
        self._before = text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text() != self._before:
            self.setText(self._before)
        elif event.key() in _ENTER and not event.modifiers():
            self._tell()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        """Told once: a field that still differs afterwards was refused and shows what is in force."""
        before, text = self._before, self.text()
        if text != before:
            self.setModified(False)
            self.edited.emit(text)
            if self._before == before:
                self.setText(before)


class Sign(Line):
    """A line for one character: a key or a letter."""

    def __init__(self) -> None:
        super().__init__(most=2)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("MMMM") + 16)


class Choice(QComboBox):
    """Things to choose one of; names may be longer than there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)


class TickList(QListWidget):
    """Things of which some hold; `ticked` says which was turned on or off. Space turns one."""

    ticked = Signal(str, bool)

    def __init__(self, name: str, most_rows: int = 7) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._most_rows = most_rows
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemChanged.connect(self._on_changed)

    def show_rows(self, rows: Iterable[tuple[str, str]], on: Iterable[str]) -> None:
        """Show ids with their names; the current row stays."""
        self.blockSignals(True)
        current, held = self.currentRow(), set(on)
        self.clear()
        for row_id, name in rows:
            item = QListWidgetItem(name, self)
            item.setData(_ID, row_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if row_id in held else Qt.CheckState.Unchecked)
        self.setCurrentRow(max(0, min(current, self.count() - 1)))
        self.blockSignals(False)
        self.updateGeometry()

    def on(self) -> list[str]:
        """The ids of what is ticked, in order."""
        items = (self.item(row) for row in range(self.count()))
        return [item.data(_ID) for item in items if item.checkState() is Qt.CheckState.Checked]

    def ids(self) -> list[str]:
        """The ids of all rows, in order."""
        return [self.item(row).data(_ID) for row in range(self.count())]

    def sizeHint(self) -> QSize:
        height = self.sizeHintForRow(0) if self.count() else self.fontMetrics().height()
        rows = max(1, min(self.count(), self._most_rows))
        return QSize(200, rows * height + 2 * self.frameWidth() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def _on_changed(self, item: QListWidgetItem) -> None:
        self.ticked.emit(item.data(_ID), item.checkState() is Qt.CheckState.Checked)


class Codebook(QWidget):
    """The definition, and whether what was decided before needs a second look when it is saved.

    `edited` comes with Ctrl+Enter, the button, or when it is left. is_asking: whether there is
    anything that would need a second look.
    """

    edited = Signal(str, bool)

    def __init__(self, name: str, *, is_asking: bool = True) -> None:
        super().__init__()
        self._before = ""
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(name)
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(self.tr("When to use it, when not, a test question, the usual mistakes"))
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 5)
        self.text.installEventFilter(self)
        self.means_more = QCheckBox(self.tr("It means something else now: look at older marks again"))
        self.means_more.setChecked(True)
        self.means_more.installEventFilter(self)
        self.save = plain_button(self.tr("Save the definition"))
        self.save.clicked.connect(self.commit)
        self.text.textChanged.connect(self._on_typed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.text, self.means_more):
            column.addWidget(part)
        self.means_more.setVisible(is_asking)  # within its form, or it would be a window for a moment
        column.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)

    def show_text(self, text: str) -> None:
        """Show what is in force; what is being written over it stays."""
        if text != self._before or not self._is_changed():
            self._before = text
            if self.text.toPlainText() != text:
                self.text.setPlainText(text)
            self.means_more.setChecked(True)
        self._on_typed()

    def commit(self) -> None:
        """Save what was written, if it was changed."""
        if self._is_changed():
            self._before = self.text.toPlainText().strip()
            self.edited.emit(self._before, self.means_more.isChecked())

    def _is_changed(self) -> bool:
        return self.text.toPlainText().strip() != self._before.strip()

    def _on_typed(self) -> None:
        for part in (self.means_more, self.save):
            part.setEnabled(self._is_changed())

    def eventFilter(self, watched: QWidget, event: QEvent) -> bool:  # type: ignore[override]
        if isinstance(event, QFocusEvent) and event.lostFocus() and not self._is_focus_inside():
            self.commit()
        elif watched is self.text and _is_control_enter(event):
            event.accept()  # or else the dialog takes it as the wish to close
            if event.type() == QEvent.Type.KeyPress:
                self.commit()
            return True
        return super().eventFilter(watched, event)

    def _is_focus_inside(self) -> bool:
        """Whether the keys go on to the tick box or the button, which belong to the same step."""
        there = self.window().focusWidget()
        return there in (self.means_more, self.save, self.text) and self.isVisible()


def _is_control_enter(event: QEvent) -> bool:
    return (
        isinstance(event, QKeyEvent)
        and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        and event.key() in _ENTER
        and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    )


class MergeRow(QWidget):
    """One thing to choose, what merging with it would change, and the button that does it."""

    foreseen = Signal(str)
    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.into = Choice()
        self.into.setAccessibleName(name)
        self.button: QPushButton = plain_button(self.tr("Merge"))
        self.preview = Words(is_quiet=True)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.into, 1)
        row.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.preview)
        self.into.activated.connect(self._on_chosen)
        self.button.clicked.connect(lambda: self.asked.emit(self.into.currentData()))

    def show_rows(self, rows: Sequence[tuple[str, str]]) -> None:
        """Offer other things; none is chosen before somebody does."""
        self.into.clear()
        self.into.addItem(self.tr("choose…"), None)
        for row_id, name in rows:
            self.into.addItem(name, row_id)
        self._on_chosen()

    def _on_chosen(self) -> None:
        chosen = self.into.currentData()
        self.button.setEnabled(chosen is not None)
        self.preview.setText("")
        self.preview.hide()
        if chosen is not None:
            self.foreseen.emit(chosen)

    def tell(self, words: str) -> None:
        """Say what merging would change."""
        self.preview.setText(words)
        self.preview.setVisible(bool(words))
