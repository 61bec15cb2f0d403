"""What the marks of one row look like: boxes by style, ready to be painted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from annotator.domain.spans import Span
from annotator.layout.lanes import MOST, ROOM, Lane, clip, line_lanes, meets, row_lanes
from annotator.layout.marks import RailEntry, Shape
from annotator.layout.rail import RailPlace
from annotator.ui.text.metrics import BAR, PITCH, Metrics
from annotator.ui.text.row import RowLayout

LETTER = 9
"""Width and height of the letter at the start of a mark."""
FOOT = 1
"""How far the letter of the lowest mark reaches over the foot of its line."""
_TINTED = 3
_DEEP = frozenset(range(ROOM, MOST))
"""The lanes for which a line grows."""
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
    """The "+n" beside the line `span` that has more marks than it can show."""

    rect: QRect
    more: int
    span: Span
    on_line: Sequence[Lane]

    @property
    def marks(self) -> list[str]:
        """All marks with a piece on the line."""
        return [mark.shape.id for mark in self.on_line if meets(mark.shape.spans, *self.span)]


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


class LineMarks:
    """The marks of a line that stands `top` below the start of its row, and what they are drawn with."""

    def __init__(self, on_line: Sequence[Lane], lanes: Sequence[int | None], top: int) -> None:
        self.on_line = on_line
        self.lanes = lanes
        self.top = top
        self.picture: LinePicture | None = None


class LinePicture(NamedTuple):
    """What the marks of a line are drawn with, where they can be clicked, and what is counted beside it."""

    drawn: dict[Style, Drawn]
    hits: list[Bar]
    chips: list[Chip]


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
        shapes: tuple[Shape, ...],
        lines: Sequence[LineMarks],
    ) -> None:
        self._row = row
        self._metrics = metrics
        self._width = width
        self._unseen = {number for number, line in enumerate(lines) if line.on_line}
        self.shapes = shapes
        self.lines = lines
        styles = dict.fromkeys([(shape.style, shape.ghost) for shape in shapes])
        self.drawn: dict[Style, list[Drawn]] = {style: [] for style in styles}
        self.hits: list[Bar] = []
        self.chips: list[Chip] = []
        self.entries: list[RailEntry] = []
        self.places: list[RailPlace] | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every line was shown."""
        return not self._unseen

    def show(self, first: int, last: int) -> None:
        """Draw up the lines from one to another."""
        for number in sorted(self._unseen.intersection(range(first, last + 1))):
            self._unseen.remove(number)
            line = self.lines[number]
            picture = line.picture
            if picture is None:
                line.picture = picture = _Line(self._row, number, self._metrics, line).draw(self._width)
            for style, found in picture.drawn.items():
                self.drawn[style].append(found)
            self.hits += picture.hits
            self.chips += picture.chips


def arrange_marks(
    row: RowLayout, shapes: Sequence[Shape], metrics: Metrics, width: int, before: RowMarks | None = None
) -> RowMarks:
    """Give each mark its lanes and let the lines grow where they must.

    before: how the marks of the row were arranged last; lines on which nothing changed stay as they are.
    """
    lanes = [] if row.is_blank else row_lanes(shapes, row.start, row.stop)
    lines = _by_line(row, lanes)
    same: list[LineMarks | None] = [None] * len(lines)
    if before is not None:
        pairs = zip(before.lines, lines, strict=True)
        same = [old if old.on_line == on_line else None for old, on_line in pairs]
    chosen = [
        old.lanes if old else line_lanes(on_line, *span)
        for old, on_line, span in zip(same, lines, row.spans, strict=True)
    ]
    row.arrange([not _DEEP.isdisjoint(line) for line in chosen])
    marks = [
        old if old and old.top == top else LineMarks(on_line, found, top)
        for old, top, on_line, found in zip(same, row.tops, lines, chosen, strict=True)
    ]
    return RowMarks(row, metrics, width, tuple(lane.shape for lane in lanes), marks)


def _by_line(row: RowLayout, lanes: Sequence[Lane]) -> list[list[Lane]]:
    starts = row.line_starts
    lines: list[list[Lane]] = [[] for _ in starts]
    for mark in lanes:
        start, end = mark[1]
        line = bisect_right(starts, start, 1) - 1
        lines[line].append(mark)
        for later in range(line + 1, len(starts)):
            if starts[later] >= end:
                break
            lines[later].append(mark)
    return lines


