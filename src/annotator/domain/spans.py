"""Spans: half-open ranges of code points in the text of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.quoting import FAMILY, QUOTATION_MARKS, Pair, brackets, line_bounds, pairs


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
    return Span(min(start for start, _ in listed), max(end for _, end in listed))


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
    return tuple(text[start:end] for start, end in spans)


_EDGE = re.compile(f"[\\s,;:，；：、،؛{re.escape(QUOTATION_MARKS)}]")
_STOPS = ".。．｡।۔։"
_CLOSERS_OR_BLANK = re.compile(f"[\\s)\\]{re.escape(QUOTATION_MARKS)}]*")
_LETTERS_AND_STOPS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]\.\Z")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\Z")


def strip(text: str, span: tuple[int, int]) -> Span:
    """The span without blanks at its ends; empty, at its start, if there is nothing else."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else Span(span[0], span[0])


def trim(text: str, span: tuple[int, int]) -> Span:
    """The content of a selection: what a mark on it should cover.

    Leaves out blanks, commas and colons at the ends, quotation marks around the
    whole and the full stop of a sentence, unless it stands inside a quotation that
    is kept. A pair of quotation marks, or of square brackets, stays whole: a
    lone mark at an end is dropped, otherwise the span grows to its partner.
    Raises UserError "span-empty" for nothing but blanks.
    """
    whole = strip(text, span)
    if whole.start == whole.end:
        raise UserError("span-empty", start=span[0], end=span[1])
    quotations, inserts = _pairs_at_ends(text, whole)
    inner = _without_edges(text, whole, quotations)
    return _closed(inner, [*quotations, *inserts])


def balance(text: str, span: tuple[int, int]) -> Span:
    """The span without blanks and lone quotation marks at its ends, pairs inside made whole.

    Unlike `trim` it keeps full stops, commas and the quotation marks around the whole.
    Raises UserError "span-empty" for nothing but blanks.
    """
    whole = strip(text, span)
    if whole.start == whole.end:
        raise UserError("span-empty", start=span[0], end=span[1])
    quotations, inserts = _pairs_at_ends(text, whole)
    start, end = whole
    partner = _partners(quotations)
    while start < end and (text[start].isspace() or _lone(partner, start, Span(start, end))):
        start += 1
    while end > start and (text[end - 1].isspace() or _lone(partner, end - 1, Span(start, end))):
        end -= 1
    inner = Span(start, end) if start < end else whole
    return _closed(inner, [*quotations, *inserts])


def _pairs_at_ends(text: str, span: Span) -> tuple[list[Pair], list[Pair]]:
    """Pairs of quotation marks and of brackets in the paragraphs at the two ends.

    Pairs of the paragraphs between lie wholly inside and need no care.
    """
    quotations: list[Pair] = []
    inserts: list[Pair] = []
    for first, last in sorted({line_bounds(text, span.start), line_bounds(text, span.end - 1)}):
        found = _pairs_of_paragraph(text, first, last)
        quotations += found[0]
        inserts += found[1]
    return quotations, inserts


@lru_cache(maxsize=4)
def _pairs_of_paragraph(text: str, first: int, last: int) -> tuple[list[Pair], list[Pair]]:
    """Kept for a few paragraphs: a drag or a step of growing asks for the same one many times."""
    found = pairs(text, first, last)
    return found, brackets(text, first, last, found)


def _partners(found: Iterable[Pair]) -> dict[int, int]:
    return {mark: partner for pair in found for mark, partner in (pair, pair[::-1])}


def _lone(partner: dict[int, int], at: int, span: Span) -> bool:
    return at in partner and not span.start <= partner[at] < span.end


def _without_edges(text: str, span: Span, quotations: Sequence[Pair]) -> Span:
    """The span without what does not belong to the content at its ends; as it was if nothing is left."""
    partner = _partners(quotations)
    start, end = span
    while start < end:
        if _EDGE.match(text, start) and _droppable(text, partner, start, start, end):
            start += 1
        elif _EDGE.match(text, end - 1) and _droppable(text, partner, end - 1, start, end):
            end -= 1
        elif partner.get(start) == end - 1:
            start, end = start + 1, end - 1
        elif _final_stop(text, start, end):
            end -= 1
        else:
            return Span(start, end)
    return span


def _droppable(text: str, partner: dict[int, int], at: int, start: int, end: int) -> bool:
    """Whether the character at an end is outside the content: no inner pair, apostrophe or inch."""
    if at in partner:
        return not start <= partner[at] < end
    return FAMILY.get(text[at]) != "single" and not (text[at] == '"' and text[at - 1 : at].isdigit())


def _final_stop(text: str, start: int, end: int) -> bool:
    """Whether the last character is the full stop of a sentence, not of an abbreviation or an ellipsis."""
    last = text[end - 1]
    if last not in _STOPS or end - start < 2 or text[end - 2] in _STOPS:
        return False
    if last != ".":
        return True
    after = _CLOSERS_OR_BLANK.match(text, end)
    following = text[after.end()] if after and after.end() < len(text) else ""
    if following.islower():
        return False
    tail = max(start, end - 16)
    if _LETTERS_AND_STOPS.search(text, tail, end):
        return False
    return not (following and text[end - 2].isupper() and _INITIAL.search(text, tail, end))


def _closed(span: Span, found: Sequence[Pair]) -> Span:
    """The span grown until no pair has exactly one mark inside it."""
    start, end = span
    grown = True
    while grown:
        grown = False
        for opening, closing in found:
            if (start <= opening < end) != (start <= closing < end):
                start, end = min(start, opening), max(end, closing + 1)
                grown = True
    return Span(start, end)
