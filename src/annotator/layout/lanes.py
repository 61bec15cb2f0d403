"""Lanes: at which height under the text the bar of each mark runs.

A pure function of the marks of one row and of where its lines break, so that
an article looks the same after a reload and wherever it was scrolled from.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span

ROOM = 3
"""Bars for which every line keeps room."""
MOST = 5
"""Bars a line can show; the rest is counted in a chip."""

_Placed = list[tuple[int, int]]
"""The marks of a line that have a lane: their number in the row, and the lane."""


_Deep = tuple[int, int, int]
"""A mark that finds no lane in the room of its row: start and end of its hull there, and its number."""


class LineLanes(NamedTuple):
    """The marks that are shown on a line, in text order and each with its lane, and how many are not.

    Lanes count from 0, nearest the text; a line with one beyond `ROOM` has to grow.
    """

    shown: list[tuple[Shape, int]]
    hidden: int = 0
    is_deep: bool = False


def order(shape: Shape) -> tuple[int, int, str]:
    """Text order: by start, outer marks before inner ones, then by id."""
    return shape.start, -shape.end, shape.id


def meets(spans: Iterable[Span], start: int, end: int) -> bool:
    """Whether any of some spans has a part in [start, end)."""
    # A loop, not any(): this runs for marks of every row that is laid out.
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


class RowLanes(NamedTuple):
    """The marks with a piece in a row, in text order, and the lanes of its lines."""

    shapes: list[Shape]
    lines: list[LineLanes]


def row_lanes(shapes: Iterable[Shape], breaks: Sequence[int]) -> RowLanes:
    """Give the marks of a row, which come in text order, their lanes line by line.

    breaks: where the lines of the row begin, and where the last one ends.

    Each mark takes the first of `ROOM` lanes that is free over its whole hull in the row, so that
    the pieces of one mark share a lane and the connector through its hole meets no other bar. A
    deeper one is given a lane on each line for itself, so that a line grows only where many marks
    really meet and nothing is counted away while there is a place.
    """
    start, end = breaks[0], breaks[-1]
    inside: list[Shape] = []
    deeper: list[_Deep] = []
    lines: list[_Placed] = [[] for _ in breaks[1:]]
    free_from = [start] * ROOM
    soonest = start
    for shape in shapes:
        at, to, spans = shape.start, shape.end, shape.spans
        if at >= end or to <= start or (len(spans) > 1 and not meets(spans, start, end)):
            continue
        if at < start:
            at = start
        if to > end:
            to = end
        number = len(inside)
        inside.append(shape)
        if at < soonest:
            deeper.append((at, to, number))
            continue
        lane = 0
        while free_from[lane] > at:
            lane += 1
        free_from[lane] = to
        soonest = min(free_from)
        line = bisect_right(breaks, at) - 1
        lines[line].append((number, lane))
        while breaks[line + 1] < to:
            line += 1
            lines[line].append((number, lane))
    if not deeper:
        return RowLanes(
            inside, [LineLanes([(inside[number], lane) for number, lane in placed]) for placed in lines]
        )
    deep = _place_deeper(deeper, lines, inside, breaks)
    return RowLanes(
        inside,
        [
            LineLanes([(inside[number], lane) for number, lane in sorted(placed)], hidden, is_deep)
            for placed, (hidden, is_deep) in zip(lines, deep, strict=True)
        ],
    )


def _place_deeper(
    deeper: Sequence[_Deep], lines: Sequence[_Placed], inside: Sequence[Shape], breaks: Sequence[int]
) -> list[tuple[int, bool]]:
    """Place deeper marks on each line in the first lane that is free there.

    inside: the marks of the row, by their numbers.
    Returns how many of each line have none, and whether any lies below the room.
    """
    found = []
    carried: list[_Deep] = []
    begun = 0
    for placed, start, end in zip(lines, breaks, breaks[1:], strict=False):
        carried = [mark for mark in carried if mark[1] > start]
        fresh = deeper[begun : bisect_left(deeper, (end,), begun)]
        begun += len(fresh)
        in_room = len(placed)
        free_from = [start] * MOST
        if carried:
            _carry_on(carried, placed, free_from, inside, start, end)
        if fresh:
            _begin(fresh, placed, free_from)
        hidden = in_room + len(carried) + len(fresh) - len(placed)
        found.append((hidden, max(free_from[ROOM:]) > start))
        carried += fresh
    return found


def _carry_on(
    carried: Sequence[_Deep],
    placed: _Placed,
    free_from: list[int],
    inside: Sequence[Shape],
    start: int,
    end: int,
) -> None:
    """Place deeper marks that go on from the line before, and note from where on each lane is free.

    All of them cover the start of the line [start, end), so that a lane takes one of them, if it
    ends before the first mark begins that has the lane in the room of the row.
    """
    taken_at: dict[int, int] = {}
    for number, lane in placed:
        taken_at.setdefault(lane, inside[number].start)
    free_until = {lane: until for lane in range(MOST) if (until := taken_at.get(lane, end)) > start}
    for _, last, number in carried:
        if not free_until:
            break
        to = last if last < end else end
        for lane, until in free_until.items():
            if to <= until:
                del free_until[lane]
                free_from[lane] = to
                placed.append((number, lane))
                break


def _begin(fresh: Iterable[_Deep], placed: _Placed, free_from: list[int]) -> None:
    """Place deeper marks that begin on a line, where the room is taken: else they were no deeper ones."""
    soonest = min(free_from[ROOM:])
    for start, end, number in fresh:
        if start < soonest:
            continue
        lane = ROOM
        while free_from[lane] > start:
            lane += 1
        free_from[lane] = end
        soonest = min(free_from[ROOM:])
        placed.append((number, lane))
