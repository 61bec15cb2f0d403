"""Spans fitted to what they cover: no blanks or lone marks at their ends, pairs of marks whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from annotator.domain.errors import UserError
from annotator.domain.paragraphs import stretches_at_ends
from annotator.domain.quoting import FAMILY, QUOTATION_MARKS, Pair, brackets, pairs
from annotator.domain.spans import Span

_EDGE = re.compile(f"[\\s,;:，；：、،؛{re.escape(QUOTATION_MARKS)}]")
_STOPS = ".。．｡।۔։"
_PART = r"\s|[,;:，；：、،؛—]"
_BEFORE_HOLE = re.compile(rf"(?:{_PART}|(?<=\s)(?:--?|–))*\Z")
_AFTER_HOLE = re.compile(rf"(?:{_PART}|(?:--?|–)(?=\s))*")
_NEAR_HOLE = 16
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
    is kept. A pair of quotation marks, or of brackets, stays whole: a lone mark at
    an end is dropped, otherwise the span grows to its partner.
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


def widened(text: str, hole: tuple[int, int]) -> Span:
    """A hole with all that belongs to what is cut out.

    The blanks, commas and dashes on both its sides, and round brackets that stand around it
    ("the dam, a new one, broke" without "a new one" is "the dam … broke").
    """
    start, end = hole
    while True:
        before = _BEFORE_HOLE.search(text, max(0, start - _NEAR_HOLE), start)
        after = _AFTER_HOLE.match(text, end)
        start = before.start() if before else start
        end = after.end() if after else end
        if text[start - 1 : start] + text[end : end + 1] != "()":
            return Span(start, end)
        start, end = start - 1, end + 1


def _pairs_at_ends(text: str, span: Span) -> tuple[list[Pair], list[Pair]]:
    """Pairs of quotation marks and of brackets in the paragraphs at the two ends.

    Pairs between them lie wholly inside and need no care.
    """
    quotations: list[Pair] = []
    inserts: list[Pair] = []
    for first, last in stretches_at_ends(text, span):
        found = _pairs_of_stretch(text, first, last)
        quotations += found[0]
        inserts += found[1]
    return quotations, inserts


@lru_cache(maxsize=4)
def _pairs_of_stretch(text: str, first: int, last: int) -> tuple[list[Pair], list[Pair]]:
    """Kept for a few stretches: a drag or a step of growing asks for the same one many times."""
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
