"""The paragraphs of a text: where they begin and end, and how they are numbered."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from sys import getsizeof

from annotator.domain.errors import UserError
from annotator.domain.spans import Span

_WRITTEN = re.compile(r"[^\S\n]*\S[^\n]*")
_BEFORE_WRITTEN = re.compile(r"\n(?=[^\S\n]*\S)")
_SENTENCE_END = re.compile(r"(?:[.!?…][\"'”’»)\]]*\s|[。！？])(?=[^\W\u0e33\u0eb3\uff9e\uff9f])")
_WORD_END = re.compile(r"\s(?=[^\W\u0e33\u0eb3\uff9e\uff9f])")
"""What follows is a letter that joins nothing before it: no end falls within what is one character."""
REACH = 4_000
"""So many characters on each side of a place are always looked at, and never more than twice as many."""
_AHEAD = 4_000
"""So many characters more are counted at once, since a page asks for one paragraph after the other."""


def line_bounds(text: str, offset: int) -> tuple[int, int]:
    """Start and end of the paragraph around an offset, its line feed left out."""
    end = text.find("\n", offset)
    return text.rfind("\n", 0, offset) + 1, len(text) if end < 0 else end


def paragraphs(text: str) -> Iterator[Span]:
    """Every paragraph, blank ones too, without the line feed that ends it.

    Only a line feed ends one (not U+2029 nor U+0085), so a text of n line feeds has n + 1.
    """
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield Span(start, end)
        start = end + 1
    yield Span(start, len(text))


def paragraph_at(text: str, offset: int) -> Span:
    """The paragraph around an offset, without its line feed, which still belongs to it."""
    return Span(*line_bounds(text, min(max(offset, 0), len(text))))


def stretch_at(text: str, offset: int) -> Span:
    """What is looked at for the sake of a place: its paragraph, or of a very long one the part around it.

    Some articles are one line of a megabyte. An end of the paragraph that is more than twice `REACH`
    away gives way to the end of a sentence nearer by, else of a word, else to the character there.
    """
    start, end = line_bounds(text, offset)
    if offset - start > 2 * REACH:
        start = _gap(text, offset - 2 * REACH, offset - REACH, offset - 2 * REACH)
    if end - offset > 2 * REACH:
        end = _gap(text, offset + REACH, offset + 2 * REACH, offset + 2 * REACH)
    return Span(start, end)


def stretches_at_ends(text: str, span: Span) -> list[Span]:
    """The stretches around the first and the last character of a span; one where they meet."""
    first, last = stretch_at(text, span.start), stretch_at(text, span.end - 1)
    return [Span(first.start, last.end)] if last.start <= first.end else [first, last]


def _gap(text: str, start: int, end: int, otherwise: int) -> int:
    """Where the first sentence within `text[start:end]` ends, else the first word."""
    found = _SENTENCE_END.search(text, start, end) or _WORD_END.search(text, start, end)
    return found.end() if found else otherwise


class ParagraphNumbers:
    """The numbers of a text's paragraphs, counted from 1, blank ones left out.

    They are counted little farther than was asked for, about 1 ms for each
    million characters; asking again is O(log n).
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0] if _WRITTEN.match(text) else []
        self._counted = 0

    def __sizeof__(self) -> int:
        """With the text, which it keeps."""
        return object.__sizeof__(self) + getsizeof(self._text) + getsizeof(self._starts)

    def __len__(self) -> int:
        self._count(len(self._text))
        return len(self._starts)

    def number_at(self, offset: int) -> int:
        """The number of the paragraph an offset lies in, or of the last one before it; 0 before the first."""
        self._count(offset)
        return bisect_right(self._starts, offset)

    def _count(self, offset: int) -> None:
        """Know the start of each paragraph up to an offset, and of those on the page that follows."""
        if offset < self._counted:
            return
        for match in _BEFORE_WRITTEN.finditer(self._text, self._counted):
            start = match.end()
            self._starts.append(start)
            if start > offset + _AHEAD:
                self._counted = start
                return
        self._counted = len(self._text) + 1

    def span_of(self, number: int) -> Span:
        """The paragraph with a number. Raises UserError "no-such-paragraph" (number, last)."""
        if not 1 <= number <= len(self):
            raise UserError("no-such-paragraph", number=number, last=len(self))
        start = self._starts[number - 1]
        found = _WRITTEN.match(self._text, start)
        return Span(start, found.end() if found else start)
