"""Lanes: at which height under the text the bar of each mark runs.

A pure function of the marks of one row and of where its lines break, so that
an article looks the same after a reload and wherever it was scrolled from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_
from typing import NamedTuple

from annotator.domain.spans import Span
from annotator.layout.marks import Shape

ROOM = 3
"""Bars for which every line keeps room."""
MOST = 5
"""Bars a line can show; the rest is counted in a chip."""


class Lane(NamedTuple):
    """A mark in one row: its hull within the row, and its lane from 0, nearest the text.

    Every mark that is deeper than the room a line keeps has the lane `ROOM`: see `line_lanes`.
    """

    shape: Shape
    hull: Span
    lane: int


def order(shape: Shape) -> tuple[int, int, str]:
    """Outer marks before inner ones: by start, longer first, then by id."""
    return shape.spans[0].start, -shape.spans[-1].end, shape.id


def row_lanes(shapes: Iterable[Shape], start: int, end: int) -> list[Lane]:
    """The marks with a piece in the row [start, end), each in the first lane that is free over its hull.

    Lanes are looked at only as far as every line keeps room: in a crowd marks lie a hundred deep.
    The whole hull is taken, so that the pieces of one mark share a lane and
    the connector through its hole meets no other bar.
    """
    free_from = [start] * ROOM
    lanes = []
    # As `order` has them; a call for each mark would be felt in a crowd.
    ordered = sorted([(one.spans[0][0], -one.spans[-1][1], one.id, one) for one in shapes])
    for first, before_last, _, shape in ordered:
        spans, last = shape.spans, -before_last
        if first >= end or last <= start or (len(spans) > 1 and not meets(spans, start, end)):
            continue
        if len(spans) == 1 and first >= start and last <= end:
            hull = spans[0]
        else:
            hull = Span(first if first > start else start, last if last < end else end)
        lane = 0
        while lane < ROOM and free_from[lane] > hull[0]:
            lane += 1
        if lane < ROOM:
            free_from[lane] = hull[1]
        lanes.append(Lane(shape, hull, lane))
    return lanes


def meets(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether any of some spans has a part in [start, end)."""
    # A loop, not any(): this runs for every mark of every row that is laid out.
    for first, last in spans:  # noqa: SIM110
        if first < end and last > start:
            return True
    return False


def clip(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The parts of spans that lie in [start, end), empty ones left out."""
    found = []
    for span in spans:
        first, last = span
        if first < end and last > start:
            inside = first >= start and last <= end
            found.append(span if inside else Span(max(first, start), min(last, end)))
    return tuple(found)


def line_lanes(on_line: Sequence[Lane], start: int, end: int) -> list[int | None]:
    """The lane of each mark on the line [start, end); None where there is none left.

    Lanes within `ROOM` stay as they are in the row. Deeper marks take the
    first lane that is free on this line, so that a line grows only where many
    marks really meet and nothing is counted away while there is a place. Once
    a line is full, no more of its marks are looked at.
    """
    found: list[int | None] = [lane for _, _, lane in on_line]
    if ROOM not in found:
        return found
    taken = [0] * MOST
    for _, hull, lane in on_line:
        if lane < ROOM:
            taken[lane] |= _places(hull, start, end)
    line = (1 << end - start) - 1
    full = reduce(and_, taken)
    for index, (_, hull, lane) in enumerate(on_line):
        if lane < ROOM:
            continue
        found[index] = None
        if full == line or (places := _places(hull, start, end)) & full:
            continue
        for free in range(MOST):
            if not taken[free] & places:
                found[index] = free
                taken[free] |= places
                full = reduce(and_, taken)
                break
    return found


def _places(hull: Span, start: int, end: int) -> int:
    """The characters of a hull on the line [start, end), as bits: of a crowd all are compared at once."""
    first, last = hull
    return (1 << (last if last < end else end) - start) - (1 << (first if first > start else start) - start)
