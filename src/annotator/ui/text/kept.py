"""The marks of the whole text, read while nobody waits, for jumps to where nothing was read."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Sequence
from typing import NamedTuple

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.lanes import meets, order
from annotator.layout.marks import MarkSource

_LENGTH = 4096
"""Characters of a stretch: with a mark on every tenth it takes 1.5 ms to read."""
_MOST = 500_000
"""So many marks are kept, each of some 170 bytes, once for every stretch with a piece of it."""
_new = tuple.__new__


class _Stretch(NamedTuple):
    """The marks with a piece in a stretch, column by column: as shapes they take twice the room."""

    starts: array[int]
    ends: array[int]
    ids: list[str]
    labels: list[str]
    styles: list[str]
    odd: dict[int, Shape]
    """Those with several pieces, and ghosts."""

    def between(self, start: int, end: int, begins: int = 0) -> list[Shape]:
        """The marks whose hull touches [start, end), of those that begin at an offset or after it."""
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
        start, end = number * _LENGTH, min((number + 1) * _LENGTH, self._length)
        found = self._source.shapes_ahead(start, end)
        if found is None:
            return False
        del self._missing[number]
        self._stretches[number] = stretch = _packed(found, start, end)
        self._kept += len(stretch.ids)
        return True

    def shapes(self, start: int, end: int) -> Sequence[Shape]:
        """The marks with a piece in [start, end), in the order of the text, and some about them."""
        numbers = _touched(start, end)
        found = [self._stretches[number] for number in numbers if number in self._stretches]
        if len(found) < len(numbers):
            return self._source.shapes(start, end)
        shapes = found[0].between(start, end)
        for number, stretch in zip(numbers[1:], found[1:], strict=True):
            shapes += stretch.between(start, end, number * _LENGTH)
        if len(found) == 1:
            return shapes
        # Some begin before a stretch that has their first piece in all this.
        first = numbers[0] * _LENGTH
        late = [
            shape
            for number, stretch in zip(numbers[1:], found[1:], strict=True)
            for shape in stretch.odd.values()
            if shape.start < number * _LENGTH and not meets(shape.spans, first, number * _LENGTH)
        ]
        return sorted([*shapes, *late], key=order) if late else shapes

    def forget(self, spans: Collection[Span] | None) -> None:
        """Whatever changed, or is gone, has all its pieces among `spans`; None stands for all marks."""
        for start, end in [(0, self._length)] if spans is None else spans:
            for number in _touched(start, end):
                if (stretch := self._stretches.pop(number, None)) is not None:
                    self._kept -= len(stretch.ids)
                self._missing[number] = None


def _touched(start: int, end: int) -> range:
    """The stretches that [start, end) has a part in."""
    return range(start // _LENGTH, -(-end // _LENGTH))


def _packed(found: Sequence[Shape], start: int, end: int) -> _Stretch:
    shapes = [shape for shape in found if len(shape.spans) == 1 or meets(shape.spans, start, end)]
    return _Stretch(
        array("I", [shape.start for shape in shapes]),
        array("I", [shape.end for shape in shapes]),
        [shape.id for shape in shapes],
        [shape.label for shape in shapes],
        [shape.style for shape in shapes],
        {at: shape for at, shape in enumerate(shapes) if shape.ghost or len(shape.spans) > 1},
    )
