"""Ruling out most of a long text, so that words far away in it are found as fast as by `str.find`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from annotator.domain.letters import MARKS, UNSEEN, fold

PIECE = 65_536
"""Characters of a piece; making one plain takes about a millisecond."""
REACH = 4_096
"""Characters that a piece shows beyond its end: more than a match has that begins in it, but for blanks."""
LONGEST = 200
"""Words longer than this are not sieved."""
MOST_BLANKS = 1_000
"""A piece with more blanks beyond one in a row is never ruled out."""


_PASSED_OVER = "[]" + UNSEEN
_DOT_ABOVE = "\u0307"


class Sieve:
    """The pieces of a text in a plain spelling, made one after the other ahead of any search.

    All spellings that `Finder` takes for equal are one here, and more: a piece
    without the words in it cannot hold a match, one with them may. It takes as
    many bytes as the text in UTF-8.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._pieces: list[bytes | None] = []

    @property
    def made(self) -> int:
        """The offset up to which the pieces are made."""
        return min(len(self._pieces) * PIECE, len(self._text))

    @property
    def is_whole(self) -> bool:
        """Whether all of them are."""
        return self.made == len(self._text)

    def make_on(self) -> None:
        """Make the next piece."""
        start = self.made
        folded = _spelt_plainly(self._text[start : start + PIECE + REACH])
        plain = " ".join(folded.split())
        is_spaced_out = len(folded) - len(plain) > MOST_BLANKS
        self._pieces.append(None if is_spaced_out else plain.encode())

    def parts(self, words: str, start: int) -> Iterator[tuple[int, int]]:
        """Where from an offset on a match may begin, in order; the last part is all that is not known."""
        wanted = _plain_part(words) if len(words) <= LONGEST else b""
        known = self._pieces if wanted else []
        for number in range(start // PIECE, len(known)):
            piece, first = known[number], max(start, number * PIECE)
            if piece is None:
                yield first, len(self._text)
                return
            if wanted in piece:
                yield first, (number + 1) * PIECE
        yield max(start, self.made if wanted else 0), len(self._text)


def _spelt_plainly(text: str) -> str:
    """In lower case, with one letter i, without brackets and what nobody sees."""
    folded = text.casefold()
    for passed in _PASSED_OVER + _DOT_ABOVE:
        folded = folded.replace(passed, "")
    return folded.replace("ı", "i")


@lru_cache(maxsize=32)
def _plain_part(words: str) -> bytes:
    """The longest part of some words that has one plain spelling only."""
    seen = "".join(char for char in words if char not in _PASSED_OVER)
    spelt = unicodedata.normalize("NFC", seen) + " "
    letters = (_plain_letter(one, following) for one, following in pairwise(spelt))
    parts = "".join(letters).split("\0")
    return max((" ".join(part.split()) for part in parts), key=len).encode()


def _plain_letter(char: str, following: str) -> str:
    """How it is spelt plainly; a null character where it may also be composed or be another mark."""
    letters = fold(char)
    is_plain = all(unicodedata.normalize("NFD", one) == one and one not in MARKS for one in letters)
    is_alone = not unicodedata.combining(char) and not unicodedata.combining(following)
    return letters if is_plain and is_alone else "\0"
