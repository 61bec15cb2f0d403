"""Regions beside the text: a thin line at the edge of the margin, with the name where one begins.

Grey and upright, away from text and brackets, so that none is taken for a mark.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from annotator.layout.columns import Columns
from annotator.layout.regions import ShownRegion, ShownRegions
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette

_FROM_COLUMN, _FROM_EDGE = 84, 2
_STEP, _DEEPEST = 4, 2
"""How much farther in a nested line stands, and how many steps there are."""
_WIDTH, _TICK, _SPARE = 2, 5, 3
_BEFORE_TEXT, _BEFORE_LINKS = 7, 28
"""How far from the text a name ends, and how far where brackets and chips of links stand between."""
_LEAST_NAME = 24
_SMALLER = 0.85


class RegionSign(NamedTuple):
    """The line of a region beside one row, in view coordinates; its ticks say where the region ends."""

    region: ShownRegion
    line: QRect
    begins: bool
    ends: bool

    @property
    def area(self) -> QRect:
        """Where the pointer takes hold of it."""
        return self.line.adjusted(-_SPARE, 0, _SPARE, 0)


class RegionName(NamedTuple):
    """The names of the regions that begin on one line, as far as there is room; the innermost is last."""

    signs: list[RegionSign]
    words: str
    rect: QRect


class RegionSigns:
    """Places, finds and paints the signs of one article's regions."""

    def __init__(self, regions: ShownRegions, palette: TextPalette, metrics: Metrics) -> None:
        self._regions = regions
        self._palette = palette
        self._line = metrics.line
        self._font = QFont(metrics.small)
        if metrics.small.pixelSize() > 0:
            self._font.setPixelSize(max(9, round(metrics.small.pixelSize() * _SMALLER)))
        else:
            self._font.setPointSizeF(max(6.5, metrics.small.pointSizeF() * _SMALLER))
        self._widths = QFontMetrics(self._font)

    def dressed(self, palette: TextPalette, metrics: Metrics) -> RegionSigns:
        """The same in other colours or letters."""
        return RegionSigns(self._regions, palette, metrics)

    def within(self, start: int, end: int) -> Iterator[ShownRegion]:
        """The regions that hold a character of [start, end)."""
        yield from self._regions.touching(start, end)

    def beside(self, seen: Seen, columns: Columns) -> Iterator[RegionSign]:
        """The lines beside a row, outer ones first."""
        row = seen.row
        for region in self._regions.touching(row.start, row.stop):
            begins, ends = region.span.start >= row.start, region.span.end <= row.stop
            top = row.line_top(row.line_of(region.span.start)) if begins else 0
            last = row.line_of(region.span.end - 1)
            bottom = row.line_top(last) + row.text_height(last) if ends else row.height
            left = max(_FROM_EDGE, columns.left - _FROM_COLUMN) + _STEP * min(region.depth, _DEEPEST)
            yield RegionSign(region, QRect(left, seen.y + top, _WIDTH, bottom - top), begins, ends)

    def names(self, seen: Seen, columns: Columns, *, has_links: bool = False) -> Iterator[RegionName]:
        """The names beside a row, each below the first line of its region where the margin has room."""
        found: dict[int, list[RegionSign]] = {}
        for sign in self.beside(seen, columns):
            if sign.begins:
                found.setdefault(sign.line.top(), []).append(sign)
        for top, signs in found.items():
            left = signs[-1].line.right() + _SPARE
            width = columns.left - (_BEFORE_LINKS if has_links else _BEFORE_TEXT) - left
            if width >= _LEAST_NAME:
                words = " · ".join(sign.region.name for sign in signs)
                words = self._widths.elidedText(words, Qt.TextElideMode.ElideRight, width)
                size = QSize(self._widths.horizontalAdvance(words), self._widths.height())
                yield RegionName(signs, words, QRect(QPoint(left, top + self._line - _SPARE), size))

    def at(self, page: Page, columns: Columns, point: QPoint) -> list[ShownRegion]:
        """The regions whose sign is under a point, the one that is meant last."""
        for seen in page.visible():
            if seen.y <= point.y() < seen.y + seen.row.height:
                named = (name.signs for name in self.names(seen, columns) if name.rect.contains(point))
                near = [sign for sign in self.beside(seen, columns) if sign.area.contains(point)]
                near.sort(key=lambda sign: -abs(sign.line.center().x() - point.x()))
                return [sign.region for sign in next(named, near)]
        return []

    def paint(self, painter: QPainter, seen: Seen, columns: Columns, *, has_links: bool) -> None:
        """Paint what stands beside a row."""
        for sign in self.beside(seen, columns):
            painter.fillRect(sign.line, self._palette.dim)
            tick = QRect(sign.line.left(), 0, _TICK, 1)
            if sign.begins:
                painter.fillRect(tick.translated(0, sign.line.top()), self._palette.dim)
            if sign.ends:
                painter.fillRect(tick.translated(0, sign.line.bottom()), self._palette.dim)
        painter.setPen(self._palette.dim)
        painter.setFont(self._font)
        for name in self.names(seen, columns, has_links=has_links):
            painter.drawText(name.rect.topLeft() + QPoint(0, self._widths.ascent()), name.words)
