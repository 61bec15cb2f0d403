"""Closed lists: one of values that are stored as soon as they are chosen, one of long lines."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox


class ValueBox(QComboBox):
    """What is only passed over is not given.

    Arrows open the list, and the wheel scrolls what lies behind until the box has the keys.
    """

    def __init__(self, characters: int) -> None:
        """As wide as so many characters at least."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(characters)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ElidedBox(QComboBox):
    """A closed list whose chosen line ends in … where it is too long; the whole of it is in the tooltip."""

    def __init__(self, most_characters: int | None = None) -> None:
        """No wider than so many characters, where that is said."""
        super().__init__()
        if most_characters is not None:
            self.setMaximumWidth(most_characters * self.fontMetrics().averageCharWidth())

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        whole = self.currentText()
        option.currentText = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room - 2)
        self.setToolTip(whole if option.currentText != whole else "")
