"""What the marks of one row look like: boxes by style, ready to be painted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.layout.lanes import LineLanes, clip, meets, row_lanes
from annotator.layout.marks import RailEntry
from annotator.layout.rail import RailPlace
from annotator.ui.text.metrics import BAR, PITCH, Metrics
from annotator.ui.text.row import RowLayout

LETTER = 9
"""Width and height of the letter at the start of a mark."""
FOOT = 1
"""How far the letter of the lowest mark reaches over the foot of its line."""
_TINTED = 3
_STYLE = attrgetter("style", "ghost")
CHIP = QSize(26, 14)
DOT, DOT_STEP = 2, 5
"""The width of a dot of a connector, and from the start of one to that of the next."""

Style = tuple[str, bool]
"""The style of a shape and whether it is a ghost."""
Box = tuple[int, int, int, int]
"""Left, top, width and height: making a QRect of each and taking it apart to paint costs twice the paint."""


class Bar(NamedTuple):
    """A bar that can be clicked."""

    box: Box
    mark: str

    @property
    def rect(self) -> QRect:
        return QRect(*self.box)

    def is_near(self, x: int, y: int) -> bool:
        """Whether a point is on the bar, or a pixel beside or below it."""
        left, top, width, height = self.box
        return left - 1 <= x <= left + width and top <= y <= top + height


class Chip(NamedTuple):
    """The "+n" beside the line `span` of a row with some marks, where there are more than it can show."""

    left: int
    top: int
    more: int
    span: Span
    in_row: Sequence[Shape]

    @property
    def rect(self) -> QRect:
        return QRect(QPoint(self.left, self.top), CHIP)

    @property
    def marks(self) -> list[str]:
        """All marks with a piece on the line."""
        return [shape.id for shape in self.in_row if meets(shape.spans, *self.span)]


class Drawn(NamedTuple):
    """What the marks of one style on a line are drawn with.

    `ends` are the solid tips of bars at the true ends of pieces, `dots` the
    stretches of connectors through holes, `letters` the places of letters.
    """

    tints: list[Box]
    bars: list[Box]
    ends: list[Box]
    dots: list[Box]
    letters: list[tuple[int, int]]


_Taken = tuple[int, int, int]
"""Lane, left and right of a bar."""
_Letter = tuple[int, int, int, Drawn]
"""The lane of a bar that may have a letter, where that begins and the bar is, and what it is drawn with."""


class LineMarks:
    """The marks of a line that stands `top` below the start of its row, and what they are drawn with."""

    def __init__(self, lanes: LineLanes, top: int) -> None:
        self.lanes = lanes
        self.top = top
        self.picture: LinePicture | None = None


class LinePicture(NamedTuple):
    """What the marks of a line are drawn with, and all bars among it, each with its mark."""

    drawn: dict[Style, Drawn]
    bars: list[tuple[Box, Shape]]


class RowMarks:
    """The picture of the marks of one row, in the row's coordinates; bars of ghosts are no hits.

    What is on a line is drawn when `show` is told that the line is seen; styles lie above one
    another in the order of the text all the same, wherever one scrolled from. `drawn` has the lines
    that were shown, style by style.
    `entries` and `places` are the rail beside the row; `places` is None while that was not read.
    """

    def __init__(
        self,
        row: RowLayout,
        metrics: Metrics,
        width: int,
        shapes: Sequence[Shape],
        lines: Sequence[LineMarks],
    ) -> None:
        self._row = row
        self._metrics = metrics
        self._width = width
        self._unseen = {number for number, line in enumerate(lines) if line.lanes.shown}
        self.shapes = shapes
        self.lines = lines
        styles = dict.fromkeys(map(_STYLE, shapes))
        self.drawn: dict[Style, list[Drawn]] = {style: [] for style in styles}
        self.chips: list[Chip] = []
        self.entries: list[RailEntry] = []
        self.places: list[RailPlace] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every line was shown."""
        return not self._unseen

    @property
    def hits(self) -> list[Bar]:
        """The bars that can be clicked, on lines that were shown."""
        return [
            Bar(box, shape.id)
            for number, line in enumerate(self.lines)
            if line.picture is not None and number not in self._unseen
            for box, shape in line.picture.bars
            if not shape.ghost
        ]

    def show(self, first: int, last: int) -> None:
        """Draw up the lines from one to another."""
        for number in sorted(self._unseen.intersection(range(first, last + 1))):
            self._unseen.remove(number)
            line = self.lines[number]
            if line.picture is None:
                line.picture = _drawn_up(self._row, number, self._metrics, line.lanes)
            for style, found in line.picture.drawn.items():
                self.drawn[style].append(found)
            if line.lanes.hidden:
                self.chips.append(self._chip(number))

    def _chip(self, line: int) -> Chip:
        """The marks that a line has no room for, counted beside the column."""
        top = self._row.tops[line] + self._metrics.line - 2
        hidden, span = self.lines[line].lanes.hidden, self._row.spans[line]
        return Chip(self._width + 2, top, hidden, span, self.shapes)


