"""The margin rail: the links of marks in words, beside the line a mark begins on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from annotator.layout.columns import Columns
from annotator.layout.marks import Direction, RailEntry
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette

_ARROWS: dict[Direction, str] = {"out": "→", "in": "←", "none": "•"}
_ARROW = 18
_KEEP = 1000
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


class RailPainter:
    """Paints rail entries: an arrow in the colour of the link, then its words."""

    def __init__(self, palette: TextPalette, metrics: Metrics) -> None:
        self._palette = palette
        self._small = metrics.small
        self._pitch = metrics.rail_pitch
        widths = QFontMetrics(metrics.small)
        self._ascent = widths.ascent()
        self._elided = lru_cache(_KEEP)(partial(_elided, widths))

    def paint(self, painter: QPainter, seen: Seen, columns: Columns, dirty: QRect) -> None:
        """Paint the entries beside a row that touch the part of the view that is painted."""
        if dirty.right() < columns.rail:
            return
        painter.setFont(self._small)
        entries, first, last = seen.marks.entries, dirty.top() - self._pitch - seen.y, dirty.bottom() - seen.y
        for number, top, more in seen.marks.places or ():
            if first < top <= last:
                base = seen.y + top + self._ascent
                if more:
                    painter.setPen(self._palette.rail_text)
                    painter.drawText(columns.rail, base, f"+{more}")
                else:
                    self._entry(painter, entries[number], columns, base)

    def _entry(self, painter: QPainter, entry: RailEntry, columns: Columns, base: int) -> None:
        # Drawing at numbers costs a fifth of drawing into a rectangle.
        painter.setPen(self._palette.style(entry.style).bar)
        painter.drawText(columns.rail, base, _ARROWS[entry.direction])
        if not columns.chips:
            painter.setPen(self._palette.rail_text)
            words = self._elided(entry.text, columns.rail_width - _ARROW)
            painter.drawText(columns.rail + _ARROW, base, words)
