"""The claims of a project in brief: read some at a time, and kept until something under them is touched."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, filterfalse
from typing import NamedTuple

from annotator.domain.briefs import ClaimBrief, briefs
from annotator.domain.dispute import dispute_map
from annotator.store import lists
from annotator.store.claim_facts import claim_facts, with_copies
from annotator.store.store import Change, Store

REMEMBERED = 200
"""How many edits are remembered until somebody looks, 2 KB each; after more all is taken for touched."""


class Part(NamedTuple):
    """Claims that were read together, and the ids of all that was read for them, as sorted hashes.

    claims: by their places; None where one is gone. An id takes 8 bytes as a hash, not 100; two of
    one hash only make a part be read once more.
    """

    claims: dict[int, ClaimBrief | None]
    rows: array[int]

    def is_hit(self, touched: Iterable[int]) -> bool:
        """Whether one of some rows was read for it; a claim that is gone may have come back with any."""
        return None in self.claims.values() or any(self._holds(one) for one in touched)

    def _holds(self, row: int) -> bool:
        at = bisect_left(self.rows, row)
        return at < len(self.rows) and self.rows[at] == row


class ClaimBriefs:
    """The claims in brief that were read so far, their voices counted as their boards count them.

    The records of 100,000 articles are more than 2 GB, so claims are read in parts (`read_part`, in any
    thread), and only those that somebody looks at or asks about. A part goes when a row was touched that
    was read for it, or that names one: all rows are found by ids of rows that belong to the part.
    Belongs to the thread of the window, but for what is touched.
    """

    def __init__(self, store: Store) -> None:
        self._parts: list[Part] = []
        self._known: dict[int, ClaimBrief | None] = {}
        self._touched: deque[frozenset[int] | None] = deque()
        self._since: list[frozenset[int] | None] = []
        self.stop: Callable[[], object] = store.subscribe(self._note)

    def begin(self) -> None:
        """From now on a part is read, by one thread at a time."""
        self.forget_touched()
        self._since.clear()

    def take(self, part: Part) -> bool:
        """Keep a part, unless something under it was touched since its reading began; whether it is kept."""
        self.forget_touched()
        is_fresh = not any(rows is None or part.is_hit(rows) for rows in self._since)
        if is_fresh:
            self._parts.append(part)
            self._known |= part.claims
        return is_fresh

    def get(self, place: int) -> ClaimBrief | None:
        """The claim at a place; None where it is gone or not read."""
        return self._known.get(place)

    def is_known(self, place: int) -> bool:
        """Whether the claim at a place was read, or found to be gone, and not touched since."""
        return place in self._known

    def missing(self, places: Iterable[int]) -> Iterator[int]:
        """Those places of which nothing is known."""
        return filterfalse(self._known.__contains__, places)

    def places(self) -> list[int]:
        """All places of which something is known."""
        return list(self._known)

    def claims(self) -> Iterator[ClaimBrief]:
        """All claims that were read."""
        return (claim for claim in self._known.values() if claim is not None)

    def forget_touched(self) -> None:
        """Forget the parts under which something was touched since the last look."""
        before = len(self._parts)
        while self._touched:
            rows = self._touched.popleft()
            if len(self._since) >= REMEMBERED:
                self._since = [None]
            self._since.append(rows)
            self._parts = [part for part in self._parts if rows is not None and not part.is_hit(rows)]
        if len(self._parts) < before:
            self._known = dict(chain.from_iterable(part.claims.items() for part in self._parts))

    def _note(self, change: Change) -> None:
        """Remember what was touched, or None for everything; told on the thread of whoever wrote."""
        is_known = change.is_whole and all(row.table != "scheme" for row in change.rows)
        images = [image for row in change.rows for image in (row.old, row.new) if image]
        named = (value for image in images for value in image.values() if isinstance(value, str))
        ids = chain((row.id for row in change.rows), named)
        if len(self._touched) >= REMEMBERED:
            self._touched = deque([None])  # another one, since the window may be taking from this
        self._touched.append(frozenset(map(hash, ids)) if is_known else None)


def read_part(store: Store, places: Sequence[int]) -> Part:
    """The claims at some places, read together: a quarter of a second for a hundred that much is said on."""
    ids = {place: row.id for place, row in zip(places, lists.heads_at(store, places), strict=True) if row}
    facts = with_copies(store, claim_facts(store, ids.values()), ids.values())
    read = {one.id: one for one in briefs(facts, dispute_map(facts))}
    rows = sorted(map(hash, chain(facts.mentions, *facts.tables.values())))
    claims = {place: read.get(ids[place]) if place in ids else None for place in places}
    return Part(claims, array("q", rows))
