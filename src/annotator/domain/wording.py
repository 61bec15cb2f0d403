"""How two wordings of one claim differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal, NamedTuple

_WORDS = re.compile(r"\w+(?:[’'\-]\w+)*|[^\w\s]")
_LONGEST = 400
"""Words of a wording that are compared; of longer ones the rest stands as it is."""

Fate = Literal["same", "gone", "new"]


class Piece(NamedTuple):
    """A run of words with blanks between them, and whether it is in both wordings or in one."""

    fate: Fate
    words: str


def difference(old: str, new: str) -> tuple[Piece, ...]:
    """The runs of words of two wordings in order, what is gone before what is new.

    Case does not count. Without the pieces that are gone it reads as `new`, without the
    new ones as `old`, with blanks between all words and marks of punctuation; where both
    have a piece, it stands as `new` has it.
    """
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    return tuple(
        Piece(fate, " ".join(word for _, word in words))
        for fate, words in groupby(_compared(first, second), key=lambda pair: pair[0])
    )


def _compared(first: list[str], second: list[str]) -> Iterator[tuple[Fate, str]]:
    ours, theirs = ([word.casefold() for word in words[:_LONGEST]] for words in (first, second))
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    for tag, low, high, start, end in matcher.get_opcodes():
        if tag == "equal":
            yield from (("same", word) for word in second[start:end])
        else:
            yield from (("gone", word) for word in first[low:high])
            yield from (("new", word) for word in second[start:end])
    yield from (("gone", word) for word in first[_LONGEST:])
    yield from (("new", word) for word in second[_LONGEST:])
