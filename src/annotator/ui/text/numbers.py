"""Paints the numbers of paragraphs beside their first lines."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QFontMetricsF, QPainter, QPixmap

from annotator.layout.columns import Columns
from annotator.ui.text.metrics import Metrics, narrowed
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette

_EDGE, _LEAST = 28, 24
_SIGNS = "¶0123456789"
_SPARE = 2
"""Pixels on either side of a number, for signs that reach over their places."""
_FIRST = 40
"""How many numbers are pictures."""


class NumberPainter:
    """Paints numbers in one palette.

    Those that every article begins with are pictures, drawn in a pause: words in another font than
    the page's take as long as the page's marks.
    """

    def __init__(self, palette: TextPalette, metrics: Metrics, ratio: float) -> None:
        self._palette = palette
        self._font = metrics.small
        self._ratio = ratio
        small, exact = QFontMetrics(metrics.small), QFontMetricsF(metrics.small)
        self._line = metrics.line
        self._height, self._ascent = small.height(), small.ascent()
        self._advances = {sign: exact.horizontalAdvance(sign) for sign in _SIGNS}
        self._pictures: dict[int, tuple[int, QPixmap]] = {}
        """How wide a number is, and its picture, by the number."""

    def make_ready(self) -> None:
        """Draw the numbers that articles begin with, as far as that was not done; takes 1 ms."""
        if not self._pictures and self._ratio.is_integer():  # else rows begin within a pixel of the screen
            self._pictures = {number: self._drawn(number) for number in range(1, _FIRST + 1)}

    def paint(
        self, painter: QPainter, page: Page, some: Iterable[Seen], columns: Columns, dirty: QRect
    ) -> None:
        """Paint the numbers of the paragraphs that begin with one of some rows, as far as they are dirty."""
        right = columns.left - _EDGE
        if right < max(_LEAST, dirty.left() + 1):
            return
        others = []
        for seen in some:
            row, top = seen.row, seen.y + seen.row.line_top(0)
            is_dirty = top <= dirty.bottom() and dirty.top() < top + self._line
            if row.is_blank or not is_dirty or page.laid.rows.continues(seen.number):
                continue
            number = page.numbers.number_at(row.start)
            top += (self._line - self._height) // 2
            if number in self._pictures:
                width, picture = self._pictures[number]
                painter.drawPixmap(right - width - _SPARE, top, picture)
            else:
                others.append((number, top + self._ascent))
        if others:
            painter.setPen(self._palette.dim)
            painter.setFont(self._font)
        for number, base in others:
            words = self._words(number, right)
            width = self._width(words)
            if width > right:
                font = narrowed(self._font, words, right)
                painter.setFont(font)
                painter.drawText(right - round(QFontMetricsF(font).horizontalAdvance(words)), base, words)
                painter.setFont(self._font)
                continue
            # Drawing at numbers costs a fifth of drawing into a rectangle.
            painter.drawText(right - width, base, words)

    def _words(self, number: int, room: int) -> str:
        """A number with its sign; without where there is no room for both."""
        words = f"¶{number}"
        return words if self._width(words) <= room else str(number)

    def _width(self, words: str) -> int:
        """How wide a number is; adding up takes a tenth of measuring."""
        return round(sum([self._advances[sign] for sign in words]))

    def _drawn(self, number: int) -> tuple[int, QPixmap]:
        words = f"¶{number}"
        width = self._width(words)
        picture = QPixmap(QSize(width + 2 * _SPARE, self._height) * self._ratio)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(self._palette.base)
        painter = QPainter(picture)
        painter.setPen(self._palette.dim)
        painter.setFont(self._font)
        painter.drawText(_SPARE, self._ascent, words)
        painter.end()
        return width, picture
