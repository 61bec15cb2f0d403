"""Links as seen from the marks they start or end at."""

from __future__ import annotations

import json
from dataclasses import dataclass

from annotator.domain.ids import ArticleId, LinkId, MarkId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store.rows import spans_of
from annotator.store.store import Store


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
