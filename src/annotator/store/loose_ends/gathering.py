"""The facts that rules and sentences about some rows need, and no others."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace

from annotator.domain import checks
from annotator.domain.facts import Facts
from annotator.domain.ids import PropositionId
from annotator.domain.model import (
    Article,
    Dismissal,
    Identified,
    Link,
    Mark,
    Mention,
    Proposition,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.scheme import NO_COMMENT
from annotator.domain.steps import Steps, at_once, pause_after
from annotator.store import read
from annotator.store.by_column import above, around, named
from annotator.store.claim_facts import compare_reports, gather
from annotator.store.json_columns import dump
from annotator.store.loose_ends.likeness import alike_before
from annotator.store.quoted import quote_kinds
from annotator.store.rows import TABLES
from annotator.store.store import Store


def facts_at(store: Store, table: str, rows: Iterable[str]) -> Facts:
    """All that `checks.ends_at` reads of some rows of one table."""
    return at_once(gathered(store, table, list(rows)))


def gathered(store: Store, table: str, ids: list[str]) -> Steps[Facts]:
    """`facts_at` with pauses where one row may bring much with it: a claim all that is said on it."""
    if table == "proposition":
        return (yield from _propositions(store, ids))
    facts = Facts.of([SchemeLine(data=read.scheme(store).data), *_GATHERED[table](store, ids)])
    return replace(facts, quote_kinds=quote_kinds(store, facts.marks.values()))


def _marks(store: Store, ids: list[str]) -> list[Record]:
    marks = named(store, Mark, ids)
    links = named(store, Link, ids, "from_mark") + _inward(store, ids)
    far = {link.target.id for link in links if link.kind in checks.OUTWARD and link.target.table == "mark"}
    others = named(store, Mark, far - set(ids))
    links += named(store, Link, (mark.id for mark in others), "from_mark")
    articles = named(store, Article, (mark.article for mark in [*marks, *others]))
    found: list[Record] = [*marks, *others, *articles, *{link.id: link for link in links}.values()]
    if far:
        found += above(store, _speakers(marks + others, articles, links))
    found += _versions(store, marks)
    found += _attacked(store, links)
    found += named(store, Mention, ids, "mark")
    found += named(store, Dismissal, ids, "on_mark")
    found += named(store, Dismissal, (link.id for link in links), "on_link")
    return found


def _versions(store: Store, marks: list[Mark]) -> list[Record]:
    """The newer versions of the articles of marks, and what was made of the marks there."""
    newer = named(store, Article, (mark.article for mark in marks), "version_of")
    if not newer:
        return []
    older = {article.version_of for article in newer}
    ids = dump([mark.id for mark in marks if mark.article in older])
    taken = store.query(
        "SELECT c.mark FROM json_each(?) m CROSS JOIN main.carried c ON c.origin = m.value", (ids,)
    )
    return [*newer, *named(store, Mark, (row[0] for row in taken))]


def _attacked(store: Store, links: list[Link]) -> list[Record]:
    """The sources that links attack, by all their names, and for each one mark and one article of its own."""
    ends = [link.target for link in links if link.kind in checks.ATTACKS]
    sources = around(store, (end.id for end in ends if end.table == "source"))
    if not sources:
        return []
    labels = read.scheme(store).labels.values()
    mute = dump([NO_COMMENT, *(label.id for label in labels if label.layer)])
    rows = store.query(
        "SELECT (SELECT m.id FROM shown_attribution b CROSS JOIN shown_mark m ON m.id = b.mark"
        " WHERE b.source = s.value AND b.level = 0"
        " AND m.label NOT IN (SELECT value FROM json_each(?)) LIMIT 1),"
        " (SELECT a.id FROM shown_article a WHERE a.outlet = s.value LIMIT 1) FROM json_each(?) s",
        (mute, dump([source.id for source in sources])),
    )
    heard = named(store, Mark, (mark for mark, _ in rows if mark))
    return [*sources, *heard, *named(store, Article, (article for _, article in rows if article))]


def _inward(store: Store, ids: list[str]) -> list[Link]:
    kinds = json.dumps(checks.INWARD)
    return read.records(
        store,
        Link,
        "to_mark IN (SELECT value FROM json_each(?)) AND kind IN (SELECT value FROM json_each(?))",
        (json.dumps(ids), kinds),
    )


def _speakers(marks: list[Mark], articles: list[Article], links: list[Link]) -> set[str]:
    found = {mark.source for mark in marks} | {article.outlet for article in articles}
    cited = {link.target.id for link in links if link.target.table == "source"}
    return {one for one in found if one is not None} | cited


def _links(store: Store, ids: list[str]) -> list[Record]:
    links = named(store, Link, ids)
    return [*links, *_attacked(store, links), *named(store, Dismissal, ids, "on_link")]


def _articles(store: Store, ids: list[str]) -> list[Record]:
    """One mark of each is enough to say that it has some."""
    rows = store.query(
        "SELECT (SELECT m.id FROM shown_mark m WHERE m.article = value LIMIT 1) FROM json_each(?)",
        (json.dumps(ids),),
    )
    marks = named(store, Mark, (row[0] for row in rows if row[0] is not None))
    return [*named(store, Article, ids), *marks, *named(store, Dismissal, ids, "on_article")]


def _sources(store: Store, ids: list[str]) -> list[Record]:
    own = named(store, Source, ids)
    return [
        *above(store, {*ids, *alike_before(store, own)}),
        *named(store, Dismissal, ids, "on_source"),
    ]


def _propositions(store: Store, ids: list[str]) -> Steps[Facts]:
    """No rule about claims asks for kinds of quotes."""
    facts = yield from gather(store, ids)
    own = [facts.propositions.get(PropositionId(one)) for one in ids]
    alike = alike_before(store, (one for one in own if one is not None))
    near = {row.id: row for row in named(store, Proposition, alike)}
    left_open = {row.id: row for row in named(store, Dismissal, ids, "on_proposition")}
    facts = replace(
        facts, propositions=dict(sorted({**facts.propositions, **near}.items())), dismissals=left_open
    )
    yield from pause_after(facts.marks)
    facts = yield from compare_reports(store, facts, ids)
    yield from pause_after(facts.marks)
    return facts


_GATHERED: dict[str, Callable[[Store, list[str]], list[Record]]] = {
    "mark": _marks,
    "link": _links,
    "article": _articles,
    "source": _sources,
}


_RECORDS: dict[str, type[Identified]] = {
    table.name: record for record, table in TABLES.items() if issubclass(record, Identified)
}


def facts_named(store: Store, refs: Iterable[Ref]) -> Facts:
    """The rows that sentences name, with the ends of links, the articles of marks, and all handles."""
    wanted: dict[str, set[str]] = {}
    for ref in refs:
        wanted.setdefault(ref.table, set()).add(ref.id)
    found: list[Identified] = []
    for table in ("link", "mark", "article", "source", "proposition", "exhibit"):
        rows = named(store, _RECORDS[table], wanted.get(table, ()))
        for row in rows:
            for end in _ends(row):
                wanted.setdefault(end.table, set()).add(end.id)
        found += rows
    numbers = {
        Ref(table, row): number
        for table, ids in wanted.items()
        if TABLES[_RECORDS[table]].numbered
        for row, number in store.query(
            f"SELECT id, number FROM shown_{table} WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(ids)),),
        )
    }
    return Facts.of([SchemeLine(data=read.scheme(store).data), *found], numbers)


def _ends(row: Identified) -> list[Ref]:
    if isinstance(row, Link):
        return [row.origin, row.target]
    return [Ref("article", row.article)] if isinstance(row, Mark) else []
