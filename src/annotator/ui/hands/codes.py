"""Letters to type for things in view."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TypeVar

LETTERS = "ASDFJKLGHEIRUOWPQTYVNBMCXZ"
"""The easiest keys first."""

T = TypeVar("T", bound=Hashable)


def hint_codes(count: int) -> list[str]:
    """`count` codes of one or two letters, none the beginning of another, the short ones first.

    Up to 26 things get one letter; beyond, as few letters as possible become
    first letters of pairs. At most 676.
    """
    size = len(LETTERS)
    count = min(count, size * size)
    firsts = 0
    while size - firsts + firsts * size < count:
        firsts += 1
    singles = list(LETTERS[: size - firsts])
    pairs = [first + second for first in LETTERS[size - firsts :] for second in LETTERS]
    return (singles + pairs)[:count]


def coded(things: Sequence[T], distances: Sequence[float], before: Mapping[str, T]) -> dict[str, T]:
    """Things by code, the nearest ones with the shortest codes.

    What had a code before keeps it, as far as that is one of the codes for so many.
    """
    codes, there = hint_codes(len(things)), set(things)
    kept = {code: before[code] for code in codes if code in before and before[code] in there}
    named = set(kept.values())
    new = sorted((far, place) for place, far in enumerate(distances) if things[place] not in named)
    free = (code for code in codes if code not in kept)
    return kept | {code: things[place] for code, (_, place) in zip(free, new, strict=False)}
