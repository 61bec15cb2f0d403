"""The marks of the rows about the window, read from the store by range."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from annotator.domain.spans import Span
from annotator.layout.lanes import clip
from annotator.layout.marks import MarkSource, RailEntry, Shape
from annotator.layout.rows import Rows

_KEEP_PAGES = 6


class Nearby:
    """Shapes and rail entries row by row.

    `page` is how many characters a window holds. A row outside what was read
    makes the source be asked for about a page: from there on where the row
    follows what was read, up to there where it comes before it, and around it
    where the view jumped. A few pages are kept.
    """

    def __init__(self, source: MarkSource, rows: Rows, page: int) -> None:
        self.page = page
        self._source = source
        self._rows = rows
        self._read = range(0)
        self._shapes: dict[int, list[Shape]] = {}
        self._rail: dict[int, list[RailEntry]] = {}

    def shapes(self, row: int) -> Sequence[Shape]:
        """The marks with a piece in a row, in no particular order."""
        self._ensure(row)
        return self._shapes.get(row, ())

    def rail(self, row: int) -> list[RailEntry]:
        """The rail entries of the marks that begin in a row, in text order."""
        self._ensure(row)
        return self._rail.get(row, [])

    def word(self, places: Iterable[tuple[list[RailEntry], int]]) -> None:
        """Put the entries at some places of what `rail` gave into words, as far as they are not yet."""
        wanted = [(entries, number) for entries, number in places if not entries[number].text]
        if wanted:
            worded = self._source.worded([entries[number] for entries, number in wanted])
            for (entries, number), entry in zip(wanted, worded, strict=True):
                entries[number] = entry

    def forget(self) -> None:
        """Read everything again when it is asked for."""
        self._keep(range(0))

    def renew(self, rows: range, spans: Set[Span]) -> None:
        """Read the given rows again, as far as they were read.

        The rail is read for marks with one of `spans` as a piece; beside the others it says what it said.
        """
        again = range(max(rows.start, self._read.start), min(rows.stop, self._read.stop))
        if not again:
            return
        before = [entry for row in again for entry in self._rail.get(row, ())]
        self._drop(again)
        begun = self._fill_shapes(again)
        changed = [shape for shape in begun if not spans.isdisjoint(shape.spans)]
        same = {shape.id for shape in begun} - {shape.id for shape in changed}
        kept = [entry for entry in before if entry.mark in same]
        self._fill_rail([*kept, *self._source.rail(changed)])

    def _ensure(self, row: int) -> None:
        read = self._read
        if row in read:
            return
        if read and row == read.stop:
            new = self._about(row, 0, self.page)
            joined = range(read.start, new.stop)
        elif read and row == read.start - 1:
            new = self._about(row, self.page, 0)
            joined = range(new.start, read.stop)
        else:
            new = joined = self._about(row, self.page // 2, self.page)
            self._keep(range(0))
        self._read = joined
        if self._length(joined) > _KEEP_PAGES * self.page:
            self._keep(new)
        self._fill(new)

    def _about(self, row: int, before: int, after: int) -> range:
        """The rows with any of so many characters before and after the start of a row."""
        start = self._rows.starts[row]
        return range(self._rows.at(max(0, start - before)), self._rows.at(start + after) + 1)

    def _length(self, rows: range) -> int:
        return self._rows.stops[rows[-1]] - self._rows.starts[rows[0]]

    def _keep(self, rows: range) -> None:
        self._drop(row for row in self._read if row not in rows)
        self._read = rows

    def _drop(self, rows: Iterable[int]) -> None:
        for row in rows:
            self._shapes.pop(row, None)
            self._rail.pop(row, None)

    def _fill(self, rows: range) -> None:
        self._fill_rail(self._source.rail(self._fill_shapes(rows)))

    def _fill_shapes(self, rows: range) -> list[Shape]:
        """Read the marks of some rows; returns those that begin there."""
        start, stop = self._rows.starts[rows.start], self._rows.stops[rows.stop - 1]
        begun: list[Shape] = []
        if start == stop:
            return begun
        for shape in self._source.shapes(start, stop):
            if shape.spans[0].start >= start:
                begun.append(shape)
            for row in self._touched(shape.spans, start, stop):
                self._shapes.setdefault(row, []).append(shape)
        return begun

    def _fill_rail(self, entries: Iterable[RailEntry]) -> None:
        for entry in sorted(entries, key=lambda entry: (entry.offset, entry.id)):
            self._rail.setdefault(self._rows.at(entry.offset), []).append(entry)

    def _touched(self, spans: Iterable[Span], start: int, stop: int) -> Iterable[int]:
        last = -1
        for piece in clip(spans, start, stop):
            for row in self._rows.touched(piece.start, piece.end):
                if row > last:
                    last = row
                    yield row
