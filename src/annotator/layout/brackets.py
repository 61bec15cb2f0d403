"""Tracks for the curves that join the two ends of a link in the margin."""

from __future__ import annotations

from collections.abc import Sequence


def tracks(extents: Sequence[tuple[int, int]]) -> list[int]:
    """A track from 0, nearest the text, for each vertical extent (top, bottom).

    Shorter ones come nearer to the text; two that meet never share a track.
    Equal ones keep the order they came in.
    """
    taken: list[list[tuple[int, int]]] = []
    found = [0] * len(extents)
    for index in sorted(range(len(extents)), key=lambda number: extents[number][1] - extents[number][0]):
        top, bottom = extents[index]
        track = 0
        while track < len(taken) and any(top <= other[1] and other[0] <= bottom for other in taken[track]):
            track += 1
        if track == len(taken):
            taken.append([])
        taken[track].append((top, bottom))
        found[index] = track
    return found
