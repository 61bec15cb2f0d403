"""Records out: all a project holds, in the order of the file format, a few at a time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from annotator.domain.anchors import check_quote
from annotator.domain.errors import UserError
from annotator.domain.ids import MarkId
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
from annotator.domain.runs import Records, Run
from annotator.domain.spans import Span, quotes
from annotator.domain.text import text_sha256
from annotator.store import read
from annotator.store.json_columns import dump_names
from annotator.store.rows import TABLES
from annotator.store.store import Store
from annotator.store.texts import TextReader


def records(store: Store) -> Records:
    """`runs` for whoever takes records one by one."""
    return Records(runs(store))


def runs(store: Store) -> Iterator[Run[Record]]:
    """Every record by runs, types in file order, ids in order within each.

    Texts are checked against their hash and quotes against their text on the
    way. Raises UserError("text-damaged"), "quotes-count-differs" or "quote-differs".
    Read it from a `Store.snapshot`, so that nothing changes underneath.
    """
    yield from _head(store)
    reader = TextReader(store)
    for record in RECORD_TYPES:
        if record is Article:
            yield from _with_sound_texts(store, reader)
        elif record is Mark:
            yield from _with_sound_quotes(store, reader)
        elif issubclass(record, Identified):
            yield from read.all_runs(store, record)


def _head(store: Store) -> Iterator[Run[Record]]:
    given = store.query("SELECT name, extra FROM shown_project ORDER BY id LIMIT 1")
    name, extra = given[0] if given else ("", "{}")  # never that of the file, which is none of its content
    yield Run.of([ProjectLine(name=name, extra=json.loads(extra))])
    yield Run.of([SchemeLine(data=read.scheme(store).data)])


def _with_sound_texts(store: Store, reader: TextReader) -> Iterator[Run[Article]]:
    for run in read.all_runs(store, Article, reader.of):
        for article, title, text, sha256 in run.rows("id", "title", "text", "sha256"):
            if text_sha256(text) != sha256:
                raise UserError("text-damaged", article=article, title=title)
        yield run


def _with_sound_quotes(store: Store, reader: TextReader) -> Iterator[Run[Mark]]:
    for run in read.all_runs(store, Mark):
        for texts in reader.of([*dict.fromkeys(run.columns["article"])]):
            for mark, article, spans, found in run.rows("id", "article", "spans", "quotes"):
                if article in texts:
                    text = texts[article]
                    if len(spans) == 1:  # as most marks have; what serves any number takes as long again
                        [(start, end)] = spans
                        is_sound = found == (text[start:end],)
                    else:
                        is_sound = found == quotes(text, spans)
                    if not is_sound:
                        _check_quotes(text, mark, spans, found)
        yield run


def _check_quotes(text: str, mark: MarkId, spans: Sequence[Span], found: Sequence[str]) -> None:
    if len(found) != len(spans):
        raise UserError("quotes-count-differs", id=mark, spans=len(spans), quotes=len(found))
    for span, quote in zip(spans, found, strict=True):
        check_quote(text, span, quote)


def facts_records(store: Store) -> Iterator[Record]:
    """Records for the dispute map and the loose ends: all but texts."""
    yield SchemeLine(data=read.scheme(store).data)
    for record in RECORD_TYPES:
        if issubclass(record, Identified):
            yield from read.all_records(store, record)


def across_articles(store: Store, links: Sequence[str]) -> Collection[str]:
    """Those of some links between marks, at most a few thousand at once, that lead to another article."""
    rows = store.query(
        "SELECT l.id FROM shown_link l CROSS JOIN shown_mark o ON o.id = l.from_mark"
        " CROSS JOIN shown_mark t ON t.id = l.to_mark"
        " WHERE l.id IN (SELECT value FROM json_each(?)) AND o.article <> t.article",
        (dump_names(links),),
    )
    return {row_id for (row_id,) in rows}


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
