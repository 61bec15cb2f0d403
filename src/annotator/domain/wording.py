"""How two wordings of one claim differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

_WORDS = re.compile(r"[^\w\s]*\w+(?:(?:[’'\-./]|(?<=\d),(?=\d))\w+)*[^\w\s]*|[^\w\s]+")
"""Words with the punctuation that touches them, and punctuation alone."""
_EDGES = re.compile(r"\A[^\w\s]+(?=\w)|(?<=\w)[^\w\s]+\Z")
_LONGEST = 400
"""Words of a wording that are compared; of longer ones the rest stands as it is."""

Fate = Literal["same", "gone", "new"]


class Piece(NamedTuple):
    """A run of words with blanks between them, and whether it is in both wordings or in one."""

    fate: Fate
    words: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of words of two wordings in order, what is gone before what is new.

    Neither case counts nor punctuation around a word. Without the pieces that are gone it
    reads as `new`, without the new ones as `old`; where both have a piece, it stands as
    `new` has it.
    """
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    return tuple(
        Piece(fate, " ".join(word for _, word in words))
        for fate, words in groupby(_compared(first, second), key=lambda pair: pair[0])
    )


def is_one_wording(pieces: Sequence[Piece]) -> bool:
    """Whether the shorter of two wordings has half of its words in the other.

    Of wordings that share less the differences are noise to whoever reads them.
    """
    counts = dict.fromkeys(("same", "gone", "new"), 0)
    for piece in pieces:
        counts[piece.fate] += len(piece.words.split())
    return 2 * counts["same"] >= counts["same"] + min(counts["gone"], counts["new"])


def _compared(first: list[str], second: list[str]) -> Iterator[tuple[Fate, str]]:
    ours, theirs = (
        [_EDGES.sub("", word).casefold() for word in words[:_LONGEST]] for words in (first, second)
    )
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield from (("same", word) for word in second[start:end])
        else:
            yield from (("gone", word) for word in first[low:high])
            yield from (("new", word) for word in second[start:end])
    yield from (("gone", word) for word in first[_LONGEST:])
    yield from (("new", word) for word in second[_LONGEST:])
