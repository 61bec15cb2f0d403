"""What the view shows beside the text and its marks; nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint

from annotator.domain.spans import Span
from annotator.ui.text.focus import FocusLinks

SpansIn = Callable[[int, int], Sequence[Span]]
"""Gives the spans that touch [start, end), for rows in view only."""


class Held(NamedTuple):
    """The mark in hand: outlined, with grips and a port for links."""

    mark: str
    spans: tuple[Span, ...]


class Layer(NamedTuple):
    """Words with a thin line under them; `style` is the key into the palette."""

    style: str
    spans: tuple[Span, ...]


_NO_LINKS = FocusLinks()


class Shown:
    """Caret, selection and everything else that is laid over the text.

    `layers` are the cue, the names and the hedges of the mark in hand.
    The selection runs from `anchor` to `caret`. `preview` is what a drag
    would leave behind, `target` the mark a link would end at, `rubber` where
    the pointer pulls a link to.
    """

    def __init__(self, highlights: SpansIn | None = None) -> None:
        self.caret = self.anchor = 0
        self.pieces: tuple[Span, ...] = ()
        self.held: Held | None = None
        self.flashed: tuple[Span, ...] = ()
        self.hints: Mapping[str, int] = {}
        self.barred: tuple[int, ...] = ()
        self.highlights = highlights
        self.links = _NO_LINKS
        self.layers: tuple[Layer, ...] = ()
        self.preview: tuple[Span, ...] = ()
        self.target: tuple[Span, ...] = ()
        self.rubber: QPoint | None = None

    @property
    def selection(self) -> Span | None:
        if self.anchor == self.caret:
            return None
        return Span(min(self.anchor, self.caret), max(self.anchor, self.caret))

    @property
    def is_plain(self) -> bool:
        """Whether the rows themselves look as they do with nothing shown."""
        return self.anchor == self.caret and not self.pieces and self.highlights is None

    @property
    def moves_with_lines(self) -> bool:
        """Whether a picture of some lines may be moved with all that is laid over them."""
        return not self.links.all and self.rubber is None
