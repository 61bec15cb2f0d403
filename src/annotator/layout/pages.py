"""Lines of a text on pages of one height."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Standing(NamedTuple):
    """A line as it stands in one long column. keeps: it may not be the last one of a page."""

    top: float
    bottom: float
    keeps: bool


class Page(NamedTuple):
    """What a page shows of the column, from `top` to `bottom`."""

    top: float
    bottom: float


def paged(lines: Sequence[Standing], height: float) -> list[Page]:
    """The pages of a column: each as full as lines that keep with the next one let it be.

    Lines that alone fill a page stand there although they keep; one higher than a page is cut.
    One pass.
    """
    pages: list[Page] = []
    first = end = 0
    while first < len(lines):
        top = lines[first].top
        while end < len(lines) and (end == first or lines[end].bottom - top <= height):
            end += 1
        last = end
        while end < len(lines) and last > first and lines[last - 1].keeps:
            last -= 1
        end = last if last > first else end
        pages.append(Page(top, min(lines[end - 1].bottom, top + height)))
        first = end
    return pages


def standing(blocks: Iterable[tuple[bool, Sequence[tuple[float, float]]]]) -> list[Standing]:
    """The lines of blocks: whether one is a heading, and top and bottom of each of its lines.

    A heading keeps with what it is above. Of a block of several lines neither the first nor the last
    one stands on a page alone.
    """
    return [
        Standing(top, bottom, is_heading or number == 0 < last or 0 < number == last - 1)
        for is_heading, rows in blocks
        for last in [len(rows) - 1]
        for number, (top, bottom) in enumerate(rows)
    ]
