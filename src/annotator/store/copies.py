"""Articles whose texts are nearly the same; they are shown as possible copies and never merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.copies import NEAR, near, resemblance, samples
from annotator.domain.ids import ArticleId
from annotator.domain.model import Article
from annotator.store import read
from annotator.store.json_columns import dump
from annotator.store.search import match_expression
from annotator.store.store import Store

_ENOUGH, _COMPARED = 3, 5
"""Samples of a text that another must hold, and how many of the best are compared in full."""
LONGEST = 200_000
"""Characters beyond which a text is not compared: it is no article any more."""


@dataclass(frozen=True, slots=True)
class PossibleCopy:
    """Another article and how much the texts resemble each other, 0.5 to 1."""

    article: ArticleId
    number: int
    resemblance: float


def possible_copies(store: Store, article: ArticleId) -> list[PossibleCopy]:
    """Articles brought in before this one whose texts are the same or nearly so, the likest first.

    A few phrases of the text are looked up in the index, so that the cost does
    not follow the number of articles; only the best finds are compared.
    """
    if read.text_length(store, article) > LONGEST:
        return []
    text = read.text(store, article)
    found: Counter[tuple[str, int]] = Counter()
    phrases = samples(text)
    for phrase in phrases:
        rows = store.query(
            "SELECT a.id, a.number FROM main.content_search f JOIN main.content c ON c.id = f.rowid"
            " JOIN shown_article a ON a.sha256 = c.sha256, shown_article me"
            " WHERE content_search MATCH ? AND me.id = ? AND a.number < me.number LIMIT 50",
            (match_expression(f'"{phrase}"'), article),
        )
        found.update((row[0], row[1]) for row in rows)
    needed = min(_ENOUGH, len(phrases))
    return compared(store, text, [row for row, count in found.most_common(_COMPARED) if count >= needed])


def compared(store: Store, text: str, likely: Sequence[tuple[str, int]]) -> list[PossibleCopy]:
    """Those of the first few articles, given with their numbers, whose texts are near to this one."""
    copies = [
        PossibleCopy(ArticleId(row_id), number, resemblance(text, read.text(store, ArticleId(row_id))))
        for row_id, number in likely[:_COMPARED]
        if read.text_length(store, ArticleId(row_id)) <= LONGEST
    ]
    likely_copies = [copy for copy in copies if copy.resemblance >= NEAR]
    return sorted(likely_copies, key=lambda copy: (-copy.resemblance, copy.number))


def copies_among(store: Store, articles: Iterable[Article]) -> dict[ArticleId, frozenset[ArticleId]]:
    """For each of these articles the others that print nearly the same text.

    Reads their texts, of each wording once; which wordings are near is kept in
    memory, since texts never change. Texts that are damaged are passed over.
    """
    printing: dict[str, set[ArticleId]] = {}
    for article in articles:
        if article.sha256:
            printing.setdefault(article.sha256, set()).add(article.id)
    shas = tuple(sorted(printing))
    alike = store.cached(("near", shas), lambda: _near(store, shas)) if len(shas) > 1 else {}
    return {
        one: frozenset(others)
        for sha256, own in printing.items()
        for one in own
        if (others := own.union(*(printing[near] for near in alike.get(sha256, ()))) - {one})
    }


def _near(store: Store, shas: Sequence[str]) -> dict[str, frozenset[str]]:
    rows = store.query(
        "SELECT sha256, text FROM main.content WHERE sha256 IN (SELECT value FROM json_each(?))"
        " AND length <= ?",
        (dump(list(shas)), LONGEST),
    )
    return near({sha256: text for sha256, text in rows if isinstance(text, str)})
