"""Links as seen from the marks they start or end at."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, LinkId, MarkId
from annotator.domain.model import Ref
from annotator.domain.spans import Span
from annotator.store.rows import spans_of
from annotator.store.store import Store


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link as seen from one of its ends: `mark` is this end, `other` the far one.

    `outward` is True where the link starts at `mark`. A row without `link`
    stands for mentions of one claim node: with few other marks there is one row
    for each, `denies` where one denies what the other asserts and `same_claim`
    otherwise; with many there is one row to the claim, and `others` counts them.
    `handle` names the far end aloud: M41, C12, S3.
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
    handle: str = ""
    others: int = 1


_FEW = 2
"""Up to so many other marks of a claim are listed one by one."""
_OTHER = (
    "a.id, a.number, m.spans, m.label, m.quotes, s.name, m.number"
    " FROM shown_mark m JOIN shown_article a ON a.id = m.article"
    " LEFT JOIN shown_attribution b ON b.mark = m.id AND b.level = 0"
    " LEFT JOIN shown_source s ON s.id = b.source"
)


def links(store: Store, marks: list[MarkId]) -> list[LinkRow]:
    """All links of some marks (at most 10,000), as seen from them, and the claims they share."""
    found: list[LinkRow] = []
    for start in range(0, len(marks), 500):
        some = json.dumps(marks[start : start + 500])
        drawn = _drawn_links(store, some)
        linked = {(row.mark, row.other.id) for row in drawn}
        shared = (row for row in _shared_claims(store, some) if (row.mark, row.other.id) not in linked)
        found += [*drawn, *shared]
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


def _shared_claims(store: Store, some: str) -> Iterator[LinkRow]:
    rows = store.query(
        "WITH here (id) AS (SELECT value FROM json_each(:some))"
        " SELECT h.id, n.proposition, n.stance, count(*),"
        " CASE WHEN count(*) <= :few THEN json_group_array(json_array(o.mark, o.stance)) END"
        " FROM here h JOIN shown_mention n ON n.mark = h.id"
        " JOIN shown_mention o ON o.proposition = n.proposition AND o.mark <> h.id"
        " GROUP BY h.id, n.proposition ORDER BY 1, 2",
        {"some": some, "few": _FEW},
    )
    for mark, proposition, stance, others, few in rows:
        if few is None:
            row = _link_row(store, None, mark, "same_claim", True, Ref("proposition", proposition), False)
            yield replace(row, others=others)
            continue
        for other, other_stance in json.loads(few):
            kind = "denies" if {stance, other_stance} == {"deny", "support"} else "same_claim"
            outward = kind == "same_claim" or stance == "deny"
            yield _link_row(store, None, mark, kind, outward, Ref("mark", other), False)


def _link_row(
    store: Store,
    link: LinkId | None,
    mark: MarkId,
    kind: str,
    outward: bool,
    other: Ref,
    inferred: bool,
) -> LinkRow:
    text, source, article, number, spans, label, name = describe(store, other)
    return LinkRow(
        link, mark, kind, outward, other, text, source, article, number, spans, label, inferred, name
    )


Described = tuple[str, str | None, ArticleId | None, int | None, tuple[Span, ...], str | None, str]


def describe(store: Store, end: Ref) -> Described:
    """What an end of a link is called: text, source, article, its number, spans, label, handle."""
    if end.table == "mark":
        rows = store.query(f"SELECT {_OTHER} WHERE m.id = ?", (end.id,))
        article, article_number, spans, label, quotes, source, number = rows[0]
        words = " … ".join(json.loads(quotes))
        return words, source, article, article_number, spans_of(spans), label, handle("mark", number)
    columns = {
        "proposition": "text, number",
        "source": "name, number",
        "exhibit": "coalesce(title, url, ''), NULL",
    }
    rows = store.query(f"SELECT {columns[end.table]} FROM shown_{end.table} WHERE id = ?", (end.id,))
    words, number = rows[0] if rows else ("", None)
    return words, None, None, None, (), None, handle(end.table, number) if number else ""
