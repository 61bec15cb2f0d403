"""Small pictures drawn once and used often: tiles for patterned bars, letters of marks, counts, handles."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QPixmap, QPolygonF, QTransform

from annotator.ui.text.bars import CHIP, DOT, DOT_STEP, LETTER
from annotator.ui.text.focus import BEND, BRACKET, END_CHIP
from annotator.ui.text.held import KNOB, PORT
from annotator.ui.text.metrics import BAR, count_words, narrowed
from annotator.ui.text.palette import Pattern, StyleColours, fill_plainly

_TILE = 48
STRIP = 960
"""How far tiles are repeated once for all: most bars are cut from that."""
_STEP = {"dashed": 8, "dotted": 6, "wave": 8}
_HOLE = 3
_HATCH = QSize(128, 32)
"""So many stripes are repeated at once, which takes a third of the time of single ones; at every scale
of quarters they are a multiple of the 8 pixels after which Qt's hatch repeats."""
_STRIPE = 2
"""How wide stripes are, and how many times as strong as the tint: they cover a quarter of what it does."""
KNOB_AT, PORT_AT = QPoint(KNOB + 1, KNOB + 1), QPoint(PORT + 1, PORT + 1)
"""The middle of a knob and of a port in its picture."""
SIGN_EDGE = QPoint(1, 1)
_CURVE = 2
"""How wide curves and rings are drawn."""
RING_AT = QPoint(5, 5)
"""The middle of a ring in its picture."""


