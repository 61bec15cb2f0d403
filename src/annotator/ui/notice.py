"""The bar that says what was refused or done, until the next action."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from annotator.ui.icons import icon
from annotator.ui.theme import Theme

_SIDE = 18


class NoticeBar(QFrame):
    """One sentence above the text; it moves nothing else and takes no focus."""

    def __init__(self, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setObjectName("notice")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        self._sign = QLabel()
        self._words = QLabel()
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close the notice"))
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.hide)
        row.addWidget(self._sign)
        row.addWidget(self._words, 1)
        row.addWidget(self._close)
        self.set_theme(look)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._words.text()

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self._look = look
        self._close.setIcon(icon("close", look))

    def say(self, sentence: str, kind: Literal["info", "warning"] = "info") -> None:
        """Show a sentence in place of the one before."""
        self._sign.setPixmap(icon(kind, self._look).pixmap(_SIDE, _SIDE))
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self.show()
