"""Who speaks in a mark, for whom, and how many independent voices stand on one side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, MarkId, SourceId
from annotator.domain.model import Mark, Source
from annotator.domain.placed import place_of_mark
from annotator.domain.source_kinds import NAMELESS_KINDS

How = Literal["relays", "cites", "prints"]
"""A voice that leans on others stands as a relay in a mark of theirs, cites them, or prints their text."""

_Step = Callable[[Source], SourceId | None]


def identity(facts: Facts, source: SourceId) -> SourceId:
    """The source that this one was found to be (`same_as`, followed to its end)."""
    return _end_of_chain(facts, source, _same)


def owner(facts: Facts, source: SourceId) -> SourceId:
    """Whom a source speaks for: the end of its affiliation chain.

    At every step `same_as` goes before affiliation. An anonymous or unknown
    source is its own owner, whatever its affiliation. A chain that runs into a
    cycle ends at the smallest id of the cycle, so that all of its members have
    one owner; `checks` reports the cycle.
    """
    return _end_of_chain(facts, source, _upward)


def next_above(facts: Facts, source: SourceId) -> SourceId | None:
    """One step of the way to `owner`; None at its end."""
    row = facts.sources.get(source)
    above = _upward(row) if row else None
    return above if above in facts.sources else None


def voice(facts: Facts, mark: Mark) -> SourceId | None:
    """Who is to be counted as having said a mark's words.

    Its speaker; without one, the outlet of its article if the analyst said that
    nobody is quoted (quote kind `none`, the outlet's own narration); else None.
    """
    if mark.source is not None:
        return mark.source
    if mark.attributes.get("quote") != "none":
        return None
    article = facts.articles.get(mark.article)
    return article.outlet if article else None


def is_own_report(facts: Facts, mark: Mark) -> bool:
    """Whether the outlet or agency of an article speaks in a mark of it for itself."""
    article, speaker = facts.articles.get(mark.article), voice(facts, mark)
    if article is None or speaker is None:
        return False
    makers = {owner(facts, one) for one in (article.outlet, article.agency) if one is not None}
    return owner(facts, speaker) in makers


@dataclass(frozen=True)
class Leaning:
    """An owner that is not counted, because others on its side are where it has it from."""

    owner: SourceId
    on: tuple[SourceId, ...]
    how: How


@dataclass(frozen=True)
class Voices:
    """The owners on one side of a claim, in the order in which they speak there first (`placed`)."""

    counted: tuple[SourceId, ...] = ()
    leaning: tuple[Leaning, ...] = ()
    circles: tuple[SourceId, ...] = ()
    """Those counted that stand for a circle: voices that have it from one another, and from nobody else."""


def independent(facts: Facts, marks: Iterable[MarkId]) -> Voices:
    """Count the independent voices among the marks on one side of one claim.

    1. The voices are the distinct owners of the marks' speakers.
    2. A voice leans on another voice of this side if it relays it (it owns a relay
       in a mark of the other's), or if each of its own marks here cites another
       voice (a `cites` link to a source of that voice, or to a mark it speaks in,
       wherever that mark stands) or prints it: the outlet or agency of an article
       speaks for itself in nearly the same text (`Facts.copies`) as another voice
       that does so. A voice that relays nobody here and has one mark here that
       neither cites nor prints anybody leans on nobody.
    3. Follow "leans on": a voice from which one comes to voices that do not lead
       back to it is not counted. Voices that only lead to one another, in a
       circle, count as one: who speaks first.

    So the number is that of the ends of the graph "leans on" after circles are
    drawn together. It does not depend on any order, is at least 1 where anybody
    speaks, never above the number of owners, and never above the sum of the
    numbers of two parts of the marks. The outlet that prints an article is not
    taken for a relay unless it stands in the chain.
    """
    spoken = {
        mark: owner(facts, speaker)
        for mark in sorted(set(marks), key=lambda mark: place_of_mark(facts, mark))
        if (speaker := voice(facts, facts.marks[mark])) is not None
    }
    own: dict[SourceId, list[MarkId]] = {}
    for mark, speaker in spoken.items():
        own.setdefault(speaker, []).append(mark)
    relayed = _relayed(facts, spoken)
    cited = {mark: (_cited(facts, mark) & own.keys()) - {speaker} for mark, speaker in spoken.items()}
    printed = _printed(facts, spoken)
    leans = {
        name: _leans_on(relayed.get(name, ()), [cited[mark] | printed.get(mark, set()) for mark in said])
        for name, said in own.items()
    }
    return _counted(leans, lambda name: _how(name in relayed, [cited[one] for one in own[name]]))


def _counted(leans: Mapping[SourceId, set[SourceId]], how: Callable[[SourceId], How]) -> Voices:
    """The voices by who leans on whom, in the order of `leans`."""
    place = {name: number for number, name in enumerate(leans)}.__getitem__
    ends = {min(end, key=place): end for end in _ends(leans)}
    return Voices(
        tuple(name for name in leans if name in ends),
        tuple(
            Leaning(name, tuple(sorted(leans[name], key=place)), how(name))
            for name in leans
            if name not in ends
        ),
        tuple(name for name in leans if len(ends.get(name, ())) > 1),
    )


def _leans_on(relayed: Iterable[SourceId], held: Sequence[Set[SourceId]]) -> set[SourceId]:
    """Whom a voice leans on that relays some, and whose marks each cite or print some."""
    leans = set(relayed)
    if leans or all(held):
        leans.update(*held)
    return leans


def cycles_of(facts: Facts, source: SourceId) -> list[tuple[str, tuple[SourceId, ...]]]:
    """The cycles that a source's chains run into: the field they run through, and their members by id.

    The field is `same_as`, `affiliation`, or `owner` where only both together close the cycle.
    """
    found: dict[tuple[SourceId, ...], str] = {}
    for field, step in (("same_as", _same), ("affiliation", _affiliation), ("owner", _upward)):
        cycle = _walk(facts, source, step)[1]
        if cycle:
            found.setdefault(cycle, field)
    return [(field, members) for members, field in found.items()]


def upward(facts: Facts, source: SourceId) -> set[SourceId]:
    """A source and all that its chains lead to, through `same_as` and affiliation alike."""
    found: set[SourceId] = set()
    waiting = [source]
    while waiting:
        row = facts.sources.get(waiting.pop())
        if row is not None and row.id not in found:
            found.add(row.id)
            waiting += [one for one in (row.same_as, row.affiliation) if one is not None]
    return found


def names(facts: Facts, source: SourceId) -> set[SourceId]:
    """All rows that stand for a source: what it was found to be, and all that were found to be that."""
    found = {source, identity(facts, source)}
    waiting = list(found)
    while waiting:
        below = {row.id for row in facts.sources_by_same.get(waiting.pop(), ())} - found
        found |= below
        waiting += below
    return found


def _same(source: Source) -> SourceId | None:
    return source.same_as


def _affiliation(source: Source) -> SourceId | None:
    return source.affiliation


def _upward(source: Source) -> SourceId | None:
    if source.same_as is not None:
        return source.same_as
    return None if source.kind in NAMELESS_KINDS else source.affiliation


def _end_of_chain(facts: Facts, source: SourceId, step: _Step) -> SourceId:
    end, cycle = _walk(facts, source, step)
    return cycle[0] if cycle else end


def _walk(facts: Facts, source: SourceId, step: _Step) -> tuple[SourceId, tuple[SourceId, ...]]:
    """The last source of a chain and the cycle it runs into, by id; empty where it ends."""
    path: dict[SourceId, int] = {}
    here = source
    while here not in path:
        path[here] = len(path)
        row = facts.sources.get(here)
        above = step(row) if row else None
        if above is None or above not in facts.sources:
            return here, ()
        here = above
    return here, tuple(sorted(one for one, place in path.items() if place >= path[here]))


def _relayed(facts: Facts, spoken: Mapping[MarkId, SourceId]) -> dict[SourceId, set[SourceId]]:
    """For each voice that relays others of these, whom."""
    found: dict[SourceId, set[SourceId]] = {}
    voices = set(spoken.values())
    for mark, speaker in spoken.items():
        for relay in facts.marks[mark].relays:
            name = owner(facts, relay)
            if name in voices and name != speaker:
                found.setdefault(name, set()).add(speaker)
    return found


def _cited(facts: Facts, mark: MarkId) -> set[SourceId]:
    """The owners of all that a mark cites."""
    found: set[SourceId] = set()
    for link in facts.links_from(mark, "cites"):
        source: SourceId | None = None
        if link.target.table == "source":
            source = SourceId(link.target.id)
        elif link.target.table == "mark" and link.target.id in facts.marks:
            source = voice(facts, facts.marks[MarkId(link.target.id)])
        if source is not None:
            found.add(owner(facts, source))
    return found


def _printed(facts: Facts, spoken: Mapping[MarkId, SourceId]) -> dict[MarkId, set[SourceId]]:
    """The other voices that say of themselves, in nearly the same text, what a mark's article says itself."""
    told: dict[ArticleId, set[MarkId]] = {}
    for mark in spoken:
        if is_own_report(facts, facts.marks[mark]):
            told.setdefault(facts.marks[mark].article, set()).add(mark)
    return {
        mark: {spoken[one] for copy in facts.copies.get(article, ()) for one in told.get(copy, ())}
        - {spoken[mark]}
        for article, marks in told.items()
        for mark in marks
    }


def _how(relays: bool, cited: Iterable[set[SourceId]]) -> How:
    if relays:
        return "relays"
    return "cites" if any(cited) else "prints"


def _ends(leans: Mapping[SourceId, set[SourceId]]) -> Iterator[set[SourceId]]:
    """The circles from which nothing leads away, and single voices that lean on nobody."""
    leaned_on: dict[SourceId, set[SourceId]] = {name: set() for name in leans}
    for name, others in leans.items():
        for other in others:
            leaned_on[other].add(name)
    waiting = set(leans)
    while waiting:
        start = waiting.pop()
        reached = _reachable(leans, start)
        circle = reached & _reachable(leaned_on, start)
        waiting -= circle
        if circle == reached:
            yield circle


def _reachable(leans: Mapping[SourceId, set[SourceId]], start: SourceId) -> set[SourceId]:
    """What one comes to from a voice, and the voice."""
    found = {start}
    waiting = [start]
    while waiting:
        for name in leans[waiting.pop()] - found:
            found.add(name)
            waiting.append(name)
    return found
