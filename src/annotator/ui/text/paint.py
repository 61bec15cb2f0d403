"""Paints rows: tints, selection, bars, text, signs and chips."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen, QPixmap, QPolygon, QRegion

from annotator.domain.spans import Span
from annotator.layout.columns import Columns
from annotator.ui.text.bars import Box, Drawn, RowMarks, Style
from annotator.ui.text.display import Sign
from annotator.ui.text.glyphs import STRIP, Glyphs
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette
from annotator.ui.text.row import RowLayout
from annotator.ui.text.shown import Shown

_NEWLINE = 6
_CHIPS_AT_ONCE, _MOST_CHIPS = 8, 100
NO_PEN = QPen(Qt.PenStyle.NoPen)
"""Each number of Qt's own that is handed over costs two functions of Python: this is none."""


class _Dress(NamedTuple):
    """What the marks of one style are painted with; a solid bar has no tile."""

    tint: QBrush | QColor
    bar: QColor
    tile: QPixmap | None
    dots: QPixmap
    letter: QPixmap


class RowPainter:
    """Paints rows of one page in one palette."""

    def __init__(self, palette: TextPalette, glyphs: Glyphs) -> None:
        self._palette = palette
        self._glyphs = glyphs
        self._text = QPen(palette.text)
        self._scale = int(glyphs.ratio) if glyphs.ratio.is_integer() else 0
        """Pixels of the screen for each of the view; 0 where that is no whole number."""
        self._dresses: dict[Style, _Dress] = {}
        self._chips: dict[int, QPixmap] = {}
        self._most = 0
        """The greatest count that was painted beside a line."""

    def make_chips(self) -> bool:
        """Draw some counts that other places may have; False where all up to twice the greatest are there."""
        likely = range(1, min(2 * self._most, _MOST_CHIPS))
        missing = [more for more in likely if more not in self._chips]
        for more in missing[:_CHIPS_AT_ONCE]:
            self._chip(more)
        return bool(missing)

    def _chip(self, more: int) -> QPixmap:
        """The "+n" beside a line; drawing one takes as long as a line of text."""
        palette = self._palette
        found = self._chips[more] = self._glyphs.chip(more, palette.hint_text, palette.hint_back)
        return found

    def paint(
        self, painter: QPainter, page: Page, seen: Seen, columns: Columns, shown: Shown, dirty: QRect
    ) -> None:
        """Paint a row; of its text, only the lines that touch the part of the view that is painted."""
        row = seen.row
        painter.translate(columns.left, seen.y)
        if seen.marks.drawn:
            self._marks(painter, seen.marks)
        painter.setPen(self._text)
        row.draw(painter, QRectF(dirty.translated(-columns.left, -seen.y)))
        for span in self._selected(shown):
            self._selection(painter, row, span, page)
        self._signs(painter, row)
        if shown.highlights is not None and row.start < row.stop:
            self._highlights(painter, row, shown.highlights(row.start, row.stop))
        for chip in seen.marks.chips:
            self._most = max(self._most, chip.more)
            painter.drawPixmap(chip.left, chip.top, self._chips.get(chip.more) or self._chip(chip.more))
        painter.translate(-columns.left, -seen.y)

    def _marks(self, painter: QPainter, marks: RowMarks) -> None:
        """All tints, then all bars, then all letters, so that no mark covers another's sign."""
        in_view = [
            (self._dresses.get(style) or self._dress(style), lines)
            for style, lines in marks.drawn.items()
            if lines
        ]
        painter.setPen(NO_PEN)
        draw = painter.drawRect
        for dress, lines in in_view:
            painter.setBrush(dress.tint)
            for line in lines:
                for left, top, width, height in line.tints:
                    draw(left, top, width, height)
        for dress, lines in in_view:
            self._bars(painter, dress, lines)
        for dress, lines in in_view:
            for line in lines:
                for x, y in line.letters:
                    painter.drawPixmap(x, y, dress.letter)

    def _bars(self, painter: QPainter, dress: _Dress, lines: Iterable[Drawn]) -> None:
        """The bars and connectors of one style."""
        tile, draw = dress.tile, painter.drawRect
        painter.setBrush(dress.bar)
        for line in lines:
            if line.dots:
                self._repeat(painter, dress.dots, line.dots)
            if tile is not None:
                self._repeat(painter, tile, line.bars)
            for left, top, width, height in line.bars if tile is None else line.ends:
                draw(left, top, width, height)

    def _repeat(self, painter: QPainter, tile: QPixmap, boxes: Iterable[Box]) -> None:
        """Fill boxes with a tile from left to right."""
        scale, cut = self._scale, painter.drawPixmap
        for left, top, width, height in boxes:
            if width <= STRIP and scale:  # takes a quarter of the time of tiling
                cut(left, top, width, height, tile, 0, 0, width * scale, height * scale)
            else:
                painter.drawTiledPixmap(left, top, width, height, tile)

    def _dress(self, style: Style) -> _Dress:
        """What a style is painted with, made when it is first in view."""
        name, is_ghost = style
        look, glyphs = self._palette.style(name), self._glyphs
        pattern = "dashed" if is_ghost else look.pattern
        found = self._dresses[style] = _Dress(
            glyphs.hatch(look.tint) if is_ghost else look.tint,
            look.bar,
            None if pattern == "solid" else glyphs.tile(pattern, look.bar),
            glyphs.dots(look.bar),
            glyphs.letter(look, self._palette.base),
        )
        return found

    def _selected(self, shown: Shown) -> Iterable[Span]:
        yield from shown.pieces
        if shown.selection is not None:
            yield shown.selection

    def _selection(self, painter: QPainter, row: RowLayout, span: Span, page: Page) -> None:
        """Paint the row once more, clipped to the selected rectangles, in the colours of a selection."""
        if span.end < row.start or span.start > row.stop or span.end == row.start < row.stop:
            return
        rects = row.rects(max(span.start, row.start), min(span.end, row.stop))
        if span.start <= row.stop < span.end and page.text[row.stop : row.stop + 1] == "\n":
            rects.append(self._newline(row))
        if not rects:
            return
        region = QRegion()
        for rect in rects:
            region += rect
        painter.save()
        painter.setClipRegion(region, Qt.ClipOperation.IntersectClip)
        painter.fillRect(region.boundingRect(), self._palette.selection)
        painter.setPen(self._palette.selection_text)
        row.draw(painter)
        painter.restore()

    def _newline(self, row: RowLayout) -> QRect:
        line = row.line_count - 1
        x = round(row.caret_x(row.stop)) - (_NEWLINE if row.right_to_left else 0)
        return QRect(x, row.line_top(line), _NEWLINE, row.text_height(line))

    def _highlights(self, painter: QPainter, row: RowLayout, spans: Iterable[Span]) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(self._palette.focus)
        for span in spans:
            for rect in row.rects(max(span.start, row.start), min(span.end, row.stop)):
                painter.drawRect(rect.adjusted(-1, 0, 0, -1))

    def _signs(self, painter: QPainter, row: RowLayout) -> None:
        for offset, sign in row.signs:
            at = row.start + offset
            line = row.line_of(at)
            x = round(row.caret_x(at))
            paint_sign(
                painter, sign, QRect(x, row.line_top(line), 1, row.text_height(line)), self._palette.dim
            )


def paint_sign(painter: QPainter, sign: Sign, box: QRect, colour: QColor) -> None:
    """A thin upright stroke with a flag that points where a direction mark leads."""
    painter.fillRect(box, colour)
    painter.setPen(NO_PEN)
    painter.setBrush(colour)
    x, y = box.x(), box.y()
    if sign in ("right", "left"):
        tip = 5 if sign == "right" else -4
        painter.drawPolygon(QPolygon([QPoint(x, y), QPoint(x + tip, y + 3), QPoint(x, y + 6)]))
    else:
        painter.drawRect(QRect(x - 1, y, 4, 3))
