"""Links as seen from the marks they start or end at."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from annotator.domain.handles import handle
from annotator.domain.ids import ArticleId, LinkId, MarkId, Ref
from annotator.domain.scheme import NO_COMMENT
from annotator.domain.spans import Span
from annotator.store.json_columns import spans_of
from annotator.store.store import Store


class LinkRow(NamedTuple):
    """A link as seen from one of its ends: `mark` is this end, `other` the far one.

    `outward` is True where the link starts at `mark`. A row without `link`
    stands for mentions of one claim node: with few other marks there is one row
    for each, `denies` where one denies what the other asserts and `same_claim`
    otherwise (who is silent does neither); with many there is one row to the claim, `denies` where this end
    denies it, and `others` counts them: none where no other mark says the same and the claim has a
    sentence of its own.
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


Described = tuple[str, str | None, ArticleId | None, int | None, tuple[Span, ...], str | None, str]
_FEW = 2
"""Up to so many other marks of a claim are listed one by one."""


class SeenLink(NamedTuple):
    """A `LinkRow` before its far end is described."""

    link: LinkId | None
    mark: MarkId
    kind: str
    outward: bool
    other: Ref
    inferred: bool = False
    others: int = 1


def links(store: Store, marks: list[MarkId]) -> list[LinkRow]:
    """All links of some marks (at most 10,000), as seen from them, and the claims they share."""
    return described(store, seen_links(store, marks))


def links_in_hand(store: Store, mark: MarkId) -> list[LinkRow]:
    """`links` of the mark in hand, read once for all views of it."""
    return store.until_told(("links", mark), lambda: links(store, [mark]))


def seen_links(store: Store, marks: list[MarkId]) -> list[SeenLink]:
    """What `links` gives, before anything is said of the far ends: a third of its cost."""
    found: list[SeenLink] = []
    for start in range(0, len(marks), 500):
        some = json.dumps(marks[start : start + 500])
        drawn = _drawn_links(store, some)
        linked = {(one.mark, one.other.id) for one in drawn}
        found += drawn
        found += [one for one in _shared_claims(store, some) if (one.mark, one.other.id) not in linked]
    return found


def described(store: Store, seen: Iterable[SeenLink]) -> list[LinkRow]:
    """The links with what their far ends are called."""
    some = list(seen)
    ends = _described(store, {one.other for one in some})
    return [_link_row(one, ends[one.other]) for one in some]


def _link_row(one: SeenLink, end: Described) -> LinkRow:
    text, source, article, number, spans, label, name = end
    return LinkRow(
        one.link, one.mark, one.kind, one.outward, one.other,
        text, source, article, number, spans, label, one.inferred, name, one.others,
    )  # fmt: skip


# CROSS JOIN keeps SQLite from reading all links or mentions of the project for the sake of an order.


def _drawn_links(store: Store, some: str) -> list[SeenLink]:
    rows = store.query(
        "WITH here (id) AS (SELECT value FROM json_each(:some))"
        " SELECT l.id, h.id, l.kind, 1, l.to_mark, NULL, l.to_proposition, l.to_source, l.inferred"
        " FROM here h CROSS JOIN shown_link l ON l.from_mark = h.id"
        " UNION ALL SELECT l.id, h.id, l.kind, 0, l.from_mark, l.from_exhibit, NULL, NULL, l.inferred"
        " FROM here h CROSS JOIN shown_link l ON l.to_mark = h.id ORDER BY 1",
        {"some": some},
    )
    found = []
    for link, mark, kind, outward, other, exhibit, proposition, source, inferred in rows:
        ends = (("mark", other), ("exhibit", exhibit), ("proposition", proposition), ("source", source))
        table, row_id = next((table, row_id) for table, row_id in ends if row_id is not None)
        found.append(SeenLink(link, mark, kind, bool(outward), Ref(table, row_id), bool(inferred)))
    return found


