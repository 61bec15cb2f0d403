"""Lines that run both ways: where the characters of each stretch of them are drawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from PySide6.QtGui import QGlyphRun, QTextLayout, QTextLine

from annotator.ui.text.display import may_run_left_to_right

_INDEXES = QTextLayout.GlyphRunRetrievalFlag.RetrieveStringIndexes


def caret_x(line: QTextLine, position: int) -> float:
    """Where Qt puts the caret before the character at a position."""
    # The binding declares the pair (x, position) that it returns as an object.
    pair: Any = line.cursorToX(position)
    return float(pair[0])


def stretches(line: QTextLine, words: str, right_to_left: bool) -> Stretches | None:
    """The stretches of a line in a paragraph of a direction; None where it runs that way alone.

    words: what stands on the line, with the blanks it breaks at.
    """
    if right_to_left and not may_run_left_to_right(words):
        return None
    runs = line.glyphRuns(-1, -1, _INDEXES)
    if all(run.isRightToLeft() == right_to_left for run in runs):
        return None
    return Stretches(line, runs, len(words) - len(words.rstrip(" \t")), right_to_left)


class _Stretch(NamedTuple):
    """The positions [first, last) of a line, which run one way between two x.

    `aside` is what has to be taken from the x of a caret inside it to meet its glyphs.
    """

    first: int
    last: int
    left: float
    right: float
    right_to_left: bool
    aside: float = 0.0


class Stretches:
    """The stretches of a line with some runs that ends with some blanks, which are not drawn.

    Qt tells where any range is drawn, but takes twenty times as long as for a caret, and
    is wrong by the width of a ligature that the range ends in.
    """

    def __init__(self, line: QTextLine, runs: Sequence[QGlyphRun], blanks: int, right_to_left: bool) -> None:
        self._line = line
        # Of a stretch in several fonts each run tells the extent of all, and only its first index is right.
        begun = {min(run.stringIndexes()): run for run in runs}
        firsts = sorted(begun)
        end = line.textStart() + line.textLength()
        parts = []
        for first, last in zip(firsts, [*firsts[1:], end - blanks], strict=True):
            box = begun[first].boundingRect()
            parts.append(_Stretch(first, last, box.left(), box.right(), begun[first].isRightToLeft()))
        final = parts[-1]
        at, to = caret_x(line, final.last), caret_x(line, end)
        if to < at and not right_to_left:
            # Carets leave room for the blanks, at the left of what runs from right to left at the end.
            aside = at - (final.left if final.right_to_left else final.right)
            parts = [part._replace(aside=aside) if part.left >= final.left else part for part in parts]
        self._parts = sorted(parts, key=lambda part: part.left)

    def ranges(self, begin: int, stop: int) -> list[tuple[int, int]]:
        """Where the positions [begin, stop) are drawn, left to right; what touches is one range."""
        joined: list[tuple[int, int]] = []
        for left, right in self._drawn(begin, stop):
            if joined and left <= joined[-1][1] + 1:
                joined[-1] = (joined[-1][0], max(right, joined[-1][1]))
            else:
                joined.append((left, right))
        return joined

    def right_to_left_at(self, position: int) -> bool:
        """Which way the character at a position runs."""
        return any(part.right_to_left for part in self._parts if part.first <= position < part.last)

    def _drawn(self, begin: int, stop: int) -> Iterator[tuple[int, int]]:
        for first, last, left, right, right_to_left, aside in self._parts:
            if first < stop and last > begin:
                at, to = (right, left) if right_to_left else (left, right)
                if begin > first:
                    at = caret_x(self._line, begin) - aside
                if stop < last:
                    to = caret_x(self._line, stop) - aside
                if at != to:
                    yield (round(to), round(at)) if right_to_left else (round(at), round(to))
