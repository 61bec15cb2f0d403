"""Painting of figures: boxes with words cut to their room, lines with what they say."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import atan2, cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTextLayout,
    QTextOption,
)

from annotator.domain.figure import LABEL, LABEL_ROOM, LINE, Box, Caption, Figure, Stroke
from annotator.domain.model import Ref
from annotator.domain.text import is_right_to_left
from annotator.ui.map.kinds import style_of
from annotator.ui.panels.parts import letter_badge
from annotator.ui.theme import Theme

_PIXELS, _SMALL = 12, 10
_PADDING = 10
_BADGE = 14.0
_ARROW = 8.0
_PENS = {"dashed": Qt.PenStyle.DashLine, "dotted": Qt.PenStyle.DotLine, "wave": Qt.PenStyle.DashDotLine}


class FigurePainter:
    """Paints a figure in a theme; `names` gives the words of a kind of line."""

    def __init__(self, look: Theme, names: Callable[[str], str]) -> None:
        self.look = look
        self._names = names

    def paint(
        self, painter: QPainter, figure: Figure, seen: QRectF, current: Ref | None, is_focused: bool
    ) -> None:
        """What of a figure lies in sight, with the current box outlined and its lines stronger."""
        painter.setPen(QPen(self.look.colour("border"), 1))
        for start, end in figure.rules:
            painter.drawLine(QPointF(*start), QPointF(*end))
        for stroke in figure.strokes:
            self._stroke(painter, stroke, current in (stroke.origin, stroke.target))
        for box in figure.boxes:
            rect = QRectF(box.x, box.y, box.width, box.height)
            if rect.intersects(seen):
                self._box(painter, box, rect, box.key == current, is_focused)
        self._captions(painter, figure, seen)

    def _captions(self, painter: QPainter, figure: Figure, seen: QRectF) -> None:
        """Names of rows stay at the left, names of columns at the top, on a ground of their own."""
        right, down = max(0.0, seen.left()), max(0.0, seen.top())
        ground = self.look.colour("panel")
        rows = [one for one in figure.captions if one.at.y >= figure.top]
        columns = [one for one in figure.captions if one.at.y < figure.top]
        if right and figure.left:
            painter.fillRect(QRectF(seen.left(), seen.top(), figure.left, seen.height()), ground)
        for caption in rows:
            self._caption(painter, caption, QPointF(right, 0))
        if down and figure.top:
            painter.fillRect(QRectF(seen.left(), seen.top(), seen.width(), figure.top), ground)
        for caption in columns:
            if caption.at.x >= right + figure.left - 1:
                self._caption(painter, caption, QPointF(0, down))

    def _box(self, painter: QPainter, box: Box, rect: QRectF, is_current: bool, is_focused: bool) -> None:
        colours = self.look.text.style(style_of(box.style))
        edge = Qt.PenStyle.DashLine if box.is_echo else Qt.PenStyle.SolidLine
        painter.setPen(QPen(self.look.colour("border_strong"), 1, edge))
        if is_current:
            painter.setPen(QPen(self.look.colour("focus"), 3 if is_focused else 2, edge))
        painter.setBrush(self.look.colour("badge" if box.kind in ("source", "article") else "button"))
        corner = rect.height() / 2 if box.kind == "source" else 5
        painter.drawRoundedRect(rect, corner, corner)
        inside = rect.adjusted(_PADDING, 4, -_PADDING, -4)
        if box.kind == "source":
            most = 1 if box.foot else 2
            self._lines(painter, inside, (box.head, True, most), (box.foot, False, 1), centred=True)
            return
        if box.kind == "article":
            self._lines(painter, inside, (box.head, True, 1), (box.text, False, 1), (box.foot, None, 2))
            return
        painter.setPen(QPen(colours.bar, 4, _PENS.get(colours.pattern, Qt.PenStyle.SolidLine)))
        painter.drawLine(
            QPointF(rect.left() + 4, rect.top() + 6), QPointF(rect.left() + 4, rect.bottom() - 6)
        )
        badge = QRectF(inside.right() - _BADGE, inside.top() + 1, _BADGE, _BADGE)
        painter.setFont(_font(_SMALL, True))
        letter_badge(painter, badge, colours, self.look.colour("panel"))
        rows = max(1, int((rect.height() - 8) / LINE) - bool(box.head) - bool(box.foot))
        foot = box.foot
        if box.more:
            foot = " · ".join(filter(None, (foot, f"+{box.more:,}")))
        wide = inside.adjusted(2, 0, -_BADGE - 3 if not box.head else 0, 0)
        self._lines(painter, wide, (box.head, True, 1), (box.text, False, rows), (foot, None, 1))

    def _lines(
        self,
        painter: QPainter,
        room: QRectF,
        *parts: tuple[str, bool | None, int],
        centred: bool = False,
    ) -> None:
        """Words below one another: bold, plain or (None) small and quiet, each in at most so many lines."""
        lines = []
        for words, weight, most in parts:
            font = _font(_PIXELS if weight is not None else _SMALL, bool(weight))
            quiet = weight is None or (centred and not weight)
            role = "muted" if quiet else "text"
            lines += [(line, font, role) for line in wrapped(words, font, room.width(), most) if words]
        top = room.top() + (max(0.0, (room.height() - LINE * len(lines)) / 2) if centred else 0)
        for number, (line, font, role) in enumerate(lines):
            painter.setPen(self.look.colour(role))
            painter.setFont(font)
            flag = Qt.AlignmentFlag.AlignHCenter if centred else side_of(line)
            place = QRectF(room.left(), top + number * LINE, room.width(), LINE)
            painter.drawText(place, flag | Qt.AlignmentFlag.AlignVCenter, line)

    def _stroke(self, painter: QPainter, stroke: Stroke, is_near: bool) -> None:
        colours = self.look.text.style(style_of(stroke.kind))
        colour = QColor(colours.bar)
        style = _PENS.get(colours.pattern, Qt.PenStyle.SolidLine)
        painter.setPen(QPen(colour, 2.2 if is_near else 1.1, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        points = [QPointF(*point) for point in stroke.points]
        if len(points) < 2:
            return
        path = QPainterPath(points[0])
        for before, after in pairwise(points):
            half = QPointF((after.x() - before.x()) / 2, 0)
            path.cubicTo(before + half, after - half, after)
        painter.drawPath(path)
        self._arrow(painter, points[-2], points[-1], colour)
        words = self._names(stroke.kind)
        if words:
            self._words_on(painter, stroke, words, colour)

    def _arrow(self, painter: QPainter, before: QPointF, tip: QPointF, colour: QColor) -> None:
        angle = 0.0 if tip.x() >= before.x() else pi
        if abs(tip.x() - before.x()) < 1:
            angle = atan2(tip.y() - before.y(), tip.x() - before.x())
        wings = [tip - QPointF(cos(angle + turn), sin(angle + turn)) * _ARROW for turn in (pi / 7, -pi / 7)]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, *wings]))

    def _words_on(self, painter: QPainter, stroke: Stroke, words: str, colour: QColor) -> None:
        """Words at the left end of a line, on a ground that keeps them readable."""
        font = _font(_SMALL, False)
        metrics = QFontMetricsF(font)
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, LABEL_ROOM - 4)
        corner = stroke.label
        ground = QRectF(corner.x, corner.y, metrics.horizontalAdvance(shown) + 4, LABEL)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.look.colour("panel"))
        painter.drawRoundedRect(ground, 3, 3)
        painter.setPen(colour)
        painter.setFont(font)
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, shown)

    def _caption(self, painter: QPainter, caption: Caption, shift: QPointF) -> None:
        font = _font(_PIXELS if caption.is_heading else _SMALL + 1, caption.is_heading)
        painter.setFont(font)
        painter.setPen(self.look.colour("text" if caption.is_heading else "muted"))
        for number, line in enumerate(wrapped(caption.text, font, caption.width, 2)):
            room = QRectF(caption.at.x, caption.at.y + number * LINE, caption.width, LINE).translated(shift)
            painter.drawText(room, side_of(line) | Qt.AlignmentFlag.AlignVCenter, line)


def side_of(line: str) -> Qt.AlignmentFlag:
    """The side on which a line begins, by its own script."""
    return Qt.AlignmentFlag.AlignRight if is_right_to_left(line) else Qt.AlignmentFlag.AlignLeft


def wrapped(words: str, font: QFont, width: float, most: int) -> list[str]:
    """Words in at most so many lines, the last cut with …; those of two paragraphs run on."""
    words = words.replace("\n", " ")
    layout = QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    encoded = words.encode("utf-16-le")
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, end = line.textStart(), line.textStart() + line.textLength()
        is_last = len(lines) == most - 1
        piece = encoded[2 * start : None if is_last else 2 * end].decode("utf-16-le").strip()
        if is_last:
            piece = QFontMetricsF(font).elidedText(piece, Qt.TextElideMode.ElideRight, width)
        lines.append(piece)
    layout.endLayout()
    return lines


def _font(pixels: int, is_bold: bool) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    font.setBold(is_bold)
    return font
