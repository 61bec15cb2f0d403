"""What the marks of one row look like: rectangles by style, ready to be painted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from annotator.domain.spans import Span
from annotator.layout.lanes import Lane, clip, line_lanes, row_lanes
from annotator.layout.marks import RailEntry, Shape
from annotator.layout.rail import RailPlace
from annotator.ui.text.metrics import BAR, PITCH, Metrics
from annotator.ui.text.row import RowLayout

LETTER = 9
"""Width and height of the letter at the start of a mark."""
_TINTED = 3
_CHIP_WIDTH, _CHIP_HEIGHT = 26, 14
DOT, DOT_STEP = 2, 5
"""The width of a dot of a connector, and from the start of one to that of the next."""

Style = tuple[str, bool]
"""The style of a shape and whether it is a ghost."""


class Bar(NamedTuple):
    """A bar that can be clicked."""

    rect: QRect
    mark: str


class Chip(NamedTuple):
    """The "+n" beside the line `span` that has more marks than it can show."""

    rect: QRect
    more: int
    span: Span
    on_line: Sequence[Lane]

    @property
    def marks(self) -> list[str]:
        """All marks with a piece on the line."""
        return [mark.shape.id for mark in self.on_line if clip(mark.pieces, *self.span)]


class RowMarks:
    """The picture of the marks of one row, in the row's coordinates; bars of ghosts are no hits.

    `ends` are the solid tips of bars at the true ends of pieces, `dots` the
    stretches of connectors through holes, `letters` the places of letters by style,
    `entries` and `places` the rail beside the row.
    """

    def __init__(self, shapes: tuple[Shape, ...] = ()) -> None:
        self.shapes = shapes
        self.tints: defaultdict[Style, list[QRect]] = defaultdict(list)
        self.bars: defaultdict[Style, list[QRect]] = defaultdict(list)
        self.ends: defaultdict[Style, list[QRect]] = defaultdict(list)
        self.dots: defaultdict[Style, list[QRect]] = defaultdict(list)
        self.letters: list[tuple[QPoint, Style]] = []
        self.hits: list[Bar] = []
        self.entries: list[RailEntry] = []
        self.places: list[RailPlace] = []
        self.chips: list[Chip] = []


def arrange_marks(row: RowLayout, shapes: Sequence[Shape], metrics: Metrics, width: int) -> RowMarks:
    """Give each mark its lanes, let the lines grow where they must, and draw up the rectangles."""
    lanes = [] if row.is_blank else row_lanes(shapes, row.start, row.stop)
    if not lanes:
        row.arrange([0] * row.line_count)
        return RowMarks()
    lines = _by_line(row, lanes)
    chosen = [line_lanes(marks, *row.line_span(number)) for number, marks in enumerate(lines)]
    row.arrange([max((lane + 1 for lane in line if lane is not None), default=0) for line in chosen])
    marks = RowMarks(tuple(lane.shape for lane in lanes))
    for number, (on_line, found) in enumerate(zip(lines, chosen, strict=True)):
        if on_line:
            _Line(row, number, metrics, width, marks).draw(on_line, found)
    return marks


def _by_line(row: RowLayout, lanes: Sequence[Lane]) -> list[list[Lane]]:
    lines: list[list[Lane]] = [[] for _ in range(row.line_count)]
    for mark in lanes:
        for line in range(row.line_of(mark.hull.start), row.line_of(mark.hull.end - 1) + 1):
            lines[line].append(mark)
    return lines


class _Line:
    """Draws the marks of one line."""

    def __init__(self, row: RowLayout, line: int, metrics: Metrics, width: int, marks: RowMarks) -> None:
        self._row = row
        self._number = line
        self._span = row.line_span(line)
        self._top = row.line_top(line)
        self._text_height = metrics.line
        self._width = width
        self._marks = marks
        self._taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._letters: list[tuple[int, int, Style]] = []

    def draw(self, on_line: Sequence[Lane], lanes: Sequence[int | None]) -> None:
        for mark, lane in zip(on_line, lanes, strict=True):
            if lane is None:
                continue
            style = (mark.shape.style, mark.shape.ghost)
            pieces = clip(mark.pieces, *self._span)
            for piece in pieces:
                self._piece(mark, piece, lane, style)
            if len(mark.shape.spans) > 1:
                self._connect(mark, pieces, lane, style)
        self._place_letters()
        hidden = lanes.count(None)
        if hidden:
            chip = QRect(self._width + 2, self._top + self._text_height - 2, _CHIP_WIDTH, _CHIP_HEIGHT)
            self._marks.chips.append(Chip(chip, hidden, self._span, on_line))

    def _piece(self, mark: Lane, piece: Span, lane: int, style: Style) -> None:
        begins = piece.start in [span.start for span in mark.shape.spans]
        finishes = piece.end in [span.end for span in mark.shape.spans]
        ranges = self._row.ranges_on(self._number, piece.start, piece.end)
        y = self._top + self._text_height + 1 + lane * PITCH
        for number, (left, right) in enumerate(ranges):
            if lane < _TINTED:
                self._marks.tints[style].append(QRect(left, self._top, right - left, self._text_height))
            first, last = number == 0, number == len(ranges) - 1
            at_left, at_right = begins and first, finishes and last
            if self._row.right_to_left:
                at_left, at_right = finishes and first, begins and last
            bar = QRect(left + at_left, y, max(2, right - left - at_left - at_right), BAR)
            self._marks.bars[style].append(bar)
            if not mark.shape.ghost:
                self._marks.hits.append(Bar(bar, mark.shape.id))
            self._taken[lane].append((left, right))
            if at_left:
                self._marks.ends[style].append(QRect(bar.left(), y, BAR, BAR))
            if at_right:
                self._marks.ends[style].append(QRect(bar.right() + 1 - BAR, y, BAR, BAR))
        if ranges and piece.start == mark.shape.spans[0].start:
            left, right = ranges[-1] if self._row.right_to_left else ranges[0]
            if right - left > 2 * LETTER:
                self._letters.append((lane, right - LETTER if self._row.right_to_left else left + 1, style))

    def _connect(self, mark: Lane, pieces: Sequence[Span], lane: int, style: Style) -> None:
        """Dots through the holes of a mark, and from a hole to the edge of the line it goes on from."""
        hull = clip((mark.hull,), *self._span)[0]
        at = hull.start
        y = self._top + self._text_height + 1 + lane * PITCH + BAR // 2
        for piece in (*pieces, Span(hull.end, hull.end)):
            for _, left, right in self._row.ranges(at, piece.start):
                count = len(range(left + 2, right - DOT, DOT_STEP))
                if count:
                    width = (count - 1) * DOT_STEP + DOT
                    self._marks.dots[style].append(QRect(left + 2, y, width, 1))
            at = piece.end

    def _place_letters(self) -> None:
        """Letters stand over their own bar and the lane below it, where that is free."""
        for lane, x, style in self._letters:
            below = self._taken.get(lane + 1, ())
            if not any(left < x + LETTER + 2 and x - 2 < right for left, right in below):
                y = self._top + self._text_height + lane * PITCH - 1
                self._marks.letters.append((QPoint(x, y), style))
