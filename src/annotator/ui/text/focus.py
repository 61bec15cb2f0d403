"""The links of the mark in hand, in the left margin: brackets, curves between them, chips for far ends.

x is negative: it counts from the left edge of the column.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence, Set
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize

from annotator.domain.spans import Span
from annotator.layout.brackets import tracks
from annotator.layout.marks import FocusLink
from annotator.ui.text.page import Page, Seen

BRACKET = -5
"""Where brackets stand."""
BEND = 12
"""The height in which a curve turns from the words into its track: two of them fit between two lines."""
_FIRST_TRACK, _TRACK, _TRACKS = 9, 4, 4
END_CHIP = QSize(16, 17)
CHIP = -25
"""Where chips begin."""
_MOST_CHIPS, _TOLD = 8, 12
_NAMED = _MOST_CHIPS + _TOLD + 1
"""So many of the nearest ends on a side are looked at for its chips."""
_ABOVE = -1


_Look = tuple[str, Span]
"""The style of a link and the words it leaves from: links of one look share a curve."""


class Bracket(NamedTuple):
    """Beside the lines of a span, as far as they are seen."""

    style: str
    top: int
    height: int


class Curve(NamedTuple):
    """The links of one look: a line `reach` pixels into the margin, and a bend to each end in view.

    The line goes from `top` to `bottom`; at the heights `downs` a bend leads down into it, at `ups` up.
    """

    style: str
    reach: int
    top: int
    bottom: int
    downs: list[int]
    ups: list[int]


class Ring(NamedTuple):
    """Links between words on one line."""

    style: str
    height: int


class EndChip(NamedTuple):
    """A sign for an end out of view; a click reports `entry`."""

    top: int
    sign: str
    entry: str
    style: str
    text: str

    @property
    def rect(self) -> QRect:
        return QRect(QPoint(CHIP, self.top), END_CHIP)


class FocusPicture(NamedTuple):
    """What is drawn in the margin."""

    brackets: list[Bracket]
    curves: list[Curve]
    rings: list[Ring]
    chips: list[EndChip]

    def chip_at(self, point: QPoint) -> EndChip | None:
        return next((chip for chip in self.chips if chip.rect.contains(point)), None)


class FocusLinks:
    """The links of the mark in hand, those within the article in the order of their far ends.

    So what is drawn is found without a look at each of them.
    """

    def __init__(self, links: Sequence[FocusLink] = ()) -> None:
        self.all = tuple(links)
        self.looks = tuple(dict.fromkeys(map(_look, links)))
        """In an order that does not change when the text is scrolled, nor do tracks of equal curves."""
        self.elsewhere = [link for link in links if link.other is None]
        within = [(link.other, link) for link in links if link.other is not None]
        within.sort(key=lambda end: end[0].start)
        self._links = [link for _, link in within]
        self._ends = [(_look(link), other) for other, link in within]
        self._starts = [other.start for other, _ in within]
        self._longest = max((other.end - other.start for other, _ in within), default=0)
        self._first_of = {look: place for place, (look, _) in reversed([*enumerate(self._ends)])}
        self._last_of = {look: place for place, (look, _) in enumerate(self._ends)}
        self.found: tuple[Sequence[Seen], FocusPicture] | None = None
        """What was last drawn, and the rows it was found for."""

    def parted(self, view: Span) -> _Parted:
        """How they stand to a view."""
        first = bisect_right(self._starts, view.start - self._longest)
        last = bisect_left(self._starts, view.end)
        near = range(first, last)
        before = [place for place in near if self._ends[place][1].end <= view.start]
        above = [*reversed(before), *range(first - 1, max(-1, first - 1 - _NAMED), -1)]
        return _Parted(
            above=[self._links[place] for place in above],
            inside=[self._ends[place] for place in near if self._ends[place][1].end > view.start],
            below=self._links[last : last + _NAMED],
            upwards={look for look, place in self._first_of.items() if place < first}
            | {self._ends[place][0] for place in before},
            downwards={look for look, place in self._last_of.items() if place >= last},
        )


class _Parted(NamedTuple):
    """Links by where they end: before the view, in it, behind it.

    above, below: the nearest, nearest first, as many as are named; upwards, downwards: the looks of all.
    """

    above: list[FocusLink]
    inside: list[tuple[_Look, Span]]
    below: list[FocusLink]
    upwards: set[_Look]
    downwards: set[_Look]


def _look(link: FocusLink) -> _Look:
    return link.style, link.span


def picture(page: Page, links: FocusLinks) -> FocusPicture:
    """What to draw for the links of the held mark, derived from where the page stands now.

    Found once while nothing moves: every mark of a stack that is gone through is painted with it.
    """
    seen = page.visible()
    if links.found is None or links.found[0] is not seen:
        links.found = seen, _picture(page, links)
    return links.found[1]


def _picture(page: Page, links: FocusLinks) -> FocusPicture:
    """Links that would look the same are drawn once.

    So the picture grows with the lines in view and not with the links.
    """
    lines = _Lines(page)
    above, inside, below, upwards, downwards = links.parted(lines.view)
    beside: dict[tuple[str, range], None] = {}
    ends: dict[_Look, set[int]] = {look: set() for look in links.looks}
    for look, other in inside:
        if found := lines.of(other):
            beside[look[0], found] = None
            ends[look].add(lines.middles[found.start])
    for far, looks in ((_ABOVE, upwards), (page.height, downwards)):
        for look in looks:
            ends[look].add(far)
    for style, span in links.looks:
        if found := lines.of(span):
            beside[style, found] = None
    joined = [(style, lines.height(span), far) for (style, span), far in ends.items()]
    chips = _Chips(page.height)
    chips.place("→", links.elsewhere, lambda link: lines.height(link.span))
    chips.place("↑", above, lambda link: _ABOVE)
    chips.place("↓", below, lambda link: page.height)
    return FocusPicture(
        brackets=[lines.bracket(style, found) for style, found in beside],
        curves=_curves(joined, page.height),
        rings=[Ring(style, near) for style, near, far in joined if near in far and 0 <= near < page.height],
        chips=chips.placed,
    )


def _curves(joined: Sequence[tuple[str, int, Set[int]]], height: int) -> list[Curve]:
    """A curve for each style, near height and far heights, in a view of some height."""
    reaching = [(style, near, far) for style, near, far in joined if far - {near}]
    lanes = tracks([(min(near, *far), max(near, *far)) for _, near, far in reaching])
    return [
        _curve(style, _FIRST_TRACK + _TRACK * min(lane, _TRACKS), near, far, height)
        for (style, near, far), lane in zip(reaching, lanes, strict=True)
    ]


def _curve(style: str, reach: int, near: int, far: Set[int], height: int) -> Curve:
    above = [end for end in far if end < near]
    below = [end for end in far if end > near]
    downs = [*above, near] if below else above
    ups = [*below, near] if above else below
    top, bottom = min(near, *far), max(near, *far)
    return Curve(
        style,
        reach,
        top + BEND if top >= 0 else top,
        bottom - BEND if bottom < height else bottom,
        [end for end in downs if 0 <= end < height],
        [end for end in ups if 0 <= end < height],
    )


class _Lines:
    """The lines whose text is in view, at least in part, by their number from the top."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._tops: list[int] = []
        self._bottoms: list[int] = []
        for _, y, row, _ in page.visible():
            for line in range(row.line_at(-y), row.line_at(page.height - 1 - y) + 1):
                (start, end), top = row.spans[line], y + row.line_top(line)
                bottom = top + row.text_height(line)
                if start < end and bottom > 0 and top < page.height:
                    self._starts.append(start)
                    self._ends.append(end)
                    self._tops.append(top)
                    self._bottoms.append(bottom)
        half, height = page.metrics.line // 2, page.height
        self.middles = [max(_ABOVE, min(top + half, height)) for top in self._tops]
        start = page.visible_span().start
        self.view = Span(self._starts[0], self._ends[-1]) if self._starts else Span(start, start)

    def of(self, span: Span) -> range:
        """The lines a span has a part on."""
        start, end = span
        return range(bisect_right(self._ends, start), bisect_left(self._starts, end))

    def height(self, span: Span) -> int:
        """The middle of a span's first line; out of view, `_ABOVE` or the height of the page."""
        if found := self.of(span):
            return self.middles[found.start]
        return _ABOVE if span.start < self.view.start else self._page.height

    def bracket(self, style: str, lines: range) -> Bracket:
        top = self._tops[lines.start]
        return Bracket(style, top + 2, self._bottoms[lines.stop - 1] - top - 3)


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
        top = self._free(-1 if grows_up or sign == "↓" else 1, height)
        self.placed.append(EndChip(top, sign, link.id, link.style, text))

    def _free(self, step: int, height: int) -> int:
        """The top of a chip that meets no other."""
        tall = END_CHIP.height()
        top = self._tried.get((step, height))
        if top is None:
            top = max(2, min(height - tall // 2, self._view - tall - 2))
        while any(-tall < top - taken < tall for taken in self._taken):
            top += step * (tall + 2)
        self._tried[step, height] = top
        self._taken.append(top)
        return top
