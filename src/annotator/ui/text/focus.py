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
_MOST_CHIPS, _TOLD = 8, 12
_ABOVE = -1


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
    """What to draw for the links of the held mark, derived from where the page stands now.

    Links that would look the same are drawn once, so that the picture grows
    with the lines in view and not with the links.
    """
    view = page.visible_span()
    extents = _Extents(page, view)
    drawn: dict[tuple[str, int, int], None] = {}
    chips = _Chips(page.height)
    for link in links:
        near = extents.of(link.span, link.style)
        if link.other is None:
            chips.add("→", near, 0, link)
            continue
        far = extents.of(link.other, link.style)
        if far == _ABOVE:
            chips.add("↑", far, view.start - link.other.start, link)
        elif far == page.height:
            chips.add("↓", far, link.other.start - view.end, link)
        if near != far or 0 <= near < page.height:
            drawn[link.style, near, far] = None
    lanes = tracks([(min(near, far), max(near, far)) for _, near, far in drawn])
    curves = [
        Curve(style, near, far, _FIRST_TRACK + _TRACK * min(lane, _TRACKS))
        for (style, near, far), lane in zip(drawn, lanes, strict=True)
    ]
    return FocusPicture(list(extents.brackets), curves, chips.placed())


class _Extents:
    """The heights of spans in view, and a bracket for each of them."""

    def __init__(self, page: Page, view: Span) -> None:
        self._page = page
        self._view = view
        self._known: dict[Span, tuple[int, int] | None] = {}
        self.brackets: dict[tuple[str, QRect], None] = {}

    def of(self, span: Span, style: str) -> int:
        """The middle of a span's first line; `_ABOVE`, or the height of the page, when it is out of view."""
        if span not in self._known:
            self._known[span] = self._measured(span)
        extent = self._known[span]
        if extent is None:
            return _ABOVE if span.start < self._view.start else self._page.height
        top, bottom = extent
        self.brackets[style, QRect(_BRACKET, top + 2, 2, bottom - top - 3)] = None
        return top + self._page.metrics.line // 2

    def _measured(self, span: Span) -> tuple[int, int] | None:
        """Top and bottom of the lines of a span that are seen."""
        if span.start >= self._view.end or span.end <= self._view.start:
            return None
        seen = [
            (seen.y + seen.row.line_top(line), seen.row.text_height(line))
            for seen in self._page.visible()
            for line in seen.row.lines_of(span.start, span.end)
        ]
        inside = [(top, tall) for top, tall in seen if top + tall > 0 and top < self._page.height]
        return (inside[0][0], sum(inside[-1])) if inside else None


class _Chips:
    """Chips for ends out of view: those of the nearest ends, and one for all others on that side."""

    def __init__(self, view: int) -> None:
        self._view = view
        self._ends: dict[str, list[tuple[int, int, FocusLink]]] = {"→": [], "↑": [], "↓": []}

    def add(self, sign: str, height: int, distance: int, link: FocusLink) -> None:
        self._ends[sign].append((distance, height, link))

    def placed(self) -> list[EndChip]:
        """Chips stand one below the other where they would meet, and never leave the view."""
        chips: list[EndChip] = []
        for sign, ends in self._ends.items():
            nearest = sorted(ends, key=lambda end: end[0])
            for _, height, link in nearest[:_MOST_CHIPS]:
                chips.append(EndChip(self._free(chips, sign, height), sign, link.id, link.style, link.text))
            if others := nearest[_MOST_CHIPS:]:
                _, height, link = others[0]
                words = [link.text for _, _, link in others[:_TOLD]] + ["…"] * (len(others) > _TOLD)
                rect = self._free(chips, sign, height)
                chips.append(EndChip(rect, "⋯", link.id, link.style, "\n".join(words)))
        return chips

    def _free(self, chips: Sequence[EndChip], sign: str, height: int) -> QRect:
        rect = _CHIP.translated(0, max(2, min(height - _CHIP.height() // 2, self._view - _CHIP.height() - 2)))
        step = -1 if sign == "↓" else 1
        while any(rect.intersects(other.rect) for other in chips):
            rect = rect.translated(0, step * (_CHIP.height() + 2))
        return rect
