"""Articles as the list shows them."""

from __future__ import annotations

import json
from array import array
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, Literal, NamedTuple

from annotator.domain.ids import ArticleId
from annotator.domain.spans import Span
from annotator.store.json_columns import dump
from annotator.store.lists import filters
from annotator.store.lists.places import Places, is_settled, place_of, places, rows_at
from annotator.store.search import match_expression
from annotator.store.store import Store


class ArticleRow(NamedTuple):
    """An article in the list; `number` gives its handle (A7)."""

    id: ArticleId
    number: int
    title: str | None
    outlet: str | None
    date: str | None
    status: str
    language: str | None
    marks: int
    links: int


ArticleOrder = Literal["number", "date", "title", "status"]
_ORDERS = {
    "number": ("a.number", "a.rowid"),
    "date": ("a.date", "a.id"),
    "title": ("a.title COLLATE NOCASE", "a.rowid"),
    "status": ("a.status", "a.number, a.rowid"),
}
_OF_DATES = frozenset("0123456789-+:.tz ")
_IN_TEXT = "SELECT rowid FROM main.content_search WHERE content_search MATCH :match"


def article_places(
    store: Store,
    *,
    text: str = "",
    status: str | None = None,
    order: ArticleOrder = "number",
    descending: bool = False,
    limit: int = -1,
) -> Places:
    """The places of articles whose title, outlet, date or tags hold `text`, or whose text holds its words."""
    values = filters.parameters(text) | {"status": status, "number": filters.number("article", text)}
    some = filters.few(store, values["match"], _found(text), values) if text else None
    conditions = ["a.status = :status"] if status else []
    if some is not None:
        conditions.append("a.rowid IN (SELECT value FROM json_each(:few))")
    key, rest = _ORDERS[order]
    turned = ", ".join(f"{term}{' DESC' if descending else ''}" for term in rest.split(", "))
    sql = (
        f"SELECT a.rowid FROM shown_article a WHERE {' AND '.join(conditions) or '1'}"
        f" ORDER BY {filters.ordered(key, turned, descending)}"
    )
    if text and some is None:
        return _walked(store, sql, text, values, limit)
    return places(store, [sql], values | {"few": some}, limit)


def _walked(store: Store, sql: str, text: str, values: Mapping[str, Any], limit: int) -> Places:
    """The places a statement lists, without those whose article does not hold the words.

    Some at a time, so that the index of texts is asked for a stretch of them and not for all.
    """
    listed = (row[0] for row in store.iterate(sql, values))
    found: Places = array("q")
    while (limit < 0 or len(found) < limit) and (some := list(islice(listed, _AT_ONCE))):
        held = places(store, [_HOLDING.format(holds=_holding(text))], {**values, "here": dump(some)})
        keep = frozenset(held)
        found.extend(place for place in some if place in keep)
    return found if limit < 0 else found[:limit]


_AT_ONCE = 500
_HOLDING = (
    "WITH here AS (SELECT a.rowid AS at, c.id AS content FROM json_each(:here) h CROSS JOIN main.article a"
    " ON a.rowid = h.value JOIN main.content c ON c.sha256 = a.sha256)"
    " SELECT h.at FROM here h CROSS JOIN main.article a ON a.rowid = h.at WHERE {holds}"
)


def _found(text: str) -> str:
    """A statement for the places of all articles that a filter lets through, some of them twice.

    It reads the tables themselves, where an index holds all it needs; what is not shown is left out later.
    """
    parts = [
        f"SELECT rowid FROM main.article WHERE {filters.holds(text, 'title')}",
        f"SELECT rowid FROM main.article WHERE tags <> '[]' AND {filters.holds(text, 'tags')}",
        f"SELECT rowid FROM main.article WHERE outlet IN ({_named(text)})",
        "SELECT rowid FROM main.article WHERE number = :number",
    ]
    if match_expression(text, beginning=True):
        parts.append(
            f"SELECT a.rowid FROM ({_IN_TEXT}) f CROSS JOIN main.content c ON c.id = f.rowid"
            " CROSS JOIN main.article a ON a.sha256 = c.sha256"
        )
    if set(text.casefold()) <= _OF_DATES:
        parts.append(f"SELECT rowid FROM main.article WHERE {filters.holds(text, 'date')}")
    return " UNION ALL ".join(parts)


def _named(text: str) -> str:
    return f"SELECT id FROM main.source WHERE {filters.holds(text, 'name')}"


def _holding(text: str) -> str:
    """The condition of a filter on articles `h` that are among `here`."""
    ways = [
        filters.holds(text, "a.title", "a.date", "a.tags"),
        f"a.outlet IN ({_named(text)})",
        "a.number = :number",
    ]
    if match_expression(text, beginning=True):
        near = "rowid BETWEEN (SELECT min(content) FROM here) AND (SELECT max(content) FROM here)"
        ways.append(f"h.content IN ({_IN_TEXT} AND {near})")
    return f"({' OR '.join(ways)})"


def regions_of(store: Store, article: ArticleId) -> list[tuple[str, Span]]:
    """The regions of an article: what each is, and where."""
    rows = store.query("SELECT regions FROM shown_article WHERE id = ? AND regions <> '[]'", (article,))
    return [(kind, Span(*span)) for (text,) in rows for kind, span in json.loads(text)]


def articles_at(store: Store, some: Sequence[int]) -> list[ArticleRow | None]:
    """The articles at some places; None where one is gone."""
    counts = _counts(store, some)
    return rows_at(
        store,
        some,
        "a.id, a.number, a.title, o.name, a.date, a.status, a.language FROM here"
        " CROSS JOIN shown_article a ON a.rowid = here.value"
        " LEFT JOIN shown_source o ON o.id = a.outlet",
        lambda row: ArticleRow(*(*row, *counts.get(row[0], (0, 0)))),
    )


def _counts(store: Store, some: Sequence[int]) -> dict[str, tuple[int, int]]:
    """Marks and links of articles."""
    here = "SELECT id FROM main.article WHERE rowid IN (SELECT value FROM json_each(:here))"
    if is_settled(store):
        sql = f"SELECT article, sum(marks), sum(links) FROM main.tally WHERE article IN ({here}) GROUP BY 1"
    else:
        sql = (
            "SELECT m.article, count(*), sum((SELECT count(*) FROM shown_link l WHERE l.from_mark = m.id))"
            f" FROM shown_mark m WHERE m.article IN ({here}) GROUP BY 1"
        )
    return {row_id: (marks, links) for row_id, marks, links in store.query(sql, {"here": dump(list(some))})}


def articles(
    store: Store,
    *,
    text: str = "",
    status: str | None = None,
    order: ArticleOrder = "number",
    descending: bool = False,
    limit: int = 200,
    offset: int = 0,
) -> list[ArticleRow]:
    """A stretch of the articles that `article_places` lists."""
    found = article_places(
        store, text=text, status=status, order=order, descending=descending, limit=offset + limit
    )
    return [row for row in articles_at(store, found[offset:]) if row]


def article_row(store: Store, article: ArticleId) -> ArticleRow | None:
    """One article as the list shows it."""
    place = place_of(store, "article", article)
    return articles_at(store, [place])[0] if place is not None else None


def opening(store: Store, article: ArticleId, length: int) -> str:
    """The first characters of the text of an article, which is not read beyond them."""
    rows = store.query(
        "SELECT c.id FROM shown_article a JOIN main.content c ON c.sha256 = a.sha256 WHERE a.id = ?",
        (article,),
    )
    return store.beginning("content", "text", rows[0][0], 4 * length)[:length] if rows else ""
