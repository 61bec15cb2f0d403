"""The facts that the boards of some claims follow from, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, MarkId, PropositionId
from annotator.domain.model import (
    Article,
    Exhibit,
    Identified,
    Link,
    Mark,
    Mention,
    Proposition,
    PropositionLink,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.stances import stances_on
from annotator.domain.steps import MUCH, Steps, at_once, pause_after
from annotator.domain.voices import is_own_report
from annotator.store import read
from annotator.store.by_column import around, named, numbers
from annotator.store.copies import copies_among
from annotator.store.rows import TABLES
from annotator.store.store import Store

R = TypeVar("R", bound=Identified)
_AT_ONCE = 2 * MUCH
"""Of how many ids rows are read between two pauses."""
_STATED = 2
"""How often links are followed back: from a claim's marks to who answers, from these to grounds."""


def claim_facts(store: Store, claims: Iterable[str]) -> Facts:
    """All that `dispute_map` reads of these claims, handles included; the claims linked to them come bare.

    The cost follows what is said on the claims, not the size of the project.
    Which articles print nearly the same text is not among it (`with_copies`).
    """
    return at_once(gather(store, claims))


def gather(store: Store, claims: Iterable[str]) -> Steps[Facts]:
    """`claim_facts` with pauses where much is said on the claims."""
    wanted = sorted(set(claims))
    between = named(store, PropositionLink, wanted, "origin") + named(
        store, PropositionLink, wanted, "target"
    )
    links, marks = yield from _followed(store, wanted)
    rows = yield from _some_by_some(store, Mark, marks)
    mentions = yield from _some_by_some(store, Mention, (mark.id for mark in rows), "mark")
    articles = _works(store, (mark.article for mark in rows))
    yield from pause_after(articles)
    sources = _registry(store, rows, articles, links.values())
    links |= _by_id(named(store, Link, (one.id for one in sources), "to_source"))
    attackers = named(store, Mark, _origins(links.values()) - {mark.id for mark in rows})
    rows += attackers
    articles += _works(store, {mark.article for mark in attackers} - {one.id for one in articles})
    sources += _registry(store, attackers, articles, ())
    exhibits = {link.origin.id for link in links.values() if link.origin.table == "exhibit"}
    linked = {one.origin for one in between} | {one.target for one in between}
    propositions = set(wanted) | linked | {one.proposition for one in mentions}
    records: list[Identified] = [
        *_by_id(rows).values(),
        *mentions,
        *links.values(),
        *_by_id(articles).values(),
        *_by_id(sources).values(),
        *named(store, Exhibit, exhibits),
        *named(store, Proposition, propositions),
        *_by_id(between).values(),
    ]
    yield from pause_after(records)
    numbers = _numbers(store, records)
    yield from pause_after(records)
    return Facts.of([SchemeLine(data=read.scheme(store).data), *records], numbers)


def _followed(store: Store, claims: Sequence[str]) -> Steps[tuple[dict[str, Link], set[str]]]:
    """What is linked to claims and to the marks that say something of them, and all marks at its ends."""
    links = _by_id(named(store, Link, claims, "to_proposition"))
    marks: set[str] = {one.mark for one in named(store, Mention, claims, "proposition")}
    yield from pause_after(marks)
    marks |= _origins(links.values())
    for _ in range(_STATED):
        found = yield from _some_by_some(store, Link, marks, "to_mark")
        links |= _by_id(found)
        marks |= _origins(found)
    links |= _by_id((yield from _some_by_some(store, Link, marks, "from_mark")))
    return links, marks | {link.target.id for link in links.values() if link.target.table == "mark"}


def _some_by_some(store: Store, record: type[R], ids: Iterable[str], column: str = "id") -> Steps[list[R]]:
    """The records that have one of these in a column, with pauses where they are many."""
    listed = sorted(set(ids))
    found: list[R] = []
    for start in range(0, len(listed), _AT_ONCE):
        some = named(store, record, listed[start : start + _AT_ONCE], column)
        yield from pause_after(some)
        found += some
    return found


def mark_facts(store: Store, mark: MarkId) -> Facts:
    """All that a quotation of one mark says: the mark, its article, its sources with whom they speak for."""
    marks = named(store, Mark, [mark])
    articles = named(store, Article, (row.article for row in marks))
    records: list[Identified] = [*marks, *articles, *_registry(store, marks, articles, ())]
    return Facts.of([SchemeLine(data=read.scheme(store).data), *records], _numbers(store, records))


def with_copies(store: Store, facts: Facts, claims: Iterable[str]) -> Facts:
    """The facts with which articles print nearly the same text.

    Compared are those whose outlet or agency says the same of one of the claims
    for itself, with one another: claim by claim, so that it is the same
    whichever other claims are asked about.
    """
    return at_once(compare_reports(store, facts, claims))


def compare_reports(store: Store, facts: Facts, claims: Iterable[str]) -> Steps[Facts]:
    """`with_copies` with a pause after each millisecond or two of comparing texts."""
    found: dict[ArticleId, frozenset[ArticleId]] = {}
    for reports in _own_reports(facts, claims):
        alike = yield from copies_among(store, reports)
        for article, others in alike.items():
            found[article] = found.get(article, frozenset()) | others
    return replace(facts, copies=found)


def _own_reports(facts: Facts, claims: Iterable[str]) -> Iterator[list[Article]]:
    """For each side of the claims the articles whose outlet or agency speaks for itself there."""
    stances = stances_on(facts)
    for claim in sorted(set(map(PropositionId, claims)) & stances.keys()):
        for side in ("support", "deny"):
            marks = (facts.marks[one.mark] for one in stances[claim] if one.stance == side)
            told = {mark.article for mark in marks if is_own_report(facts, mark)}
            yield [facts.articles[one] for one in sorted(told)]


def _by_id(rows: Iterable[R]) -> dict[str, R]:
    return {row.id: row for row in rows}


def _origins(links: Iterable[Link]) -> set[str]:
    return {link.origin.id for link in links if link.origin.table == "mark"}


def _works(store: Store, articles: Iterable[str]) -> list[Article]:
    """Articles with the versions they come from."""
    rows = store.query(
        "WITH RECURSIVE work (id) AS (SELECT value FROM json_each(?)"
        " UNION SELECT a.version_of FROM work w CROSS JOIN shown_article a ON a.id = w.id"
        " WHERE a.version_of IS NOT NULL) SELECT id FROM work",
        (json.dumps(sorted(set(articles))),),
    )
    return named(store, Article, (row[0] for row in rows))


def _registry(
    store: Store, marks: Iterable[Mark], articles: Iterable[Article], links: Iterable[Link]
) -> list[Source]:
    """The sources that these name, with all that their chains lead to, and all that were found to be them."""
    names: set[str | None] = {step.source for mark in marks for step in mark.attribution}
    names |= {mark.possible_source for mark in marks}
    names |= {one for article in articles for one in (article.outlet, article.agency)}
    names |= {link.target.id for link in links if link.target.table == "source"}
    return around(store, (one for one in names if one is not None))


def _numbers(store: Store, records: Iterable[Identified]) -> dict[Ref, int]:
    ids: dict[type[Identified], list[str]] = {}
    for record in records:
        if TABLES[type(record)].numbered or isinstance(record, Exhibit):
            ids.setdefault(type(record), []).append(record.id)
    return {ref: number for kind, some in ids.items() for ref, number in numbers(store, kind, some).items()}