def arrange_marks(
    row: RowLayout, shapes: Sequence[Shape], metrics: Metrics, width: int, before: RowMarks | None = None
) -> RowMarks:
    """Give each mark its lanes and let the lines grow where they must.

    shapes: in text order.
    before: how the marks of the row were arranged last; lines on which nothing changed stay as they are.
    """
    inside, lanes = row_lanes(() if row.is_blank else shapes, [*row.line_starts, row.stop])
    row.arrange([line.is_deep for line in lanes])
    lines = list(map(LineMarks, lanes, row.tops))
    if before is not None:
        for number, (old, new) in enumerate(zip(before.lines, lines, strict=True)):
            if (old.lanes, old.top) == (new.lanes, new.top):
                lines[number] = old
    return RowMarks(row, metrics, width, inside, lines)


def _drawn_up(row: RowLayout, number: int, metrics: Metrics, lanes: LineLanes) -> LinePicture:
    """The picture of the marks of a line."""
    # One function for all that a piece needs: a page has dozens, and is drawn up while somebody waits.
    first, last = row.spans[number]
    top, height, is_rtl = row.tops[number], metrics.line, row.right_to_left
    styles: dict[Style, Drawn] = {}
    bars: list[tuple[Box, Shape]] = []
    taken: list[_Taken] = []
    letters: list[_Letter] = []
    for shape, lane in lanes.shown:
        style = shape.style, shape.ghost
        drawn = styles.get(style)
        if drawn is None:
            drawn = styles[style] = Drawn([], [], [], [], [])
        spans = shape.spans
        y = top + height + 1 + lane * PITCH
        for start, end in spans:
            if start >= last or end <= first or not (ranges := row.ranges_on(number, start, end)):
                continue
            left_tip, right_tip = (end <= last, start >= first) if is_rtl else (start >= first, end <= last)
            leftmost, rightmost = ranges[0][0], ranges[-1][1]
            for left, right in ranges:
                taken.append((lane, left, right))
                if lane < _TINTED:
                    drawn.tints.append((left, top, right - left, height))
                if left_tip and left == leftmost:
                    left += 1
                    drawn.ends.append((left, y, BAR, BAR))
                width = right - left
                if right_tip and right == rightmost:
                    width = max(2, width - 1)
                    drawn.ends.append((left + width - BAR, y, BAR, BAR))
                bar = left, y, width if width > 2 else 2, BAR
                drawn.bars.append(bar)
                bars.append((bar, shape))
            if start >= first and start == spans[0][0]:
                left, right = ranges[-1 if is_rtl else 0]
                if right - left > 2 * LETTER:
                    letters.append((lane, right - LETTER if is_rtl else left + 1, y, drawn))
        if len(spans) > 1:
            _connect(row, number, spans, y, drawn)
    _place_letters(letters, taken)
    return LinePicture(styles, bars)


def _connect(row: RowLayout, number: int, spans: Sequence[Span], y: int, drawn: Drawn) -> None:
    """Dots through the holes of a mark, and from a hole to the edge of the line it goes on from."""
    first, last = row.spans[number]
    at, end = max(spans[0].start, first), min(spans[-1].end, last)
    for piece in (*clip(spans, first, last), Span(end, end)):
        for _, left, right in row.ranges(at, piece.start):
            count = len(range(left + 2, right - DOT, DOT_STEP))
            if count:
                drawn.dots.append((left + 2, y + BAR // 2, (count - 1) * DOT_STEP + DOT, 1))
        at = piece.end


def _place_letters(letters: Iterable[_Letter], taken: Sequence[_Taken]) -> None:
    """Letters stand over their own bar and the lane below it, where that is free."""
    for own, x, y, drawn in letters:
        for lane, left, right in taken:
            if lane == own + 1 and left < x + LETTER + 2 and x - 2 < right:
                break
        else:
            drawn.letters.append((x, y - 2))
