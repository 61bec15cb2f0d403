"""The overview bar: a picture of a whole article in a few pixels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Density = Sequence[Sequence[tuple[str, int]]]
"""Per bucket the number of marks of each style."""


class Block(NamedTuple):
    """A rectangle of one style."""

    style: str
    x: int
    y: int
    width: int
    height: int


def blocks(density: Density, width: int, height: int) -> list[Block]:
    """Rectangles, bucket below bucket; the fullest bucket takes the whole width.

    A bucket with marks is at least two pixels wide, its styles side by side
    in the order they come in; a style that would get no pixel is left out.
    """
    fullest = max((sum(count for _, count in bucket) for bucket in density), default=0)
    if not fullest:
        return []
    found = []
    for number, bucket in enumerate(density):
        top, bottom = number * height // len(density), (number + 1) * height // len(density)
        total = sum(count for _, count in bucket)
        taken = max(2, round(width * (total / fullest) ** 0.5)) if total else 0
        before = 0
        for style, count in bucket:
            left, right = taken * before // total, taken * (before + count) // total
            before += count
            if right > left:
                found.append(Block(style, left, top, right - left, max(1, bottom - top)))
    return found


def window(first: int, last: int, length: int, height: int) -> tuple[int, int]:
    """Top and height in pixels of the visible characters [first, last) of `length`; at least 6 tall."""
    if not length:
        return 0, height
    top = first * height // length
    tall = max(6, (last - first) * height // length)
    return min(top, max(0, height - tall)), tall
