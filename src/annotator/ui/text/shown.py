"""What the view shows beside the text and its marks; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPoint

from annotator.domain.spans import Span
from annotator.layout.marks import FocusLink

SpansIn = Callable[[int, int], Sequence[Span]]
"""Gives the spans that touch [start, end), for rows in view only."""


@dataclass(frozen=True, slots=True)
class Held:
    """The mark in hand: outlined, with grips and a port for links."""

    mark: str
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Shown:
    """Caret, selection and everything else that is laid over the text.

    The selection runs from `anchor` to `caret`. `preview` is what a drag
    would leave behind, `target` the mark a link would end at, `rubber` where
    the pointer pulls a link to.
    """

    caret: int = 0
    anchor: int = 0
    pieces: tuple[Span, ...] = ()
    held: Held | None = None
    flashed: tuple[Span, ...] = ()
    hints: Mapping[str, int] = field(default_factory=dict)
    highlights: SpansIn | None = None
    links: tuple[FocusLink, ...] = ()
    preview: tuple[Span, ...] = ()
    target: tuple[Span, ...] = ()
    rubber: QPoint | None = None

    @property
    def selection(self) -> Span | None:
        if self.anchor == self.caret:
            return None
        return Span(min(self.anchor, self.caret), max(self.anchor, self.caret))
