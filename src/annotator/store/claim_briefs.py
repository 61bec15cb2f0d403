"""Every claim of a project in brief: read some at a time, and kept until something under them is touched."""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from annotator.domain.briefs import ClaimBrief, briefs
from annotator.domain.dispute import dispute_map
from annotator.domain.ids import PropositionId
from annotator.store.claim_facts import claim_facts, with_copies
from annotator.store.store import Change, Store

_AT_ONCE = 100
"""How many claims are read together: a quarter of a second in a project of 100,000 articles."""


class _Part(NamedTuple):
    """Claims that were read together, and the ids of all that was read for them, as hashes.

    An id takes 8 bytes so, not 100; two of one hash only make a part be read once more.
    """

    briefs: tuple[ClaimBrief, ...]
    rows: array[int]


class ClaimBriefs:
    """The claims of a project in brief, their voices counted as their boards count them.

    Called beside the window, by one thread at a time, with a store that reads. The records of
    100,000 articles are more than 2 GB, so they are read in parts; where reading had to give way to
    something that was stored, the next call goes on. A part is read anew when a row was touched that
    was read for it, or that names one: all rows are found by ids of rows that belong to the part.
    """

    def __init__(self, store: Store) -> None:
        self._parts: list[_Part] = []
        self._touched: deque[frozenset[int] | None] = deque()
        self.stop: Callable[[], object] = store.subscribe(self._note)

    @property
    def is_stale(self) -> bool:
        """Whether something was touched since the last part was read."""
        return bool(self._touched)

    def __call__(self, store: Store) -> list[ClaimBrief]:
        """All claims by their ids; only those are read that were not or that have changed."""
        while missing := self._missing(store):
            for start in range(0, len(missing), _AT_ONCE):
                self._parts.append(_read(store, missing[start : start + _AT_ONCE]))
        return sorted(self._known(), key=lambda one: one.id)

    def _missing(self, store: Store) -> list[PropositionId]:
        """The claims that are to be read, once the parts are gone under which something was touched."""
        while self._touched:
            rows = self._touched.popleft()
            self._parts = [part for part in self._parts if rows is not None and rows.isdisjoint(part.rows)]
        known = {one.id for one in self._known()}
        claims = store.query("SELECT id FROM shown_proposition ORDER BY id")
        return [PropositionId(claim) for (claim,) in claims if claim not in known]

    def _known(self) -> Iterator[ClaimBrief]:
        return chain.from_iterable(part.briefs for part in self._parts)

    def _note(self, change: Change) -> None:
        """Remember what was touched, or None for everything; told on the thread of whoever wrote."""
        is_known = change.is_whole and all(row.table != "scheme" for row in change.rows)
        images = [image for row in change.rows for image in (row.old, row.new) if image]
        named = (value for image in images for value in image.values() if isinstance(value, str))
        ids = chain((row.id for row in change.rows), named)
        self._touched.append(frozenset(map(hash, ids)) if is_known else None)


def _read(store: Store, claims: list[PropositionId]) -> _Part:
    facts = with_copies(store, claim_facts(store, claims), claims)
    wanted = set(claims)
    read = tuple(one for one in briefs(facts, dispute_map(facts)) if one.id in wanted)
    return _Part(read, array("q", map(hash, chain(facts.mentions, *facts.tables.values()))))
