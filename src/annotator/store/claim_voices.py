"""How many voices assert and deny claims, told by the file where none of them can lean on another."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import NamedTuple

from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.voices import owner
from annotator.store import conditions, read
from annotator.store.json_columns import dump
from annotator.store.store import Store

_AT_ONCE = 500
"""Of how many claims the statements are held together."""
_SPOKEN = (
    f"SELECT s.proposition, s.stance, {conditions.SPEAKER} AS who, a.outlet, a.agency,"
    " (SELECT json_group_array(b.source) FROM shown_attribution b"
    "  WHERE b.mark = m.id AND b.level > 0 AND b.source IS NOT NULL),"
    " EXISTS (SELECT 1 FROM shown_link l WHERE l.from_mark = m.id AND l.kind = 'cites')"
    f" FROM {conditions.WITH_ARTICLE} WHERE s.stance IN ('support', 'deny') AND who IS NOT NULL"
)


class Counted(NamedTuple):
    """How many owners speak on each side of a claim, and whether each of them surely counts as a voice."""

    asserting: int
    denying: int
    is_sure: bool


class _Side:
    """Who speaks on one side of a claim, all told by their owners."""

    def __init__(self) -> None:
        self.owners: set[SourceId] = set()
        self._relays: set[SourceId] = set()
        self._own_reports = 0
        self._is_citing = False

    def add(
        self, speaker: SourceId, makers: Collection[SourceId], relays: Iterable[SourceId], is_citing: bool
    ) -> None:
        """Add a statement in an article of these makers."""
        self.owners.add(speaker)
        self._relays.update(relays)
        self._own_reports += speaker in makers
        self._is_citing |= is_citing

    @property
    def is_sure(self) -> bool:
        """Whether nobody can lean on another (`domain.voices.independent`).

        For that one would have to pass on here what another says, cite somebody, or print their text.
        """
        is_passing_on = not self._relays.isdisjoint(self.owners)
        return len(self.owners) < 2 or not (is_passing_on or self._is_citing or self._own_reports > 1)


def count_voices(
    store: Store, registry: Facts, claims: Sequence[PropositionId]
) -> dict[PropositionId, Counted]:
    """The voices of those claims that anybody asserts or denies; registry: all sources."""
    stated = conditions.STATED_ON.format(
        claims="SELECT value FROM json_each(:claims)", denials="SELECT value FROM json_each(:denials)"
    )
    sql = _SPOKEN.format(stated=stated)
    denials = dump(conditions.denial_labels(read.scheme(store)))
    owner_of = cache(lambda source: owner(registry, source))
    found: dict[PropositionId, Counted] = {}
    for start in range(0, len(claims), _AT_ONCE):
        sides: dict[PropositionId, dict[str, _Side]] = {}
        some = dump(claims[start : start + _AT_ONCE])
        for claim, stance, who, outlet, agency, relays, is_citing in store.query(
            sql, {"claims": some, "denials": denials}
        ):
            both = sides.setdefault(claim, {"support": _Side(), "deny": _Side()})
            makers = [owner_of(one) for one in (outlet, agency) if one is not None]
            both[stance].add(owner_of(who), makers, map(owner_of, json.loads(relays)), bool(is_citing))
        for claim, both in sides.items():
            asserting, denying = both["support"], both["deny"]
            is_sure = asserting.is_sure and denying.is_sure
            found[claim] = Counted(len(asserting.owners), len(denying.owners), is_sure)
    return found
