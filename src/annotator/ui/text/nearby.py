"""The marks of the rows about the window, read from the store by range."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import TYPE_CHECKING

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.lanes import meets, order
from annotator.layout.marks import MarkSource, RailEntry
from annotator.layout.rows import Rows

if TYPE_CHECKING:  # a window is painted before it is loaded
    from annotator.ui.text.kept import KeptMarks

_KEEP_PAGES = 4


class Nearby:
    """Shapes and rail entries row by row.

    `page` is how many characters a window holds. A row outside what was read
    makes the source be asked for half a page: from there on where the row
    follows what was read, up to there where it comes before it; and for as much as
    windows held of late around it where the view jumped, or around the place `turn_to`
    is told of.
    A few pages are kept as shapes, and the marks of the whole text behind them, once `read_on` has
    read it.
    The rail is read for the rows that are asked for alone.
    """

    def __init__(self, source: MarkSource, rows: Rows, page: int) -> None:
        self.page = self._held = page
        self._source = source
        self._rows = rows
        self._kept: KeptMarks | None = None
        self._read = range(0)
        self._shapes: dict[int, list[Shape]] = {}
        self._rail: dict[int, list[RailEntry]] = {}

    def resize(self, page: int) -> None:
        """Take another size of the window, in characters."""
        self.page = self._held = page

    def note_held(self, characters: int) -> None:
        """Learn how much a window held: less than a page where many marks make lines taller.

        Too little costs another statement, so one window that held little is not believed.
        """
        self._held = max(characters, (3 * self._held + characters) // 4)

    def turn_to(self, offset: int) -> None:
        """Read what a window shows that has an offset in its upper third, as far as that was not done."""
        self._ensure(self._rows.at(offset), offset)

    def shapes(self, row: int) -> Sequence[Shape]:
        """The marks with a piece in a row or at its end, in the order of the text."""
        self._ensure(row, self._rows.starts[row])
        return self._shapes.get(row, ())

    def rail(self, rows: Sequence[int]) -> None:
        """Read the rail entries of the marks that begin in some rows, as far as that was not done."""
        missing = [row for row in rows if row not in self._rail]
        if not missing:
            return
        begun = [shape for row in missing for shape in self._begun(row)]
        self._rail.update((row, []) for row in missing)
        self._fill_rail(self._source.rail(begun))

    def entries(self, row: int) -> list[RailEntry] | None:
        """The rail entries of a row in text order, None where `rail` was not called for it."""
        return self._rail.get(row)

    def word(self, places: Iterable[tuple[list[RailEntry], int]]) -> bool:
        """Put the entries at some places of what `entries` gave into words; whether that gave any."""
        wanted = [(entries, number) for entries, number in places if not entries[number].text]
        if not wanted:
            return False
        worded = self._source.worded([entries[number] for entries, number in wanted])
        for (entries, number), entry in zip(wanted, worded, strict=True):
            entries[number] = entry
        return any(entry.text for entry in worded)

    def read_on(self) -> bool:
        """Read a little of what no row needs yet; whether there was anything."""
        if self._kept is None:
            from annotator.ui.text.kept import KeptMarks

            self._kept = KeptMarks(self._source, self._rows.stops[-1])
        return self._kept.read_on()

    def forget(self) -> None:
        """Read everything again when it is asked for."""
        self._forget_kept(None)
        self._keep(range(0))

    def _forget_kept(self, spans: Set[Span] | None) -> None:
        if self._kept is not None:
            self._kept.forget(spans)

    def renew(self, spans: Set[Span]) -> None:
        """Read the marks and their rail again that begin where one of some spans does.

        Whatever changed or is gone has all its pieces among `spans`; the other marks about them are kept.
        """
        self._forget_kept(spans)
        rows = {row for span in spans for row in self._known(span)}
        if not rows:
            return
        starts = {span.start for span in spans}
        for row in rows:
            kept = [shape for shape in self._shapes.get(row, ()) if shape.start not in starts]
            self._shapes[row] = kept
        start, stop = self._characters(self._read)
        found = sorted(self._source.beginning(sorted(starts), start, stop), key=order)
        renewed = {row: self._shapes[row] for row in rows}
        self._share_out(found, self._read, renewed)
        for shapes in renewed.values():
            shapes.sort(key=order)
        self._renew_rail(rows & self._rail.keys(), starts, found)

    def _renew_rail(self, rows: Set[int], starts: Set[int], found: Sequence[Shape]) -> None:
        said = [entry for row in rows for entry in self._rail[row] if entry.offset not in starts]
        begun = [shape for shape in found if self._rows.at(shape.start) in rows]
        self._rail.update((row, []) for row in rows)
        self._fill_rail([*said, *self._source.rail(begun)])

    def _known(self, span: Span) -> range:
        """The rows a span touches, as far as they were read."""
        touched = self._rows.touched(*span)
        return range(max(touched.start, self._read.start), min(touched.stop, self._read.stop))

    def _ensure(self, row: int, place: int) -> None:
        """Have a row read; where the view jumped, with a page about a place in it."""
        read, half, kept = self._read, self.page // 2, _KEEP_PAGES * self.page
        start = self._rows.starts
        if row in read:
            return
        if read and row == read.stop:
            new = self._about(start[row], 0, half)
            near = self._about(start[new.stop - 1], kept, kept)
            self._keep(range(max(read.start, near.start), new.stop))
        elif read and row == read.start - 1:
            new = self._about(start[row], half, half)
            near = self._about(start[new.start], 0, kept)
            self._keep(range(new.start, min(read.stop, near.stop)))
        else:
            new = self._about(place, self._held // 3, self._held)
            self._keep(new)
        self._fill(new)

    def _about(self, place: int, before: int, length: int) -> range:
        """The rows with any of `length` characters, from so many before a place on."""
        start = max(0, place - before)
        return range(self._rows.at(start), self._rows.at(start + length) + 1)

    def _characters(self, rows: range) -> Span:
        """Those of some rows, with the newline that ends the last of them: a mark may begin there."""
        starts = self._rows.starts
        after = starts[rows.stop] if rows.stop < len(starts) else self._rows.stops[-1]
        return Span(starts[rows.start], after)

    def _keep(self, rows: range) -> None:
        """Forget the rows outside of `rows`, which count as read."""
        self._drop(row for row in self._read if row not in rows)
        self._read = rows

    def _drop(self, rows: Iterable[int]) -> None:
        for row in rows:
            self._shapes.pop(row, None)
            self._rail.pop(row, None)

    def _fill(self, rows: range) -> None:
        """Read the marks of some rows, of which nothing is known any more."""
        self._drop(rows)
        start, stop = self._characters(rows)
        if start == stop:
            return
        found: dict[int, list[Shape]] = {row: [] for row in rows}
        self._share_out((self._kept or self._source).shapes(start, stop), rows, found)
        self._shapes |= found

    def _share_out(self, shapes: Sequence[Shape], rows: range, into: Mapping[int, list[Shape]]) -> None:
        """Note marks, in the order of the text, with those of some rows that any of their pieces touches."""
        starts = [shape.start for shape in shapes]
        edges = [*self._rows.starts[rows.start : rows.stop + 1], self._rows.stops[-1] + 1]
        first = bisect_left(starts, edges[0])
        reaching = shapes[:first]
        for row, start, after in zip(rows, edges, edges[1:], strict=False):
            last = bisect_left(starts, after, first)
            begun = shapes[first:last]
            if row in into:
                into[row] += [shape for shape in reaching if _touches(shape, start, after)]
                into[row] += begun
            reaching = [shape for some in (reaching, begun) for shape in some if shape.end > after]
            first = last

    def _begun(self, row: int) -> list[Shape]:
        """The marks that begin in a row."""
        start = self._rows.starts[row]
        return [shape for shape in self.shapes(row) if shape.start >= start]

    def _fill_rail(self, entries: Iterable[RailEntry]) -> None:
        for entry in sorted(entries, key=lambda entry: (entry.offset, entry.id)):
            self._rail[self._rows.at(entry.offset)].append(entry)


def _touches(shape: Shape, start: int, end: int) -> bool:
    """Whether a mark whose hull meets [start, end) has a piece there."""
    return len(shape.spans) == 1 or meets(shape.spans, start, end)
