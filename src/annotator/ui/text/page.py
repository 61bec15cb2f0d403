"""Which rows are seen, and where: the scroll state of the view.

Everything is derived from the place of the top row, never from what was
painted last: between a scroll and its paint the painted coordinates are stale.
x counts from the left edge of the column, y from the top of the viewport.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from annotator.domain.segment import Segmenter
from annotator.domain.spans import Span
from annotator.layout.heights import Heights
from annotator.layout.lanes import clip, order
from annotator.layout.marks import MarkSource, RailEntry, Shape
from annotator.layout.rail import RailPlace, place_entries
from annotator.layout.rows import Rows, is_right_to_left
from annotator.ui.text.bars import RowMarks, arrange_marks
from annotator.ui.text.graphemes import grapheme_start
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.nearby import Nearby
from annotator.ui.text.row import RowLayout

_KEEP_ROWS = 600
_KEEP_CHARS = 150_000
_TOP = 20
_SHORTEST_PAGE = 2000


class Seen(NamedTuple):
    """A row on the screen: its number, its top, its lines and its marks."""

    number: int
    y: int
    row: RowLayout
    marks: RowMarks


class Place(NamedTuple):
    """Where the view stands: the first character of its top line, and the pixels of that line above the edge."""

    offset: int
    pixel: int


class Page:
    """A text in a column `width` pixels wide, seen through a window `height` pixels tall."""

    def __init__(self, text: str, source: MarkSource, segmenter: Segmenter, metrics: Metrics) -> None:
        self.text = text
        self.metrics = metrics
        self.rows = Rows(text, partial(grapheme_start, segmenter))
        self.width = metrics.column
        self.height = 0
        self._source = source
        self._segmenter = segmenter
        self._heights = Heights(len(self.rows), self.rows.length, metrics.estimate(self.width))
        self._laid: dict[int, RowLayout] = {}
        self._laid_chars = 0
        self._marks: dict[int, RowMarks] = {}
        self._top = 0
        self._pixel = 0
        self._seen: list[Seen] | None = None
        self._nearby = Nearby(source, self.rows, _SHORTEST_PAGE)

    # What the window gives

    def resize(self, width: int, height: int, metrics: Metrics) -> None:
        """Take a new size or font and keep the top line at the top."""
        if (width, metrics) != (self.width, self.metrics):
            place = self.place()
            self.width, self.metrics, self.height = width, metrics, height
            self._laid.clear()
            self._laid_chars = 0
            self._marks.clear()
            self._heights.reset(metrics.estimate(width))
            self.restore(place)
        elif height != self.height:
            self.height = height
            self._seen = None
            self._settle()
        chars = height // metrics.full_line(0) * round(width / metrics.average)
        self._nearby = Nearby(self._source, self.rows, max(_SHORTEST_PAGE, chars))

    def marks_changed(self, spans: Sequence[Span] | None) -> None:
        """Read the marks of the rows again that `spans` touch; None reads all again. The top line stays."""
        place = self.place()
        if spans is None:
            self._nearby.forget(None)
            self._marks.clear()
        else:
            for span in spans:
                touched = self.rows.touched(*span)
                self._nearby.forget(touched)
                for number in touched if len(touched) < len(self._marks) else list(self._marks):
                    if number in touched:
                        self._marks.pop(number, None)
        self.restore(place)

    # Rows

    def seen(self, number: int, y: int) -> Seen:
        """A row with its marks, laid out now if it is not yet."""
        row = self._laid.get(number)
        if row is None:
            row = self._lay_out(number)
        marks = self._marks.get(number)
        if marks is None:
            marks = self._marks[number] = arrange_marks(
                row, self._nearby.shapes(number), self.metrics, self.width
            )
            self._heights.set(number, row.height)
        return Seen(number, y, row, marks)

    def _lay_out(self, number: int) -> RowLayout:
        start, stop = self.rows.starts[number], self.rows.stops[number]
        if len(self._laid) >= _KEEP_ROWS or self._laid_chars > _KEEP_CHARS:
            self._drop_oldest()
        row = RowLayout(
            self.text[start:stop],
            start,
            self.metrics,
            self.width,
            right_to_left=is_right_to_left(self.text, self.rows.paragraph_start(number), stop),
            above=_TOP if number == 0 else 0 if self.rows.continues(number) else self.metrics.paragraph_gap,
        )
        self._laid[number] = row
        self._laid_chars += stop - start
        return row

    def _drop_oldest(self) -> None:
        """Forget the older half of the laid-out rows, but none that is near the window."""
        for number in list(self._laid)[: max(1, len(self._laid) // 2)]:
            if abs(number - self._top) > 3 and not (
                self._seen and any(number == seen.number for seen in self._seen)
            ):
                row = self._laid.pop(number)
                self._laid_chars -= row.stop - row.start
                self._marks.pop(number, None)

    def visible(self) -> list[Seen]:
        """The rows that cover the window now, from top to bottom."""
        if self._seen is None:
            found = []
            y = -self._pixel
            for number in range(self._top, len(self.rows)):
                if y >= self.height and found:
                    break
                found.append(self.seen(number, y))
                y += found[-1].row.height
            self._seen = found
        return self._seen

    def ahead(self) -> Iterator[int]:
        """The rows within a page of the window that are not laid out, nearest first, first below and then above."""
        first, last = self.visible()[0], self.visible()[-1]
        yield from self._missing(
            range(last.number + 1, len(self.rows)), last.y + last.row.height - self.height
        )
        yield from self._missing(range(first.number - 1, -1, -1), -first.y)

    def _missing(self, numbers: range, used: int) -> Iterator[int]:
        for number in numbers:
            if used >= self.height:
                return
            if number not in self._marks:
                yield number
            used += round(self._heights.get(number))

    def visible_span(self) -> Span:
        """The characters of all lines that are seen at least in part."""
        first, last = self.visible()[0], self.visible()[-1]
        start = first.row.line_span(first.row.line_at(-first.y)).start
        end = last.row.line_span(last.row.line_at(self.height - 1 - last.y)).end
        return Span(start, end)

    def shapes_at(self, offset: int) -> list[Shape]:
        """The marks whose pieces hold the character at an offset, innermost first: shortest hull, latest start, id."""
        found = [
            shape
            for shape in self._nearby.shapes(self.rows.at(offset))
            if any(span.start <= offset < span.end for span in shape.spans)
        ]
        return sorted(
            found, key=lambda shape: (shape.hull.end - shape.hull.start, -shape.hull.start, shape.id)
        )

    def shapes_in(self, span: Span) -> list[Shape]:
        """The marks with a piece in a span near the window, outer ones before inner ones."""
        found = {
            shape.id: shape
            for number in self.rows.touched(*span)
            for shape in self._nearby.shapes(number)
            if clip(shape.spans, *span)
        }
        return sorted(found.values(), key=order)

    def rail(self, number: int, row: RowLayout) -> tuple[Sequence[RailEntry], list[RailPlace]]:
        """The rail entries of a row and their places beside it."""
        entries = self._nearby.rail(number)
        if not entries:
            return (), []
        wanted = [row.line_top(row.line_of(entry.offset)) for entry in entries]
        return entries, place_entries(wanted, self.metrics.rail_pitch, row.height)

    # Scrolling

    def place(self) -> Place:
        top = self.seen(self._top, 0).row
        line = top.line_at(self._pixel)
        return Place(top.line_span(line).start, self._pixel - top.line_top(line))

    def restore(self, place: Place) -> None:
        """Bring the line of an offset to the top edge, `place.pixel` of it above the edge."""
        offset = min(max(0, place.offset), len(self.text))
        self._top = self.rows.at(offset)
        row = self.seen(self._top, 0).row
        self._pixel = row.line_top(row.line_of(offset)) + place.pixel
        self._settle()

    def scroll_by(self, pixels: int) -> int:
        """Move the window down (or up, when negative); returns the pixels it really moved."""
        before = self._top, self._pixel
        self._pixel += pixels
        self._settle()
        return self._moved_since(before) if before != (self._top, self._pixel) else 0

    def _moved_since(self, before: tuple[int, int]) -> int:
        top, pixel = before
        rows = range(min(top, self._top), max(top, self._top))
        between = round(sum(self._heights.get(row) for row in rows))
        return self._pixel - pixel + (between if self._top > top else -between)

    def scroll_to(self, value: int) -> None:
        """Go to a value of the scroll bar; exact only as far as the rows above have been laid out."""
        self._top, into = self._heights.find(value)
        self._pixel = round(into)
        self._settle()

    def value(self) -> int:
        return round(self._heights.top(self._top)) + self._pixel

    def maximum(self) -> int:
        return max(0, round(self._heights.total()) + _TOP - self.height, self.value())

    def _settle(self) -> None:
        """Make top row and pixel agree: inside the top row, neither above the text nor below its end."""
        self._walk()
        self._seen = None
        last = self.visible()[-1]
        if last.number == len(self.rows) - 1:
            spare = self.height - (last.y + last.row.height + _TOP)
            if spare > 0 and (self._top, self._pixel) != (0, 0):
                self._pixel -= spare
                self._walk()
                self._seen = None

    def _walk(self) -> None:
        while self._pixel < 0 and self._top > 0:
            self._top -= 1
            self._pixel += self.seen(self._top, 0).row.height
        self._pixel = max(0, self._pixel)
        while self._top < len(self.rows) - 1 and self._pixel >= (
            height := self.seen(self._top, 0).row.height
        ):
            self._pixel -= height
            self._top += 1

    # Places of characters

    def row_of(self, offset: int) -> RowLayout:
        """The row that holds an offset, seen or not."""
        return self.seen(self.rows.at(offset), 0).row

    def lines_per_window(self) -> int:
        """How far the caret goes on Page Up and Page Down: a window less one line."""
        return max(1, self.height // self.metrics.full_line(0) - 1)

    def line_away(self, offset: int, lines: int, x: float) -> int:
        """The offset nearest to `x` that many lines below (above, when negative); the ends of the text at its edges."""
        number = self.rows.at(offset)
        line = self.row_of(offset).line_of(offset) + lines
        count = self.seen(number, 0).row.line_count
        while line < 0:
            if number == 0:
                return 0
            number -= 1
            line += self._stops(number)
        while line >= count:
            if number == len(self.rows) - 1:
                return len(self.text)
            line -= count
            number += 1
            count = self._stops(number)
        row = self.seen(number, 0).row
        return grapheme_start(self._segmenter, self.text, row.offset_at(line, x))

    def _stops(self, number: int) -> int:
        """The lines of a row that Up and Down stop at: none in an empty row, which is but a gap."""
        return self.seen(number, 0).row.line_count if self.rows.length(number) else 0

    def find(self, offset: int) -> Seen | None:
        """The visible row that holds an offset."""
        number = self.rows.at(offset)
        return next((seen for seen in self.visible() if seen.number == number), None)

    def lines_of(self, span: Span) -> Iterator[QRect]:
        """The rectangles of the text of a span, as far as its rows are seen."""
        for seen in self.visible():
            if seen.row.start < span.end and span.start < seen.row.stop:
                for rect in seen.row.rects(max(span.start, seen.row.start), min(span.end, seen.row.stop)):
                    yield rect.translated(0, seen.y)

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
        rows = self.visible()
        found = rows[0]
        for seen in rows:
            if seen.y <= point.y():
                found = seen
        return found, found.row.line_at(point.y() - found.y)

    def distance(self, offset: int) -> int:
        """How far below the top edge (negative: above) the line of an offset is; far away by estimate."""
        seen = self.find(offset)
        if seen is None:
            number = self.rows.at(offset)
            row = self.seen(number, 0).row
            return round(self._heights.top(number)) - self.value() + row.line_top(row.line_of(offset))
        return seen.y + seen.row.line_top(seen.row.line_of(offset))
