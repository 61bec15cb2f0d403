"""Which rows are seen, and where: the scroll state of the view.

Everything is derived from the place of the top row, never from what was
painted last: between a scroll and its paint the painted coordinates are stale.
x counts from the left edge of the column, y from the top of the window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from annotator.domain.paragraphs import ParagraphNumbers
from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.layout.marks import MarkSource
from annotator.ui.text.bars import FOOT, RowMarks
from annotator.ui.text.laid import TOP, LaidRows
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.row import RowLayout

_SHORT_PAGE = 500
_KEEP_SPANS = 100


class Seen(NamedTuple):
    """A row on the screen: its number, its top, its lines and its marks."""

    number: int
    y: int
    row: RowLayout
    marks: RowMarks


class Place(NamedTuple):
    """Where a window stands: the first character of its top line, and the pixels of that line above it."""

    offset: int
    pixel: int


class Page:
    """A text in a column seen through a window; `laid` holds its rows, seen or not."""

    def __init__(
        self, text: str, source: MarkSource, segmenter: Segmenter, metrics: Metrics, size: QSize
    ) -> None:
        self.text = text
        self.numbers = ParagraphNumbers(text)
        self.height = size.height()
        page = _characters(size, metrics)
        self.laid = LaidRows(text, source, segmenter, metrics, size.width(), page)
        self._rows = self.laid.rows
        self._top = 0
        self._pixel = 0
        self._seen: list[Seen] | None = None
        self._lines: dict[Span, list[QRect]] = {}
        """What `lines_of` found while nothing moved: what is to be painted is asked for when it is, again."""

    @property
    def metrics(self) -> Metrics:
        return self.laid.metrics

    def resize(self, size: QSize, metrics: Metrics) -> None:
        """Take a new size or font and keep the top line at the top."""
        place = self.place()
        self.height = size.height()
        if (size.width(), metrics) != (self.laid.width, self.laid.metrics):
            self.laid.wrap(size.width(), metrics, _characters(size, metrics))
        self.restore(place)

    def marks_changed(self, spans: Sequence[Span] | None) -> None:
        """Read the marks of the rows again that `spans` touch, None all; the top line stays at the top."""
        place = self.place()
        self.laid.marks_changed(spans)
        self.restore(place)
        self.put_rail()

    # Rows

    def visible(self) -> list[Seen]:
        """The rows that cover the window now, from top to bottom."""
        if self._seen is None:
            found: list[Seen] = []
            y = -self._pixel
            for number in range(self._top, len(self._rows)):
                if y >= self.height and found:
                    break
                row, marks = self.laid.get(number)
                marks.show(row.line_at(-y - FOOT), row.line_at(self.height - 1 - y))
                found.append(Seen(number, y, row, marks))
                y += row.height
            self._seen = found
            self._lines = {}
        return self._seen

    def put_rail(self) -> bool:
        """Put the links of the rows in view beside them; whether there was anything to put there."""
        return self.laid.put_rail([(seen.number, seen.row, seen.marks) for seen in self.visible()])

    def ahead(self) -> Iterator[int]:
        """The rows within a page of the window that are not ready, nearest first, those below first."""
        first, last = self.visible()[0], self.visible()[-1]
        yield from self._missing(range(last.number, len(self._rows)), last.y - self.height)
        yield from self._missing(range(first.number, -1, -1), -first.y - first.row.height)

    def _missing(self, numbers: range, used: int) -> Iterator[int]:
        for number in numbers:
            if used >= self.height:
                return
            if not self.laid.is_ready(number):
                yield number
            used += round(self.laid.heights.get(number))

    def visible_span(self) -> Span:
        """The characters of all lines that are seen at least in part."""
        first, last = self.visible()[0], self.visible()[-1]
        start = first.row.spans[first.row.line_at(-first.y)].start
        end = last.row.spans[last.row.line_at(self.height - 1 - last.y)].end
        return Span(start, end)

    # Scrolling

    def place(self) -> Place:
        """Where the window stands."""
        top = self.laid.row(self._top)
        line = top.line_at(self._pixel)
        return Place(top.spans[line].start, self._pixel - top.line_top(line))

    def restore(self, place: Place) -> None:
        """Bring the line of an offset to the top edge, `place.pixel` of it above the edge."""
        offset = min(max(0, place.offset), len(self.text))
        self._top = self._rows.at(offset)
        row = self.laid.row_of(offset)
        self._pixel = row.line_top(row.line_of(offset)) + place.pixel
        self._settle()

    def to_end(self) -> None:
        """Bring the last line to the bottom edge."""
        self._top = len(self._rows) - 1
        self._pixel = self.laid.row(self._top).height
        self._settle()

    def scroll_by(self, pixels: int) -> int:
        """Move the window down (or up, when negative); returns the pixels it really moved."""
        top, pixel = self._top, self._pixel
        self._pixel += pixels
        self._settle()
        passed = range(min(top, self._top), max(top, self._top))
        between = round(sum(map(self.laid.heights.get, passed)))
        return self._pixel - pixel + (between if self._top > top else -between)

    def scroll_to(self, value: int) -> None:
        """Go to a value of the scroll bar; exact only as far as the rows above have been laid out."""
        self._top, into = self.laid.heights.find(value)
        self._pixel = round(into)
        self._settle()

    def value(self) -> int:
        """The value of the scroll bar: pixels above the window, estimated where nothing was laid out."""
        return round(self.laid.heights.top(self._top)) + self._pixel

    def maximum(self) -> int:
        """The greatest value of the scroll bar."""
        return max(0, round(self.laid.heights.total()) + TOP - self.height, self.value())

    def _settle(self) -> None:
        """Make top row and pixel agree: inside the top row, neither above the text nor below its end."""
        self._walk()
        self._seen = None
        last = self.visible()[-1]
        if last.number == len(self._rows) - 1:
            spare = self.height - (last.y + last.row.height + TOP)
            if spare > 0 and (self._top, self._pixel) != (0, 0):
                self._pixel -= spare
                self._walk()
                self._seen = None
        else:
            start, end = self.visible_span()
            self.laid.note_held(end - start)

    def _walk(self) -> None:
        while self._pixel < 0 and self._top > 0:
            self._top -= 1
            self._pixel += self.laid.row(self._top).height
        self._pixel = max(0, self._pixel)
        last = len(self._rows) - 1
        while self._top < last and self._pixel >= (height := self.laid.row(self._top).height):
            self._pixel -= height
            self._top += 1

    # Places of characters

    def find(self, offset: int) -> Seen | None:
        """The visible row that holds an offset."""
        number = self._rows.at(offset) - self._top
        return self.visible()[number] if 0 <= number < len(self.visible()) else None

    def touched(self, span: Span) -> list[Seen]:
        """The rows a span touches, be it with an end alone, as far as they are seen."""
        return [seen for seen in self.visible() if seen.row.start <= span.end and span.start <= seen.row.stop]

    def lines_of(self, span: Span) -> list[QRect]:
        """The rectangles of the text of a span, as far as its rows are seen."""
        seen = self.visible()
        if span not in self._lines:
            if len(self._lines) > _KEEP_SPANS:
                self._lines.clear()
            self._lines[span] = [
                rect.translated(0, one.y)
                for one in seen
                if one.row.start < span.end and span.start < one.row.stop
                for rect in one.row.rects(*span)
            ]
        return self._lines[span]

    def caret_rect(self, offset: int) -> QRect | None:
        """The line before the character at an offset, None when its row is not seen."""
        seen = self.find(offset)
        if seen is None:
            return None
        line = seen.row.line_of(offset)
        x = round(seen.row.caret_x(offset))
        return QRect(x, seen.y + seen.row.line_top(line), 2, seen.row.text_height(line))

    def at(self, point: QPoint) -> tuple[Seen, int]:
        """The row and the line nearest to a point."""
        rows, y = self.visible(), point.y()
        found = rows[0]
        for seen in rows:
            if seen.y <= y:
                found = seen
        return found, found.row.line_at(y - found.y)

    def distance(self, offset: int) -> int:
        """How far below the top edge (negative: above) the line of an offset is; far away by estimate."""
        number = self._rows.at(offset)
        row = self.laid.row_of(offset)
        seen = self.find(offset)
        y = seen.y if seen else round(self.laid.heights.top(number)) - self.value()
        return y + row.line_top(row.line_of(offset))

    def lines_per_window(self) -> int:
        """How far the caret goes on Page Up and Page Down: a window less one line."""
        return max(1, self.height // self.metrics.full_line(0) - 1)


def _characters(size: QSize, metrics: Metrics) -> int:
    """About how many characters a column of that size shows; at least a short page, whatever the size."""
    lines = size.height() // metrics.full_line(0)
    return max(_SHORT_PAGE, lines * round(size.width() / metrics.average))
