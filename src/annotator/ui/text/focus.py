"""The links of the mark in hand, in the left margin: brackets, one curve each, chips for ends out of view.

x is negative: it counts from the left edge of the column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from annotator.domain.spans import Span
from annotator.layout.brackets import tracks
from annotator.layout.marks import FocusLink
from annotator.ui.text.page import Page

BRACKET = -5
"""Where brackets stand."""
_FIRST_TRACK, _TRACK, _TRACKS = 9, 4, 4
END_CHIP = QSize(16, 17)
_CHIP = QRect(QPoint(-25, 0), END_CHIP)
_MOST_CHIPS, _TOLD = 8, 12
_NAMED = _MOST_CHIPS + _TOLD + 1
"""So many of the nearest ends on a side are looked at for its chips."""
_ABOVE = -1


_Look = tuple[str, Span]
"""The style of a link and the words it leaves from: links of one look that leave the view look the same."""


class Bracket(NamedTuple):
    """Beside the lines of a span, as far as they are seen."""

    style: str
    top: int
    height: int


class Curve(NamedTuple):
    """From height `near` to `far`, bulging `reach` pixels into the margin; a ring where both are the same."""

    style: str
    near: int
    far: int
    reach: int


class EndChip(NamedTuple):
    """A sign for an end out of view; a click reports `entry`."""

    rect: QRect
    sign: str
    entry: str
    style: str
    text: str


class FocusPicture(NamedTuple):
    """What is drawn in the margin."""

    brackets: list[Bracket]
    curves: list[Curve]
    chips: list[EndChip]

    def chip_at(self, point: QPoint) -> EndChip | None:
        return next((chip for chip in self.chips if chip.rect.contains(point)), None)


class FocusLinks:
    """The links of the mark in hand, those within the article in the order of their far ends.

    So what is drawn is found without a look at each of them.
    """

    def __init__(self, links: Sequence[FocusLink] = ()) -> None:
        self.all = tuple(links)
        self.elsewhere = [link for link in links if link.other is None]
        within = [(link.other, link) for link in links if link.other is not None]
        self._down = [link for _, link in sorted(within, key=lambda end: end[0].start)]
        self._up = [link for _, link in sorted(within, key=lambda end: -end[0].start)]
        self._starts = sorted(other.start for other, _ in within)
        self._longest = max((other.end - other.start for other, _ in within), default=0)
        self._first_of = _places(reversed([*enumerate(self._down)]))
        self._last_of = _places(enumerate(self._down))

    def parted(self, view: Span) -> _Parted:
        """How they stand to a view."""
        first = bisect_right(self._starts, view.start - self._longest)
        last = bisect_left(self._starts, view.end)
        before: list[FocusLink] = []
        inside: list[FocusLink] = []
        for link in self._down[first:last]:
            reaches = link.other is not None and link.other.end > view.start
            (inside if reaches else before).append(link)
        above = [*reversed(before), *islice(self._up, len(self._up) - first, len(self._up) - first + _NAMED)]
        return _Parted(
            above=above,
            inside=inside,
            below=self._down[last : last + _NAMED],
            upwards=[look for look, place in self._first_of.items() if place < first]
            + [_look(link) for link in before],
            downwards=[look for look, place in self._last_of.items() if place >= last],
        )


class _Parted(NamedTuple):
    """Links by where they end: before the view, in it, behind it.

    above, below: the nearest, nearest first, as many as are named; upwards, downwards: the looks of all.
    """

    above: list[FocusLink]
    inside: list[FocusLink]
    below: list[FocusLink]
    upwards: list[_Look]
    downwards: list[_Look]


def _look(link: FocusLink) -> _Look:
    return link.style, link.span


def _places(links: Iterable[tuple[int, FocusLink]]) -> dict[_Look, int]:
    """The place of the last link of each look."""
    return {_look(link): place for place, link in links}


def picture(page: Page, links: FocusLinks) -> FocusPicture:
    """What to draw for the links of the held mark, derived from where the page stands now.

    Links that would look the same are drawn once, so that the picture grows
    with the lines in view and not with the links.
    """
    view = page.visible_span()
    extents = _Extents(page, view)
    above, inside, below, upwards, downwards = links.parted(view)
    drawn: dict[tuple[str, int, int], None] = {}
    for far, looks in ((_ABOVE, upwards), (page.height, downwards)):
        for style, span in looks:
            drawn[style, extents.of(span, style), far] = None
    for link in inside:
        if link.other is not None:
            far = extents.of(link.other, link.style)
            drawn[link.style, extents.of(link.span, link.style), far] = None
            if far in (_ABOVE, page.height):  # of its line only the room for bars is seen
                (above if far == _ABOVE else below).insert(0, link)
    for style, span in dict.fromkeys(map(_look, links.elsewhere)):
        extents.of(span, style)
    seen = [(style, near, far) for style, near, far in drawn if near != far or 0 <= near < page.height]
    lanes = tracks([(min(near, far), max(near, far)) for _, near, far in seen])
    curves = [
        Curve(style, near, far, _FIRST_TRACK + _TRACK * min(lane, _TRACKS))
        for (style, near, far), lane in zip(seen, lanes, strict=True)
    ]
    chips = _Chips(page.height)
    chips.place("→", links.elsewhere, lambda link: extents.of(link.span, link.style))
    chips.place("↑", above, lambda link: _ABOVE)
    chips.place("↓", below, lambda link: page.height)
    return FocusPicture(list(extents.brackets), curves, chips.placed)


class _Extents:
    """The heights of spans in view, and a bracket for each of them."""

    def __init__(self, page: Page, view: Span) -> None:
        self._page = page
        self._view = view
        self._known: dict[Span, tuple[int, int] | None] = {}
        self.brackets: dict[Bracket, None] = {}

    def of(self, span: Span, style: str) -> int:
        """The middle of a span's first line; `_ABOVE`, or the height of the page, when it is out of view."""
        if span not in self._known:
            self._known[span] = self._measured(span)
        extent = self._known[span]
        if extent is None:
            return _ABOVE if span.start < self._view.start else self._page.height
        top, bottom = extent
        self.brackets[Bracket(style, top + 2, bottom - top - 3)] = None
        return top + self._page.metrics.line // 2

    def _measured(self, span: Span) -> tuple[int, int] | None:
        """Top and bottom of the lines of a span that are seen."""
        if span.start >= self._view.end or span.end <= self._view.start:
            return None
        seen = [
            (seen.y + seen.row.line_top(line), seen.row.text_height(line))
            for seen in self._page.touched(span)
            for line in seen.row.lines_of(span.start, span.end)
        ]
        inside = [(top, tall) for top, tall in seen if top + tall > 0 and top < self._page.height]
        return (inside[0][0], sum(inside[-1])) if inside else None


