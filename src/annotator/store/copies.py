"""Articles whose texts are nearly the same; they are shown as possible copies and never merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from annotator.domain.copies import NEAR, groups, resemblance, samples
from annotator.domain.ids import ArticleId
from annotator.store import read
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
    near = [copy for copy in copies if copy.resemblance >= NEAR]
    return sorted(near, key=lambda copy: (-copy.resemblance, copy.number))


def copies_among(store: Store, articles: Iterable[ArticleId]) -> dict[ArticleId, ArticleId]:
    """Which of these articles print nearly the same text, by one that names the group; reads their texts."""
    texts = {
        one: read.text(store, one)
        for one in sorted(set(articles))
        if read.is_there(store, "article", one) and read.text_length(store, one) <= LONGEST
    }
    return groups(texts)
