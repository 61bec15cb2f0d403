"""Marks by range, as the text view paints them."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.spans import Span
from annotator.store.json_columns import spans_of
from annotator.store.store import Store


class Shape(NamedTuple):
    """What the text view needs of a mark."""

    id: MarkId
    label: str
    spans: tuple[Span, ...]
    proposed: bool


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


def density(store: Store, article: ArticleId, width: int) -> list[tuple[int, str, int]]:
    """(bucket, label, marks) for stretches of `width` characters, by where marks start."""
    return [
        (int(bucket), str(label), int(count))
        for bucket, label, count in store.query(
            "SELECT start / :width, label, count(*) FROM shown_mark WHERE article = :article GROUP BY 1, 2",
            {"width": max(1, width), "article": article},
        )
    ]
