"""Which words of an article a Change touches."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from annotator.domain.ids import ArticleId, MarkId, PropositionId
from annotator.domain.spans import Span
from annotator.store.json_columns import spans_of
from annotator.store.read import is_there
from annotator.store.store import Change, Store

_OF_MARKS = frozenset({"mark", "attribution", "mention", "link", "pin"})
_OF_NOTHING_SHOWN = frozenset({"annotator", "judgement", "dismissal", "saved_search", "report", "project"})
_MANY = 500
"""Beyond so many touched rows, or words tied to them, all is read again."""


def touched_spans(store: Store, change: Change, article: ArticleId) -> list[Span] | None:
    """The old and new words of touched marks of an article; None where anything may have changed.

    Those of marks tied to them by a link or a claim count too: the margin says
    beside each who stands at the other end.
    """
    if not change.is_whole or len(change.rows) > _MANY:
        return None
    tables = {row.table for row in change.rows} - _OF_NOTHING_SHOWN
    if not tables <= _OF_MARKS:
        return None
    touched = dict.fromkeys(span for _, span in _spans(store, change, article))
    linked = dict.fromkeys(islice(_linked(store, change, article), _MANY + 1))
    return None if len(linked) > _MANY else list(touched | linked)


def article_of_change(
    store: Store, change: Change, preferred: ArticleId | None
) -> tuple[ArticleId, list[Span]] | None:
    """Where to look at a change: an article and the words, rather in the one in front."""
    found: dict[ArticleId, list[Span]] = {}
    for article, span in _spans(store, change, None):
        found.setdefault(article, []).append(span)
    for article in sorted(found, key=lambda article: (article != preferred, article)):
        if is_there(store, "article", article):
            return article, sorted(found[article])
    return None


def _marks(change: Change) -> Iterator[MarkId]:
    """The marks of which words, label or chain changed; what ties one that came or went did so with it."""
    marks = {row.id: row for row in change.rows if row.table == "mark"}
    yield from (MarkId(row.id) for row in marks.values() if row.old and row.new)
    for row in change.rows:
        image = row.new or row.old
        if row.table == "attribution" and image is not None and image["mark"] not in marks:
            yield MarkId(image["mark"])


def _claims(change: Change) -> Iterator[PropositionId]:
    """The claims that a mark came to or left, or to which it does something else now."""
    for row in change.rows:
        if row.table == "mention":
            yield from (PropositionId(image["proposition"]) for image in (row.old, row.new) if image)


def _linked(store: Store, change: Change, article: ArticleId) -> Iterator[Span]:
    """The words of the marks of an article that links or claims tie to what changed."""
    marks, claims = list(_marks(change)), list(_claims(change))
    if not marks and not claims:
        return
    rows = store.query(
        "WITH here (id) AS (SELECT value FROM json_each(:marks)),"
        " claims (id) AS (SELECT value FROM json_each(:claims)), ends (id) AS ("
        " SELECT l.to_mark FROM here h CROSS JOIN shown_link l ON l.from_mark = h.id"
        " UNION SELECT l.from_mark FROM here h CROSS JOIN shown_link l ON l.to_mark = h.id"
        " UNION SELECT o.mark FROM here h CROSS JOIN shown_mention n ON n.mark = h.id"
        " CROSS JOIN shown_mention o ON o.proposition = n.proposition"
        " UNION SELECT o.mark FROM claims c CROSS JOIN shown_mention o ON o.proposition = c.id)"
        " SELECT m.spans FROM ends e CROSS JOIN shown_mark m ON m.id = e.id AND m.article = :article",
        {
            "marks": json.dumps(marks),
            "claims": json.dumps(claims),
            "article": article,
        },
    )
    for (spans,) in rows:
        yield from spans_of(spans)


def _spans(store: Store, change: Change, only: ArticleId | None) -> Iterator[tuple[ArticleId, Span]]:
    known, asked = set[str](), set[str]()
    for row in change.rows:
        for image in (row.old, row.new):
            if image is None:
                continue
            if row.table == "mark":
                known.add(row.id)
                yield from _of_image(image, only)
            else:
                asked.update(_marks_named(image))
    if asked := asked - known:
        rows = store.query(
            "SELECT article, spans FROM shown_mark WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(sorted(asked)),),
        )
        for article, spans in rows:
            if only is None or article == only:
                yield from ((article, span) for span in spans_of(spans))


def _of_image(image: Mapping[str, Any], only: ArticleId | None) -> Iterator[tuple[ArticleId, Span]]:
    if only is None or image["article"] == only:
        yield from ((image["article"], span) for span in spans_of(image["spans"]))


def _marks_named(image: Mapping[str, Any]) -> Iterator[str]:
    for column in ("mark", "from_mark", "to_mark"):
        if image.get(column):
            yield image[column]
