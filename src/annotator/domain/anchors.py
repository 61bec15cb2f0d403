"""Find the words of a mark in a text, and notice when they are not where they should be."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from json.encoder import encode_basestring as _quoted

from annotator.domain.errors import UserError
from annotator.domain.spans import Span

REACH = 2_000
"""How far from its old place, in code points, the words of a mark are looked for by default."""

_FOLDED = {
    ord(char): plain
    for chars, plain in (
        ("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033\u301d\u301e\uff02", '"'),
        ("\u2018\u2019\u201a\u201b\u2039\u203a\u2032\u00b4`\uff07", "'"),
        ("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    )
    for char in chars
}


def extent(spans: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """The hull of pieces in order, and `reach`, the power of two that covers it.

    A search for the marks in a range asks each reach for starts at most that
    far before it, so that no long mark is missed and no short one is read.
    """
    start, end = spans[0][0], spans[-1][1]
    return start, end, max(16, 1 << (end - start - 1).bit_length())


def contexts(text: str, spans: Iterable[tuple[int, int]], width: int = 32) -> str:
    """Up to `width` characters before and after each span, as JSON that escapes only what must be."""
    pairs = [(text[max(0, start - width) : start], text[end : end + width]) for start, end in spans]
    return f"[{','.join([f'[{_quoted(before)},{_quoted(after)}]' for before, after in pairs])}]"


def check_quote(text: str, span: Span, quote: str) -> None:
    """Raise UserError("quote-differs") where the text at the span is not the quote."""
    found = text[span.start : span.end]
    if found != quote:
        raise UserError("quote-differs", start=span.start, end=span.end, quote=quote, found=found)


def counted(text: str, span: Span, quote: str) -> str | None:
    """What a program may have counted instead of code points, if the quote stands there then."""
    for unit, codec, width in (("UTF-16 units", "utf-16-le", 2), ("bytes of UTF-8", "utf-8", 1)):
        wanted = quote.encode(codec, "replace")
        if wanted and text.encode(codec)[span.start * width : span.end * width] == wanted:
            return unit
    return None


def reanchor(
    text: str, span: Span, quote: str, before: str = "", after: str = "", reach: int = REACH
) -> Span | None:
    """Where the quote stands now, given where it stood and what stood around it.

    In this order: the old place; an exact occurrence within `reach`; one that
    differs only in the shape of quotation marks and dashes, in white space or
    in Unicode normalisation. Among several, one with the whole context around
    it comes first, then the nearest, then the one with more of the context.
    None if there is none or two are equally good.
    """
    if not quote.strip():
        return None
    if text[span.start : span.end] == quote:
        return span
    low, high = max(0, span.start - reach), span.end + reach
    exact = list(_occurrences(text, re.compile(re.escape(quote)), low, high))
    if exact:
        return _best(text, exact, span, before, after)
    folded = text.translate(_FOLDED)
    return _best(text, list(_occurrences(folded, _loosely(quote), low, high)), span, before, after)


def _occurrences(text: str, pattern: re.Pattern[str], low: int, high: int) -> Iterator[Span]:
    """Matches within a stretch of the text, those that overlap included."""
    found = pattern.search(text, low, high)
    while found:
        yield Span(found.start(), found.end())
        found = pattern.search(text, found.start() + 1, high)


def _loosely(quote: str) -> re.Pattern[str]:
    shapes = dict.fromkeys(
        unicodedata.normalize(form, quote).translate(_FOLDED) for form in ("NFC", "NFD", "NFKC")
    )
    return re.compile("|".join(r"\s+".join(map(re.escape, shape.split())) for shape in shapes))


def _best(text: str, found: Sequence[Span], old: Span, before: str, after: str) -> Span | None:
    def rank(span: Span) -> tuple[bool, int, int]:
        context = _context(text, span, before, after)
        return context < len(before) + len(after), abs(span.start - old.start), -context

    ranked = sorted(found, key=rank)
    if not ranked or (len(ranked) > 1 and rank(ranked[0]) == rank(ranked[1])):
        return None
    return ranked[0]


def _context(text: str, span: Span, before: str, after: str) -> int:
    """How many characters next to the span agree with the context."""
    head = text[max(0, span.start - len(before)) : span.start]
    tail = text[span.end : span.end + len(after)]
    return _agreeing(head[::-1], before[::-1]) + _agreeing(tail, after)


def _agreeing(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