class _Line:
    """Draws the marks of one line."""

    def __init__(self, row: RowLayout, line: int, metrics: Metrics, marks: LineMarks) -> None:
        self._row = row
        self._number = line
        self._start, self._end = row.spans[line]
        self._top = row.tops[line]
        self._text_height = metrics.line
        self._marks = marks
        self._drawn: dict[Style, Drawn] = {}
        self._hits: list[Bar] = []
        self._taken: list[list[tuple[int, int]]] = [[] for _ in range(MOST + 1)]
        self._letters: list[tuple[int, int, list[tuple[int, int]]]] = []

    def draw(self, width: int) -> LinePicture:
        """Draw the picture; what there is no room for is counted beside the column, which is `width` wide."""
        marks = self._marks
        for mark, lane in zip(marks.on_line, marks.lanes, strict=True):
            if lane is None:
                continue
            shape = mark.shape
            style = shape.style, shape.ghost
            drawn = self._drawn.get(style)
            if drawn is None:
                drawn = self._drawn[style] = Drawn([], [], [], [], [])
            for piece in shape.spans:
                if piece[0] < self._end and piece[1] > self._start:
                    self._piece(shape, piece, lane, drawn)
            if len(shape.spans) > 1:
                self._connect(mark, lane, drawn)
        if self._letters:
            self._place_letters()
        chips = []
        if hidden := marks.lanes.count(None):
            corner = QPoint(width + 2, self._top + self._text_height - 2)
            span = self._row.spans[self._number]
            chips.append(Chip(QRect(corner, CHIP), hidden, span, marks.on_line))
        return LinePicture(self._drawn, self._hits, chips)

    def _piece(self, shape: Shape, piece: Span, lane: int, drawn: Drawn) -> None:
        """Draw a piece as far as it lies on the line."""
        start, end = piece
        is_rtl, top, height = self._row.right_to_left, self._top, self._text_height
        y = top + height + 1 + lane * PITCH
        ranges = self._row.ranges_on(self._number, start, end)
        begins, ends = start >= self._start, end <= self._end
        left_tip, right_tip = (ends, begins) if is_rtl else (begins, ends)
        for left, right in ranges:
            if lane < _TINTED:
                drawn.tints.append((left, top, right - left, height))
            at_left, at_right = left_tip and left == ranges[0][0], right_tip and right == ranges[-1][1]
            from_, width = left + at_left, max(2, right - left - at_left - at_right)
            bar = from_, y, width, BAR
            drawn.bars.append(bar)
            if not shape.ghost:
                self._hits.append(Bar(bar, shape.id))
            self._taken[lane].append((left, right))
            if at_left:
                drawn.ends.append((from_, y, BAR, BAR))
            if at_right:
                drawn.ends.append((from_ + width - BAR, y, BAR, BAR))
        if begins and ranges and start == shape.spans[0][0]:
            left, right = ranges[-1 if is_rtl else 0]
            if right - left > 2 * LETTER:
                self._letters.append((lane, right - LETTER if is_rtl else left + 1, drawn.letters))

    def _connect(self, mark: Lane, lane: int, drawn: Drawn) -> None:
        """Dots through the holes of a mark, and from a hole to the edge of the line it goes on from."""
        ((at, end),) = clip((mark.hull,), self._start, self._end)
        y = self._top + self._text_height + 1 + lane * PITCH + BAR // 2
        for piece in (*clip(mark.shape.spans, self._start, self._end), Span(end, end)):
            for _, left, right in self._row.ranges(at, piece.start):
                count = len(range(left + 2, right - DOT, DOT_STEP))
                if count:
                    drawn.dots.append((left + 2, y, (count - 1) * DOT_STEP + DOT, 1))
            at = piece.end

    def _place_letters(self) -> None:
        """Letters stand over their own bar and the lane below it, where that is free."""
        for lane, x, letters in self._letters:
            below = self._taken[lane + 1]
            if not below or not any(left < x + LETTER + 2 and x - 2 < right for left, right in below):
                letters.append((x, self._top + self._text_height + lane * PITCH - 1))
