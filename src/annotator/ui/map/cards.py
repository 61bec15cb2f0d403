"""What one voice says on a claim, as a card that leads to the words."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.domain.model import Ref
from annotator.domain.text import is_right_to_left
from annotator.ui.map.wording import Statement
from annotator.ui.panels.parts import breakable
from annotator.ui.theme import Theme

_BAR = 3
_BESIDE_BAR, _OTHER_SIDE = 12, 8
"""Pixels between the words and the edges of a card."""
_ABOVE, _BETWEEN = 6, 1
"""Pixels above and below the words, and between who speaks, what they say and where."""
_WRAPPED = int(Qt.TextFlag.TextWordWrap)
_WIDTHS = 8
"""For how many widths a card knows its height; laying a board out asks for three."""
_HIGHEST = 1 << 20
_RUNS = (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft)


class _Part(NamedTuple):
    """Words that begin a line of their own."""

    words: str
    is_bold: bool = False
    is_quiet: bool = False


class Card(QWidget):
    """A statement: who, their words, where. A click takes it; what is current is outlined.

    It paints its words itself: a style that is put on the program takes six times as long
    for a label that wraps as for a bare widget, and a board has hundreds of words.
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
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        parts = (
            _Part(statement.who, is_bold=True),
            _Part(statement.role, is_quiet=True),
            _Part(statement.words),
            _Part(statement.place, is_quiet=True),
            _Part("; ".join(statement.remarks), is_quiet=True),
        )
        self._parts = [part._replace(words=breakable(part.words)) for part in parts if part.words]
        self._boxes: dict[int, list[QRect]] = {}
        """Of the parts, by the last widths of the words that were asked for; no theme has other fonts."""
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

    def heightForWidth(self, width: int) -> int:
        boxes = self._boxes_in(max(1, width - _BESIDE_BAR - _OTHER_SIDE))
        return sum(box.height() for box in boxes) + _BETWEEN * (len(boxes) - 1) + 2 * _ABOVE

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        longest = max((box.width() for box in self._boxes_in(1)), default=0)
        width = longest + _BESIDE_BAR + _OTHER_SIDE
        return QSize(width, self.heightForWidth(width))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._boxes.clear()
            self.updateGeometry()

    def _boxes_in(self, width: int) -> list[QRect]:
        if width not in self._boxes:
            if len(self._boxes) == _WIDTHS:  # at each step of a splitter there is another one
                del self._boxes[next(iter(self._boxes))]
            self._boxes[width] = [self._box(part, width) for part in self._parts]
        return self._boxes[width]

    def _box(self, part: _Part, width: int) -> QRect:
        """The room that a part takes; a width of 1 is that of its longest word."""
        metrics = QFontMetrics(self._font(part))
        return metrics.boundingRect(QRect(0, 0, width, _HIGHEST), _WRAPPED, part.words)

    def _font(self, part: _Part) -> QFont:
        font = self.font()
        font.setBold(part.is_bold)
        return font

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
        self._draw_words(painter)
        painter.end()

    def _draw_words(self, painter: QPainter) -> None:
        """The words, away from the bar, which stands where the lines of the window begin."""
        left, right = (_BESIDE_BAR, _OTHER_SIDE)[:: -1 if self._is_mirrored else 1]
        width, top = self.width() - left - right, _ABOVE
        roles = (QPalette.ColorRole.WindowText, QPalette.ColorRole.PlaceholderText)
        for part, box in zip(self._parts, self._boxes_in(width), strict=True):
            painter.setFont(self._font(part))
            painter.setPen(self.palette().color(roles[part.is_quiet]))
            painter.setLayoutDirection(_RUNS[is_right_to_left(part.words)])
            painter.drawText(QRect(left, top, width, box.height()), _WRAPPED, part.words)
            top += box.height() + _BETWEEN

    def _draw_upright(self, painter: QPainter, distance: float) -> None:
        """A line so far from the edge where the lines of the window begin."""
        x = self.width() - distance if self._is_mirrored else distance
        painter.drawLine(QPointF(x, 8), QPointF(x, self.height() - 8))
