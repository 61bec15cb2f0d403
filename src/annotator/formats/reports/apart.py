"""Words of the project in one line with others, whichever way they are read."""

from __future__ import annotations

import re
from unicodedata import bidirectional

_OPENING = dict.fromkeys("\u202a\u202b\u202d\u202e", "\u202c") | dict.fromkeys("\u2066\u2067\u2068", "\u2069")
"""Characters that turn round what follows, each with the one that ends this."""
_TURNING = frozenset({"R", "AL", "AN", "RLE", "RLO", "LRE", "LRO", "RLI", "LRI", "FSI", "PDI", "PDF"})

_NOT_ONE_SPACE = re.compile(r"\s{2,}|[^\S ]")


def in_one_line(words: str) -> str:
    """Words with one space wherever there was space of any kind or length."""
    return _NOT_ONE_SPACE.sub(" ", words)


def apart(words: str) -> str:
    """Words of the project that stand in one line with others, so that these keep their places.

    What reads from right to left, or holds characters that turn round what follows, is
    isolated (U+2068 to U+2069) and what it leaves open is closed; all else is as it was.
    Source: Unicode Standard Annex 9, sections 2.5 and 3.1.4.
    """
    if words.isascii() or not any(bidirectional(char) in _TURNING for char in set(words)):
        return words
    left_open: list[str] = []
    for char in words:
        if char in _OPENING:
            left_open.append(_OPENING[char])
        elif left_open and char == left_open[-1]:
            left_open.pop()
    return f"\u2068{words}{''.join(reversed(left_open))}\u2069"
