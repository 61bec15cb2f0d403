"""The boards of claims, some at a time, so that memory follows these, not the project."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from annotator.domain.dispute import ClaimBoard, dispute_map
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.store.claim_facts import claim_facts
from annotator.store.store import Store

AT_ONCE = 25
"""How many claims are read together."""


def boards(store: Store, claims: Sequence[PropositionId]) -> Iterator[tuple[Facts, tuple[ClaimBoard, ...]]]:
    """The boards of claims in their order, with the facts that they follow from, near-copies apart."""
    for start in range(0, len(claims), AT_ONCE):
        some = claims[start : start + AT_ONCE]
        facts = claim_facts(store, some)
        found = {board.id: board for board in dispute_map(facts).claims}
        yield facts, tuple(found[one] for one in some)
