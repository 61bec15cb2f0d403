"""How much two texts have in common, for agency reports that several outlets print with changes."""

from __future__ import annotations

import re

SHINGLE = 5
"""Words in a shingle."""
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


def samples(text: str, count: int = 12) -> list[str]:
    """Up to `count` runs of five words, spread evenly over a text, to look for in others."""
    places = list(_WORD.finditer(text))
    last = len(places) - SHINGLE
    if last < 0:
        return []
    steps = max(1, min(count, last + 1))
    starts = sorted({round(step * last / max(1, steps - 1)) for step in range(steps)})
    return [" ".join(place[0] for place in places[start : start + SHINGLE]) for start in starts]
