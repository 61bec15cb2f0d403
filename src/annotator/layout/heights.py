"""Heights of rows: estimated until a row has been laid out, exact afterwards."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_BLOCK = 256


@dataclass(frozen=True, slots=True)
class Estimate:
    """Pixels of a row not laid out yet: `empty`, or `base + per_char * length`."""

    empty: float
    base: float
    per_char: float


class Heights:
    """Heights of rows in pixels.

    `lengths` are the characters of each row. Building is one pass, which sums
    up 256 rows at a time; `set` is O(1), and the others never look at more
    than 256 rows and one number for each 256 others.
    """

    def __init__(self, lengths: Sequence[int], estimate: Estimate) -> None:
        self._count = len(lengths)
        self._lengths = lengths
        self._blocks = range((self._count + _BLOCK - 1) // _BLOCK)
        self._empty, self._chars = [0], [0]
        for first in range(0, self._count, _BLOCK):
            block = lengths[first : first + _BLOCK]
            self._empty.append(self._empty[-1] + block.count(0))
            self._chars.append(self._chars[-1] + sum(block))
        self.reset(estimate)

    def reset(self, estimate: Estimate) -> None:
        """Forget every exact height, as after a change of width or font."""
        self._estimate = estimate
        self._known: dict[int, float] = {}
        self._correction = [0.0] * len(self._blocks)

    def get(self, row: int) -> float:
        return self._guess(row) + self._known.get(row, 0.0)

    def set(self, row: int, height: float) -> None:
        """Note the exact height of a row."""
        correction = height - self._guess(row)
        self._correction[row // _BLOCK] += correction - self._known.get(row, 0.0)
        self._known[row] = correction

    def total(self) -> float:
        return self._before(len(self._blocks))

    def top(self, row: int) -> float:
        """The distance from the top of the text to the top of a row."""
        block = row // _BLOCK
        return self._before(block) + sum(map(self.get, range(block * _BLOCK, row)))

    def find(self, y: float) -> tuple[int, float]:
        """The row at a distance from the top of the text, and the distance into that row."""
        block = max(0, bisect_right(self._blocks, y, key=self._before) - 1)
        at = self._before(block)
        row = block * _BLOCK
        last = min(self._count, row + _BLOCK) - 1
        while row < last and at + self.get(row) <= y:
            at += self.get(row)
            row += 1
        return row, max(0.0, y - at)

    def _guess(self, row: int) -> float:
        length = self._lengths[row]
        return self._estimate.base + self._estimate.per_char * length if length else self._estimate.empty

    def _before(self, block: int) -> float:
        """The height of all blocks before one."""
        guess, empty, chars = self._estimate, self._empty[block], self._chars[block]
        full = min(self._count, block * _BLOCK) - empty
        guessed = guess.empty * empty + guess.base * full + guess.per_char * chars
        return guessed + sum(self._correction[:block])
