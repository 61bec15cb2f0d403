"""The marks of the rows in view and a page each way, read from the store by range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.domain.spans import Span
from annotator.layout.lanes import clip
from annotator.layout.marks import MarkSource, RailEntry, Shape
from annotator.layout.rows import Rows


class Nearby:
    """Shapes and rail entries row by row.

    `page` is how many characters about a view holds. A row outside what was
    read makes the source be asked for its surroundings; nothing else is kept.
    """

    def __init__(self, source: MarkSource, rows: Rows, page: int) -> None:
        self._source = source
        self._rows = rows
        self._page = page
        self._read = range(0)
        self._shapes: dict[int, list[Shape]] = {}
        self._rail: dict[int, list[RailEntry]] = {}

    def shapes(self, row: int) -> Sequence[Shape]:
        """The marks with a piece in a row, in no particular order."""
        self._ensure(row)
        return self._shapes.get(row, ())

    def rail(self, row: int) -> Sequence[RailEntry]:
        """The rail entries of the marks that begin in a row, in text order."""
        self._ensure(row)
        return self._rail.get(row, ())

    def forget(self, rows: range | None) -> None:
        """Read the given rows again, as far as they were read; None forgets everything."""
        if rows is None:
            self._read = range(0)
            self._shapes.clear()
            self._rail.clear()
            return
        again = range(max(rows.start, self._read.start), min(rows.stop, self._read.stop))
        if again:
            for row in again:
                self._shapes.pop(row, None)
                self._rail.pop(row, None)
            self._fill(again)

    def _ensure(self, row: int) -> None:
        if row in self._read:
            return
        first = self._rows.at(max(0, self._rows.starts[row] - self._page))
        last = self._rows.at(self._rows.stops[row] + self._page)
        self._shapes.clear()
        self._rail.clear()
        self._read = range(first, last + 1)
        self._fill(self._read)

    def _fill(self, rows: range) -> None:
        start, stop = self._rows.starts[rows.start], self._rows.stops[rows.stop - 1]
        if start == stop:
            return
        for shape in self._source.shapes(start, stop):
            for row in self._touched(shape.spans, start, stop):
                self._shapes.setdefault(row, []).append(shape)
        for entry in sorted(self._source.rail(start, stop), key=lambda entry: (entry.offset, entry.id)):
            self._rail.setdefault(self._rows.at(entry.offset), []).append(entry)

    def _touched(self, spans: Iterable[Span], start: int, stop: int) -> Iterable[int]:
        last = -1
        for piece in clip(spans, start, stop):
            for row in self._rows.touched(piece.start, piece.end):
                if row > last:
                    last = row
                    yield row
