"""Spans: half-open ranges of code points in the text of an article."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from annotator.domain.errors import UserError


class Span(NamedTuple):
    """Characters `start` to `end` of a text, `end` excluded; never empty once stored."""

    start: int
    end: int


def normalise(spans: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    """The pieces of a mark in order, merged where they touch or overlap.

    Raises UserError "span-empty" if there is no piece, or one without characters.
    """
    merged: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            raise UserError("span-empty", start=start, end=end)
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, end))
        else:
            merged.append(Span(start, end))
    if not merged:
        raise UserError("span-empty")
    return tuple(merged)


def hull(spans: Iterable[tuple[int, int]]) -> Span:
    """The smallest span around all pieces, holes filled. Raises UserError "span-empty" for none."""
    listed = list(spans)
    if not listed:
        raise UserError("span-empty")
    starts, ends = zip(*listed, strict=True)
    return Span(min(starts), max(ends))


def overlaps(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the two share a character; spans that only touch do not."""
    return max(first[0], second[0]) < min(first[1], second[1])


def contains(outer: tuple[int, int], inner: tuple[int, int]) -> bool:
    """Whether the whole of `inner` lies in `outer`; a span contains itself."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def crosses(first: tuple[int, int], second: tuple[int, int]) -> bool:
    """Whether the two overlap and neither contains the other."""
    return overlaps(first, second) and not contains(first, second) and not contains(second, first)


def add_piece(spans: Iterable[tuple[int, int]], piece: tuple[int, int]) -> tuple[Span, ...]:
    """The pieces with one more, merged where it touches or overlaps."""
    return normalise([*spans, piece])


def cut(spans: Iterable[tuple[int, int]], hole: tuple[int, int]) -> tuple[Span, ...]:
    """The pieces without the characters of `hole`.

    Raises UserError "span-nothing-left" if the hole takes them all.
    """
    left = [
        part
        for start, end in normalise(spans)
        for part in ((start, min(end, hole[0])), (max(start, hole[1]), end))
        if part[0] < part[1]
    ]
    if not left:
        raise UserError("span-nothing-left", start=hole[0], end=hole[1])
    return normalise(left)


def move_end(
    spans: Sequence[tuple[int, int]],
    piece_index: int,
    which: Literal["start", "end"],
    offset: int,
    length: int,
) -> tuple[Span, ...]:
    """The pieces with one end of one of them moved to `offset`, kept within a text of `length`.

    A piece that comes to touch or cover its neighbours is merged with them.
    Raises UserError "span-empty" if the end would reach or pass the other end of its piece.
    """
    pieces = [Span(*piece) for piece in spans]
    offset = min(max(offset, 0), length)
    pieces[piece_index] = pieces[piece_index]._replace(**{which: offset})
    return normalise(pieces)


def gaps(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The holes between the pieces of a mark, in order."""
    return tuple(Span(left.end, right.start) for left, right in pairwise(spans))


def quotes(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    """The words of each piece, exactly as they stand in the text."""
    return tuple([text[start:end] for start, end in spans])
