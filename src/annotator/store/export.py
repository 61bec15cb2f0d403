"""Records out: all a project holds, in the order of the file format, a few at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from annotator.domain.anchors import check_quote
from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.domain.model import (
    RECORD_TYPES,
    Article,
    Identified,
    Mark,
    ProjectLine,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.spans import quotes
from annotator.domain.text import text_sha256
from annotator.store import read
from annotator.store.rows import TABLES
from annotator.store.store import Store


def records(store: Store) -> Iterator[Record]:
    """Every record, types in file order, ids in order within each.

    Texts are checked against their hash and quotes against their text on the
    way. Raises UserError("text-damaged"), "quotes-count-differs" or "quote-differs".
    Read it from a `Store.snapshot`, so that nothing changes underneath.
    """
    extra = store.query("SELECT extra FROM shown_project ORDER BY id LIMIT 1")
    yield ProjectLine(name=read.project_name(store), extra=json.loads(extra[0][0]) if extra else {})
    yield SchemeLine(data=read.scheme(store).data)
    for record in RECORD_TYPES:
        if issubclass(record, Identified):
            yield from _checked(store, record)


def _checked(store: Store, record: type[Identified]) -> Iterator[Identified]:
    texts = _Texts(store)
    for one in read.all_records(store, record, texts.of):
        if isinstance(one, Article):
            _check_text(one)
        elif isinstance(one, Mark):
            _check_quotes(texts.of(one.article), one)
        yield one


def _check_text(article: Article) -> None:
    if text_sha256(article.text) != article.sha256:
        raise UserError("text-damaged", article=article.id, title=article.title)


class _Texts:
    """The texts of articles; the last one stays, since the marks of one mostly follow one another."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: tuple[ArticleId | None, str] = (None, "")

    def of(self, article: ArticleId) -> str:
        if self._last[0] != article:
            rows = self._store.query(
                "SELECT c.text FROM shown_article a JOIN main.content c USING (sha256) WHERE a.id = ?",
                (article,),
            )
            if not rows:
                raise UserError("no-such-row", table="article", id=article)
            self._last = (article, rows[0][0])
        return self._last[1]


def _check_quotes(text: str, mark: Mark) -> None:
    if mark.quotes == quotes(text, mark.spans):
        return
    if len(mark.quotes) != len(mark.spans):
        raise UserError("quotes-count-differs", id=mark.id, spans=len(mark.spans), quotes=len(mark.quotes))
    for span, quote in zip(mark.spans, mark.quotes, strict=True):
        check_quote(text, span, quote)


def facts_records(store: Store) -> Iterator[Record]:
    """Records for the dispute map and the loose ends: all but texts."""
    yield SchemeLine(data=read.scheme(store).data)
    for record in RECORD_TYPES:
        if issubclass(record, Identified):
            yield from read.all_records(store, record)


def articles_of(store: Store, marks: Collection[str]) -> dict[str, str]:
    """The articles of some marks, at most a few thousand at once, by the ids of those that are there."""
    places = ", ".join("?" * len(marks))
    return dict(store.query(f"SELECT id, article FROM shown_mark WHERE id IN ({places})", tuple(marks)))


def row_numbers(store: Store) -> dict[Ref, int]:
    """The numbers that handles are made of, by record."""
    return {
        Ref(table.name, row_id): number
        for table in TABLES.values()
        if table.numbered
        for row_id, number in store.iterate(f"SELECT id, number FROM shown_{table.name}")
    }


def statistics(store: Store) -> dict[str, Any]:
    """The counts of `stats --json`, in the order of its keys."""
    links = dict(store.query("SELECT kind, count(*) FROM shown_link GROUP BY kind ORDER BY kind"))
    labels = dict(store.query("SELECT label, count(*) FROM shown_mark GROUP BY label ORDER BY label"))
    across = store.query("SELECT count(*) FROM v_links WHERE across_articles")[0][0]
    by_article = store.query(
        "SELECT a.id, a.number, a.title, count(m.id) FROM shown_article a"
        " LEFT JOIN shown_mark m ON m.article = a.id GROUP BY a.id ORDER BY a.number"
    )
    by_source = store.query(
        "SELECT s.id, s.name, count(DISTINCT b.mark) FROM shown_source s"
        " LEFT JOIN shown_attribution b ON b.source = s.id AND b.level = 0"
        " GROUP BY s.id ORDER BY 3 DESC, s.name, s.id"
    )
    names = read.annotators(store)
    by_annotator = store.query(
        "SELECT annotator, count(*) FROM shown_mark WHERE annotator IS NOT NULL GROUP BY annotator"
    )
    counted: Counter[str] = Counter(dict.fromkeys(sorted(names.values()), 0))
    for row_id, number in by_annotator:
        counted[names[row_id]] += number
    return {
        "articles": read.count(store, Article),
        "marks": {"total": sum(labels.values()), "by_label": labels},
        "links": {"total": sum(links.values()), "by_kind": links, "across_articles": across},
        "mentions": read.count(store, TABLES_BY_NAME["mention"]),
        "sources": read.count(store, Source),
        "claims": read.count(store, TABLES_BY_NAME["proposition"]),
        "annotators": dict(counted),
        "by_article": [
            {"id": row_id, "handle": f"A{number}", "title": title, "marks": marks}
            for row_id, number, title, marks in by_article
        ],
        "by_source": [{"id": row_id, "name": name, "marks": marks} for row_id, name, marks in by_source],
    }


TABLES_BY_NAME = {table.name: record for record, table in TABLES.items() if issubclass(record, Identified)}