class Glyphs:
    """Tiles and letters at one device pixel ratio.

    before: what was used until now; its pictures that come out the same are taken over.
    """

    def __init__(self, font: QFont, small: QFont, ratio: float, before: Glyphs | None = None) -> None:
        self._font = QFont(font)
        self._font.setPixelSize(LETTER + 1)
        self._font.setBold(True)
        self._small = small
        self.ratio = ratio
        self._tiles: dict[tuple[Pattern, int], QPixmap] = {}
        self._hatches: dict[int, QBrush] = {}
        self._dots: dict[int, QPixmap] = {}
        self._letters: dict[tuple[str, int, int], QPixmap] = {}
        self._signs: dict[tuple[str, int, int, int], QPixmap] = {}
        self._bends: dict[tuple[int, int], tuple[QPixmap, QPixmap]] = {}
        self._rings: dict[int, QPixmap] = {}
        self._handles: dict[tuple[int, int], tuple[QPixmap, QPixmap]] = {}
        if before is not None and (before.ratio, before._font) == (ratio, self._font):
            self._tiles, self._hatches, self._dots = before._tiles, before._hatches, before._dots
            self._letters, self._handles = before._letters, before._handles
            self._bends, self._rings = before._bends, before._rings

    def tile(self, pattern: Pattern, colour: QColor) -> QPixmap:
        """A stretch of a bar, `STRIP` pixels wide and `BAR` tall, that can be repeated from left to right."""
        key = (pattern, colour.rgba())
        found = self._tiles.get(key)
        if found is None:
            found = self._tiles[key] = self._blank(STRIP, BAR)
            painter = QPainter(found)
            painter.drawTiledPixmap(0, 0, STRIP, BAR, self._draw_tile(pattern, colour))
            painter.end()
        return found

    def hatch(self, colour: QColor) -> QBrush:
        """Stripes for the tint of a ghost, which move with what they are painted on.

        Those of Qt stay where they are on a screen of twice the scale: rows that were moved, or
        painted from pictures, would not fit the others.
        """
        found = self._hatches.get(colour.rgba())
        if found is None:
            tile = self._blank(_HATCH.width(), _HATCH.height())
            painter = QPainter(tile)
            ink = QColor(colour)
            ink.setAlpha(min(255, _STRIPE * colour.alpha()))
            for x in range(_STRIPE):
                painter.setBrushOrigin(x, 0)
                painter.fillRect(QRect(QPoint(0, 0), _HATCH), QBrush(ink, Qt.BrushStyle.BDiagPattern))
            painter.end()
            found = self._hatches[colour.rgba()] = QBrush(tile)
        return found

    def dots(self, colour: QColor) -> QPixmap:
        """A stretch of a connector, one pixel tall, that can be repeated just so."""
        found = self._dots.get(colour.rgba())
        if found is None:
            found = self._dots[colour.rgba()] = self._blank(STRIP, 1)
            painter = QPainter(found)
            for x in range(0, STRIP, DOT_STEP):
                fill_plainly(painter, QRect(x, 0, DOT, 1), colour)
            painter.end()
        return found

    def letter(self, style: StyleColours, back: QColor) -> QPixmap:
        """The letter of a style on a ground of its own, so that it is legible over the bar."""
        key = (style.letter, style.bar.rgba(), back.rgba())
        found = self._letters.get(key)
        if found is None:
            found = self._letters[key] = self._draw_letter(style, back)
        return found

    def chip(self, more: int, ink: QColor, back: QColor) -> QPixmap:
        """The "+n" beside a line that shows only some of its marks, drawn anew."""
        pixmap = self._blank(CHIP.width(), CHIP.height())
        box = QRect(QPoint(0, 0), CHIP)
        painter = QPainter(pixmap)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(back)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink)
        words = count_words(more)
        painter.setFont(narrowed(self._small, words, box.width() - 2))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()
        return pixmap

    def sign(self, sign: str, edge: QColor, ink: QColor, back: QColor) -> QPixmap:
        """The chip for the end of a link that is out of view; its frame is `SIGN_EDGE` wide."""
        key = (sign, edge.rgba(), ink.rgba(), back.rgba())
        found = self._signs.get(key)
        if found is None:
            found = self._signs[key] = self._draw_sign(sign, edge, ink, back)
        return found

    def bends(self, reach: int, colour: QColor) -> tuple[QPixmap, QPixmap]:
        """Where a curve turns from the words down, and up, into its track `reach` pixels into the margin.

        Both are as wide as the way from the outer edge of the track to the brackets.
        """
        key = (reach, colour.rgba())
        found = self._bends.get(key)
        if found is None:
            down = self._draw_bend(reach + _CURVE // 2 + BRACKET, colour)
            mirrored = QTransform.fromScale(1, -1)
            found = self._bends[key] = down, down.transformed(mirrored)
        return found

    def ring(self, colour: QColor) -> QPixmap:
        """The sign of links between words on one line."""
        found = self._rings.get(colour.rgba())
        if found is None:
            found = self._rings[colour.rgba()] = self._blank(2 * RING_AT.x(), 2 * RING_AT.y())
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, 1.6))
            painter.drawEllipse(RING_AT, 4, 4)
            painter.end()
        return found

    def handles(self, ink: QColor, back: QColor) -> tuple[QPixmap, QPixmap]:
        """What is seen of a grip at the end of a piece, and the port that links are pulled from."""
        key = (ink.rgba(), back.rgba())
        found = self._handles.get(key)
        if found is None:
            found = self._handles[key] = self._draw_knob(ink, back), self._draw_port(ink, back)
        return found

    def _blank(self, width: int, height: int) -> QPixmap:
        pixmap = QPixmap(round(width * self.ratio), round(height * self.ratio))
        pixmap.setDevicePixelRatio(self.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        return pixmap

    def _draw_tile(self, pattern: Pattern, colour: QColor) -> QPixmap:
        pixmap = self._blank(_TILE, BAR)
        painter = QPainter(pixmap)
        if pattern == "double":
            fill_plainly(painter, QRect(0, 0, _TILE, 1), colour)
            fill_plainly(painter, QRect(0, 2, _TILE, 1), colour)
        elif pattern == "wave":
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(colour, 1.4))
            step = _STEP["wave"] / 2
            points = range(-1, round(_TILE / step) + 2)
            painter.drawPolyline(QPolygonF([QPointF(n * step, 0.6 if n % 2 else BAR - 0.6) for n in points]))
        elif pattern in _STEP:
            step = _STEP[pattern]
            for x in range(0, _TILE, step):
                fill_plainly(painter, QRect(x, 0, step - _HOLE, BAR), colour)
        else:
            fill_plainly(painter, QRect(0, 0, _TILE, BAR), colour)
        painter.end()
        return pixmap

    def _draw_letter(self, style: StyleColours, back: QColor) -> QPixmap:
        pixmap = self._blank(LETTER, LETTER)
        painter = QPainter(pixmap)
        fill_plainly(painter, QRect(0, 0, LETTER, LETTER), back)
        painter.setFont(self._font)
        painter.setPen(style.bar)
        painter.drawText(QRectF(0, -2, LETTER, LETTER + 4), Qt.AlignmentFlag.AlignCenter, style.letter)
        painter.end()
        return pixmap

    def _draw_sign(self, sign: str, edge: QColor, ink: QColor, back: QColor) -> QPixmap:
        box = QRect(SIGN_EDGE, END_CHIP)
        pixmap = self._blank(box.width() + 2 * box.x(), box.height() + 2 * box.y())
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(edge, 1))
        painter.setBrush(back)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(ink)
        painter.setFont(self._small)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, sign)
        painter.end()
        return pixmap

    def _draw_bend(self, width: int, colour: QColor) -> QPixmap:
        pixmap = self._blank(width, BEND + 1)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, _CURVE))
        painter.drawArc(QRectF(1, 1, 2 * (width - 1), 2 * BEND), 90 * 16, 90 * 16)
        painter.end()
        return pixmap

    def _draw_knob(self, ink: QColor, back: QColor) -> QPixmap:
        pixmap = self._blank(2 * KNOB_AT.x(), 2 * KNOB_AT.y())
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(back, 1))
        painter.setBrush(ink)
        painter.drawEllipse(KNOB_AT, KNOB, KNOB)
        painter.end()
        return pixmap

    def _draw_port(self, ink: QColor, back: QColor) -> QPixmap:
        pixmap = self._blank(2 * PORT_AT.x(), 2 * PORT_AT.y())
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(ink, 2))
        painter.setBrush(back)
        painter.drawEllipse(PORT_AT, PORT - 1, PORT - 1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(PORT_AT, 2, 2)
        painter.end()
        return pixmap
