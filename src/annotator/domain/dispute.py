"""The dispute map: for each claim, who asserts and denies it, and on which grounds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from annotator.domain.facts import Facts
from annotator.domain.grounds import Ground, grounds_of
from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.placed import name_of, place_of_end
from annotator.domain.scheme import SILENCE
from annotator.domain.stances import Stance, stances_on
from annotator.domain.steps import Steps, at_once, pause_after
from annotator.domain.voices import Voices, identity, independent, owner, voice
from annotator.domain.works import Works, article_of, is_here, once_a_work, said_in, words_of

ATTACK = "undermines"
"""The kind of link that attacks a source where it ends at one."""
SIDES = ("support", "deny", "query", "comment", SILENCE)


@dataclass(frozen=True)
class Entry:
    """A statement on a claim. `source` and `owner` are None where the words name nobody."""

    mark: MarkId
    article: ArticleId
    source: SourceId | None
    owner: SourceId | None
    relays: tuple[SourceId, ...]
    certainty: str | None
    links: tuple[LinkId, ...]
    """The links that make it a statement on this claim; none where the mark mentions the claim."""


@dataclass(frozen=True)
class Attack:
    """A mark or exhibit that undermines a source, not the claim."""

    origin: Ref
    source: SourceId


@dataclass(frozen=True)
class ClaimBoard:
    """All that is said on one claim. Entries, grounds and attacks are in the order of `placed`."""

    id: PropositionId
    text: str
    asserts: tuple[Entry, ...]
    denies: tuple[Entry, ...]
    queries: tuple[Entry, ...]
    comments: tuple[Entry, ...]
    silent: tuple[Entry, ...]
    without_source: tuple[tuple[str, Entry], ...]
    """Stances of marks that name nobody; they stand in none of the lists above."""
    asserting: Voices
    denying: Voices
    grounds_for: tuple[Ground, ...]
    grounds_against: tuple[Ground, ...]
    attacks: tuple[Attack, ...]
    """On sources that assert the claim."""
    attacks_beside: tuple[Attack, ...]
    """On other sources: those that only pass the claim on, such as a report, and those attacked by who
    answers the claim in the same words, such as the forum it was made in."""

    @property
    def is_disputed(self) -> bool:
        """Whether somebody asserts and somebody denies it."""
        return bool(self.asserts) and bool(self.denies)

    @property
    def is_undenied(self) -> bool:
        """Whether somebody asserts it and nobody denies it."""
        return bool(self.asserts) and not self.denies

    @property
    def saying(self) -> int:
        """How many marks assert it, whether or not they name who says so."""
        return len(self.asserts) + sum(stance == "support" for stance, _ in self.without_source)

    @property
    def deniers(self) -> int:
        """How many owners deny it, whether or not they have it from one another."""
        return len({entry.owner for entry in self.denies})

    @property
    def self_contradicted(self) -> tuple[SourceId, ...]:
        """The owners that speak on both sides, who asserts first."""
        denying = {entry.owner for entry in self.denies}
        both = dict.fromkeys(entry.owner for entry in self.asserts if entry.owner in denying)
        return tuple(one for one in both if one is not None)


@dataclass(frozen=True)
class DisputeMap:
    """Every claim by its id, and every mark whose words nobody is named for."""

    claims: tuple[ClaimBoard, ...]
    without_source: tuple[MarkId, ...]

    def only(self, claim: PropositionId) -> DisputeMap:
        """The map of one claim; of the marks without a source, those that bear on it."""
        boards = tuple(board for board in self.claims if board.id == claim)
        bearing: set[str] = set()
        for board in boards:
            bearing |= {entry.mark for _, entry in board.without_source}
            bearing |= {ground.origin.id for ground in (*board.grounds_for, *board.grounds_against)}
        return DisputeMap(boards, tuple(mark for mark in self.without_source if mark in bearing))


def dispute_map(facts: Facts) -> DisputeMap:
    """Compute the map. Nothing depends on the order of records or of edits.

    An older version of an article is one work with its newer ones: what it holds
    is left out where a newer version holds the same (see `once_a_work`).
    """
    return at_once(mapped(facts))


def mapped(facts: Facts) -> Steps[DisputeMap]:
    """`dispute_map` with pauses where much is said on a claim."""
    works = Works(facts)
    stances = stances_on(facts)
    aimed = _attacks_by_source(facts)
    boards: dict[PropositionId, ClaimBoard] = {}
    for claim in facts.propositions:
        boards[claim] = yield from _board(facts, works, aimed, claim, stances.get(claim, ()))
    nobody = [
        mark for mark in facts.marks.values() if voice(facts, mark) is None and not facts.is_layer(mark)
    ]
    listed = once_a_work(works, nobody, lambda mark: mark.article, lambda mark: said_in(facts, mark))
    return DisputeMap(tuple(boards.values()), tuple(mark.id for mark in listed))


def _board(
    facts: Facts,
    works: Works,
    aimed: Mapping[SourceId, list[Attack]],
    claim: PropositionId,
    stances: tuple[Stance, ...],
) -> Steps[ClaimBoard]:
    yield from pause_after(stances)
    said = [(one.stance, _entry(facts, one)) for one in stances]
    sides = {side: [entry for stance, entry in said if stance == side] for side in SIDES}
    named = {side: _named(works, entries) for side, entries in sides.items()}
    nobody = [(stance, entry) for stance, entry in said if entry.source is None]
    yield from pause_after(said)
    grounds = grounds_of(facts, works, claim, stances)
    asserts, denies = named["support"], named["deny"]
    attacks = _attacks(facts, aimed, asserts)
    beside = _attacks_beside(facts, aimed, asserts, stances) - attacks
    yield from pause_after(stances)
    asserting = independent(facts, (entry.mark for entry in asserts))
    yield from pause_after(asserts)
    denying = independent(facts, (entry.mark for entry in denies))
    yield from pause_after(denies)
    return ClaimBoard(
        id=claim,
        text=facts.propositions[claim].text,
        asserts=asserts,
        denies=denies,
        queries=named["query"],
        comments=named["comment"],
        silent=named[SILENCE],
        without_source=tuple(nobody),
        asserting=asserting,
        denying=denying,
        grounds_for=grounds[1],
        grounds_against=grounds[-1],
        attacks=_once_aimed(facts, works, attacks),
        attacks_beside=_once_aimed(facts, works, beside),
    )


def _entry(facts: Facts, stance: Stance) -> Entry:
    mark = facts.marks[stance.mark]
    source = voice(facts, mark)
    return Entry(
        mark=mark.id,
        article=mark.article,
        source=source,
        owner=None if source is None else owner(facts, source),
        relays=mark.relays,
        certainty=stance.certainty,
        links=stance.links,
    )


def _named(works: Works, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """The entries with a source; a source said it once in all versions of an article."""
    named = [entry for entry in entries if entry.source is not None]
    return once_a_work(works, named, lambda entry: entry.article, lambda entry: entry.source)


def _attacks_by_source(facts: Facts) -> dict[SourceId, list[Attack]]:
    """The links `undermines` that end at a source, by the one it was found to be."""
    found: dict[SourceId, set[Attack]] = {}
    for link in facts.links.values():
        if link.kind == ATTACK and link.target.table == "source" and is_here(facts, link.origin):
            source = SourceId(link.target.id)
            found.setdefault(identity(facts, source), set()).add(Attack(link.origin, source))
    return {source: list(attacks) for source, attacks in found.items()}


def _attacks(facts: Facts, aimed: Mapping[SourceId, list[Attack]], asserts: Iterable[Entry]) -> set[Attack]:
    """The attacks on sources that assert the claim, under whichever of their names."""
    asserting = {identity(facts, entry.source) for entry in asserts if entry.source is not None}
    return {attack for source in asserting for attack in aimed.get(source, ())}


def _attacks_beside(
    facts: Facts,
    aimed: Mapping[SourceId, list[Attack]],
    asserts: Iterable[Entry],
    stances: Iterable[Stance],
) -> set[Attack]:
    """The attacks on sources that pass the claim on, and those by marks that answer it.

    A mark answers it that denies, asks, comments or is silent on it, or responds to a mark that asserts it.
    """
    asserting = list(asserts)
    passing = {identity(facts, relay) for entry in asserting for relay in entry.relays}
    answering = {Ref("mark", one.mark) for one in stances if one.stance != "support"}
    answering |= {link.origin for entry in asserting for link in facts.links_to(entry.mark, "responds_to")}
    found = {attack for source in passing for attack in aimed.get(source, ())}
    for origin in answering:
        for link in facts.links_by_origin.get(origin, ()):
            if link.kind == ATTACK and link.target.table == "source" and is_here(facts, origin):
                found.add(Attack(origin, SourceId(link.target.id)))
    return found


def _once_aimed(facts: Facts, works: Works, attacks: Iterable[Attack]) -> tuple[Attack, ...]:
    return once_a_work(
        works,
        sorted(
            attacks,
            key=lambda one: (place_of_end(facts, one.origin), name_of(facts, one.source), one.source),
        ),
        lambda attack: article_of(facts, attack.origin),
        lambda attack: (attack.source, words_of(facts, attack.origin)),
    )
