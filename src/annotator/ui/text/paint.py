"""Paints rows: tints, selection, bars, text, signs, numbers and chips."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPolygon, QRegion

from annotator.domain.spans import Span
from annotator.layout.columns import Columns
from annotator.ui.text.bars import RowMarks
from annotator.ui.text.display import Sign
from annotator.ui.text.glyphs import Glyphs
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette
from annotator.ui.text.row import RowLayout
from annotator.ui.text.shown import Shown

_NUMBER_EDGE, _NUMBER_LEAST = 28, 24
_NEWLINE = 6
_NO_PEN = Qt.PenStyle.NoPen
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RowPainter:
    """Paints rows of one page in one palette."""

    def __init__(self, palette: TextPalette, metrics: Metrics, glyphs: Glyphs) -> None:
        self._palette = palette
        self._metrics = metrics
        self._glyphs = glyphs

    def paint(
        self, painter: QPainter, page: Page, seen: Seen, columns: Columns, shown: Shown, dirty: QRect
    ) -> None:
        """Paint a row; of its text, only the lines that touch the part of the view that is painted."""
        row = seen.row
        painter.translate(columns.left, seen.y)
        self._tints(painter, seen.marks)
        self._bars(painter, seen.marks)
        painter.setPen(self._palette.text)
        row.layout.draw(painter, QPointF(0, 0), [], QRectF(dirty.translated(-columns.left, -seen.y)))
        for span in self._selected(shown):
            self._selection(painter, row, span, page)
        self._signs(painter, row)
        if shown.highlights is not None and row.start < row.stop:
            self._highlights(painter, row, shown.highlights(row.start, row.stop))
        for chip in seen.marks.chips:
            picture = self._glyphs.chip(chip.more, self._palette.hint_text, self._palette.hint_back)
            painter.drawPixmap(chip.rect.topLeft(), picture)
        painter.translate(-columns.left, -seen.y)
        is_begun = dirty.top() < seen.y + row.line_top(0) + self._metrics.line
        if is_begun and dirty.left() < columns.left - _NUMBER_EDGE:
            self._number(painter, page, seen, columns.left - _NUMBER_EDGE)

    def _tints(self, painter: QPainter, marks: RowMarks) -> None:
        painter.setPen(_NO_PEN)
        for (style, ghost), drawn in marks.drawn.items():
            if not drawn.tints:
                continue
            tint = self._palette.style(style).tint
            painter.setBrush(QBrush(tint, Qt.BrushStyle.BDiagPattern) if ghost else tint)
            painter.drawRects(drawn.tints)

    def _bars(self, painter: QPainter, marks: RowMarks) -> None:
        painter.setPen(_NO_PEN)
        for (name, ghost), drawn in marks.drawn.items():
            if not (drawn.bars or drawn.dots):
                continue
            style = self._palette.style(name)
            if drawn.dots:
                tile = self._glyphs.dots(style.bar)
                for stretch in drawn.dots:
                    painter.drawTiledPixmap(stretch, tile)
            painter.setBrush(style.bar)
            pattern = "dashed" if ghost else style.pattern
            if pattern == "solid":
                painter.drawRects(drawn.bars)
                continue
            tile = self._glyphs.tile(pattern, style.bar)
            for bar in drawn.bars:
                painter.drawTiledPixmap(bar, tile)
            painter.drawRects(drawn.ends)
        for (name, _), drawn in marks.drawn.items():
            if drawn.letters:
                letter = self._glyphs.letter(self._palette.style(name), self._palette.base)
                for place in drawn.letters:
                    painter.drawPixmap(place, letter)

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
        row.layout.draw(painter, QPointF(0, 0))
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

    def _number(self, painter: QPainter, page: Page, seen: Seen, right: int) -> None:
        """The number of a paragraph beside its first line."""
        if seen.row.is_blank or page.laid.rows.continues(seen.number) or right < _NUMBER_LEAST:
            return
        painter.setPen(self._palette.dim)
        painter.setFont(self._metrics.small)
        box = QRect(0, seen.y + seen.row.line_top(0), right, self._metrics.line)
        painter.drawText(box, _RIGHT, f"¶{page.numbers.number_at(seen.row.start)}")


def paint_sign(painter: QPainter, sign: Sign, box: QRect, colour: QColor) -> None:
    """A thin upright stroke with a flag that points where a direction mark leads."""
    painter.fillRect(box, colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    x, y = box.x(), box.y()
    if sign in ("right", "left"):
        tip = 5 if sign == "right" else -4
        painter.drawPolygon(QPolygon([QPoint(x, y), QPoint(x + tip, y + 3), QPoint(x, y + 6)]))
    else:
        painter.drawRect(QRect(x - 1, y, 4, 3))