def _shared_claims(store: Store, some: str) -> Iterator[SeenLink]:
    """The claims that marks speak of; a mark alone only where the claim says more than its words."""
    rows = store.query(
        "WITH here (id) AS (SELECT value FROM json_each(:some))"
        " SELECT h.id, n.proposition, n.stance, count(*),"
        " CASE WHEN count(*) <= :few THEN json_group_array(json_array(o.mark, o.stance)) END, NULL, NULL"
        " FROM here h CROSS JOIN shown_mention n ON n.mark = h.id"
        " CROSS JOIN shown_mention o ON o.proposition = n.proposition AND o.mark <> h.id"
        " GROUP BY h.id, n.proposition UNION ALL"
        " SELECT h.id, n.proposition, n.stance, 0, NULL, p.text, m.quotes"
        " FROM here h CROSS JOIN shown_mention n ON n.mark = h.id"
        " CROSS JOIN shown_proposition p ON p.id = n.proposition CROSS JOIN shown_mark m ON m.id = h.id"
        " WHERE n.stance IN ('support', 'deny') AND NOT EXISTS (SELECT 1 FROM shown_mention o"
        " WHERE o.proposition = n.proposition AND o.mark <> h.id) ORDER BY 1, 2",
        {"some": some, "few": _FEW},
    )
    others_of = [json.loads(few or "[]") for _, _, _, _, few, _, _ in rows]
    silent = _silent(store, {row[0] for row in rows} | {other for few in others_of for other, _ in few})
    for (mark, proposition, stance, others, few, sentence, quotes), near in zip(rows, others_of, strict=True):
        denies, asserts = (mark not in silent and stance == one for one in ("deny", "support"))
        if not others:
            if denies or (asserts and sentence != " … ".join(json.loads(quotes)).strip()):
                kind = "denies" if denies else "supports"
                yield SeenLink(None, mark, kind, True, Ref("proposition", proposition), others=0)
            continue
        if few is None:
            kind = "denies" if denies else "same_claim"
            yield SeenLink(None, mark, kind, True, Ref("proposition", proposition), others=others)
            continue
        for other, other_stance in near:
            is_answer = other not in silent and other_stance == ("support" if denies else "deny")
            kind = "denies" if is_answer and (denies or asserts) else "same_claim"
            outward = kind == "same_claim" or denies
            yield SeenLink(None, mark, kind, outward, Ref("mark", other))


def _silent(store: Store, marks: Iterable[str]) -> set[str]:
    """Those that say of somebody that they did not speak: no mention makes that a stance (`done_by`)."""
    sql = "SELECT m.id FROM json_each(?) h CROSS JOIN shown_mark m ON m.id = h.value WHERE m.label = ?"
    return {row[0] for row in store.query(sql, (json.dumps([*marks]), NO_COMMENT))}


_IDENTITY = (
    "CASE WHEN s.same_as IS NULL THEN s.name ELSE coalesce((WITH RECURSIVE up (id) AS (SELECT s.same_as"
    " UNION SELECT u.same_as FROM up CROSS JOIN shown_source u ON u.id = up.id)"
    " SELECT e.name FROM up CROSS JOIN shown_source e ON e.id = up.id WHERE e.same_as IS NULL), s.name) END"
)
"""The name of a source as lists and the map have it: that of the one it was found to be."""
_ENDS = {
    "mark": (
        f"m.id, m.quotes, m.number, {_IDENTITY}, a.id, a.number, m.spans, m.label"
        " FROM here h CROSS JOIN shown_mark m ON m.id = h.id JOIN shown_article a ON a.id = m.article"
        " LEFT JOIN shown_attribution b ON b.mark = m.id AND b.level = 0"
        " LEFT JOIN shown_source s ON s.id = b.source"
    ),
    "proposition": "e.id, e.text, e.number FROM here h CROSS JOIN shown_proposition e ON e.id = h.id",
    "source": "e.id, e.name, e.number FROM here h CROSS JOIN shown_source e ON e.id = h.id",
    "exhibit": (
        "e.id, coalesce(e.title, e.url, ''), NULL FROM here h CROSS JOIN shown_exhibit e ON e.id = h.id"
    ),
}


def describe(store: Store, end: Ref) -> Described:
    """What an end of a link is called: text, source, article, its number, spans, label, handle."""
    return _described(store, (end,))[end]


def _described(store: Store, ends: Iterable[Ref]) -> dict[Ref, Described]:
    """What each end is called, by one query for all of a table; an end that is gone has no words."""
    found: dict[Ref, Described] = {}
    ids: dict[str, list[str]] = {}
    for end in ends:
        found[end] = ("", None, None, None, (), None, "")
        ids.setdefault(end.table, []).append(end.id)
    for table, some in ids.items():
        rows = store.query(
            f"WITH here (id) AS (SELECT value FROM json_each(?)) SELECT {_ENDS[table]}", (json.dumps(some),)
        )
        for row_id, words, number, *more in rows:
            name = handle(table, number) if number else ""
            found[Ref(table, row_id)] = (
                _described_mark(words, name, *more)
                if table == "mark"
                else (words, None, None, None, (), None, name)
            )
    return found


def _described_mark(quotes: str, name: str, *more: Any) -> Described:
    source, article, article_number, spans, label = more
    words = " … ".join(json.loads(quotes))
    return words, source, article, article_number, spans_of(spans), label, name
