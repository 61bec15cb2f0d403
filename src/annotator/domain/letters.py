"""Which characters are one letter to a reader: case, composed letters, quotation marks; which are unseen."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

SINGLE_MARKS = "'’‘‚‛ʼ′＇"
DOUBLE_MARKS = '"“”„‟«»〝〞″＂'
MARKS = SINGLE_MARKS + DOUBLE_MARKS
UNSEEN = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""Soft hyphen, space without width, direction marks, joiners: they stand between letters unseen."""

_LAST_CASED = 0x1F000
_BLOCK = 256
_DOTTED_AND_DOTLESS_I = {"İ": "i", "ı": "i"}


def cases(char: str) -> str:
    """All characters that fold to this one."""
    for same in (SINGLE_MARKS, DOUBLE_MARKS):
        if char in same:
            return same
    return _spellings().get(char, char)


def fold(char: str) -> str:
    """The letters that stand for a character in either case and all its forms."""
    return _DOTTED_AND_DOTLESS_I.get(char) or char.casefold()


@cache
def _spellings() -> dict[str, str]:
    """Folded character -> all the characters that fold to it alone; only where there are several."""
    return {folded: chars for folded, chars in _folds().items() if len(folded) == 1}


@cache
def expansions() -> dict[str, str]:
    """Folded letters -> the single characters that fold to them, such as ss -> ßẞ and fi -> ﬁ."""
    return {
        folded: chars[len(folded) :]
        for folded, chars in _folds().items()
        if len(folded) > 1 and not any(unicodedata.combining(char) for char in folded)
    }


@cache
def _folds() -> dict[str, str]:
    folds: dict[str, str] = {}
    for char in _in_blocks(lambda block: block.casefold() != block):
        folded = fold(char)
        if folded != char:
            folds[folded] = folds.get(folded, folded) + char
    return folds


def _in_blocks(may_matter: Callable[[str], bool]) -> Iterator[str]:
    """The characters of Unicode, without whole blocks that do not matter: a search waits for these tables."""
    for first in range(0, _LAST_CASED, _BLOCK):
        block = "".join(map(chr, range(first, first + _BLOCK)))
        if may_matter(block):
            yield from block


@cache
def combining_marks() -> str:
    """Ranges of all combining marks, for a character class."""
    marks = [
        ord(char) for char in _in_blocks(lambda block: not block.isalpha()) if unicodedata.combining(char)
    ]
    ranges: list[list[int]] = []
    for code in marks:
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
