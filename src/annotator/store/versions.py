"""What becomes of the marks of an article in a newer version of it: looked at before anything is written."""

from __future__ import annotations

import json
from dataclasses import dataclass

from annotator.domain.comparing import Alignment, Carried, align, carry
from annotator.domain.facts import CARRIED_FROM
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.spans import Span
from annotator.store import read
from annotator.store.json_columns import spans_of
from annotator.store.store import Store


@dataclass(frozen=True, slots=True)
class Review:
    """One mark of the old version: its words, and where they stand in the new one.

    `taken` is the mark of the new version that was made of it; None where none was yet.
    """

    mark: MarkId
    number: int
    label: str
    quote: str
    spans: tuple[Span, ...]
    carried: Carried
    taken: MarkId | None


def alignment(store: Store, old: ArticleId, new: ArticleId) -> Alignment:
    """What the texts of two articles share; kept, because the comparison may take a moment."""
    return store.cached(("alignment", old, new), lambda: align(read.text(store, old), read.text(store, new)))


def review(store: Store, old: ArticleId, new: ArticleId) -> list[Review]:
    """Every mark of the old version in text order, with what becomes of it."""
    between = alignment(store, old, new)
    taken = _taken(store, new)
    rows = store.query(
        "SELECT id, number, label, quotes, spans, contexts FROM shown_mark WHERE article = ?"
        ' ORDER BY start, "end" DESC, id',
        (old,),
    )
    found = []
    for row_id, number, label, quotes, spans, contexts in rows:
        pieces = spans_of(spans)
        around = [(before, after) for before, after in json.loads(contexts)]
        words = " … ".join(json.loads(quotes))
        carried = carry(between, pieces, around)
        found.append(Review(MarkId(row_id), number, label, words, pieces, carried, taken.get(row_id)))
    return found


def _taken(store: Store, new: ArticleId) -> dict[str, MarkId]:
    rows = store.query(
        f"SELECT json_extract(extra, '$.{CARRIED_FROM}'), id FROM shown_mark"
        f" WHERE article = ? AND json_extract(extra, '$.{CARRIED_FROM}') IS NOT NULL",
        (new,),
    )
    return {origin: MarkId(row_id) for origin, row_id in rows}
