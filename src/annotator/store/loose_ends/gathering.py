"""The facts that rules and sentences about some rows need, and no others."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeVar

from annotator.domain import checks
from annotator.domain.facts import Facts
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
from annotator.store import read
from annotator.store.rows import TABLES
from annotator.store.store import Store

R = TypeVar("R", bound=Identified)


def facts_at(store: Store, table: str, rows: Iterable[str]) -> Facts:
    """All that `checks.ends_at` reads of some rows of one table."""
    return Facts.of([SchemeLine(data=read.scheme(store).data), *_GATHERED[table](store, list(rows))])


def named(store: Store, record: type[R], ids: Iterable[str], column: str = "id") -> list[R]:
    """Records by what stands in a column, with one statement however many they are."""
    listed = json.dumps(sorted(set(ids)))
    if listed == "[]":
        return []
    return read.records(store, record, f"{column} IN (SELECT value FROM json_each(?))", (listed,))


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
    found += named(store, Mention, ids, "mark")
    found += named(store, Dismissal, ids, "on_mark")
    found += named(store, Dismissal, (link.id for link in links), "on_link")
    return found


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


def above(store: Store, ids: Iterable[str]) -> list[Source]:
    """Sources and all that their chains lead to."""
    rows = store.query(
        "WITH RECURSIVE above (id) AS (SELECT value FROM json_each(?)"
        " UNION SELECT s.same_as FROM above a CROSS JOIN shown_source s ON s.id = a.id"
        " WHERE s.same_as IS NOT NULL"
        " UNION SELECT s.affiliation FROM above a CROSS JOIN shown_source s ON s.id = a.id"
        " WHERE s.affiliation IS NOT NULL) SELECT id FROM above",
        (json.dumps(sorted(ids)),),
    )
    return named(store, Source, (row[0] for row in rows))


def _links(store: Store, ids: list[str]) -> list[Record]:
    return [*named(store, Link, ids), *named(store, Dismissal, ids, "on_link")]


def _articles(store: Store, ids: list[str]) -> list[Record]:
    """One mark of each is enough to say that it has some."""
    rows = store.query(
        "SELECT (SELECT m.id FROM shown_mark m WHERE m.article = value LIMIT 1) FROM json_each(?)",
        (json.dumps(ids),),
    )
    marks = named(store, Mark, (row[0] for row in rows if row[0] is not None))
    return [*named(store, Article, ids), *marks, *named(store, Dismissal, ids, "on_article")]


def _sources(store: Store, ids: list[str]) -> list[Record]:
    return [*above(store, ids), *named(store, Dismissal, ids, "on_source")]


def _propositions(store: Store, ids: list[str]) -> list[Record]:
    mentions = named(store, Mention, ids, "proposition")
    marks = named(store, Mark, (mention.mark for mention in mentions))
    return [
        *named(store, Proposition, ids),
        *mentions,
        *marks,
        *named(store, Dismissal, ids, "on_proposition"),
    ]


_GATHERED = {
    "mark": _marks,
    "link": _links,
    "article": _articles,
    "source": _sources,
    "proposition": _propositions,
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
