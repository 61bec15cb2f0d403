"""How much two texts have in common, for agency reports that several outlets print with changes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import combinations
from typing import TypeVar
from zlib import crc32

Name = TypeVar("Name", bound=str)

SHINGLE = 5
"""Words in a shingle."""
SKETCH = 16
"""Hashes in a sketch."""
NEAR = 0.5
"""From this resemblance on, one text is possibly a copy of the other."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> frozenset[tuple[str, ...]]:
    """Every run of five words, letter case folded; a shorter text is one shingle."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) <= SHINGLE:
        return frozenset({tuple(words)} if words else ())
    return frozenset(tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1))


def resemblance(first: str, second: str) -> float:
    """Shared shingles by all shingles: 1 for equal words, 0 for nothing in common or no words.

    Source: Broder (1997), On the resemblance and containment of documents.
    """
    ours, theirs = shingles(first), shingles(second)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def sketch(text: str) -> list[int]:
    """The `SKETCH` smallest hashes of the shingles of a text, ascending; alike in every run of the program.

    Of the smallest of two texts together, each stands in both with the probability that is their
    resemblance, so that near texts all but surely share several.
    Source: Broder (1997), On the resemblance and containment of documents.
    """
    numbers = [*map(_number, _WORD.findall(text))]
    runs = {*map(hash, zip(*(numbers[at:] for at in range(SHINGLE)), strict=False))}
    if numbers and not runs:
        runs = {hash(tuple(numbers))}
    return sorted(runs)[:SKETCH]


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    """A word as a number, since the hash of a text is another one in every run of Python."""
    return crc32(word.casefold().encode())


def samples(text: str, count: int = 12) -> list[str]:
    """Up to `count` runs of five words, spread evenly over a text, to look for in others."""
    places = list(_WORD.finditer(text))
    last = len(places) - SHINGLE
    if last < 0:
        return []
    steps = max(1, min(count, last + 1))
    starts = sorted({round(step * last / max(1, steps - 1)) for step in range(steps)})
    return [" ".join(place[0] for place in places[start : start + SHINGLE]) for start in starts]


def near(texts: Mapping[Name, str]) -> dict[Name, frozenset[Name]]:
    """For each text the others that are nearly the same; texts that are near to none are left out.

    Whether two are near depends on these two alone. The cost follows the words of
    all texts and the pairs of them, of which one takes some ten microseconds.
    """
    numbers: dict[tuple[str, ...], int] = {}
    runs = {
        name: {numbers.setdefault(run, len(numbers)) for run in shingles(texts[name])}
        for name in sorted(texts)
    }
    found: dict[Name, set[Name]] = {}
    for one, other in combinations(runs, 2):
        common = len(runs[one] & runs[other])
        if common and common >= NEAR * (len(runs[one]) + len(runs[other]) - common):
            found.setdefault(one, set()).add(other)
            found.setdefault(other, set()).add(one)
    return {name: frozenset(others) for name, others in found.items()}
