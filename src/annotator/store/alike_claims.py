"""Which claims of a project may be one, for whoever cannot wait until the file holds that."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby, islice

from annotator.domain.likeness import MOST, Keys, claim_keys
from annotator.store.store import Store


class AlikeClaims:
    """The keys of all claims as numbers: a few megabytes for 20,000 of them, where words take 130.

    Two keys may be one number, so whoever asks looks at what is found. Numbers
    of rows are doubled; an odd one has the key for all that it says.
    """

    def __init__(self, store: Store) -> None:
        self._ids: list[str] = []
        pairs: list[tuple[int, int]] = []
        claims = store.query("SELECT id, text FROM shown_proposition ORDER BY id")
        for row, (claim, text) in enumerate(claims):
            self._ids.append(claim)
            pairs += ((hash(key), 2 * row + is_whole) for key, is_whole in _flat(claim_keys(text)))
        pairs.sort()
        self._keys = array("q", (key for key, _ in pairs))
        self._rows = array("q", (row for _, row in pairs))

    def before(self, claims: Iterable[tuple[str, str]]) -> set[str]:
        """The first claims of smaller ids that are alike to each of these, given with their sentences."""
        return {self._ids[row] for claim, text in claims for row in self._before(claim, claim_keys(text))}

    def _before(self, claim: str, keys: Keys) -> Iterator[int]:
        end = bisect_left(self._ids, claim)
        met = (self._having(hash(key), is_whole, end) for key, is_whole in _flat(keys))
        return islice((row for row, _ in groupby(merge(*met))), MOST)

    def _having(self, key: int, is_whole: int, end: int) -> Iterator[int]:
        """The rows before one that have a key, in order; either they or who asks says no more than that."""
        at = bisect_left(self._keys, key)
        while at < len(self._keys) and self._keys[at] == key and self._rows[at] < 2 * end:
            if is_whole or self._rows[at] % 2:
                yield self._rows[at] // 2
            at += 1


def _flat(keys: Keys) -> Iterator[tuple[str, int]]:
    yield from ((key, 1) for key in keys.whole)
    yield from ((key, 0) for key in keys.near - keys.whole)
