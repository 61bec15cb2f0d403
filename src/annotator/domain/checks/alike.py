"""Claims that seem to be one, and sources that do; each hangs on the younger of two."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.checks.ends import LooseEnd, on_claim, on_source
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId, SourceId
from annotator.domain.model import Proposition, Ref, Source
from annotator.domain.voices import identity, upward


def claims_alike(facts: Facts, claim: Proposition) -> Iterator[LooseEnd]:
    """Claims that were linked to each other, or compete in one set, are known to be two."""
    for other in map(PropositionId, facts.claims_alike.before(claim.id)):
        is_rival = claim.set is not None and claim.set == facts.propositions[other].set
        if not is_rival and frozenset((claim.id, other)) not in facts.claims_linked:
            yield on_claim(claim.id, "claims_alike", other_claim=other)
            return


def sources_alike(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    """What was found to be another source is that one; countries or Wikidata may tell two apart."""
    if source.same_as is not None:
        return
    for other in map(SourceId, facts.sources_alike.before(source.id)):
        if identity(facts, other) != source.id and not _are_two(source, facts.sources[other]):
            yield on_source(source.id, "sources_alike", other_source=other)
            return


def _are_two(one: Source, other: Source) -> bool:
    """Whether something is known that tells them apart, or one of them speaks for the other."""
    pairs = ((one.country, other.country), (one.wikidata, other.wikidata))
    apart = any(first and second and first != second for first, second in pairs)
    return apart or one.id == other.affiliation or other.id == one.affiliation


def behind_claim(facts: Facts, claim: PropositionId) -> Iterator[Ref]:
    """The claims that were looked at because they are alike."""
    if claim in facts.propositions:
        yield from (Ref("proposition", one) for one in facts.claims_alike.before(claim))


def behind_source(facts: Facts, source: SourceId) -> Iterator[Ref]:
    """The sources that were looked at because they are alike, and what they were found to be."""
    if source in facts.sources:
        for other in map(SourceId, facts.sources_alike.before(source)):
            yield from (Ref("source", one) for one in upward(facts, other))
