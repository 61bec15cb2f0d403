"""The links of the mark in hand, in the left margin: brackets, one curve each, chips for ends out of view.

x is negative: it counts from the left edge of the column.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect

from annotator.domain.spans import Span
from annotator.layout.brackets import tracks
from annotator.layout.marks import FocusLink
from annotator.ui.text.page import Page

_BRACKET = -5
_FIRST_TRACK, _TRACK, _TRACKS = 9, 4, 4
_CHIP = QRect(-25, 0, 16, 17)


class Curve(NamedTuple):
    """From height `near` to height `far`, bulging `reach` pixels into the margin."""

    style: str
    near: int
    far: int
    reach: int

    @property
    def same(self) -> bool:
        """Whether both ends are on one line."""
        return self.near == self.far


class EndChip(NamedTuple):
    """A sign for an end out of view; a click reports `entry`."""

    rect: QRect
    sign: str
    entry: str
    style: str
    text: str


class FocusPicture(NamedTuple):
    """Brackets with their style, curves and chips."""

    brackets: list[tuple[str, QRect]]
    curves: list[Curve]
    chips: list[EndChip]

    def chip_at(self, point: QPoint) -> EndChip | None:
        return next((chip for chip in self.chips if chip.rect.contains(point)), None)


def picture(page: Page, links: Sequence[FocusLink]) -> FocusPicture:
    """What to draw for the links of the held mark, derived from where the page stands now."""
    brackets: list[tuple[str, QRect]] = []
    chips: list[EndChip] = []
    drawn: list[tuple[FocusLink, int, int]] = []
    for link in links:
        near = _bracket(page, link.span, link.style, brackets)
        if link.other is None:
            _add_chip(chips, near, "→", link, page.height)
            continue
        far = _bracket(page, link.other, link.style, brackets)
        for height, near_end in ((near, True), (far, False)):
            if height in (-1, page.height):
                sign = "↑" if height < 0 else "↓"
                if not near_end:
                    _add_chip(chips, height, sign, link, page.height)
        if near != far or 0 <= near < page.height:
            drawn.append((link, near, far))
    lanes = tracks([(min(near, far), max(near, far)) for _, near, far in drawn])
    curves = [
        Curve(link.style, near, far, _FIRST_TRACK + _TRACK * min(lane, _TRACKS))
        for (link, near, far), lane in zip(drawn, lanes, strict=True)
    ]
    return FocusPicture(brackets, curves, chips)


def _bracket(page: Page, span: Span, style: str, brackets: list[tuple[str, QRect]]) -> int:
    """Adds a span's bracket; returns the height of its first line, -1 above, page.height below the view."""
    rects = [rect for rect in page.lines_of(span) if rect.bottom() >= 0 and rect.top() < page.height]
    if not rects:
        return -1 if span.start < page.visible_span().start else page.height
    top, bottom = rects[0].top() + 2, rects[-1].bottom() - 2
    brackets.append((style, QRect(_BRACKET, top, 2, bottom - top)))
    return rects[0].center().y()


def _add_chip(chips: list[EndChip], height: int, sign: str, link: FocusLink, view: int) -> None:
    """Chips stand one below the other where they would meet, and never leave the view."""
    rect = _CHIP.translated(0, max(2, min(height - _CHIP.height() // 2, view - _CHIP.height() - 2)))
    step = -1 if sign == "↓" else 1
    while any(rect.intersects(other.rect) for other in chips):
        rect = rect.translated(0, step * (_CHIP.height() + 2))
    chips.append(EndChip(rect, sign, link.id, link.style, link.text))
