"""The marks of the whole text, read while nobody waits, for jumps to where nothing was read."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span, hull
from annotator.layout.marks import MarkSource

_LENGTH = 8192
"""Characters of a stretch: with a mark on every tenth it takes 3 ms to read."""
_MOST = 500_000
"""So many marks are kept, each of some 170 bytes, once for every stretch that it touches."""
_new = tuple.__new__


class _Stretch(NamedTuple):
    """The marks whose hull touches a stretch, column by column: as shapes they take four times the room."""

    starts: array[int]
    ends: array[int]
    ids: list[str]
    labels: list[str]
    styles: list[str]
    odd: dict[int, Shape]
    """Those with several pieces, and ghosts."""

    def between(self, start: int, end: int, begins: int) -> list[Shape]:
        """The marks that touch [start, end), of those that begin at an offset or after it."""
        first, at, stop = (bisect_left(self.starts, place) for place in (begins, max(begins, start), end))
        ends = self.ends
        numbers = [number for number in range(first, at) if ends[number] > start]
        numbers += range(at, stop)
        shapes = self._shapes(numbers)
        for number in self.odd.keys() & set(numbers):
            shapes[bisect_left(numbers, number)] = self.odd[number]
        return shapes

    def _shapes(self, numbers: Sequence[int]) -> list[Shape]:
        """Some of the marks, as if each had one piece and was there."""
        starts, ends, ids, labels, styles, _ = self
        return [
            _new(Shape, (ids[at], labels[at], (_new(Span, (start, end)),), styles[at], False, start, end))
            for at in numbers
            for start, end in ((starts[at], ends[at]),)
        ]


class KeptMarks:
    """What a source said of a text of `length` characters, until `forget` is told that it changed."""

    def __init__(self, source: MarkSource, length: int) -> None:
        self._source = source
        self._length = length
        self._stretches: dict[int, _Stretch] = {}
        self._missing: dict[int, None] = {}
        self._kept = 0
        self.forget(None)

    def read_on(self) -> bool:
        """Read one more stretch; whether there was one, and the source had time for it."""
        if not self._missing or self._kept >= _MOST:
            return False
        number = next(iter(self._missing))
        found = self._source.shapes_ahead(number * _LENGTH, min((number + 1) * _LENGTH, self._length))
        if found is None:
            return False
        del self._missing[number]
        self._stretches[number] = _packed(found)
        self._kept += len(found)
        return True

    def shapes(self, start: int, end: int) -> Sequence[Shape]:
        """The marks whose hull touches [start, end), in the order of the text, as the source gives them."""
        numbers = range(start // _LENGTH, (end - 1) // _LENGTH + 1)
        found = [self._stretches[number] for number in numbers if number in self._stretches]
        if len(found) < len(numbers):
            return self._source.shapes(start, end)
        # A mark that reaches over an edge is in both stretches.
        begins = [0, *(number * _LENGTH for number in numbers[1:])]
        pairs = zip(found, begins, strict=True)
        return [shape for stretch, place in pairs for shape in stretch.between(start, end, place)]

    def forget(self, spans: Collection[Span] | None) -> None:
        """Whatever changed, or is gone, has all its pieces among `spans`; None stands for all marks."""
        whole = Span(0, self._length)
        start, end = whole if spans is None else hull(spans) if spans else (0, 0)
        numbers = range(start // _LENGTH, -(-end // _LENGTH))
        for number in numbers:
            if (stretch := self._stretches.pop(number, None)) is not None:
                self._kept -= len(stretch.ids)
        self._missing.update(dict.fromkeys(numbers))


def _packed(shapes: Sequence[Shape]) -> _Stretch:
    return _Stretch(
        array("I", [shape.start for shape in shapes]),
        array("I", [shape.end for shape in shapes]),
        [shape.id for shape in shapes],
        [shape.label for shape in shapes],
        [shape.style for shape in shapes],
        {at: shape for at, shape in enumerate(shapes) if shape.ghost or len(shape.spans) > 1},
    )
