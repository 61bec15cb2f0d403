"""Marks by range, as the text view paints them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from annotator.domain.ids import ArticleId
from annotator.domain.shapes import Shape
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.json_columns import spans_of
from annotator.store.lists.places import is_settled
from annotator.store.store import Store

_COUNTED = 5000
"""So many marks are counted one by one for the overview."""
_new = tuple.__new__
_COLUMNS = 'm.start, -m."end", m.id, m.label, m.spans'
"""As text order compares marks: see `_shapes`."""
_REACHES = ", ".join(f"({1 << power})" for power in range(4, 31))


def shapes(store: Store, article: ArticleId, start: int, end: int) -> list[Shape]:
    """The marks whose hull meets `[start, end)`, in text order.

    Asks each `reach` on its own for the starts that can matter, so that the cost
    follows the marks found and not the length of the article. Those of one reach come
    in order: putting them together takes SQLite five times as long as `sort`.
    """
    rows = store.query(
        f"WITH reaches (reach) AS (VALUES {_REACHES}) SELECT {_COLUMNS} FROM reaches r"
        " CROSS JOIN shown_mark m ON m.article = :article AND m.reach = r.reach"
        ' AND m.start > :start - r.reach AND m.start < :end AND m."end" > :start',
        {"article": article, "start": start, "end": end},
    )
    rows.sort()
    return _shapes(store, rows)


def shapes_beginning(
    store: Store, article: ArticleId, starts: Sequence[int], start: int, end: int
) -> list[Shape]:
    """Of the marks whose hull meets `[start, end)`, those that begin at some offsets."""
    rows = store.query(
        f"SELECT {_COLUMNS} FROM json_each(:starts) s"
        " CROSS JOIN shown_mark m ON m.article = :article AND m.start = s.value"
        ' AND m.start < :end AND m."end" > :start',
        {"article": article, "starts": json.dumps(list(starts)), "start": start, "end": end},
    )
    return _shapes(store, rows)


def _shapes(store: Store, rows: Iterable[tuple[Any, ...]]) -> list[Shape]:
    """One after the other; only pieces of marks with holes are parsed."""
    # SQLite gives each row a text of its own; all marks of a label share these.
    named = {key: (label.name, key) for key, label in read.scheme(store).labels.items()}
    found = []
    for start, minus_end, mark, label, text in rows:
        end = -minus_end
        # The list, and each piece in it, begins with a bracket.
        spans = spans_of(text) if text.find("[", 2) > 0 else (_new(Span, (start, end)),)
        name, style = named.get(label) or (label, label)
        found.append(_new(Shape, (mark, name, spans, style, False, start, end)))
    return found


def density(store: Store, article: ArticleId, width: int) -> list[tuple[int, str, int]]:
    """(bucket, label, marks) for stretches of `width` characters, by where marks start.

    Exact for up to `_COUNTED` marks; for more by the parts in which `tally` counts them, so
    that one may stand a part, or a 512th of the text, beside its place.
    """
    total = store.query("SELECT coalesce(sum(marks), 0) FROM main.tally WHERE article = ?", (article,))
    if total[0][0] <= _COUNTED or not is_settled(store):
        sql = "SELECT start / :width, label, count(*) FROM shown_mark WHERE article = :article GROUP BY 1, 2"
    else:
        sql = (
            "SELECT (t.part * 2 + 1) * e.length / (2 * e.parts) / :width, t.label, sum(t.marks)"
            " FROM main.tally t JOIN main.extent e ON e.article = t.article"
            " WHERE t.article = :article GROUP BY 1, 2"
        )
    rows = store.query(sql, {"width": max(1, width), "article": article})
    return [(int(bucket), str(label), int(count)) for bucket, label, count in rows]
