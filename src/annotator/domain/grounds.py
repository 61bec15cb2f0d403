"""What speaks for or against a claim without mentioning it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from annotator.domain.facts import Facts
from annotator.domain.ids import LinkId, PropositionId
from annotator.domain.model import Ref
from annotator.domain.placed import place_of_end
from annotator.domain.stances import Stance
from annotator.domain.works import Works, article_of, is_here, once_a_work, words_of

SIGNS = {"supports": 1, "corroborates": 1, "undermines": -1}
"""What a link of this kind does to its end."""
STANCE_SIGNS = {"support": 1, "deny": -1}


@dataclass(frozen=True)
class Ground:
    """A mark or exhibit that speaks for or against a claim without mentioning it."""

    origin: Ref
    links: tuple[LinkId, ...]


def grounds_of(
    facts: Facts, works: Works, claim: PropositionId, stances: tuple[Stance, ...]
) -> dict[int, tuple[Ground, ...]]:
    """Grounds for (1) and against (-1): one hop from the claim or from a mark that mentions it.

    The sign is that of the link times that of the stance at its end; a question, a
    comment and silence have none. A mark that mentions the claim is no ground of it.
    """
    mentioning = {Ref("mark", one.mark) for one in stances}
    ends = [(Ref("mark", one.mark), STANCE_SIGNS.get(one.stance, 0)) for one in stances]
    found: dict[int, dict[Ref, set[LinkId]]] = {1: {}, -1: {}}
    for end, stance_sign in [(Ref("proposition", claim), 1), *ends]:
        for link in facts.links_by_target.get(end, ()):
            sign = SIGNS.get(link.kind, 0) * stance_sign
            if sign and link.origin not in mentioning and is_here(facts, link.origin):
                found[sign].setdefault(link.origin, set()).add(link.id)
    return {sign: _sorted_grounds(facts, works, origins) for sign, origins in found.items()}


def _sorted_grounds(facts: Facts, works: Works, origins: Mapping[Ref, set[LinkId]]) -> tuple[Ground, ...]:
    placed = sorted(origins, key=lambda ref: place_of_end(facts, ref))
    grounds = [Ground(ref, tuple(sorted(origins[ref]))) for ref in placed]
    return once_a_work(
        works,
        grounds,
        lambda ground: article_of(facts, ground.origin),
        lambda ground: words_of(facts, ground.origin),
    )
