"""Pictures of the rows in view, from which what an outline covered is put back."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QPainter, QPixmap

from annotator.layout.columns import Columns
from annotator.ui.text.bars import RowMarks
from annotator.ui.text.held import BESIDE
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.paint import RowPainter
from annotator.ui.text.shown import Shown


class Backdrop:
    """Keeps what rows look like with nothing laid over them; at most one page, made in pauses.

    A picture begins `BESIDE` pixels before the column and ends with it and its chips.
    """

    def __init__(self, rows: RowPainter, base: QColor, ratio: float) -> None:
        self._rows = rows
        self._base = base
        self._ratio = ratio
        self._kept: dict[int, tuple[RowMarks, QPixmap]] = {}

    def make_next(self, page: Page, columns: Columns) -> bool:
        """Make the picture of one more row in view, forget those out of view; False where all are there."""
        if not self._ratio.is_integer():  # rows then begin within a pixel of the screen
            return False
        seen = {one.number: one for one in page.visible()}
        self._kept = {number: kept for number, kept in self._kept.items() if number in seen}
        for number, one in seen.items():
            if not self._has(one) and one.marks.is_whole and one.row.height <= page.height:
                self._kept[number] = one.marks, self._picture(page, one, columns)
                return True
        return False

    def _has(self, seen: Seen) -> bool:
        return seen.number in self._kept and self._kept[seen.number][0] is seen.marks

    def _picture(self, page: Page, seen: Seen, columns: Columns) -> QPixmap:
        whole = QRect(0, 0, columns.rail - columns.left + BESIDE, seen.row.height)
        picture = QPixmap(whole.size() * self._ratio)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(self._base)
        painter = QPainter(picture)
        moved = columns._replace(left=BESIDE)
        self._rows.paint(painter, page, seen._replace(y=0), moved, Shown(), whole)
        painter.end()
        return picture

    def paint(self, painter: QPainter, page: Page, columns: Columns, dirty: QRect) -> bool:
        """Paint a part of the view, if pictures hold all of it."""
        if not self._kept:
            return False
        first, last = dirty.top(), dirty.bottom()
        rows = [one for one in page.visible() if one.y <= last and one.y + one.row.height > first]
        if not rows or not all(map(self._has, rows)):
            return False
        corner, below = QPoint(columns.left - BESIDE, rows[0].y), rows[-1].y + rows[-1].row.height
        if not QRect(corner, QPoint(columns.rail - 1, below - 1)).contains(dirty):
            return False
        for one in rows:
            painter.drawPixmap(corner.x(), one.y, self._kept[one.number][1])
        return True
