"""The margin rail: the links of marks in words, beside the line a mark begins on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPixmap

from annotator.layout.columns import Columns
from annotator.layout.marks import Direction, RailEntry
from annotator.layout.rail import RailPlace
from annotator.ui.text.bars import RowMarks
from annotator.ui.text.metrics import Metrics, count_words, narrowed
from annotator.ui.text.page import Page, Seen
from annotator.ui.text.palette import TextPalette

_ARROWS: dict[Direction, str] = {"out": "→", "in": "←", "none": "•"}
_ARROW = 18
_KEEP_BYTES = 8_000_000
_TOGETHER = 24
"""So many lines beside a row, about a page of them, are drawn together."""
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


class _Line(NamedTuple):
    """What stands at a height beside a row: an entry, or a count, which has no direction."""

    top: int
    text: str
    style: str = ""
    direction: Direction | None = None


class RailPainter:
    """Paints rail entries: an arrow in the colour of the link, then its words.

    Some lines at a time are drawn into a picture, which is kept for some pages; those of the next
    page are made in the pause before it.
    """

    def __init__(self, palette: TextPalette, metrics: Metrics, ratio: float) -> None:
        self._palette = palette
        self._small = metrics.small
        self._pitch = metrics.rail_pitch
        self._ratio = ratio
        self._widths = QFontMetrics(metrics.small)
        self._kept: dict[tuple[tuple[_Line, ...], int], QPixmap] = {}
        """Pictures by what they show and how wide they are, those asked for last at the end."""
        self._kept_bytes = 0

    def make_ready(self, marks: RowMarks, columns: Columns) -> None:
        """Draw what stands beside a row that is about to be seen."""
        for places in _parts(marks):
            self._picture(_lines(marks, places, columns), columns.rail_width)

    def paint(self, painter: QPainter, seen: Seen, columns: Columns, dirty: QRect) -> None:
        """Paint the entries beside a row that touch the part of the view that is painted."""
        if dirty.right() < columns.rail:
            return
        first, last = dirty.top() - self._pitch - seen.y, dirty.bottom() - seen.y
        for places in _parts(seen.marks):
            top = places[0].top
            if top <= last and places[-1].top > first:
                picture = self._picture(_lines(seen.marks, places, columns), columns.rail_width)
                painter.drawPixmap(columns.rail, seen.y + top, picture)

    def _picture(self, lines: tuple[_Line, ...], width: int) -> QPixmap:
        key = lines, width
        picture = self._kept.pop(key, None)
        if picture is None:
            picture = self._drawn(lines, width)
            self._kept_bytes += _bytes(picture)
            while self._kept and self._kept_bytes > _KEEP_BYTES:
                oldest = self._kept.pop(next(iter(self._kept)))
                self._kept_bytes -= _bytes(oldest)
        self._kept[key] = picture
        return picture

    def _drawn(self, lines: Sequence[_Line], width: int) -> QPixmap:
        start, ascent = lines[0].top, self._widths.ascent()
        picture = QPixmap(QSize(width, lines[-1].top + self._pitch - start) * self._ratio)
        picture.setDevicePixelRatio(self._ratio)
        picture.fill(self._palette.base)
        painter = QPainter(picture)
        for top, text, style, direction in lines:
            base = top - start + ascent
            if direction is None:
                painter.setFont(narrowed(self._small, text, width))
                painter.setPen(self._palette.rail_text)
                painter.drawText(0, base, text)
                continue
            painter.setFont(self._small)
            painter.setPen(self._palette.style(style).bar)
            painter.drawText(0, base, _ARROWS[direction])
            painter.setPen(self._palette.rail_text)
            painter.drawText(_ARROW, base, _elided(self._widths, text, width - _ARROW))
        painter.end()
        return picture


def _bytes(picture: QPixmap) -> int:
    return picture.width() * picture.height() * picture.depth() // 8


def _parts(marks: RowMarks) -> Iterator[Sequence[RailPlace]]:
    """The places beside a row, so many as are drawn together."""
    places = marks.places or ()
    for at in range(0, len(places), _TOGETHER):
        yield places[at : at + _TOGETHER]


def _lines(marks: RowMarks, places: Sequence[RailPlace], columns: Columns) -> tuple[_Line, ...]:
    """What is to be seen at some places."""
    lines = []
    for number, top, more in places:
        if more:
            lines.append(_Line(top, count_words(more) if columns.chips else f"+{more}"))
        else:
            entry = marks.entries[number]
            lines.append(_Line(top, "" if columns.chips else entry.text, entry.style, entry.direction))
    return tuple(lines)