class _Chips:
    """Chips for ends out of view: those of the nearest ends, and one for all others on that side.

    They stand one below the other where they would meet, and never leave the view.
    """

    def __init__(self, view: int) -> None:
        self._view = view
        self._tried: dict[tuple[int, int], int] = {}
        self._taken: list[int] = []
        self.placed: list[EndChip] = []

    def place(self, sign: str, nearest: Sequence[FocusLink], height: Callable[[FocusLink], int]) -> None:
        """Chips for the ends on one side, each at the height of its link."""
        for link in nearest[:_MOST_CHIPS]:
            self._place(sign, height(link), link, link.text)
        if others := nearest[_MOST_CHIPS:_NAMED]:
            words = [link.text for link in others[:_TOLD]] + ["…"] * (len(others) > _TOLD)
            self._place("⋯", height(others[0]), others[0], "\n".join(words), grows_up=sign == "↓")

    def _place(self, sign: str, height: int, link: FocusLink, text: str, *, grows_up: bool = False) -> None:
        step = -1 if grows_up or sign == "↓" else 1
        rect = _CHIP.translated(0, self._free(step, height))
        self.placed.append(EndChip(rect, sign, link.id, link.style, text))

    def _free(self, step: int, height: int) -> int:
        """The top of a chip that meets no other."""
        tall = _CHIP.height()
        top = self._tried.get((step, height))
        if top is None:
            top = max(2, min(height - tall // 2, self._view - tall - 2))
        while any(-tall < top - taken < tall for taken in self._taken):
            top += step * (tall + 2)
        self._tried[step, height] = top
        self._taken.append(top)
        return top
