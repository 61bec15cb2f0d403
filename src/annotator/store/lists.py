"""Lists as panels show them: rows with the words a reader needs, a page at a time.

Every function takes `limit` and `offset`; none reads more rows than it returns,
apart from what a filter has to pass over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Literal

from annotator.domain.ids import ArticleId, LinkId, MarkId, PropositionId, SourceId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store.journal import OPERATION_COLUMNS, Operation, as_operation
from annotator.store.rows import spans_of
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


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark in a table or in the text; `number` gives its handle (M41)."""

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


@dataclass(frozen=True, slots=True)
class Shape:
    """What the text view needs of a mark."""

    id: MarkId
    label: str
    spans: tuple[Span, ...]
    proposed: bool


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as seen from one of its ends: `mark` is this end, `other` the far one.

    `outward` is True where the link starts at `mark`. A link of kind
    `same_claim` stands for two mentions of one claim node and has no `link`.
    """

    link: LinkId | None
    mark: MarkId
    kind: str
    outward: bool
    other: Ref
    text: str
    source: str | None
    article: ArticleId | None
    article_number: int | None
    spans: tuple[Span, ...]
    label: str | None
    inferred: bool


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source with how often it speaks."""

    id: SourceId
    number: int
    name: str
    kind: str
    role: str | None
    affiliation: str | None
    marks: int


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim node with its mentions counted by stance."""

    id: PropositionId
    number: int
    text: str
    support: int
    deny: int
    query: int
    comment: int


MarkOrder = Literal["text", "label", "source", "created", "article"]
ArticleOrder = Literal["number", "date", "title", "status"]
_ARTICLE_ORDERS = {
    "number": "a.number",
    "date": "a.date IS NULL, a.date, a.id",
    "title": "a.title COLLATE NOCASE, a.id",
    "status": "a.status, a.number",
}
_MARK_ORDERS = {
    "text": 'a.number, m.start, m."end", m.id',
    "article": "a.title COLLATE NOCASE, m.start, m.id",
    "label": "m.label, a.number, m.start, m.id",
    "source": "s.name IS NULL, s.name COLLATE NOCASE, a.number, m.start, m.id",
    "created": "m.id",
}


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


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
    """Articles whose title, outlet, date or tags hold `text`."""
    direction = " DESC" if descending else ""
    first, *rest = _ARTICLE_ORDERS[order].split(", ")
    rows = store.query(
        "SELECT a.id, a.number, a.title, o.name, a.date, a.status, a.language, c.length,"
        " (SELECT count(*) FROM shown_mark m WHERE m.article = a.id),"
        " (SELECT count(*) FROM shown_mark m JOIN shown_link l ON l.from_mark = m.id WHERE m.article = a.id)"
        " FROM shown_article a JOIN main.content c ON c.sha256 = a.sha256"
        " LEFT JOIN shown_source o ON o.id = a.outlet"
        " WHERE (:status IS NULL OR a.status = :status) AND (:text = '' OR a.title LIKE :like ESCAPE '\\'"
        " OR o.name LIKE :like ESCAPE '\\' OR a.date LIKE :like ESCAPE '\\' OR a.tags LIKE :like ESCAPE '\\'"
        " OR 'A' || a.number = :text)"
        f" ORDER BY {', '.join([first + direction, *rest])} LIMIT :limit OFFSET :offset",
        {"status": status, "text": text, "like": _like(text), "limit": limit, "offset": offset},
    )
    return [ArticleRow(*row) for row in rows]


def article_row(store: Store, article: ArticleId) -> ArticleRow | None:
    """One article as the list shows it."""
    rows = store.query("SELECT number FROM shown_article WHERE id = ?", (article,))
    found = articles(store, text=f"A{rows[0][0]}", limit=50) if rows else []
    return next((row for row in found if row.id == article), None)


def count_articles(store: Store, *, text: str = "", status: str | None = None) -> int:
    """How many articles `articles` would list."""
    return int(
        store.query(
            "SELECT count(*) FROM shown_article a LEFT JOIN shown_source o ON o.id = a.outlet"
            " WHERE (:status IS NULL OR a.status = :status) AND (:text = ''"
            " OR a.title LIKE :like ESCAPE '\\' OR o.name LIKE :like ESCAPE '\\'"
            " OR a.date LIKE :like ESCAPE '\\' OR a.tags LIKE :like ESCAPE '\\' OR 'A' || a.number = :text)",
            {"status": status, "text": text, "like": _like(text)},
        )[0][0]
    )


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
    direction = " DESC" if descending else ""
    first, *rest = _MARK_ORDERS[order].split(", ")
    rows = store.query(
        f"SELECT {_MARK_COLUMNS} WHERE {_MARK_FILTER}"
        f" ORDER BY {', '.join([first + direction, *rest])} LIMIT :limit OFFSET :offset",
        _mark_filter(article, text, label, source) | {"limit": limit, "offset": offset},
    )
    return [_mark_row(row) for row in rows]


_MARK_FILTER = (
    "(:article IS NULL OR m.article = :article) AND (:label IS NULL OR m.label = :label)"
    " AND (:source IS NULL OR b.source = :source) AND (:text = '' OR m.quotes LIKE :like ESCAPE '\\'"
    " OR s.name LIKE :like ESCAPE '\\' OR m.note LIKE :like ESCAPE '\\' OR 'M' || m.number = :text)"
)


def _mark_filter(
    article: ArticleId | None, text: str, label: str | None, source: SourceId | None
) -> dict[str, Any]:
    return {"article": article, "label": label, "source": source, "text": text, "like": _like(text)}


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


_REACHES = ", ".join(f"({1 << power})" for power in range(4, 31))


def shapes(store: Store, article: ArticleId, start: int, end: int) -> list[Shape]:
    """The marks whose hull meets `[start, end)`, in text order.

    Asks each `reach` on its own for the starts that can matter, so that the cost
    follows the marks found and not the length of the article.
    """
    rows = store.query(
        f"WITH reaches (reach) AS (VALUES {_REACHES})"
        " SELECT m.id, m.label, m.spans, m.proposed_by IS NOT NULL FROM reaches r"
        " CROSS JOIN shown_mark m ON m.article = :article AND m.reach = r.reach"
        ' AND m.start > :start - r.reach AND m.start < :end AND m."end" > :start'
        ' ORDER BY m.start, m."end" DESC, m.id',
        {"article": article, "start": start, "end": end},
    )
    return [Shape(row[0], row[1], spans_of(row[2]), bool(row[3])) for row in rows]


def next_mark(store: Store, article: ArticleId, offset: int, backwards: bool = False) -> MarkId | None:
    """The mark that starts next after an offset, or before it; None at the end."""
    sql = (
        'SELECT id FROM shown_mark WHERE article = ? AND start < ? ORDER BY start DESC, "end", id DESC LIMIT 1'
        if backwards
        else 'SELECT id FROM shown_mark WHERE article = ? AND start > ? ORDER BY start, "end" DESC, id LIMIT 1'
    )
    rows = store.query(sql, (article, offset))
    return MarkId(rows[0][0]) if rows else None


def density(store: Store, article: ArticleId, width: int) -> list[tuple[int, str, int]]:
    """(bucket, label, marks) for stretches of `width` characters, by where marks start."""
    return [
        (int(bucket), str(label), int(count))
        for bucket, label, count in store.query(
            "SELECT start / :width, label, count(*) FROM shown_mark WHERE article = :article GROUP BY 1, 2",
            {"width": max(1, width), "article": article},
        )
    ]


_OTHER = (
    "a.id, a.number, m.spans, m.label, m.quotes, s.name"
    " FROM shown_mark m JOIN shown_article a ON a.id = m.article"
    " LEFT JOIN shown_attribution b ON b.mark = m.id AND b.level = 0"
    " LEFT JOIN shown_source s ON s.id = b.source"
)


def links(store: Store, marks: list[MarkId]) -> list[LinkRow]:
    """All links of some marks (at most 10,000), as seen from them; shared claims come as `same_claim`."""
    found: list[LinkRow] = []
    for start in range(0, len(marks), 500):
        some = json.dumps(marks[start : start + 500])
        found += _drawn_links(store, some)
        found += _shared_claims(store, some)
    return found


def _drawn_links(store: Store, some: str) -> list[LinkRow]:
    rows = store.query(
        "WITH here (id) AS (SELECT value FROM json_each(:some))"
        " SELECT l.id, h.id, l.kind, 1, l.to_mark, NULL, l.to_proposition, l.to_source, l.inferred"
        " FROM here h JOIN shown_link l ON l.from_mark = h.id"
        " UNION ALL SELECT l.id, h.id, l.kind, 0, l.from_mark, l.from_exhibit, NULL, NULL, l.inferred"
        " FROM here h JOIN shown_link l ON l.to_mark = h.id ORDER BY 1",
        {"some": some},
    )
    found = []
    for link, mark, kind, outward, other, exhibit, proposition, source, inferred in rows:
        ends = (("mark", other), ("exhibit", exhibit), ("proposition", proposition), ("source", source))
        table, row_id = next((table, row_id) for table, row_id in ends if row_id is not None)
        found.append(_link_row(store, link, mark, kind, bool(outward), Ref(table, row_id), bool(inferred)))
    return found


def _shared_claims(store: Store, some: str) -> list[LinkRow]:
    rows = store.query(
        "WITH here (id) AS (SELECT value FROM json_each(:some))"
        " SELECT DISTINCT h.id, o.mark FROM here h JOIN shown_mention n ON n.mark = h.id"
        " JOIN shown_mention o ON o.proposition = n.proposition AND o.mark <> h.id ORDER BY 1, 2",
        {"some": some},
    )
    return [
        _link_row(store, None, mark, "same_claim", True, Ref("mark", other), False) for mark, other in rows
    ]


def _link_row(
    store: Store,
    link: LinkId | None,
    mark: MarkId,
    kind: str,
    outward: bool,
    other: Ref,
    inferred: bool,
) -> LinkRow:
    text, source, article, number, spans, label = describe(store, other)
    return LinkRow(link, mark, kind, outward, other, text, source, article, number, spans, label, inferred)


Described = tuple[str, str | None, ArticleId | None, int | None, tuple[Span, ...], str | None]


def describe(store: Store, end: Ref) -> Described:
    """What an end of a link is called: text, source, article, its number, spans, label."""
    if end.table == "mark":
        rows = store.query(f"SELECT {_OTHER} WHERE m.id = ?", (end.id,))
        article, number, spans, label, quotes, source = rows[0]
        return " … ".join(json.loads(quotes)), source, article, number, spans_of(spans), label
    column = {"proposition": "text", "source": "name", "exhibit": "coalesce(title, url, '')"}[end.table]
    rows = store.query(f"SELECT {column} FROM shown_{end.table} WHERE id = ?", (end.id,))
    return rows[0][0] if rows else "", None, None, None, (), None


_SOURCE_COLUMNS = (
    "s.id, s.number, s.name, s.kind, s.role, f.name,"
    " (SELECT count(*) FROM shown_attribution b WHERE b.source = s.id)"
    " FROM shown_source s LEFT JOIN shown_source f ON f.id = s.affiliation"
)


def sources(
    store: Store, *, text: str = "", by_use: bool = False, limit: int = 200, offset: int = 0
) -> list[SourceRow]:
    """Sources whose name, alias, role or handle matches, by name or the most used first."""
    order = "7 DESC, s.name COLLATE NOCASE" if by_use else "s.name COLLATE NOCASE, s.id"
    rows = store.query(
        f"SELECT {_SOURCE_COLUMNS} WHERE :text = '' OR s.name LIKE :like ESCAPE '\\'"
        " OR s.aliases LIKE :like ESCAPE '\\' OR s.role LIKE :like ESCAPE '\\' OR 'S' || s.number = :text"
        f" ORDER BY {order} LIMIT :limit OFFSET :offset",
        {"text": text, "like": _like(text), "limit": limit, "offset": offset},
    )
    return [SourceRow(*row) for row in rows]


def recent_sources(store: Store, article: ArticleId, limit: int = 9) -> list[SourceRow]:
    """Sources for the picker: the last used first, then the others of this article."""
    rows = store.query(
        f"SELECT {_SOURCE_COLUMNS} JOIN (SELECT b.source, max(b.id) AS last,"
        " max(m.article = :article) AS here FROM shown_attribution b JOIN shown_mark m ON m.id = b.mark"
        " WHERE b.source IS NOT NULL GROUP BY b.source) u ON u.source = s.id"
        " ORDER BY u.last = (SELECT max(id) FROM main.attribution WHERE source IS NOT NULL) DESC,"
        " u.here DESC, u.last DESC LIMIT :limit",
        {"article": article, "limit": limit},
    )
    return [SourceRow(*row) for row in rows]


def claims(store: Store, *, text: str = "", limit: int = 200, offset: int = 0) -> list[ClaimRow]:
    """Claim nodes whose sentence holds `text`, with their mentions by stance."""
    counts = ", ".join(
        f"(SELECT count(*) FROM shown_mention n WHERE n.proposition = p.id AND n.stance = '{stance}')"
        for stance in ("support", "deny", "query", "comment")
    )
    rows = store.query(
        f"SELECT p.id, p.number, p.text, {counts} FROM shown_proposition p"
        " WHERE :text = '' OR p.text LIKE :like ESCAPE '\\' OR 'C' || p.number = :text"
        " ORDER BY p.number LIMIT :limit OFFSET :offset",
        {"text": text, "like": _like(text), "limit": limit, "offset": offset},
    )
    return [ClaimRow(*row) for row in rows]


def history(
    store: Store, *, mark: MarkId | None = None, limit: int = 200, offset: int = 0
) -> list[Operation]:
    """Operations, newest first; with a mark, those that touched it, its chain, mentions or links."""
    where = ""
    if mark is not None:
        where = (
            " AND id IN (SELECT operation FROM main.change WHERE row = :mark OR (tbl IN"
            " ('attribution', 'mention', 'link', 'pin') AND (instr(coalesce(new, old), :mark) > 0)))"
        )
    rows = store.query(
        f"SELECT {OPERATION_COLUMNS} FROM main.operation WHERE sealed = 1{where}"
        " ORDER BY rowid DESC LIMIT :limit OFFSET :offset",
        {"mark": mark, "limit": limit, "offset": offset},
    )
    return [as_operation(row) for row in rows]


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
