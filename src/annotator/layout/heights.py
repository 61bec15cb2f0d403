"""Heights of rows: estimated until a row has been laid out, exact afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

_BLOCK = 256


class Estimate(NamedTuple):
    """Pixels of a row not laid out yet: `empty`, or `base + per_char * length`."""

    empty: float
    base: float
    per_char: float


class Heights:
    """Heights of rows in pixels.

    `lengths` are the characters of each row. Building is one pass, which sums
    up 256 rows at a time; `set` is O(1), `top` never looks at more than 256
    rows and one number for each 256 others, `find` asks for some fifteen tops.
    """

    def __init__(self, lengths: Sequence[int], estimate: Estimate) -> None:
        self._count = len(lengths)
        self._lengths = lengths
        self._empty, self._chars = [0], [0]
        for first in range(0, self._count, _BLOCK):
            block = lengths[first : first + _BLOCK]
            self._empty.append(self._empty[-1] + block.count(0))
            self._chars.append(self._chars[-1] + sum(block))
        self.reset(estimate)

    def reset(self, estimate: Estimate) -> None:
        """Forget every exact height, as after a change of width or font."""
        self._estimate = estimate
        self._known: dict[int, dict[int, float]] = {}
        self._correction = [0.0] * len(self._empty)

    def get(self, row: int) -> float:
        known = self._known.get(row // _BLOCK)
        return self._guess(row) + (known.get(row, 0.0) if known else 0.0)

    def set(self, row: int, height: float) -> None:
        """Note the exact height of a row."""
        block = row // _BLOCK
        known = self._known.setdefault(block, {})
        correction = height - self._guess(row)
        self._correction[block] += correction - known.get(row, 0.0)
        known[row] = correction

    def total(self) -> float:
        return self._guessed(self._count, self._empty[-1], self._chars[-1]) + sum(self._correction)

    def top(self, row: int) -> float:
        """The distance from the top of the text to the top of a row; for the number of rows, to the end."""
        block = row // _BLOCK
        part = self._lengths[block * _BLOCK : row]
        empty = self._empty[block] + part.count(0)
        chars = self._chars[block] + sum(part)
        known = self._known.get(block)
        near = sum(correction for other, correction in known.items() if other < row) if known else 0.0
        return self._guessed(row, empty, chars) + sum(self._correction[:block]) + near

    def _guessed(self, rows: int, empty: int, chars: int) -> float:
        """Of so many rows, some of them empty, with so many characters."""
        guess = self._estimate
        return guess.empty * empty + guess.base * (rows - empty) + guess.per_char * chars

    def find(self, y: float) -> tuple[int, float]:
        """The row at a distance from the top of the text, and the distance into that row."""
        row = max(0, bisect_right(range(self._count), y, key=self.top) - 1)
        return row, max(0.0, y - self.top(row))

    def _guess(self, row: int) -> float:
        length = self._lengths[row]
        return self._estimate.base + self._estimate.per_char * length if length else self._estimate.empty
