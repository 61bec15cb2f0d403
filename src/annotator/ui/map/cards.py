"""What one voice says on a claim, as a card that leads to the words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.model import Ref
from annotator.ui.map.wording import Statement
from annotator.ui.panels.parts import Words, breakable
from annotator.ui.theme import Theme

_BAR = 3
_BESIDE_BAR, _OTHER_SIDE = 12, 8
"""Pixels between the words and the edges of a card."""


class Card(QWidget):
    """A statement: who, their words, where. A click takes it; what is current is outlined.

    style: the label or kind of link whose colour and pattern its bar has.
    """

    clicked = Signal()

    def __init__(self, statement: Statement, style: str, look: Theme) -> None:
        super().__init__()
        self.statement = statement
        self._style = style
        self._look = look
        self._is_current = self._is_focused = self._is_hovered = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        column = self._column = QVBoxLayout(self)
        column.setSpacing(1)
        self._turn()
        who = Words(breakable(statement.who))
        font = who.font()
        font.setBold(True)
        who.setFont(font)
        column.addWidget(who)
        for text, is_quiet in (
            (statement.role, True),
            (statement.words, False),
            (statement.place, True),
            ("; ".join(statement.remarks), True),
        ):
            if text:
                column.addWidget(Words(breakable(text), is_quiet=is_quiet))
        self.setAccessibleName(self.spoken)

    @property
    def ref(self) -> Ref:
        """The mark or exhibit that the card stands for."""
        return self.statement.target

    @property
    def spoken(self) -> str:
        """The card as a screen reader says it."""
        one = self.statement
        return ". ".join(filter(None, (one.who, one.role, one.words, one.place, *one.remarks)))

    def set_look(self, look: Theme) -> None:
        """Wear another theme."""
        self._look = look
        self.update()

    def set_current(self, is_current: bool, is_focused: bool) -> None:
        """Outline it, strongly while its board has the keys."""
        if (is_current, is_focused) != (self._is_current, self._is_focused):
            self._is_current, self._is_focused = is_current, is_focused
            self.update()

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _turn(self) -> None:
        """Keep the words from the bar, which stands where the lines of the window begin."""
        left, right = (_BESIDE_BAR, _OTHER_SIDE)[:: -1 if self._is_mirrored else 1]
        self._column.setContentsMargins(left, 6, right, 6)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._turn()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        del event
        self._is_hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        del event
        self._is_hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._look.text.style(self._style)
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self._look.colour("border"), 1))
        painter.setBrush(self._look.colour("button_hover" if self._is_hovered else "button"))
        if self._is_current:
            width = 2 if self._is_focused else 1
            painter.setPen(QPen(self._look.colour("focus" if self._is_focused else "border_strong"), width))
        painter.drawRoundedRect(ground, 5, 5)
        pens = {"dashed": Qt.PenStyle.DashLine, "dotted": Qt.PenStyle.DotLine}
        painter.setPen(QPen(colours.bar, _BAR, pens.get(colours.pattern, Qt.PenStyle.SolidLine)))
        self._draw_upright(painter, 6)
        if colours.pattern == "double":
            painter.setPen(QPen(colours.bar, 1))
            self._draw_upright(painter, 9.5)
        painter.end()

    def _draw_upright(self, painter: QPainter, distance: float) -> None:
        """A line so far from the edge where the lines of the window begin."""
        x = self.width() - distance if self._is_mirrored else distance
        painter.drawLine(QPointF(x, 8), QPointF(x, self.height() - 8))
