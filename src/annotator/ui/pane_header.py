"""The line above a pane: whose text it is, and the way to close it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFont, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId
from annotator.store import lists
from annotator.store.store import Store
from annotator.ui.icons import icon
from annotator.ui.panels.parts import Elided
from annotator.ui.theme import Theme

_ICON = 12
_LINE = 2


class PaneHeader(QFrame):
    """Handle, title and outlet of an article; of the pane at work in bold over a line."""

    pressed = Signal()
    close_asked = Signal()

    def __init__(self, store: Store, look: Theme) -> None:
        super().__init__()
        self._store = store
        self._look = look
        self._is_at_work = False
        self.words = Elided()
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.setIconSize(QSize(_ICON, _ICON))
        self.close_button.setToolTip(self.tr("Close this pane"))
        self.close_button.setAccessibleName(self.close_button.toolTip())
        self.close_button.clicked.connect(self.close_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 2, 4, 2 + _LINE)
        row.addWidget(self.words, 1)
        row.addWidget(self.close_button)
        self.set_theme(look)

    def set_theme(self, look: Theme) -> None:
        """Wear another theme."""
        self._look = look
        self.close_button.setIcon(icon("close", look, size=_ICON))
        self._embolden()
        self.update()

    def show_article(self, article: ArticleId | None, is_at_work: bool) -> None:
        """Name an article, and whether its pane is the one at work."""
        row = lists.article_row(self._store, article) if article else None
        parts = (handle("article", row.number), row.title, row.outlet) if row else (self.tr("No article"),)
        words = " · ".join(part for part in parts if part)
        self._is_at_work = is_at_work
        self._embolden()
        self.words.set_whole(words)
        state = self.tr("{article}, the pane at work") if is_at_work else self.tr("{article}, the other pane")
        self.setAccessibleName(state.format(article=words))
        self.update()

    def _embolden(self) -> None:
        # Again with each theme: another style sheet takes back the font of a widget that is shown.
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold if self._is_at_work else QFont.Weight.Normal)
        self.words.setFont(font)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        thick = _LINE if self._is_at_work else 1
        colour = self._look.colour("accent" if self._is_at_work else "border")
        painter.fillRect(0, self.height() - thick, self.width(), thick, colour)
        painter.end()
