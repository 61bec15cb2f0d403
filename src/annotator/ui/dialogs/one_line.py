"""One line asked for: a name, a question, a reason."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractButton, QInputDialog, QLabel, QWidget

from annotator.ui.panels.parts import breakable

_WIDTH = 460


def ask_line(parent: QWidget, title: str, words: str, text: str = "") -> str | None:
    """The line as it was typed, with `text` to begin with; None where nothing was to be done."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(title)
    dialog.setLabelText(breakable(words))
    dialog.setTextValue(text)
    for label in dialog.findChildren(QLabel):  # words of an article are no markup, and may be long
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
    for button in dialog.findChildren(QAbstractButton):
        button.setIcon(QIcon())
    dialog.setMinimumWidth(_WIDTH)
    is_given = dialog.exec()
    dialog.deleteLater()
    return dialog.textValue() if is_given else None
