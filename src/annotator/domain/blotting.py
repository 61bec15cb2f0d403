"""The sentences of a paragraph as rules read them: quotations blotted out, one blank between words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from annotator.domain.quoting import QUOTATION_MARKS, pairs
from annotator.domain.spans import Span

BLOT = "|"
"""What stands for each character of a quotation."""
LONGEST = 1500
"""Sentences of more characters are passed over."""

_WIDE = re.compile(r"\s{2,}")
_STOP = re.compile(r"[.!?…;](?<![.!?…;]{2})[.!?…;]*[)\]]?(?=\s|\Z)")
"""A row of stops is tried once, not from each of them on: leaders of dots are long."""
_STOPS = (".", "!", "?", "…")
_QUOTED = re.compile(re.escape(BLOT) + "+")
_WRITTEN = re.compile(r"\S")
_WORD_BEFORE = re.compile(r"([\w’']+)\Z")
_LONGEST_WORD = 100
"""No abbreviation is longer; a paragraph of many sentences is not looked through at the end of each."""


@dataclass(frozen=True)
class Endings:
    """What a language has where sentences begin and end.

    dateline: a place and a date before the first one. goes_on: what follows a question in quotation
    marks where the sentence goes on behind it.
    """

    abbreviations: frozenset[str]
    dateline: re.Pattern[str]
    goes_on: re.Pattern[str]


class Sentences:
    """A paragraph as patterns read it.

    words: it, with every character of its quotations, marks included, blotted out, and of blanks in
    a row the first only. A pattern tries every way to share them out among its parts: twenty blanks
    between the words of one sentence, as tables of plain text have them, took it a minute.
    """

    def __init__(self, text: str, paragraph: Span, endings: Endings) -> None:
        self._text = text
        self._start = paragraph.start
        self._endings = endings
        self._after: list[int] = []
        self._left_out = [0]
        """So many characters are left out of the words up to each place of `_after`."""
        self.words = self._narrowed(_blotted(text, paragraph))

    def in_text(self, start: int, end: int) -> Span:
        """Where some of the words, at least one character, stand in the text."""
        return Span(self._place(start), self._place(end - 1) + 1)

    def spans(self) -> Iterator[Span]:
        """The sentences, as places in the words and without their full stops."""
        words = self.words
        dateline = self._endings.dateline.match(words)
        start = dateline.end() if dateline else 0
        for at, after in self._stops():
            if start < at <= start + LONGEST and (sentence := words[start:at].lstrip()):
                yield Span(at - len(sentence), at)
            start = max(start, after)

    def _narrowed(self, blotted: str) -> str:
        for gap in _WIDE.finditer(blotted):
            self._after.append(gap.start() + 1 - self._left_out[-1])
            self._left_out.append(self._left_out[-1] + gap.end() - gap.start() - 1)
        return _WIDE.sub(lambda gap: gap[0][0], blotted) if self._after else blotted

    def _place(self, at: int) -> int:
        return self._start + at + self._left_out[bisect_right(self._after, at)]

    def _stops(self) -> Iterator[tuple[int, int]]:
        """Where sentences end, and where what follows them begins."""
        words = self.words
        places = [(match.start(), match.end()) for match in _STOP.finditer(words) if self._ends(match)]
        places += [(match.end(), match.end()) for match in _QUOTED.finditer(words) if self._closes(match)]
        yield from sorted(places)
        yield len(words), len(words)

    def _ends(self, stop: re.Match[str]) -> bool:
        follows = self._next(stop.end())
        if follows.islower() and stop[0] != ";":
            return False
        word = _WORD_BEFORE.search(self.words, max(0, stop.start() - _LONGEST_WORD), stop.start())
        if stop[0] != "." or word is None:
            return True
        if word[1] in self._endings.abbreviations:
            return False
        is_initial = len(word[1]) == 1 and word[1].isupper()
        return not (follows and is_initial)

    def _closes(self, quote: re.Match[str]) -> bool:
        """Whether a sentence ends with a quotation: with a stop in it, and nobody named behind it."""
        inside = self._text[slice(*self.in_text(*quote.span()))]
        last = inside.rstrip(QUOTATION_MARKS)[-1:]
        rest = self.words[quote.end() : quote.end() + LONGEST]
        if last not in _STOPS or (rest and not rest[0].isspace()) or self._next(quote.end()).islower():
            return False
        return last == "." or not self._endings.goes_on.match(rest)

    def _next(self, at: int) -> str:
        """The first character from a place on that is no blank; nothing where there is none."""
        found = _WRITTEN.search(self.words, at)
        return found[0] if found else ""


def _blotted(text: str, paragraph: Span) -> str:
    """A paragraph with every character of its quotations, marks included, blotted out."""
    blotted = list(text[paragraph.start : paragraph.end].replace(BLOT, "/"))
    for opening, closing in pairs(text, *paragraph):
        first, last = opening - paragraph.start, closing - paragraph.start
        blotted[first : last + 1] = BLOT * (last + 1 - first)
        if text[closing - 1] == ",":
            blotted[last] = ","
    return "".join(blotted)
