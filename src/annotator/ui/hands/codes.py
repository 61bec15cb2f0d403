"""Letters to type for things in view."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

LETTERS = "ASDFJKLGHEIRUOWPQTYVNBMCXZ"
"""The easiest keys first."""

T = TypeVar("T")


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


def coded(things: Sequence[T], distances: Sequence[float]) -> dict[str, T]:
    """Things by code, the nearest ones with the shortest codes."""
    order = sorted(range(len(things)), key=lambda index: distances[index])
    return {code: things[index] for code, index in zip(hint_codes(len(things)), order, strict=False)}
