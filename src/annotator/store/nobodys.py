"""The marks of a project whose words nobody is named for, some at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace

from annotator.domain.dispute import dispute_map
from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId, MarkId, PropositionId
from annotator.domain.model import Article, Identified, Mark, SchemeLine
from annotator.store import read
from annotator.store.by_column import above, named, numbers
from annotator.store.store import Store

AT_ONCE = 500
"""How many marks are read together."""
_UNSPOKEN = (
    "NOT EXISTS (SELECT 1 FROM shown_attribution b"
    " WHERE b.mark = shown_mark.id AND b.level = 0 AND b.source IS NOT NULL)"
)
_VERSIONS = (
    "WITH RECURSIVE work (id) AS (SELECT value FROM json_each(?)"
    " UNION SELECT a.version_of FROM work w CROSS JOIN shown_article a ON a.id = w.id"
    " WHERE a.version_of IS NOT NULL"
    " UNION SELECT a.id FROM work w CROSS JOIN shown_article a ON a.version_of = w.id)"
    " SELECT a.id, a.version_of FROM work w CROSS JOIN shown_article a ON a.id = w.id"
    " WHERE a.version_of IS NOT NULL"
)


def count_nobodys(store: Store, most: int) -> int:
    """How many marks name nobody, counted no further than to `most`."""
    unspoken = f"SELECT 1 FROM shown_mark WHERE {_UNSPOKEN} LIMIT ?"
    return int(store.query(f"SELECT count(*) FROM ({unspoken})", (max(0, most),))[0][0])


class Nobodys:
    """Goes through what `DisputeMap.without_source` lists of a whole project, in the order of ids.

    In memory are the marks of a page, and of articles with versions the ids of what older versions
    share with newer ones, which is told once.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._scheme = SchemeLine(data=read.scheme(store).data)
        self._met: set[str] = set()
        self._told_newer: set[MarkId] = set()

    def pages(self) -> Iterator[tuple[Facts, tuple[MarkId, ...]]]:
        """Marks with the facts by which they are quoted."""
        after = ""
        while page := read.records(self._store, Mark, f"id > ? AND {_UNSPOKEN}", (after,), limit=AT_ONCE):
            after = page[-1].id
            facts = self._facts(page)
            self._compare_versions(facts.articles)
            if told := self._still_told(dispute_map(facts).without_source):
                yield facts, told

    def of_claim(self, facts: Facts, claim: PropositionId) -> tuple[MarkId, ...]:
        """Those that bear on a claim, of which the facts are all that its board follows from."""
        self._compare_versions(facts.articles)
        return self._still_told(dispute_map(facts).only(claim).without_source)

    def _still_told(self, marks: Iterable[MarkId]) -> tuple[MarkId, ...]:
        return tuple(one for one in marks if one not in self._told_newer)

    def _facts(self, marks: list[Mark]) -> Facts:
        articles = named(self._store, Article, {mark.article for mark in marks})
        outlets = above(self._store, {one.outlet for one in articles if one.outlet})
        handles = numbers(self._store, Mark, (mark.id for mark in marks))
        handles |= numbers(self._store, Article, (article.id for article in articles))
        # Versions are compared for whole works at once; a page holds parts of them.
        alone = [replace(article, version_of=None) for article in articles]
        records: list[Identified] = [*marks, *alone, *outlets]
        return Facts.of([self._scheme, *records], handles)

    def _compare_versions(self, articles: Iterable[ArticleId]) -> None:
        """Note which marks of the works that these articles belong to are told in a newer version."""
        fresh = json.dumps([one for one in articles if one not in self._met])
        rows = self._store.query(_VERSIONS, (fresh,))
        works = {one for row in rows for one in row} - self._met
        self._met |= works
        marks = named(self._store, Mark, works, "article")
        facts = Facts.of([self._scheme, *named(self._store, Article, works), *marks])
        unspoken = {mark.id for mark in marks if mark.source is None}
        self._told_newer |= unspoken - set(dispute_map(facts).without_source)
