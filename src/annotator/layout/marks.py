"""What the text view needs to know of an article's marks: their shapes and links, by range."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span

Direction = Literal["out", "in", "none"]


class RailEntry(NamedTuple):
    """One line of the margin rail: a link of a mark, in words once it has a place beside the text.

    `offset` is where the mark begins; `direction` becomes the arrow before the words; `note` is what
    the source needs to find the words, which are empty until then.
    """

    id: str
    mark: str
    offset: int
    text: str
    direction: Direction
    style: str
    note: object = None


class FocusLink(NamedTuple):
    """A link of the held mark, drawn as brackets and a curve in the margin.

    `span` is the near end, `other` the far one or None when it lies in
    another article; `id` is what a click on the chip of an end off screen
    reports.
    """

    id: str
    style: str
    span: Span
    other: Span | None
    text: str


class MarkSource(Protocol):
    """Reads the marks of one article by range; every call asks the store anew."""

    def shapes(self, start: int, end: int) -> Sequence[Shape]:
        """All marks whose hull touches [start, end), in the order of the text: see `lanes.order`."""
        ...

    def shapes_ahead(self, start: int, end: int) -> Sequence[Shape] | None:
        """The same for whoever can wait; None: ask again later."""
        ...

    def beginning(self, starts: Sequence[int], start: int, end: int) -> Sequence[Shape]:
        """Of the marks whose hull touches [start, end), those that begin at some offsets, in any order."""
        ...

    def rail(self, shapes: Sequence[Shape]) -> Sequence[RailEntry]:
        """The rail entries of some marks, in any order; not yet in words."""
        ...

    def worded(self, entries: Sequence[RailEntry]) -> Sequence[RailEntry]:
        """The same entries in words."""
        ...

    def density(self, buckets: int) -> Sequence[Sequence[tuple[str, int]]] | None:
        """Marks per style that begin in each of `buckets` equal parts of the text; None: ask again later."""
        ...


class NoMarks:
    """The marks of an article that has none."""

    def shapes(self, start: int, end: int) -> Sequence[Shape]:
        return ()

    def shapes_ahead(self, start: int, end: int) -> Sequence[Shape]:
        return ()

    def beginning(self, starts: Sequence[int], start: int, end: int) -> Sequence[Shape]:
        return ()

    def rail(self, shapes: Sequence[Shape]) -> Sequence[RailEntry]:
        return ()

    def worded(self, entries: Sequence[RailEntry]) -> Sequence[RailEntry]:
        return entries

    def density(self, buckets: int) -> Sequence[Sequence[tuple[str, int]]]:
        return [()] * buckets
