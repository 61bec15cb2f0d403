"""Asking all rules: of a whole project, or at one row of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from annotator.domain.checks import alike, answers, claims, links, reading, registry, seen, versions
from annotator.domain.checks.ends import FIXES, LooseEnd, mark_at
from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Link, Mark, Ref
from annotator.domain.voices import upward

MARK_RULES = (*answers.RULES, *reading.RULES)


def loose_ends(facts: Facts) -> list[LooseEnd]:
    """What is open and was not dismissed: by article, place in it and rule; the registries last."""
    found = [one for place in _places(facts) for one in ends_at(facts, place)]
    return sorted(found, key=lambda one: _place(facts, one))


def _places(facts: Facts) -> Iterator[Ref]:
    """Every row that rules look at; links go with the mark they start at, where they start at one."""
    yield from (Ref("mark", mark) for mark in facts.marks)
    yield from (Ref("link", link.id) for link in facts.links.values() if mark_at(facts, link.origin) is None)
    yield from (Ref("article", article) for article in facts.articles)
    yield from (Ref("source", source) for source in facts.sources)
    yield from (Ref("proposition", claim) for claim in facts.propositions)


def ends_at(facts: Facts, place: Ref) -> list[LooseEnd]:
    """What is open at one row and was not dismissed; nothing, where it is not there.

    The row is a mark (with the links that start at it), a link that starts at no
    mark, an article, a source or a claim. The facts need to hold no more than the
    row, what belongs to it (of a mark its article, mentions and links, of a claim
    its mentions and their marks, whether an article has marks), what dismissals
    name one of these, and what `relies_on` says.
    """
    match place.table:
        case "mark" if (mark := facts.marks.get(MarkId(place.id))) is not None:
            found = _at_mark(facts, mark)
        case "link" if (link_there := facts.links.get(LinkId(place.id))) is not None:
            found = _at_link(facts, link_there)
        case "article" if (article := facts.articles.get(ArticleId(place.id))) is not None:
            found = [one for rule in registry.ARTICLE_RULES for one in rule(facts, article)]
        case "source" if (source := facts.sources.get(SourceId(place.id))) is not None:
            found = [one for rule in registry.SOURCE_RULES for one in rule(facts, source)]
        case "proposition" if (claim := facts.propositions.get(PropositionId(place.id))) is not None:
            found = [one for rule in claims.RULES for one in rule(facts, claim)]
        case _:
            found = []
    return [one for one in found if (one.rule, one.target) not in facts.dismissed]


def _at_mark(facts: Facts, mark: Mark) -> list[LooseEnd]:
    if facts.articles_by_older.get(mark.article):
        return [one for rule in versions.RULES for one in rule(facts, mark)]
    found = [one for rule in MARK_RULES for one in rule(facts, mark)]
    for link in facts.links_from(mark.id):
        found += _at_link(facts, link)
    return found


def _at_link(facts: Facts, link: Link) -> list[LooseEnd]:
    return [one for rule in links.RULES for one in rule(facts, link)]


def relies_on(facts: Facts, place: Ref) -> set[Ref]:
    """The rows beside a row and what belongs to it that its rules have read.

    When one of them changes (a mark: its chain or its links too), look again.
    """
    reads = RELIANCE.get(place.table)
    return set(reads(facts, place.id)) - {place} if reads else set()


def _behind_link(facts: Facts, link: str) -> Iterator[Ref]:
    row = facts.links.get(LinkId(link))
    if row is not None and row.kind in links.ATTACKS and row.target.table == "source":
        yield from links.behind_attack(facts, row)


def _behind_source(facts: Facts, source: str) -> Iterator[Ref]:
    yield from (Ref("source", one) for one in upward(facts, SourceId(source)))
    yield from alike.behind_source(facts, SourceId(source))


def _behind_claim(facts: Facts, claim: str) -> Iterator[Ref]:
    yield from seen.behind(facts, PropositionId(claim))
    yield from alike.behind_claim(facts, PropositionId(claim))


RELIANCE: Mapping[str, Callable[[Facts, str], Iterable[Ref]]] = {
    "mark": links.behind,
    "link": _behind_link,
    "source": _behind_source,
    "proposition": _behind_claim,
}
"""By table, what its rules read beside a row and what belongs to it."""


_RULES = {rule: place for place, rule in enumerate(FIXES)}


def _place(facts: Facts, one: LooseEnd) -> tuple[bool, str, int, str, int, Ref]:
    mark = facts.marks.get(one.mark) if one.mark else None
    start = mark.spans[0].start if mark and mark.spans else -1
    return one.article is None, one.article or "", start, one.mark or "", _RULES[one.rule], one.target
