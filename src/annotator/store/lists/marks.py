"""Marks as tables show them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from annotator.domain.ids import ArticleId, MarkId, SourceId
from annotator.domain.spans import Span
from annotator.store.json_columns import spans_of
from annotator.store.lists import filters
from annotator.store.store import Store


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark in a table; `number` gives its handle (M41)."""

    id: MarkId
    number: int
    article: ArticleId
    article_title: str | None
    label: str
    spans: tuple[Span, ...]
    quote: str
    source: str | None
    note: str | None
    created: str | None


MarkOrder = Literal["text", "label", "source", "created", "article"]
_IN_TEXT = 'a.number, m.start, m."end", m.id'
_ORDERS = {
    "text": ("a.number", 'm.start, m."end", m.id'),
    "article": ("a.title COLLATE NOCASE", "m.start, m.id"),
    "label": ("m.label", _IN_TEXT),
    "source": ("s.name COLLATE NOCASE", _IN_TEXT),
    "created": ("m.created", "m.id"),
}
_MARK_COLUMNS = (
    "m.id, m.number, m.article, a.title, m.label, m.spans, m.quotes, s.name, m.note, m.created"
    " FROM shown_mark m JOIN shown_article a ON a.id = m.article"
    " LEFT JOIN shown_attribution b ON b.mark = m.id AND b.level = 0"
    " LEFT JOIN shown_source s ON s.id = b.source"
)


def _mark_row(row: tuple[Any, ...]) -> MarkRow:
    fields: list[Any] = [*row[:5], spans_of(row[5]), " … ".join(json.loads(row[6])), *row[7:]]
    return MarkRow(*fields)


def marks(
    store: Store,
    *,
    article: ArticleId | None = None,
    text: str = "",
    label: str | None = None,
    source: SourceId | None = None,
    order: MarkOrder = "text",
    descending: bool = False,
    limit: int = 200,
    offset: int = 0,
) -> list[MarkRow]:
    """Marks of an article or of the project whose quote, source or note holds `text`."""
    key, rest = _ORDERS[order]
    rows = store.query(
        f"SELECT {_MARK_COLUMNS} WHERE {_MARK_FILTER}"
        f" ORDER BY {filters.ordered(key, rest, descending)} LIMIT :limit OFFSET :offset",
        _mark_filter(article, text, label, source) | {"limit": limit, "offset": offset},
    )
    return [_mark_row(row) for row in rows]


_MARK_FILTER = (
    "(:article IS NULL OR m.article = :article) AND (:label IS NULL OR m.label = :label)"
    " AND (:source IS NULL OR b.source = :source)"
    f" AND ({filters.holds('s.name', 'm.note')} OR {filters.quotes_hold('m.quotes')}"
    " OR 'm' || m.number = :text)"
)


def _mark_filter(
    article: ArticleId | None, text: str, label: str | None, source: SourceId | None
) -> dict[str, Any]:
    return filters.words(text) | {"article": article, "label": label, "source": source}


def count_marks(
    store: Store,
    *,
    article: ArticleId | None = None,
    text: str = "",
    label: str | None = None,
    source: SourceId | None = None,
) -> int:
    """How many marks `marks` would list."""
    if not text and source is None:
        sql = (
            "SELECT count(*) FROM shown_mark m WHERE (:article IS NULL OR m.article = :article)"
            " AND (:label IS NULL OR m.label = :label)"
        )
    else:
        sql = f"SELECT count(*) FROM (SELECT {_MARK_COLUMNS} WHERE {_MARK_FILTER})"
    return int(store.query(sql, _mark_filter(article, text, label, source))[0][0])


def mark_row(store: Store, mark: MarkId) -> MarkRow | None:
    """One mark as tables show it."""
    rows = store.query(f"SELECT {_MARK_COLUMNS} WHERE m.id = ?", (mark,))
    return _mark_row(rows[0]) if rows else None
