"""The dispute map as the rules about claims see it, and what they read beside a claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from annotator.domain.dispute import ClaimBoard, DisputeMap, mapped
from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, MarkId, PropositionId, SourceId
from annotator.domain.model import Article, Mark, Ref
from annotator.domain.stances import Stance, stances_on
from annotator.domain.steps import Steps, at_once
from annotator.domain.voices import upward, voice


@dataclass(frozen=True)
class Seen:
    """The map of some facts, its boards by their claims, and the stances they are made of."""

    disputes: DisputeMap
    boards: Mapping[PropositionId, ClaimBoard]
    stances: Mapping[PropositionId, tuple[Stance, ...]]


def seen(facts: Facts) -> Seen:
    """The map of facts, made once."""
    return at_once(looked_through(facts))


def looked_through(facts: Facts) -> Steps[Seen]:
    """`seen` with pauses where much is said on a claim."""
    found = _known.get(facts)
    if found is None:
        disputes = yield from mapped(facts)
        boards = {board.id: board for board in disputes.claims}
        found = _known[facts] = Seen(disputes, boards, stances_on(facts))
    return found


_known: WeakKeyDictionary[Facts, Seen] = WeakKeyDictionary()


def behind(facts: Facts, claim: PropositionId) -> Iterator[Ref]:
    """What the rules about boards read of a claim beside its marks, their chains and their links.

    Who stands behind a voice matters only where there are several on one side.
    """
    stances = seen(facts).stances.get(claim, ())
    yield from (Ref("article", facts.marks[one.mark].article) for one in stances)
    asserting = [facts.marks[one.mark] for one in stances if one.stance == "support"]
    if len({voice(facts, mark) for mark in asserting} - {None}) > 1:
        for mark in asserting:
            yield from _behind_voice(facts, mark)


def _behind_voice(facts: Facts, mark: Mark) -> Iterator[Ref]:
    """Those a mark names, and those it cites, with all they speak for; the versions of its article."""
    article = facts.articles.get(mark.article)
    named: set[SourceId | None] = {voice(facts, mark), *mark.relays}
    if article is not None:
        named |= {article.outlet, article.agency}
    for link in facts.links_from(mark.id, "cites"):
        cited = facts.marks.get(MarkId(link.target.id)) if link.target.table == "mark" else None
        if cited is not None:
            yield Ref("mark", cited.id)
            yield Ref("article", cited.article)
            named.add(voice(facts, cited))
        elif link.target.table == "source":
            named.add(SourceId(link.target.id))
    for source in named:
        if source is not None:
            yield from (Ref("source", one) for one in upward(facts, source))
    yield from (Ref("article", one) for one in _versions(facts, article))


def _versions(facts: Facts, article: Article | None) -> set[ArticleId]:
    met: set[ArticleId] = set()
    while article is not None and article.id not in met:
        met.add(article.id)
        article = facts.articles.get(article.version_of) if article.version_of else None
    return met
