"""Articles as the list shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from annotator.domain.ids import ArticleId
from annotator.store.json_columns import dump
from annotator.store.lists import filters
from annotator.store.search import match_expression
from annotator.store.store import Store


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in the list; `number` gives its handle (A7)."""

    id: ArticleId
    number: int
    title: str | None
    outlet: str | None
    date: str | None
    status: str
    language: str | None
    length: int
    marks: int
    links: int


ArticleOrder = Literal["number", "date", "title", "status"]
_ORDERS = {
    "number": ("a.number", "a.id"),
    "date": ("a.date", "a.id"),
    "title": ("a.title COLLATE NOCASE", "a.id"),
    "status": ("a.status", "a.number"),
}
_TABLES = (
    " FROM shown_article a JOIN main.content c ON c.sha256 = a.sha256"
    " LEFT JOIN shown_source o ON o.id = a.outlet"
)
_FILTER = (
    "(:status IS NULL OR a.status = :status)"
    f" AND ({filters.holds('a.title', 'o.name', 'a.date', 'a.tags')} OR 'a' || a.number = :text"
    " OR (:match <> '' AND c.id IN"
    " (SELECT rowid FROM main.content_search WHERE content_search MATCH nullif(:match, ''))))"
)


def _wanted(text: str, status: str | None) -> dict[str, Any]:
    return filters.words(text) | {"status": status, "match": match_expression(text, beginning=True)}


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
    """Articles whose title, outlet, date or tags hold `text`, or whose text holds its words."""
    key, rest = _ORDERS[order]
    return _rows(
        store,
        f"{_FILTER} ORDER BY {filters.ordered(key, rest, descending)} LIMIT :limit OFFSET :offset",
        _wanted(text, status) | {"limit": limit, "offset": offset},
    )


def article_row(store: Store, article: ArticleId) -> ArticleRow | None:
    """One article as the list shows it."""
    return next(iter(_rows(store, "a.id = :id", {"id": article})), None)


def _rows(store: Store, rest: str, parameters: Mapping[str, Any]) -> list[ArticleRow]:
    """Marks and links are counted for the rows of the page alone, once it is known."""
    found = store.query(
        "SELECT a.id, a.number, a.title, o.name, a.date, a.status, a.language, c.length"
        f"{_TABLES} WHERE {rest}",
        parameters,
    )
    counts = {
        row_id: (marks, links)
        for row_id, marks, links in store.query(
            "SELECT value, (SELECT count(*) FROM shown_mark m WHERE m.article = value),"
            " (SELECT count(*) FROM shown_mark m JOIN shown_link l ON l.from_mark = m.id"
            " WHERE m.article = value) FROM json_each(?)",
            (dump([row[0] for row in found]),),
        )
    }
    rows: list[list[Any]] = [[*row, *counts[row[0]]] for row in found]
    return [ArticleRow(*row) for row in rows]


def count_articles(store: Store, *, text: str = "", status: str | None = None) -> int:
    """How many articles `articles` would list."""
    sql = f"SELECT count(*){_TABLES} WHERE {_FILTER}"
    return int(store.query(sql, _wanted(text, status))[0][0])


def search_articles(store: Store, words: str, limit: int = 200) -> list[ArticleId]:
    """Articles whose text holds all the words; CJK text is found by any two characters."""
    expression = match_expression(words)
    if not expression:
        return []
    rows = store.query(
        "SELECT a.id FROM main.content_search f JOIN main.content c ON c.id = f.rowid"
        " JOIN shown_article a ON a.sha256 = c.sha256 WHERE content_search MATCH ? ORDER BY a.number LIMIT ?",
        (expression, limit),
    )
    return [ArticleId(row[0]) for row in rows]
