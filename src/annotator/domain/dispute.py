"""The dispute map: for each claim, who asserts and denies it, and on which grounds."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from annotator.domain.facts import Facts, carried_from, is_silence
from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Mark, Ref
from annotator.domain.placed import name_of, place_of_end, place_of_mark
from annotator.domain.steps import Steps, at_once, pause_after
from annotator.domain.voices import Voices, identity, independent, owner, voice
from annotator.domain.works import Works

SILENCE = "silence"
ATTACK = "undermines"
"""The kind of link that attacks a source where it ends at one."""
SIDES = ("support", "deny", "query", "comment", SILENCE)

SIGNS = {"supports": 1, "corroborates": 1, "undermines": -1}
"""What a link of this kind does to its end."""

STANCE_SIGNS = {"support": 1, "deny": -1}

_Item = TypeVar("_Item")


class Stance(NamedTuple):
    """What one mark does to one claim; several mentions may say the same."""

    mark: MarkId
    stance: str
    """support, deny, query, comment or silence."""
    certainty: str | None
    links: tuple[LinkId, ...]
    """The links it follows from, where the mark has no mentions of its own."""


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
class Ground:
    """A mark or exhibit that speaks for or against a claim without mentioning it."""

    origin: Ref
    links: tuple[LinkId, ...]


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
    is left out where a newer version holds the same (see `_once_a_work`).
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
    listed = _once_a_work(works, nobody, lambda mark: mark.article, lambda mark: _said(facts, mark))
    return DisputeMap(tuple(boards.values()), tuple(mark.id for mark in listed))


def stances_on(facts: Facts) -> dict[PropositionId, tuple[Stance, ...]]:
    """For each claim what marks do to it, in the order of their places, none twice.

    A mark's own mentions come first: only a mark that has none, on any claim, gets
    derived ones. A denial linked `denies` to a mark denies, a no_comment linked
    `responds_to` to a mark is silent on, each claim that the mark supports.
    """
    found: dict[PropositionId, dict[tuple[MarkId, str], Stance]] = {}
    for mark in facts.marks.values():
        own = facts.mentions_by_mark.get(mark.id, ())
        for mention in own:
            said = SILENCE if is_silence(mark) else mention.stance
            certainty = mention.certainty or mark.attributes.get("certainty")
            _note(found, mention.proposition, Stance(mark.id, said, certainty, ()))
        derived = {} if own else _answered(facts, mark)
        for claim, links in derived.items():
            said = SILENCE if is_silence(mark) else "deny"
            _note(found, claim, Stance(mark.id, said, mark.attributes.get("certainty"), tuple(links)))
    return {claim: _in_order(facts, some) for claim, some in found.items()}


def _in_order(facts: Facts, stances: Mapping[tuple[MarkId, str], Stance]) -> tuple[Stance, ...]:
    return tuple(sorted(stances.values(), key=lambda one: (place_of_mark(facts, one.mark), one.stance)))


def _note(
    found: dict[PropositionId, dict[tuple[MarkId, str], Stance]], claim: PropositionId, stance: Stance
) -> None:
    found.setdefault(claim, {}).setdefault((stance.mark, stance.stance), stance)


def _answered(facts: Facts, mark: Mark) -> dict[PropositionId, list[LinkId]]:
    """The claims that a mark without mentions denies, or is silent on, by which of its links."""
    if is_silence(mark):
        links = facts.links_from(mark.id, "responds_to")
    elif facts.is_denial(mark):
        links = facts.links_from(mark.id, "denies")
    else:
        return {}
    found: dict[PropositionId, list[LinkId]] = {}
    for link in links:
        target = facts.marks.get(MarkId(link.target.id)) if link.target.table == "mark" else None
        for claim in sorted(set(_supported(facts, target))) if target else ():
            found.setdefault(claim, []).append(link.id)
    return found


def _supported(facts: Facts, mark: Mark) -> list[PropositionId]:
    if is_silence(mark):
        return []
    mentions = facts.mentions_by_mark.get(mark.id, ())
    return [mention.proposition for mention in mentions if mention.stance == "support"]


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
    grounds = _grounds(facts, works, claim, stances)
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
    return _once_a_work(works, named, lambda entry: entry.article, lambda entry: entry.source)


def _grounds(
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
            if sign and link.origin not in mentioning and _is_here(facts, link.origin):
                found[sign].setdefault(link.origin, set()).add(link.id)
    return {sign: _sorted_grounds(facts, works, origins) for sign, origins in found.items()}


def _sorted_grounds(facts: Facts, works: Works, origins: Mapping[Ref, set[LinkId]]) -> tuple[Ground, ...]:
    placed = sorted(origins, key=lambda ref: place_of_end(facts, ref))
    grounds = [Ground(ref, tuple(sorted(origins[ref]))) for ref in placed]
    return _once_a_work(
        works,
        grounds,
        lambda ground: _article(facts, ground.origin),
        lambda ground: _words(facts, ground.origin),
    )


def _attacks_by_source(facts: Facts) -> dict[SourceId, list[Attack]]:
    """The links `undermines` that end at a source, by the one it was found to be."""
    found: dict[SourceId, set[Attack]] = {}
    for link in facts.links.values():
        if link.kind == ATTACK and link.target.table == "source" and _is_here(facts, link.origin):
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
            if link.kind == ATTACK and link.target.table == "source" and _is_here(facts, origin):
                found.add(Attack(origin, SourceId(link.target.id)))
    return found


def _once_aimed(facts: Facts, works: Works, attacks: Iterable[Attack]) -> tuple[Attack, ...]:
    return _once_a_work(
        works,
        sorted(
            attacks,
            key=lambda one: (place_of_end(facts, one.origin), name_of(facts, one.source), one.source),
        ),
        lambda attack: _article(facts, attack.origin),
        lambda attack: (attack.source, _words(facts, attack.origin)),
    )


def _once_a_work(
    works: Works,
    items: Iterable[_Item],
    article: Callable[[_Item], ArticleId | None],
    same: Callable[[_Item], Hashable],
) -> tuple[_Item, ...]:
    """The items without those an older version of an article shares with a newer one.

    Two items of one work are the same where `same` says so: an entry by its
    source, other things by label and words, also where these were corrected since.
    All that one version holds stays.
    """
    kept = list(items)
    newest: dict[Hashable, int] = {}
    for item in kept:
        place = article(item)
        if place is not None:
            key = (works.root(place), same(item))
            newest[key] = max(newest.get(key, 0), works.version(place))
    return tuple(
        item
        for item in kept
        if (place := article(item)) is None or works.version(place) == newest[(works.root(place), same(item))]
    )


def _is_here(facts: Facts, end: Ref) -> bool:
    return end.id in facts.tables.get(end.table, ())


def _article(facts: Facts, end: Ref) -> ArticleId | None:
    return facts.marks[MarkId(end.id)].article if end.table == "mark" else None


def _words(facts: Facts, end: Ref) -> Hashable:
    if end.table != "mark":
        return end
    return _said(facts, facts.marks[MarkId(end.id)])


def _said(facts: Facts, mark: Mark) -> Hashable:
    """Label and words; of a mark that was carried over from older versions those it had at first."""
    passed = {mark.id}
    while (older := carried_from(mark)) and older in facts.marks and older not in passed:
        mark = facts.marks[older]
        passed.add(older)
    return mark.label, mark.quotes or mark.spans
