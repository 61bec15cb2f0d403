"""The facts that the dossier of one source follows from, and no others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from annotator.domain.dossier import Dossier, dossier
from annotator.domain.facts import Facts
from annotator.domain.ids import MarkId, SourceId
from annotator.domain.model import (
    Article,
    Identified,
    Judgement,
    Link,
    Mark,
    Mention,
    Proposition,
    PropositionLink,
    SchemeLine,
    Source,
)
from annotator.store import read
from annotator.store.by_column import above, named, numbers
from annotator.store.store import Store

MOST = 200
"""How many of the last marks of a source its dossier is made of."""


class SourceFacts(NamedTuple):
    """A dossier, the facts behind it, and what is not a record."""

    dossier: Dossier
    facts: Facts
    hedges: tuple[tuple[str, int], ...]
    """The words it hedges with, the most frequent first."""
    left_out: int
    """How many older steps of chains name it beside those that were read."""


def source_facts(store: Store, source: SourceId, most: int = MOST) -> SourceFacts:
    """The dossier of a source from its last marks; without any, only who it is.

    The cost follows `most`, not the size of the project. One that is gone is
    not among the sources of the facts.
    """
    names = _names(store, source)
    listed = json.dumps(sorted(names))
    found = _marks(store, listed, most) if most else []
    marks = named(store, Mark, found)
    links = named(store, Link, found, "from_mark")
    far = {link.target.id for link in links if link.target.table == "mark"} - set(found)
    others = named(store, Mark, far)
    mentions = named(store, Mention, [*found, *far], "mark")
    claims = {mention.proposition for mention in mentions}
    articles = named(store, Article, (mark.article for mark in [*marks, *others]))
    members = read.records(
        store, Source, "affiliation IN (SELECT value FROM json_each(?))", (listed,), limit=most
    )
    speakers = {step.source for mark in marks for step in mark.attribution if step.source}
    outlets = {article.outlet for article in articles if article.outlet}
    records: list[Identified] = [
        *_once([*marks, *others]),
        *mentions,
        *links,
        *articles,
        *_once([*above(store, names | speakers | outlets), *members]),
        *named(store, Proposition, claims),
        *named(store, PropositionLink, claims, "origin"),
        *named(store, Judgement, names, "on_source"),
    ]
    facts = Facts.of([SchemeLine(data=read.scheme(store).data), *records], numbers(store, Mark, found))
    total = store.query(
        "SELECT coalesce(sum(marks), 0) FROM main.source_tally WHERE source IN"
        " (SELECT value FROM json_each(?))",
        (listed,),
    )[0][0]
    steps = sum(step.source in names for mark in marks for step in mark.attribution)
    return SourceFacts(dossier(facts, source), facts, _hedges(store, marks, names), max(0, total - steps))


def _names(store: Store, source: SourceId) -> set[str]:
    """All names of a source: what it was found to be, and what was found to be that."""
    rows = store.query(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION"
        " SELECT s.same_as FROM same m CROSS JOIN shown_source s ON s.id = m.id WHERE s.same_as IS NOT NULL"
        " UNION SELECT s.id FROM same m CROSS JOIN shown_source s ON s.same_as = m.id) SELECT id FROM same",
        (source,),
    )
    return {row[0] for row in rows}


def _marks(store: Store, names: str, most: int) -> list[MarkId]:
    """The last marks that name the sources, and what these print themselves in their last articles."""
    named_in = (
        "SELECT mark FROM shown_attribution WHERE source IN (SELECT value FROM json_each(?))"
        " ORDER BY rowid DESC LIMIT ?"
    )
    narrated = (
        "SELECT m.id FROM (SELECT id, rowid FROM shown_article WHERE outlet IN"
        " (SELECT value FROM json_each(?)) ORDER BY rowid DESC LIMIT ?) a"
        " CROSS JOIN shown_mark m ON m.article = a.id"
        " WHERE json_extract(m.attributes, '$.quote') = 'none' LIMIT ?"
    )
    rows = store.query(named_in, (names, most)) + store.query(narrated, (names, most, most))
    return list(dict.fromkeys(MarkId(row[0]) for row in rows))


def _hedges(store: Store, marks: Sequence[Mark], names: set[str]) -> tuple[tuple[str, int], ...]:
    words: Counter[str] = Counter()
    for mark in marks:
        if mark.source in names and mark.hedges:
            text = read.text(store, mark.article)
            words.update(text[span.start : span.end].casefold() for span in mark.hedges)
    return tuple(words.most_common())


def _once(rows: Iterable[Identified]) -> list[Identified]:
    return list({row.id: row for row in rows}.values())
