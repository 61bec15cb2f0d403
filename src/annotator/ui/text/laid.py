"""The rows of a text, laid out when they are first needed and kept for a while."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from itertools import islice

from annotator.domain.segment import Segmenter
from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.heights import Heights
from annotator.layout.lanes import clip, meets, order
from annotator.layout.marks import MarkSource, RailEntry
from annotator.layout.rail import place_entries
from annotator.layout.rows import Rows, is_right_to_left
from annotator.ui.text.bars import RowMarks, arrange_marks
from annotator.ui.text.graphemes import grapheme_start
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.nearby import Nearby
from annotator.ui.text.row import RowLayout

_KEEP_ROWS = 600
_KEEP_CHARS = 150_000
_DROPPED_AT_ONCE = 8
TOP = 20
"""Empty pixels above the first row, and below the last."""


class LaidRows:
    """Lines, marks and heights row by row, in a column `width` pixels wide.

    `page` is how many characters a window holds: marks are read by so many at
    a time. Nothing depends on the order in which rows are asked for.
    """

    def __init__(
        self, text: str, source: MarkSource, segmenter: Segmenter, metrics: Metrics, width: int, page: int
    ) -> None:
        self.text = text
        self.rows = Rows(text, partial(grapheme_start, segmenter))
        self.metrics = metrics
        self.width = width
        self._segmenter = segmenter
        self.heights = Heights(self.rows.lengths, metrics.estimate(self.width))
        self._laid: dict[int, RowLayout] = {}
        self._marks: dict[int, RowMarks] = {}
        self._outdated: dict[int, RowMarks] = {}
        self._chars = 0
        self._stack: tuple[int, list[Shape]] | None = None
        """What was last found at an offset: whoever goes through a stack asks again and again."""
        self._nearby = Nearby(source, self.rows, page)

    def wrap(self, width: int, metrics: Metrics, page: int) -> None:
        """Take another width or font; every row is laid out anew when it is needed."""
        self._nearby.resize(page)
        self.width, self.metrics = width, metrics
        self._laid.clear()
        self._marks.clear()
        self._outdated.clear()
        self._chars = 0
        self.heights.reset(metrics.estimate(width))

    def note_held(self, characters: int) -> None:
        """Learn how many characters the window held, for the marks that are read where it goes next."""
        self._nearby.note_held(characters)

    def marks_changed(self, spans: Sequence[Span] | None) -> None:
        """Read the marks again that have their pieces in `spans`; None reads all again."""
        self._stack = None
        if spans is None:
            self._nearby.forget()
            self._outdated |= self._marks
            self._marks.clear()
            return
        changed = frozenset(spans)
        self._nearby.renew(changed)
        for touched in {self.rows.touched(*span) for span in changed}:
            for number in _common(touched, self._marks):
                self._outdated[number] = self._marks.pop(number)

    # Rows

    def get(self, number: int) -> tuple[RowLayout, RowMarks]:
        """The lines and marks of a row."""
        row = self._laid.get(number)
        if row is None:
            row = self._lay_out(number)
        marks = self._marks.get(number)
        if marks is None:
            shapes, before = self._nearby.shapes(number), self._outdated.pop(number, None)
            marks = arrange_marks(row, shapes, self.metrics, self.width, before)
            entries = self._nearby.entries(number)
            if entries is not None:
                self._place(row, marks, entries)
            self._marks[number] = marks
            self.heights.set(number, row.height)
        return row, marks

    def put_rail(self, rows: Sequence[tuple[int, RowLayout, RowMarks]]) -> bool:
        """Read the rail beside some rows, and say in words what has a place; whether there was anything."""
        bare = [found for found in rows if found[2].places is None]
        self._nearby.rail([number for number, _, _ in bare])
        for number, row, marks in bare:
            self._place(row, marks, self._nearby.entries(number) or [])
        is_worded = self._nearby.word(
            (marks.entries, place.number) for *_, marks in rows for place in marks.places or ()
        )
        return is_worded or any(marks.entries for *_, marks in bare)

    def _place(self, row: RowLayout, marks: RowMarks, entries: list[RailEntry]) -> None:
        """Find places beside a row for its links."""
        wanted = [row.line_top(row.line_of(entry.offset)) for entry in entries]
        marks.entries = entries
        marks.places = place_entries(wanted, self.metrics.rail_pitch, row.height)

    def make_ready(self, number: int) -> RowMarks:
        """Do for a row what is done when it is seen; returns its marks."""
        row, marks = self.get(number)
        marks.show(0, row.line_count - 1)
        self.put_rail([(number, row, marks)])
        return marks

    def read_on(self) -> bool:
        """Read a few marks of the text that no row needs yet; whether there was anything."""
        return self._nearby.read_on()

    def row(self, number: int) -> RowLayout:
        return self.get(number)[0]

    def row_of(self, offset: int) -> RowLayout:
        """The row that holds an offset; where it was not ready, the view is about to show that place."""
        number = self.rows.at(offset)
        if number not in self._marks:
            self._nearby.turn_to(offset)
        return self.row(number)

    def is_ready(self, number: int) -> bool:
        """Whether a row has been made ready already."""
        return number in self._marks and self._marks[number].is_whole

    def _lay_out(self, number: int) -> RowLayout:
        start, stop = self.rows.starts[number], self.rows.stops[number]
        if len(self._laid) >= _KEEP_ROWS or self._chars > _KEEP_CHARS:
            self._drop_oldest()
        row = RowLayout(
            self.text[start:stop],
            start,
            self.metrics,
            self.width,
            right_to_left=is_right_to_left(self.text, self.rows.paragraph_start(number), stop),
            above=TOP if number == 0 else 0 if self.rows.continues(number) else self.metrics.paragraph_gap,
        )
        self._laid[number] = row
        self._chars += stop - start
        return row

    def _drop_oldest(self) -> None:
        """Forget a few of the rows that were laid out longest ago: many at once would be felt."""
        for number in list(islice(self._laid, _DROPPED_AT_ONCE)):
            row = self._laid.pop(number)
            self._chars -= row.stop - row.start
            self._marks.pop(number, None)
            self._outdated.pop(number, None)

    def line_away(self, offset: int, lines: int, x: float) -> int:
        """The offset nearest to `x` so many lines below, or above when negative; at most an end of the text.

        Empty rows are but gaps: they are passed over.
        """
        number = self.rows.at(offset)
        count = self.row(number).line_count
        line = self.row(number).line_of(offset) + lines
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
        return grapheme_start(self._segmenter, self.text, self.row(number).offset_at(line, x))

    def _stops(self, number: int) -> int:
        return self.row(number).line_count if self.rows.lengths[number] else 0

    # Marks

    def shapes_at(self, offset: int) -> list[Shape]:
        """The marks that hold the character at an offset, innermost first: shortest hull, latest start."""
        if self._stack is None or self._stack[0] != offset:
            self._stack = offset, self._stack_at(offset)
        return self._stack[1]

    @property
    def last_stack(self) -> Sequence[Shape]:
        """What `shapes_at` gave last, as far as that still holds."""
        return self._stack[1] if self._stack is not None else ()

    def _stack_at(self, offset: int) -> list[Shape]:
        found = []
        for shape in self._nearby.shapes(self.rows.at(offset)):
            spans = shape.spans
            start, end = spans[0][0], spans[-1][1]
            if start <= offset < end and (len(spans) == 1 or meets(spans, offset, offset + 1)):
                found.append((end - start, -start, shape.id, shape))
        return [shape for *_, shape in sorted(found)]

    def shapes_in(self, span: Span) -> list[Shape]:
        """The marks with a piece in a span near the window, outer ones before inner ones."""
        found = {
            shape.id: shape
            for number in self.rows.touched(*span)
            for shape in self._nearby.shapes(number)
            if clip(shape.spans, *span)
        }
        return sorted(found.values(), key=order)


def _common(rows: range, known: Iterable[int]) -> list[int]:
    return [number for number in known if number in rows]
