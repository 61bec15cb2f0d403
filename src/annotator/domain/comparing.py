"""Two versions of a text: which words stayed, and where each span of the old one stands in the new."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from sys import getsizeof
from typing import Literal, NamedTuple

from annotator.domain.anchors import reanchor
from annotator.domain.spans import Span

_UNITS = (
    re.compile(r"[^\n]*\n+|[^\n]+"),
    re.compile(r".+?(?:[.!?…。！？]+[\"'”’»)\]]*\s+|\Z)", re.DOTALL),
    re.compile(r"\w+\s*|[^\w\s]\s*|\s+"),
    re.compile(r"\w+|\s+|[^\w\s]"),
)
"""Paragraphs, then sentences of the paragraphs that differ, then words of the sentences that differ.

Words are compared with the blanks behind them first: a blank alone is like all the others, and each
was held against each of them.
"""

MOST_UNITS = 20_000
"""Stretches of more units than this on a side are taken for different words altogether."""

Outcome = Literal["same", "moved", "gone"]


class Block(NamedTuple):
    """Characters that both texts share: `length` of them from `old` in one and from `new` in the other."""

    old: int
    new: int
    length: int


class Alignment(NamedTuple):
    """What two texts share, in the order of both; nothing overlaps."""

    old: str
    new: str
    blocks: tuple[Block, ...]

    def __sizeof__(self) -> int:
        """With the texts, which it keeps."""
        return tuple.__sizeof__(self) + getsizeof(self.old) + getsizeof(self.new)

    def removed(self) -> tuple[Span, ...]:
        """The words of the old text that are not in the new one where one would look for them."""
        return tuple(_between(((block.old, block.length) for block in self.blocks), len(self.old)))

    def added(self) -> tuple[Span, ...]:
        """The words of the new text that were not in the old one."""
        return tuple(_between(((block.new, block.length) for block in self.blocks), len(self.new)))

    def counterpart(self, span: Span) -> Span | None:
        """Where the words of a span stand now, all of them and nothing between; else None."""
        at = bisect_right(self.blocks, span.start, key=lambda block: block.old) - 1
        if at < 0:
            return None
        block = self.blocks[at]
        start = block.new + span.start - block.old
        end = start + span.end - span.start
        whole = span.end <= block.old + block.length
        return Span(start, end) if whole or self.new[start:end] == self.old[span.start : span.end] else None

    def remains(self, span: Span) -> Span | None:
        """The stretch of the new text around all that is left of a span; None where nothing is."""
        left = [
            (
                block.new + max(span.start, block.old) - block.old,
                min(span.end, end) - max(span.start, block.old),
            )
            for block in self.blocks
            if block.old < span.end and (end := block.old + block.length) > span.start
        ]
        words = [(start, length) for start, length in left if self.new[start : start + length].strip()]
        return Span(words[0][0], words[-1][0] + words[-1][1]) if words else None


class Carried(NamedTuple):
    """What became of a mark's pieces in the new text.

    same: every piece stands where the comparison expects it; moved: at least one was
    found elsewhere by its words and what is around them; gone: at least one is
    not there word for word, and `spans` are only where one would look.
    """

    outcome: Outcome
    spans: tuple[Span, ...]


def align(old: str, new: str) -> Alignment:
    """Compare two texts. Costs about their length, and a product of units only where they differ."""
    return Alignment(old, new, tuple(_joined(_aligned(old, Span(0, len(old)), new, Span(0, len(new)), 0))))


def carry(alignment: Alignment, spans: Sequence[Span], contexts: Sequence[tuple[str, str]] = ()) -> Carried:
    """Where the pieces of a mark stand in the new text.

    contexts: what stood before and after each piece, to choose among equal words.
    """
    outcome: Outcome = "same"
    found: list[Span] = []
    for number, span in enumerate(spans):
        place = alignment.counterpart(span)
        if place is None:
            before, after = contexts[number] if number < len(contexts) else ("", "")
            place = _elsewhere(alignment, span, before, after)
            outcome = "gone" if place is None or outcome == "gone" else "moved"
        if place is None:
            place = alignment.remains(span)
        if place is not None:
            found.append(place)
    return Carried(outcome, tuple(sorted(found)))


def _elsewhere(alignment: Alignment, span: Span, before: str, after: str) -> Span | None:
    """The same words in another place: among those that are new there, since the others were there before."""
    quote = alignment.old[span.start : span.end]
    place = reanchor(alignment.new, Span(-1, -1), quote, before, after, len(alignment.new) + 1)
    if place is None or alignment.new[place.start : place.end] != quote:
        return None
    return (
        place if any(one.start <= place.start and place.end <= one.end for one in alignment.added()) else None
    )


def _aligned(old: str, ours: Span, new: str, theirs: Span, level: int) -> Iterator[Block]:
    """The blocks two stretches share, unit by unit, finer where they differ."""
    if old[ours.start : ours.end] == new[theirs.start : theirs.end]:
        if ours.start < ours.end:
            yield Block(ours.start, theirs.start, ours.end - ours.start)
        return
    if level == len(_UNITS) or ours.start == ours.end or theirs.start == theirs.end:
        return
    mine = [Span(*found.span()) for found in _UNITS[level].finditer(old, *ours)]
    other = [Span(*found.span()) for found in _UNITS[level].finditer(new, *theirs)]
    if max(len(mine), len(other)) > MOST_UNITS:
        return
    matcher = SequenceMatcher(None, [old[s:e] for s, e in mine], [new[s:e] for s, e in other], autojunk=False)
    for tag, first, last, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield Block(mine[first].start, other[start].start, mine[last - 1].end - mine[first].start)
        elif tag == "replace":
            left = Span(mine[first].start, mine[last - 1].end)
            right = Span(other[start].start, other[end - 1].end)
            yield from _aligned(old, left, new, right, level + 1)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks that go on where the last one ended, drawn together."""
    last: Block | None = None
    for block in blocks:
        if last and (last.old + last.length, last.new + last.length) == (block.old, block.new):
            last = last._replace(length=last.length + block.length)
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _between(taken: Iterator[tuple[int, int]], length: int) -> Iterator[Span]:
    at = 0
    for start, size in taken:
        if at < start:
            yield Span(at, start)
        at = start + size
    if at < length:
        yield Span(at, length)
