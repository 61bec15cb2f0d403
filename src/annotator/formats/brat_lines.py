"""The lines of an .ann as they are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from annotator.domain.spans import Span
from annotator.formats.brat_ann import LINE_ENDS, NOTE

LETTERS = "T#AR"
"""What the ids of lines begin with; each letter is counted by itself."""
_LINE_ENDS = re.compile(f"[{LINE_ENDS}\t]+")


class Pair(NamedTuple):
    """An article as two files: which of all it is, from 0, and their name."""

    number: int
    stem: str


class Ann:
    """The lines that gather for an .ann, and how many it has with each letter."""

    def __init__(self, document: Pair, counts: dict[str, int]) -> None:
        self.document = document
        self.counts = counts
        self.lines: list[str] = []

    def line(self, letter: str, columns: str) -> str:
        """Add a line; its id is the next one with this letter."""
        counts = self.counts
        counts[letter] += 1
        name = f"{letter}{counts[letter]}"
        self.lines.append(f"{name}\t{columns}\n")
        return name

    def note(self, kind: str, target: str, words: str) -> None:
        self.line("#", f"{kind} {target}\t{_LINE_ENDS.sub(' ', words)}")

    def notes(self, target: str, note: str | None) -> None:
        """A note for each line of what an analyst noted."""
        for line in (note or "").split("\n"):
            if line.strip():
                self.note(NOTE, target, line)


def placed(spans: Sequence[Span], quotes: Sequence[str]) -> tuple[str, str]:
    """Where a mark is as brat writes it, and its words; empty where they are nothing but line ends."""
    if len(spans) == 1:
        [(start, _)], [quote] = spans, quotes
        if quote.splitlines() == [quote]:  # as most are
            return f"{start} {start + len(quote)}", quote
    places, words = [], []
    for (start, _), quote in zip(spans, quotes, strict=True):
        for line in quote.replace(
            "\r\n", "\n\n"
        ).splitlines():  # the same ends as `LINE_ENDS`, of one character
            if line:
                places.append(f"{start} {start + len(line)}")
                words.append(line)
            start += len(line) + 1
    return ";".join(places), " ".join(words)
