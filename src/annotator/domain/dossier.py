"""What one source said, denied and passed on, how it hedges, and where it contradicts itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, PropositionId, SourceId
from annotator.domain.judging import in_force
from annotator.domain.model import Judgement, Mark
from annotator.domain.stances import Stance, stances_on
from annotator.domain.voices import identity, next_above, voice

CONTRADICTS = "contradicts"


class Position(NamedTuple):
    """What a source does to one claim, newest first."""

    claim: PropositionId
    stances: tuple[Stance, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether it both asserts and denies the claim."""
        return {"support", "deny"} <= {one.stance for one in self.stances}


class Contradiction(NamedTuple):
    """Two marks of one source that cannot both be true.

    The claims are one and the same where it asserts and denies it, or two linked `contradicts`.
    """

    claim: PropositionId
    mark: MarkId
    other_claim: PropositionId
    other: MarkId


class Exchange(NamedTuple):
    """The marks in which words passed between a source and another one, newest first."""

    source: SourceId
    marks: tuple[MarkId, ...]


@dataclass(frozen=True)
class Dossier:
    """A source under all of its names. Marks are in order of the dates of their articles, newest first."""

    source: SourceId
    names: tuple[SourceId, ...]
    """The sources that were found to be this one."""
    chain: tuple[SourceId, ...]
    """For whom it speaks, nearest first; the last one is its owner."""
    members: tuple[SourceId, ...]
    """Who speaks for it at first hand."""
    positions: tuple[Position, ...]
    unclaimed: tuple[MarkId, ...]
    """What it says under no claim."""
    relayed_by: tuple[Exchange, ...]
    relays: tuple[Exchange, ...]
    certainty: tuple[tuple[str, int], ...]
    """How often it speaks with which certainty, the most frequent first."""
    contradictions: tuple[Contradiction, ...]
    judgements: tuple[Judgement, ...]


def dossier(facts: Facts, source: SourceId) -> Dossier:
    """The dossier of a source, asked for by any of its names."""
    first = identity(facts, source)
    own = {one for one in facts.sources if identity(facts, one) == first}
    newest = _newest_first(facts, facts.marks.values())
    said = [mark for mark in newest if voice(facts, mark) in own and not facts.is_layer(mark)]
    positions = _positions(facts, said)
    claimed = {one.mark for position in positions for one in position.stances}
    return Dossier(
        source=first,
        names=tuple(sorted(own - {first})),
        chain=_chain(facts, first),
        members=tuple(
            one.id for one in facts.sources.values() if one.affiliation in own and one.id not in own
        ),
        positions=positions,
        unclaimed=tuple(mark.id for mark in said if mark.id not in claimed),
        relayed_by=_exchanges(facts, ((relay, mark) for mark in said for relay in mark.relays)),
        relays=_exchanges(
            facts,
            (
                (speaker, mark)
                for mark in newest
                if own & set(mark.relays) and (speaker := mark.source) is not None and speaker not in own
            ),
        ),
        certainty=tuple(Counter(filter(None, (_certainty(mark) for mark in said))).most_common()),
        contradictions=_contradictions(facts, positions),
        judgements=tuple(
            one
            for one in in_force(facts.judgements.values())
            if one.target.table == "source" and SourceId(one.target.id) in own
        ),
    )


def _newest_first(facts: Facts, marks: Iterable[Mark]) -> list[Mark]:
    def dated(mark: Mark) -> tuple[str, str]:
        article = facts.articles.get(mark.article)
        return ((article.date if article else None) or "", mark.id)

    return sorted(marks, key=dated, reverse=True)


def _certainty(mark: Mark) -> str | None:
    value = mark.attributes.get("certainty")
    return value if isinstance(value, str) else None


def _chain(facts: Facts, source: SourceId) -> tuple[SourceId, ...]:
    """For whom a source speaks, each under the name it goes by, up to its owner."""
    found: list[SourceId] = []
    above = next_above(facts, source)
    while above is not None and above != source and above not in found:
        found.append(above)
        above = next_above(facts, above)
    return tuple(one for one in found if facts.sources[one].same_as is None)


def _positions(facts: Facts, said: Sequence[Mark]) -> tuple[Position, ...]:
    """What the marks do to claims; the claim spoken to last comes first."""
    order = {mark.id: place for place, mark in enumerate(said)}
    found = []
    for claim, stances in stances_on(facts).items():
        own = sorted((one for one in stances if one.mark in order), key=lambda one: order[one.mark])
        if own:
            found.append(Position(claim, tuple(own)))
    return tuple(sorted(found, key=lambda position: order[position.stances[0].mark]))


def _exchanges(facts: Facts, pairs: Iterable[tuple[SourceId, Mark]]) -> tuple[Exchange, ...]:
    found: dict[SourceId, dict[MarkId, None]] = {}
    for source, mark in pairs:
        found.setdefault(identity(facts, source), {})[mark.id] = None
    return tuple(
        Exchange(source, tuple(marks))
        for source, marks in sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    )


def _contradictions(facts: Facts, positions: Iterable[Position]) -> tuple[Contradiction, ...]:
    asserted = {one.claim: mark for one in positions if (mark := _first(one, "support")) is not None}
    found = [
        Contradiction(one.claim, first, one.claim, second)
        for one in positions
        if one.is_contradicted
        for first, second in [_both(one)]
    ]
    found += [
        Contradiction(link.origin, asserted[link.origin], link.target, asserted[link.target])
        for link in facts.proposition_links.values()
        if link.kind == CONTRADICTS and {link.origin, link.target} <= asserted.keys()
    ]
    return tuple(found)


def _first(position: Position, stance: str) -> MarkId | None:
    return next((one.mark for one in position.stances if one.stance == stance), None)


def _both(position: Position) -> tuple[MarkId, MarkId]:
    """The newest mark on each side, the newer one first."""
    sides: Mapping[str, MarkId] = {one.stance: one.mark for one in reversed(position.stances)}
    first, second = (sides[one] for one in ("support", "deny"))
    order = [one.mark for one in position.stances]
    return (first, second) if order.index(first) < order.index(second) else (second, first)
