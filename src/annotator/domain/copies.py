"""How much two texts have in common, for agency reports that several outlets print with changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Generic, TypeVar
from zlib import crc32

Name = TypeVar("Name", bound=str)
Run = tuple[str, ...]

SHINGLE = 5
"""Words in a shingle."""
SKETCH = 16
"""Hashes in a sketch."""
NEAR = 0.5
"""From this resemblance on, one text is possibly a copy of the other."""

LONGEST = 200_000
"""Characters beyond which a text is not compared: it is no article any more."""

_WORD = re.compile(r"\w+")
_LONG_WORD = 16
"""Characters from one blank to the next, on average, from which on a text has no blanks between words."""
_ONE_IN = 4
"""The shingles whose first word is one in so many come first in a sketch: most others need no hash."""
_STRETCH = 10_000
"""Characters of a text that are read in about a millisecond."""
_RUNS_AT_ONCE = 50_000
"""Runs of words that are compared in about a millisecond."""


def shingles(text: str) -> frozenset[Run]:
    """Every run of five words, letter case folded; a shorter text is one shingle."""
    return frozenset(run for some in _shingled(text) for run in some)


def _shingled(text: str) -> Iterator[list[Run]]:
    """The shingles of one stretch of a text after the other."""
    words: list[str] = []
    end = 0
    is_short = True
    while end < len(text):
        start, end = end, text.find(" ", end + _STRETCH)
        end = len(text) if end < 0 else end
        words = [*words[1 - SHINGLE :], *(word.casefold() for word in _WORD.findall(text, start, end))]
        is_short = is_short and len(words) < SHINGLE
        yield [tuple(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)]
    if is_short and words:
        yield [tuple(words)]


def resemblance(first: str, second: str) -> float:
    """Shared shingles by all shingles: 1 for equal words, 0 for nothing in common or no words.

    Source: Broder (1997), On the resemblance and containment of documents.
    """
    ours, theirs = shingles(first), shingles(second)
    return len(ours & theirs) / len(ours | theirs) if ours and theirs else 0.0


def sketch(text: str) -> list[int]:
    """The hashes of the first `SKETCH` shingles of a text, in an order that is the same for all texts.

    Of the first of two texts together, each stands in both with the probability that is their
    resemblance, so that near texts all but surely share several. Words keep their punctuation here.
    Source: Broder (1997), On the resemblance and containment of documents.
    """
    words = text.split()
    if len(words) * _LONG_WORD < len(text):
        words = _WORD.findall(text)
    numbers = [*map(_number, words)]
    length = max(1, min(SHINGLE, len(numbers)))
    places = [numbers[at:] for at in range(length)]
    first = sorted({hash(run) for run in zip(*places, strict=False) if run[0] % _ONE_IN == 0})[:SKETCH]
    if len(first) < SKETCH:
        others = {hash(run) for run in zip(*places, strict=False) if run[0] % _ONE_IN}
        first += sorted(others)[: SKETCH - len(first)]
    return first


@lru_cache(maxsize=1 << 13)
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
    """For each text the others that are nearly the same; texts that are near to none are left out."""
    comparing = Comparing[Name]()
    for name in sorted(texts):
        for _ in comparing.add(name, texts[name]):
            pass
    return comparing.near()


class Comparing(Generic[Name]):
    """Finds which of some texts are nearly the same, with pauses on the way.

    Whether two are near depends on these two alone. The cost follows the words of
    all texts and the pairs of them, of which one takes some ten microseconds.
    """

    def __init__(self) -> None:
        self._numbers: dict[Run, int] = {}
        self._runs: dict[Name, set[int]] = {}
        self._near: dict[Name, set[Name]] = {}

    def add(self, name: Name, text: str) -> Iterator[None]:
        """Compare one more text with those before, with a pause after each millisecond or two."""
        runs: set[int] = set()
        for some in _shingled(text):
            runs.update(self._numbers.setdefault(run, len(self._numbers)) for run in some)
            yield
        compared = 0
        for other, theirs in self._runs.items():
            if self._are_near(runs, theirs):
                self._near.setdefault(name, set()).add(other)
                self._near.setdefault(other, set()).add(name)
            compared += min(len(runs), len(theirs))
            if compared > _RUNS_AT_ONCE:
                compared = 0
                yield
        self._runs[name] = runs

    def near(self) -> dict[Name, frozenset[Name]]:
        """For each text so far the others that are nearly the same, where there are any."""
        return {name: frozenset(others) for name, others in self._near.items()}

    @staticmethod
    def _are_near(runs: set[int], others: set[int]) -> bool:
        if min(len(runs), len(others)) < NEAR * max(len(runs), len(others)):
            return False
        common = len(runs & others)
        return common > 0 and common >= NEAR * (len(runs) + len(others) - common)
