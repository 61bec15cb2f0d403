"""Shapes: marks as they are drawn."""

from __future__ import annotations

from typing import NamedTuple, Self

from annotator.domain.spans import Span


class _Fields(NamedTuple):
    id: str
    label: str
    spans: tuple[Span, ...]
    style: str
    ghost: bool
    start: int
    end: int


class Shape(_Fields):
    """One mark as it is drawn.

    `label` is the name shown to people and screen readers, `style` the key
    into the palette (normally the id of the label). `spans` is sorted, not
    empty, without overlaps; `start` and `end` are the ends of its hull. A ghost
    is not stored yet (a proposal, or an end that is being moved) and is drawn dashed.
    """

    __slots__ = ()

    def __new__(cls, mark: str, label: str, spans: tuple[Span, ...], style: str, ghost: bool = False) -> Self:
        return tuple.__new__(cls, (mark, label, spans, style, ghost, spans[0].start, spans[-1].end))

    @property
    def hull(self) -> Span:
        """From the start of the first piece to the end of the last."""
        return Span(self.start, self.end)
