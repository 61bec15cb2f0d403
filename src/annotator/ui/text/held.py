"""The handles of the mark in hand: a grip at each end of each piece, and one port for links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from PySide6.QtCore import QPoint, QRect

from annotator.domain.spans import Span
from annotator.ui.text.page import Page
from annotator.ui.text.shown import Held

End = Literal["start", "end"]

_REACH = 6
KNOB, PORT = 4, 6
"""The radius of what is seen of a grip and of the port."""
ABOVE, BELOW, BESIDE = KNOB + 2, 2 * PORT + 3, 2 * PORT + 4
"""How far they reach over the words of a line."""


class Grip(NamedTuple):
    """The end of a piece that can be dragged; `stem` is the line it stands on."""

    piece: int
    which: End
    stem: QRect

    @property
    def area(self) -> QRect:
        """Where the pointer takes hold of it."""
        return self.stem.adjusted(-_REACH, -_REACH, _REACH, _REACH)

    @property
    def knob(self) -> QPoint:
        """The middle of its knob: above the text at a start, below it at an end."""
        middle = self.stem.center()
        return QPoint(middle.x(), self.stem.top() if self.which == "start" else self.stem.bottom())


def grips(page: Page, held: Held) -> Iterator[Grip]:
    """The grips in view."""
    for number, span in enumerate(held.spans):
        for which in ("start", "end"):
            stem = _stem(page, span.start if which == "start" else span.end - 1, which)
            if stem is not None:
                yield Grip(number, "start" if which == "start" else "end", stem)


def _stem(page: Page, offset: int, which: str) -> QRect | None:
    """The upright line before (or after, for an end) the character at an offset."""
    seen, lines = page.find(offset), page.lines_of(Span(offset, offset + 1))
    if seen is None or not lines:
        return None
    rect = lines[0]
    at_left = (which == "start") != seen.row.right_to_left
    return QRect(rect.left() - 1 if at_left else rect.right(), rect.top(), 2, rect.height())


def covered(page: Page, held: Held) -> Iterator[QRect]:
    """What outline and handles of each piece of a mark in hand may cover, with the words between."""
    for span in held.spans:
        around = QRect()
        for line in page.lines_of(span):
            around |= line
        if not around.isEmpty():
            yield around.adjusted(-BESIDE, -ABOVE, BESIDE, BELOW)


def port(page: Page, held: Held) -> QPoint | None:
    """The middle of the link port: below the end of the last piece, None when that is not in view."""
    last = held.spans[-1].end - 1
    seen = page.find(last)
    stem = _stem(page, last, "end")
    if seen is None or stem is None:
        return None
    away = -PORT - 3 if seen.row.right_to_left else PORT + 3
    return QPoint(stem.center().x() + away, stem.bottom() + PORT + 2)


def port_area(middle: QPoint) -> QRect:
    """Where the pointer takes hold of the port."""
    return QRect(middle.x() - PORT - 2, middle.y() - PORT - 2, 2 * PORT + 4, 2 * PORT + 4)
