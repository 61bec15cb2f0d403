"""Rows: the pieces of a text that are laid out one by one.

A row is one paragraph, or a piece of at most `PIECE` characters of one that is
longer than `LONGEST`. Every newline ends a paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from operator import sub
from unicodedata import bidirectional, category

LONGEST = 4000
PIECE = 2000
"""Half of what a window holds: a piece is laid out whole, however little of it is seen."""
_LOOK_FOR_DIRECTION = 400
_SENTENCE_ENDS = (". ", "? ", "! ", "؟ ", "۔ ", "。", "！", "？")


class Rows:
    """Where each row of a text starts and stops; the newline belongs to no row's content.

    `boundary(text, offset)` gives the start of the grapheme that `offset` lies
    in (or `offset` itself); it is asked only where a very long paragraph is cut.
    Building is one pass over the text.
    """

    __slots__ = ("lengths", "starts", "stops")

    def __init__(self, text: str, boundary: Callable[[str, int], int]) -> None:
        self.stops = _newlines(text)
        self.stops.append(len(text))
        self.starts = [0, *(stop + 1 for stop in self.stops)]
        self.starts.pop()
        self.lengths = list(map(sub, self.stops, self.starts))
        if max(self.lengths) > LONGEST:
            self._cut(text, boundary)

    def _cut(self, text: str, boundary: Callable[[str, int], int]) -> None:
        starts, stops = [], []
        for start, stop in zip(self.starts, self.stops, strict=True):
            longest = PIECE if stop - start > LONGEST else LONGEST
            while stop - start > longest:
                starts.append(start)
                start = _cut_at(text, start, boundary)
                stops.append(start)
            starts.append(start)
            stops.append(stop)
        self.starts, self.stops = starts, stops
        self.lengths = list(map(sub, stops, starts))

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, offset: int) -> int:
        """The row that holds an offset; a newline belongs to the row it ends."""
        return bisect_right(self.starts, offset, 1) - 1

    def touched(self, start: int, end: int) -> range:
        """The rows that [start, end) has a part in; at least the one `start` is in."""
        first = self.at(start)
        last = first if end <= self.stops[first] else max(first, self.at(end - 1))
        return range(first, last + 1)

    def continues(self, row: int) -> bool:
        """Whether a row goes on with the paragraph of the row before."""
        return row > 0 and self.stops[row - 1] == self.starts[row]

    def paragraph_start(self, row: int) -> int:
        """The offset at which the paragraph of a row begins."""
        while self.continues(row):
            row -= 1
        return self.starts[row]

    def paragraph_before(self, offset: int) -> int:
        """The start of the paragraph of an offset; from there, that of the one before that is not empty."""
        row = self.at(offset)
        if self.paragraph_start(row) < offset:
            return self.paragraph_start(row)
        row = self.at(self.paragraph_start(row)) - 1
        while row > 0 and not self.lengths[row]:
            row -= 1
        return self.paragraph_start(row) if row >= 0 else 0

    def paragraph_after(self, offset: int) -> int:
        """The start of the next paragraph that is not empty; after the last one, the end of the text."""
        row = self.at(offset) + 1
        while row < len(self) and (self.continues(row) or not self.lengths[row]):
            row += 1
        return self.starts[row] if row < len(self) else self.stops[-1]


def _newlines(text: str) -> list[int]:
    """Where the newlines are; half the time that split() takes, which copies the text."""
    found = []
    find = text.find
    at = find("\n")
    while at >= 0:
        found.append(at)
        at = find("\n", at + 1)
    return found


def _cut_at(text: str, start: int, boundary: Callable[[str, int], int]) -> int:
    """Where to end a row that begins at `start` and is too long: after a sentence, a space, or a grapheme.

    The last line of a piece is short, which looks least odd where a sentence ends.
    """
    limit = start + PIECE
    for ends in (_SENTENCE_ENDS, (" ",)):
        after = max(text.rfind(end, start + PIECE // 2, limit) + len(end) for end in ends)
        if after > start + PIECE // 2 and category(text[after]) not in ("Mn", "Me", "Mc", "Cf"):
            return after
    cut = boundary(text, limit)
    return cut if cut > start else limit


def is_right_to_left(text: str, paragraph: int, stop: int) -> bool:
    """Whether the paragraph that begins at `paragraph` runs from right to left.

    Decided by its first strong character (Unicode Standard Annex 9, rules P2
    and P3, without the skipping of isolates), looked for in 400 characters.
    """
    for char in text[paragraph : min(stop, paragraph + _LOOK_FOR_DIRECTION)]:
        strength = bidirectional(char)
        if strength == "L":
            return False
        if strength in ("R", "AL"):
            return True
    return False
