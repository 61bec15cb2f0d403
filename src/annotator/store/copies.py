"""Articles whose texts are nearly the same; they are shown as possible copies and never merged."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import Lock

from annotator.domain.copies import LONGEST, NEAR, Comparing, resemblance, samples
from annotator.domain.ids import ArticleId
from annotator.domain.model import Article
from annotator.domain.steps import Steps
from annotator.store import read
from annotator.store.search import match_expression
from annotator.store.store import Store

_ENOUGH, _COMPARED = 3, 5
"""Samples of a text that another must hold, and how many of the best are compared in full."""
_KEPT = 2_000
"""Of so many sets of wordings it is remembered which are near: about as many as claims are talked about."""

Alike = dict[str, frozenset[str]]
"""Wordings, named by their SHA-256, with those that are nearly the same."""


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


def copies_among(store: Store, articles: Iterable[Article]) -> Steps[dict[ArticleId, frozenset[ArticleId]]]:
    """For each of these articles the others that print nearly the same text.

    Reads their texts, of each wording once, unless it is known which of these are near,
    with a pause after each millisecond or two. Texts that are damaged are passed over.
    """
    printing: dict[str, set[ArticleId]] = {}
    for article in articles:
        if article.sha256:
            printing.setdefault(article.sha256, set()).add(article.id)
    alike = yield from _comparison(store, tuple(sorted(printing)))
    return {
        one: frozenset(others)
        for sha256, own in printing.items()
        for one in own
        if (others := own.union(*(printing[near] for near in alike.get(sha256, ()))) - {one})
    }


def _comparison(store: Store, shas: tuple[str, ...]) -> Steps[Alike]:
    known = _known(shas) if len(shas) > 1 else {}
    if known is not None:
        return known
    comparing = Comparing[str]()
    is_whole = True
    for sha256 in shas:
        for (text,) in store.query(
            "SELECT text FROM main.content WHERE sha256 = ? AND length <= ?", (sha256, LONGEST)
        ):
            if isinstance(text, str):
                yield from comparing.add(sha256, text)
            else:
                is_whole = False
    alike = comparing.near()
    if is_whole:
        _keep(shas, alike)
    return alike


_comparisons: OrderedDict[tuple[str, ...], Alike] = OrderedDict()
_keeping = Lock()


def _known(shas: tuple[str, ...]) -> Alike | None:
    """What was found of these wordings; it is true of them in every project and on every connection."""
    with _keeping:
        if shas in _comparisons:
            _comparisons.move_to_end(shas)
        return _comparisons.get(shas)


def _keep(shas: tuple[str, ...], alike: Alike) -> None:
    with _keeping:
        _comparisons[shas] = alike
        while len(_comparisons) > _KEPT:
            _comparisons.popitem(last=False)
