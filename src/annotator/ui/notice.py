"""The bar that says what was refused or done, until the next action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from annotator.ui.icons import icon
from annotator.ui.theme import Theme

_SIDE = 18
_WIDEST = 720
_MARGIN = 12


class NoticeBar(QFrame):
    """One sentence at the foot of its parent, over the text: nothing moves, and it takes no focus."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._host = parent
        parent.installEventFilter(self)
        self.setObjectName("notice")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAutoFillBackground(True)
        self._words: QLabel | None = None
        self._act: Callable[[], object] = self.hide
        self.hide()

    def _fill(self) -> QLabel:
        """The parts of the bar, made for the first sentence."""
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        self._sign = QLabel()
        words = QLabel()
        words.setTextFormat(Qt.TextFormat.PlainText)
        words.setWordWrap(True)
        self._close = QToolButton()
        self._close.setAutoRaise(True)
        self._close.setAccessibleName(self.tr("Close the notice"))
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.hide)
        row.addWidget(self._sign)
        row.addWidget(words, 1)
        self._offer = QPushButton()
        self._offer.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._offer.hide()
        self._offer.clicked.connect(self._take_offer)
        row.addWidget(self._offer)
        row.addWidget(self._close)
        self._close.setIcon(icon("close", self._look))
        return words

    @property
    def text(self) -> str:
        """The sentence shown last."""
        return self._words.text() if self._words else ""

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self._look = look
        if self._words:
            self._close.setIcon(icon("close", look))

    def say(
        self,
        sentence: str,
        kind: Literal["info", "warning"] = "info",
        offer: tuple[str, Callable[[], object]] | None = None,
    ) -> None:
        """Show a sentence in place of the one before, with a button for the way out it offers."""
        self._words = self._words or self._fill()
        self._offer.setVisible(offer is not None)
        if offer is not None:
            self._offer.setText(offer[0])
            self._act = offer[1]
        self._sign.setPixmap(icon(kind, self._look, size=_SIDE).pixmap(_SIDE, _SIDE))
        self._words.setText(sentence)
        self._words.setAccessibleName(sentence)
        self._place()
        self.show()
        self.raise_()

    def _take_offer(self) -> None:
        self.hide()
        self._act()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        host = self._host
        width = min(_WIDEST, host.width() - 2 * _MARGIN)
        height = max(self.heightForWidth(width), self.sizeHint().height())
        self.setGeometry((host.width() - width) // 2, host.height() - height - _MARGIN, width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(self._look.colour("border_strong"))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()
