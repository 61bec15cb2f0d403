"""On which sheets of paper the drawings of a report stand, so that their words can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from annotator.domain.report import Drawing, FullReport
from annotator.formats.reports import wording

MARGIN_MM = 20.0
PIXEL_MM = 25.4 / 96
"""What a pixel of a figure measures at its natural size."""
HEADING_MM, TITLE_MM, CAPTION_MM, FOOT_MM = 16.0, 14.0, 9.0, 9.0
"""The room above all sheets, above the drawings of one, above each of them, and below for the number."""
READABLE = 0.7
"""Below this scale words are hard to read: then a larger sheet is taken."""
_ROUNDED = 1e-9


class Paper(NamedTuple):
    """A size of paper, turned as it is looked at."""

    width_mm: float
    height_mm: float


PAPERS = (Paper(210, 297), Paper(297, 210), Paper(420, 297), Paper(297, 420))
"""A4 and A3, in the order in which they are tried."""


class Placed(NamedTuple):
    """A drawing on a sheet: its caption, and how large it is."""

    caption: str
    name: str
    drawing: Drawing
    scale: float

    @property
    def width_mm(self) -> float:
        return self.drawing.figure.width * self.scale * PIXEL_MM

    @property
    def height_mm(self) -> float:
        return self.drawing.figure.height * self.scale * PIXEL_MM


class Sheet(NamedTuple):
    """A sheet with drawings of one claim, below one another.

    heading: that of all drawings, on the first sheet. anchor: the claim's, on its first sheet.
    """

    paper: Paper
    title: str
    placed: tuple[Placed, ...]
    anchor: str = ""
    heading: str = ""


def sheets(report: FullReport) -> Iterator[Sheet]:
    """The sheets of all claims, in their order: all drawings of a claim on one where that can be read."""
    heading = wording.DRAWN
    for claim in report.claims:
        names = wording.captions(claim)
        left = [Placed(*name, drawing, 1) for name, drawing in zip(names, claim.drawn, strict=True)]
        anchor = wording.drawings_anchor(claim)
        while left:
            above = TITLE_MM + (HEADING_MM if heading else 0)
            goals = [min(READABLE, max(_best([one], above)[1])) for one in left]
            counts = range(len(left), 1, -1)
            fits = (count for count in counts if _reach(_best(left[:count], above)[1], goals))
            taken = next(fits, 1)
            paper, scales = _best(left[:taken], above)
            placed = tuple(one._replace(scale=scale) for one, scale in zip(left, scales, strict=False))
            yield Sheet(paper, wording.claim_title(claim), placed, anchor, heading)
            left, anchor, heading = left[taken:], "", ""


def _reach(scales: Sequence[float], goals: Iterable[float]) -> bool:
    return all(scale >= goal - _ROUNDED for scale, goal in zip(scales, goals, strict=False))


def _best(placed: Sequence[Placed], above_mm: float) -> tuple[Paper, list[float]]:
    """The first paper on which they can be read, else the one on which they are largest; and their scales."""
    scales = [(paper, _scales(placed, paper, above_mm)) for paper in PAPERS]
    readable = (one for one in scales if min(one[1]) >= READABLE)
    return next(readable, max(scales, key=lambda one: min(one[1])))


def _scales(placed: Sequence[Placed], paper: Paper, above_mm: float) -> list[float]:
    """One scale for all; where one of them is too wide to be read at it, the others are larger."""
    width = paper.width_mm - 2 * MARGIN_MM
    height = paper.height_mm - 2 * MARGIN_MM - FOOT_MM - above_mm - CAPTION_MM * len(placed)
    across = [min(1.0, width / one.width_mm) for one in placed]
    wanted = [max(min(across), min(one, READABLE)) for one in across]
    down = height / sum(scale * one.height_mm for scale, one in zip(wanted, placed, strict=True))
    return [scale * min(1.0, down) for scale in wanted]
