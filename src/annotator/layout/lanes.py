"""Lanes: at which height under the text the bar of each mark runs.

A pure function of the marks of one row and of where its lines break, so that
an article looks the same after a reload and wherever it was scrolled from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.spans import Span
from annotator.layout.marks import Shape

ROOM = 3
"""Bars for which every line keeps room."""
MOST = 5
"""Bars a line can show; the rest is counted in a chip."""


class Lane(NamedTuple):
    """A mark in one row: its pieces and its hull within the row, and its lane from 0, nearest the text.

    Every mark that is deeper than the room a line keeps has the lane `ROOM`: see `line_lanes`.
    """

    shape: Shape
    pieces: tuple[Span, ...]
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
    for shape in sorted(shapes, key=order):
        pieces = clip(shape.spans, start, end)
        if not pieces:
            continue
        hull = Span(max(start, shape.spans[0].start), min(end, shape.spans[-1].end))
        lane = 0
        while lane < ROOM and free_from[lane] > hull.start:
            lane += 1
        if lane < ROOM:
            free_from[lane] = hull.end
        lanes.append(Lane(shape, pieces, hull, lane))
    return lanes


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
    marks really meet and nothing is counted away while there is a place.
    """
    taken: list[list[Span]] = [[] for _ in range(MOST)]
    found: list[int | None] = [None] * len(on_line)
    deep = []
    for index, mark in enumerate(on_line):
        if mark.lane < ROOM:
            found[index] = mark.lane
            taken[mark.lane].append(mark.hull)
        else:
            deep.append(index)
    for index in deep:
        hull = on_line[index].hull
        first, last = max(hull.start, start), min(hull.end, end)
        found[index] = next((lane for lane, spans in enumerate(taken) if _is_free(spans, first, last)), None)
        if (lane := found[index]) is not None:
            taken[lane].append(Span(first, last))
    return found


def _is_free(taken: Sequence[Span], start: int, end: int) -> bool:
    # A loop, not any(): this runs for every deep mark of every line that is laid out.
    for first, last in taken:  # noqa: SIM110
        if first < end and start < last:
            return False
    return True
