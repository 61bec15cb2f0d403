"""The parts of an article that are no running text, as they stand beside it: nested ones further in."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from annotator.domain.spans import Span


class ShownRegion(NamedTuple):
    """A region with its name; `depth` counts the regions around it, 0 for none."""

    name: str
    span: Span
    depth: int


class ShownRegions:
    """The regions of one article by place: outer ones before inner ones."""

    def __init__(self, named: Iterable[tuple[str, Span]] = ()) -> None:
        self.all: list[ShownRegion] = []
        around: list[Span] = []
        for name, span in sorted(named, key=lambda one: (one[1].start, -one[1].end)):
            around = [outer for outer in around if span.start < outer.end]
            self.all.append(ShownRegion(name, span, len(around)))
            around.append(span)
        self._starts = [region.span.start for region in self.all]
        self._longest = max((region.span.end - region.span.start for region in self.all), default=0)

    def touching(self, start: int, stop: int) -> Iterator[ShownRegion]:
        """The regions that hold a character of [start, stop), or have both sides of an empty one in them."""
        first = bisect_left(self._starts, start - self._longest)
        last = bisect_left(self._starts, max(stop, start + 1))
        for region in self.all[first:last]:
            if region.span.end > start and (start < stop or region.span.start < start):
                yield region
