"""The margin rail: which line of words stands at which height beside a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class RailPlace(NamedTuple):
    """The entry of a number at `top`; when `more` > 0, a chip for so many entries from that one on."""

    number: int
    top: int
    more: int = 0


def place_entries(wanted: Sequence[int], pitch: int, height: int) -> list[RailPlace]:
    """Places for entries that want to stand at the heights `wanted` beside a row `height` pixels tall.

    `wanted` is sorted. Entries keep their order and a distance of `pitch`, are pushed down where
    they would meet and up where the row ends. What does not fit is counted by
    a chip in the last place. A row never uses the room of its neighbours, so
    that the rail does not depend on where the view was scrolled from.
    """
    room = max(1, height // pitch)
    shown = len(wanted) if len(wanted) <= room else room
    tops: list[int] = []
    for want in wanted[:shown]:
        tops.append(max(want, tops[-1] + pitch) if tops else want)
    limit = height - pitch
    for index in range(shown - 1, -1, -1):
        tops[index] = max(0, min(tops[index], limit))
        limit = tops[index] - pitch
    places = [RailPlace(index, top) for index, top in enumerate(tops)]
    if shown < len(wanted):
        places[-1] = RailPlace(shown - 1, places[-1].top, len(wanted) - shown + 1)
    return places
