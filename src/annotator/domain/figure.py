"""A drawing without colours or fonts: what the window paints and a file in SVG holds alike."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.model import Ref

LINE = 15.0
"""The height of a line of words in a figure; all measures are in these units, pixels at usual size."""


LABEL, LABEL_ROOM = 13.0, 92.0
"""The height of words on a line, and how wide they may be: what lies between columns, less arrows."""
_GAP, _TIP = 4.0, 10.0


class Point(NamedTuple):
    """A place in a figure; y grows downward."""

    x: float
    y: float


class Box(NamedTuple):
    """A node: two short lines and words between them, in a frame.

    kind: the table it is from; style: the stance or label of a mark, else the same as kind.
    key: what it stands for; more: how many of its neighbours are not shown, or are drawn as one with it.
    is_echo: whether it only passes on what another box says.
    """

    key: Ref
    kind: str
    style: str
    x: float
    y: float
    width: float
    height: float
    head: str
    text: str
    foot: str = ""
    more: int = 0
    is_echo: bool = False

    @property
    def middle(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)


class Stroke(NamedTuple):
    """A line with an arrow at its end; `kind` is a stance, a kind of link, or how a source stands to it."""

    points: tuple[Point, ...]
    kind: str
    origin: Ref
    target: Ref

    @property
    def label(self) -> Point:
        """The top left corner of its words: at its left end, behind the arrow if that is there.

        So they cover no box, and no other words where the ends of lines are `LABEL` apart.
        """
        is_tip_left = self.points[-1].x < self.points[0].x
        left = self.points[-1 if is_tip_left else 0]
        return Point(left.x + (_TIP if is_tip_left else _GAP), left.y - LABEL / 2)


class Caption(NamedTuple):
    """Words beside boxes, from a point on to the right, below it, no wider than `width`."""

    at: Point
    width: float
    text: str
    is_heading: bool = False


class Figure(NamedTuple):
    """Boxes in reading order, lines behind them, captions, and thin rules across.

    left, top: how much of it is a column and a row of captions, which stay in sight while it is moved.
    """

    width: float
    height: float
    boxes: tuple[Box, ...]
    strokes: tuple[Stroke, ...] = ()
    captions: tuple[Caption, ...] = ()
    rules: tuple[tuple[Point, Point], ...] = ()
    left: float = 0
    top: float = 0


NOTHING = Figure(0, 0, ())
