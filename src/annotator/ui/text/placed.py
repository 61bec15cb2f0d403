"""Where every character of the text is in the viewport, and what is under a point."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect

from annotator.domain.spans import Span
from annotator.ui.text.canvas import Canvas
from annotator.ui.text.graphemes import grapheme_start


class PlacedCanvas(Canvas):
    """Knows which character is at a point, and where one is, as far as its row is in view."""

    def to_page(self, point: QPoint) -> QPoint:
        """A point of the viewport in the coordinates of the page."""
        return point - QPoint(self.columns.left, 0)

    def nearest(self, point: QPoint) -> int:
        """The offset between two graphemes that is nearest to a point, wherever the point is."""
        at = self.to_page(point)
        seen, line = self.page.at(at)
        return grapheme_start(self.segmenter, self.page.text, seen.row.offset_at(line, at.x()))

    def character_at(self, point: QPoint) -> int | None:
        """The offset of the character under a point; bars count as the text above them."""
        at = self.to_page(point)
        seen, line = self.page.at(at)
        if not seen.y + seen.row.tops[0] <= at.y() < seen.y + seen.row.height:
            return None
        return seen.row.character_at(line, at.x())

    def offset_at(self, point: QPoint) -> int | None:
        """The offset nearest to a point of the column or the margin; None in the rail and below the text."""
        last = self.page.visible()[-1]
        outside = not self.viewport().rect().contains(point)
        if outside or point.x() >= self.columns.rail or point.y() >= last.y + last.row.height:
            return None
        return self.nearest(point)

    def rect_of(self, offset: int) -> QRect:
        """Where the caret would stand at an offset; an empty rectangle when that is not in view."""
        rect = self.page.caret_rect(offset)
        return QRect() if rect is None else rect.translated(self.columns.left, 0)

    def rects_of(self, span: Span) -> list[QRect]:
        """The rectangles of the text of a span, as far as its rows are in view."""
        return [rect.translated(self.columns.left, 0) for rect in self.page.lines_of(span)]
