"""Where the margin, the reading column and the rail stand in a view of a given width."""

from __future__ import annotations

from typing import NamedTuple

GAP = 32
"""Between column and rail; holds the "+n" chips."""
_MARGIN, _NARROW_MARGIN = 56, 30
_RAIL_LEAST, _RAIL, _RAIL_MOST, _CHIP = 130, 200, 340, 20
_EDGE = 6
_NARROWEST = 80
_LEAST_PART = 0.9
"""How much of its wanted width the column keeps so that the rail can have words."""


class Columns(NamedTuple):
    """All in pixels from the left edge; `chips` when the rail has room for a sign per entry only."""

    left: int
    width: int
    rail: int
    rail_width: int
    chips: bool


def columns(view: int, wanted: int) -> Columns:
    """First the rail gives way, down to its least; then the column, by a tenth; then the rail's words.

    In a wide view the column is centred and the rail takes what is left beside it.
    """
    spare = view - wanted - _MARGIN - GAP - _EDGE
    squeezed = wanted + min(0, spare - _RAIL_LEAST)
    if squeezed >= wanted * _LEAST_PART:
        wanted, spare = squeezed, max(spare, _RAIL_LEAST)
        rail = min(_RAIL, spare)
        left = min((view - wanted) // 2, view - wanted - GAP - rail - _EDGE)
        start = left + wanted + GAP
        return Columns(left, wanted, start, min(_RAIL_MOST, view - start - _EDGE), chips=False)
    margin = _MARGIN if view - wanted >= _MARGIN + GAP + _CHIP + _EDGE else _NARROW_MARGIN
    width = max(_NARROWEST, min(wanted, view - margin - GAP - _CHIP - _EDGE))
    left = margin + max(0, view - margin - width - GAP - _CHIP - _EDGE) // 2
    return Columns(left, width, left + width + GAP, _CHIP, chips=True)
