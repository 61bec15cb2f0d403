"""The margin rail: the links of marks in words, beside the line a mark begins on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextOption

from annotator.layout.columns import Columns
from annotator.layout.marks import Direction, RailEntry
from annotator.ui.text.bars import RowMarks
from annotator.ui.text.glyphs import Glyphs
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette

_ARROWS: dict[Direction, str] = {"out": "→", "in": "←", "none": "•"}
_ARROW = 18
_KEEP = 500
_LEFT_TO_RIGHT = "\u200e"


class RailBox(NamedTuple):
    """One entry, or a chip for it and those behind it, `hidden`; in view coordinates."""

    rect: QRect
    entry: RailEntry
    hidden: Sequence[RailEntry] = ()

    @property
    def marks(self) -> list[str]:
        """The marks whose entries are hidden."""
        return list(dict.fromkeys(entry.mark for entry in self.hidden))


def rail_boxes(page: Page, seen: Seen, columns: Columns) -> Iterator[RailBox]:
    """The entries beside a row, as far as there is room."""
    entries, pitch = seen.marks.entries, page.metrics.rail_pitch
    for place in seen.marks.places or ():
        rect = QRect(columns.rail, seen.y + place.top, columns.rail_width, pitch)
        yield RailBox(rect, entries[place.number], entries[place.number : place.number + place.more])


def rail_box_at(page: Page, columns: Columns, point: QPoint) -> RailBox | None:
    """The entry under a point of the view."""
    if point.x() < columns.rail:
        return None
    for seen in page.visible():
        if seen.y <= point.y() < seen.y + seen.row.height:
            return next((box for box in rail_boxes(page, seen, columns) if box.rect.contains(point)), None)
    return None


def _elided(widths: QFontMetrics, text: str, width: int) -> str:
    """The words as far as there is room; a name is cut before the place it leads to: "by Tol… · ¶5"."""
    name, dot, place = text.rpartition(" · ")
    # After a name in Arabic the place would be drawn before it, and its number before its sign.
    place = f"{_LEFT_TO_RIGHT}{dot}{place}" if dot else place
    cut = widths.elidedText(name + place, Qt.TextElideMode.ElideRight, width)
    if not dot or cut == name + place:
        return cut
    room = width - widths.horizontalAdvance(place)
    return widths.elidedText(name, Qt.TextElideMode.ElideRight, room) + place


def _laid(font: QFont, widths: QFontMetrics, text: str, width: int) -> QTextLayout:
    """The words as far as there is room, laid out; they begin at the origin, which is on their baseline."""
    layout = QTextLayout(_elided(widths, text, width), font)
    layout.setCacheEnabled(True)
    layout.setTextOption(_one_line())
    layout.beginLayout()
    line = layout.createLine()
    if line.isValid():
        line.setLineWidth(2 * width)
        line.setPosition(QPointF(0, -line.ascent()))
    layout.endLayout()
    return layout


@lru_cache(1)
def _one_line() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    return option


class RailPainter:
    """Paints rail entries: an arrow in the colour of the link, then its words.

    Words stay laid out for some pages, so that those a pause made ready cost a third.
    """

    def __init__(self, palette: TextPalette, metrics: Metrics, glyphs: Glyphs) -> None:
        self._palette = palette
        self._glyphs = glyphs
        self._small = metrics.small
        self._pitch = metrics.rail_pitch
        widths = QFontMetrics(metrics.small)
        self._ascent = widths.ascent()
        self._laid = lru_cache(_KEEP)(partial(_laid, metrics.small, widths))

    def make_ready(self, marks: RowMarks, columns: Columns) -> None:
        """Lay out the words beside a row that is about to be seen."""
        if not columns.chips:
            for number, _, more in marks.places or ():
                if not more:
                    self._laid(marks.entries[number].text, columns.rail_width - _ARROW)

    def paint(self, painter: QPainter, seen: Seen, columns: Columns, dirty: QRect) -> None:
        """Paint the entries beside a row that touch the part of the view that is painted."""
        if dirty.right() < columns.rail or not seen.marks.places:
            return
        painter.setFont(self._small)
        painter.setPen(self._palette.rail_text)
        entries, first, last = seen.marks.entries, dirty.top() - self._pitch - seen.y, dirty.bottom() - seen.y
        for number, top, more in seen.marks.places:
            if first < top <= last:
                if more:
                    painter.drawText(columns.rail, seen.y + top + self._ascent, f"+{more}")
                else:
                    self._entry(painter, entries[number], columns, seen.y + top)

    def _entry(self, painter: QPainter, entry: RailEntry, columns: Columns, top: int) -> None:
        colour, back = self._palette.style(entry.style).bar, self._palette.base
        painter.drawPixmap(columns.rail, top, self._glyphs.arrow(_ARROWS[entry.direction], colour, back))
        if not columns.chips:
            words = self._laid(entry.text, columns.rail_width - _ARROW)
            words.draw(painter, QPointF(columns.rail + _ARROW, top + self._ascent))
