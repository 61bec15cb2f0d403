"""One row of text, laid out: where its lines, characters and ranges are.

All coordinates are in pixels from the top left corner of the row; all offsets
are code points of the article.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QTextLayout, QTextLine, QTextOption

from annotator.domain.spans import Span
from annotator.layout.lanes import MOST
from annotator.layout.offsets import qt_offsets
from annotator.ui.text.display import Sign, display_copy, may_run_right_to_left, signs
from annotator.ui.text.metrics import Metrics
from annotator.ui.text.twoways import Stretches, caret_x, stretches

_TAB_CHARS = 8
_ORIGIN = QPointF(0, 0)


@lru_cache(4)
def _text_option(average: float, right_to_left: bool) -> QTextOption:
    """Wrapping, tabs and direction of a row, for characters of an average width."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(average * _TAB_CHARS)
    if right_to_left:
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
    else:
        option.setTextDirection(Qt.LayoutDirection.LeftToRight)
    return option


class RowLayout:
    """The lines of the row [start, start + len(text)), wrapped at `width`.

    `above` is the empty space over the first line. Until `arrange` is called
    again, every line has room for the usual number of bars. `spans` are the
    characters of each line, the spaces it breaks at included; `line_starts`
    is where they begin.
    """

    def __init__(
        self, text: str, start: int, metrics: Metrics, width: int, *, right_to_left: bool, above: int
    ) -> None:
        self.start = start
        self.stop = start + len(text)
        self.above = above
        self.right_to_left = right_to_left
        self.signs: list[tuple[int, Sign]] = [] if text.isascii() else signs(text)
        self._metrics = metrics
        self._offsets = qt_offsets(text)
        self._mixed = text if right_to_left or may_run_right_to_left(text) else ""
        """The text where it may run both ways, otherwise empty."""
        self._blank = not text or text.isspace()
        self.layout = QTextLayout(display_copy(text), metrics.font)
        self.layout.setCacheEnabled(True)
        self.layout.setTextOption(_text_option(metrics.average, right_to_left))
        self._lines = self._wrap(width)
        self._breaks = [line.textStart() for line in self._lines]
        offsets = self._offsets
        starts = [start + (offsets.to_text(at) if offsets else at) for at in self._breaks]
        self.spans = list(map(Span, starts, [*starts[1:], self.stop]))
        self.line_starts = starts
        self._ends: dict[int, tuple[int, int] | Stretches] = {}
        self._asked: tuple[int, float] | None = None
        self._found: int | None = None
        self._placed: list[int] = []
        """The tops at which the lines are drawn."""
        self.arrange([False] * len(starts))

    def _wrap(self, width: int) -> list[QTextLine]:
        lines = []
        layout = self.layout
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append(line)
        layout.endLayout()
        return lines

    def arrange(self, is_deep: Sequence[bool]) -> None:
        """Find the heights of the lines, of which some have more bars than all keep room for.

        A row without ink stays small.
        """
        usual, deep = self._metrics.full_line(0), self._metrics.full_line(MOST)
        y = 0 if self._blank else self.above
        self.tops = []
        for grows in is_deep:
            self.tops.append(y)
            y += deep if grows else usual
        self.height = self._metrics.empty_row if self._blank else y

    def draw(self, painter: QPainter, part: QRectF | None = None) -> None:
        """Draw the text with its corner at the origin; of a part, only the lines that touch it."""
        if self._placed != self.tops:
            self._placed, ascent = self.tops, self._metrics.ascent
            for line, top in zip(self._lines, self.tops, strict=True):
                # A fallback font may stand taller than the reading font: baselines stay in line all the same.
                line.setPosition(QPointF(0.0, top + ascent - line.ascent()))
        self.layout.draw(painter, _ORIGIN, [], part or QRectF())

    @property
    def is_blank(self) -> bool:
        """Whether the row holds nothing but white space."""
        return self._blank

    @property
    def line_count(self) -> int:
        return len(self._lines)

    def line_top(self, line: int) -> int:
        return self.tops[line]

    def line_height(self, line: int) -> int:
        """From the top of a line to the top of the next."""
        return (self.tops[line + 1] if line + 1 < len(self.tops) else self.height) - self.tops[line]

    def line_of(self, offset: int) -> int:
        """The line a character is on; the end of the row is on the last."""
        return bisect_right(self.line_starts, offset, 1) - 1

    def line_at(self, y: float) -> int:
        """The line at a height; heights outside the row count as its first or last line."""
        return max(0, bisect_right(self.tops, y) - 1)

    def to_qt(self, offset: int) -> int:
        if offset <= self.start:
            return 0
        inside = (offset if offset < self.stop else self.stop) - self.start
        return self._offsets.to_qt(inside) if self._offsets else inside

    def to_text(self, position: int) -> int:
        return self.start + (self._offsets.to_text(position) if self._offsets else position)

    def caret_x(self, offset: int) -> float:
        """Where the caret stands before the character at `offset`."""
        return caret_x(self._lines[self.line_of(offset)], self.to_qt(offset))

    def text_height(self, line: int) -> int:
        return min(self._metrics.line, self.line_height(line))

    def offset_at(self, line: int, x: float) -> int:
        """The offset between characters nearest to `x` on a line, before the space the line breaks at."""
        position = self._lines[line].xToCursor(x)
        under = self._under(line, x) if self._mixed else None
        if under is not None:
            after = self.layout.nextCursorPosition(under)
            drawn = self.ranges_on(line, self.to_text(under), self.to_text(after))
            middle = sum(drawn[0]) / 2 if drawn else x
            at_end = (x < middle) == self._runs_right_to_left(line, under)
            position = after if at_end else under
        if line + 1 < len(self._breaks):
            position = min(position, self._breaks[line + 1] - 1)
        return self.to_text(position)

    def character_at(self, line: int, x: float) -> int | None:
        """The offset of the character under `x` on a line, None beside the text."""
        position = self._under(line, x)
        return None if position is None else min(self.to_text(position), self.stop - 1)

    def _under(self, number: int, x: float) -> int | None:
        """The position of the character under `x`, None beside the text; a click asks for it twice."""
        if self._asked != (number, x):
            self._asked, self._found = (number, x), self._find_under(number, x)
        return self._found

    def _find_under(self, number: int, x: float) -> int | None:
        line = self._lines[number]
        ends = line.naturalTextRect()
        if not ends.left() <= x < ends.right() or self.start == self.stop:
            return None
        guess = line.xToCursor(x, QTextLine.CursorPosition.CursorOnCharacter)
        if not self._mixed:
            return guess
        # Qt misses by one where text runs from right to left: its guess is checked.
        before, after = self.layout.previousCursorPosition(guess), self.layout.nextCursorPosition(guess)
        for near in (guess, before, after):
            if self._covers(number, near, x):
                return near
        at, end = line.textStart(), line.textStart() + line.textLength()
        while at < end and not self._covers(number, at, x):
            at = self.layout.nextCursorPosition(at)
        return at if at < end else guess

    def _covers(self, number: int, position: int, x: float) -> bool:
        """Whether the whole character at a position is drawn over `x`."""
        after = self.layout.nextCursorPosition(position)
        found = self.ranges_on(number, self.to_text(position), self.to_text(after))
        return any(left <= x < right for left, right in found)

    def _runs_right_to_left(self, number: int, position: int) -> bool:
        """Which way the character at a position on a line runs."""
        ends = self._ends[number] if number in self._ends else self._find_ends(number)
        return ends.right_to_left_at(position) if isinstance(ends, Stretches) else self.right_to_left

    def ranges(self, start: int, end: int) -> list[tuple[int, int, int]]:
        """Where [start, end) is seen: (line, left, right) from top to bottom, left to right.

        Text that runs both ways gives several ranges on a line.
        """
        lines = self.lines_of(start, end)
        return [(line, *found) for line in lines for found in self.ranges_on(line, start, end)]

    def lines_of(self, start: int, end: int) -> range:
        """The lines that [start, end) has a part on."""
        start, end = max(start, self.start), min(end, self.stop)
        return range(self.line_of(start), self.line_of(end - 1) + 1) if start < end else range(0)

    def ranges_on(self, number: int, start: int, end: int) -> list[tuple[int, int]]:
        """Where the part of [start, end) on a line is seen, left to right; it must have a part there."""
        first, last = self.spans[number]
        ends = self._ends[number] if number in self._ends else self._find_ends(number)
        if isinstance(ends, Stretches):
            return ends.ranges(self.to_qt(max(start, first)), self.to_qt(min(end, last)))
        at, to = ends
        if start > first:
            at = self._rounded_x(number, start)
        if end < last:
            to = self._rounded_x(number, end)
        return [(to, at)] if self.right_to_left else [(at, to)]

    def _rounded_x(self, line: int, offset: int) -> int:
        inside, offsets = offset - self.start, self._offsets
        # The binding declares the pair (x, position) that it returns as an object.
        pair: Any = self._lines[line].cursorToX(offsets.to_qt(inside) if offsets else inside)
        x: float = pair[0]
        return round(x)

    def _find_ends(self, number: int) -> tuple[int, int] | Stretches:
        """Where a line begins and ends, without the blanks it breaks at; or its stretches."""
        line, (start, end) = self._lines[number], self.spans[number]
        words = self._mixed[start - self.start : end - self.start]
        parts = stretches(line, words, self.right_to_left) if words else None
        found: tuple[int, int] | Stretches
        if parts:
            found = parts
        elif self.right_to_left:
            drawn = line.naturalTextRect()
            found = round(drawn.right()), round(drawn.left())
        else:
            found = 0, round(line.naturalTextWidth())
        self._ends[number] = found
        return found

    def rects(self, start: int, end: int) -> list[QRect]:
        """The rectangles of the text of [start, end), without the room for bars."""
        return [
            QRect(left, self.tops[line], max(1, right - left), self.text_height(line))
            for line, left, right in self.ranges(start, end)
        ]
