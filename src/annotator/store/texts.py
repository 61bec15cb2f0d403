"""Texts of very many articles, of which only a few are in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from annotator.domain.errors import UserError
from annotator.domain.ids import ArticleId
from annotator.store.json_columns import dump_names
from annotator.store.store import Store

_TOGETHER = 1 << 16
"""Code points of texts that are read at once; a longer one is alone."""
_AMONG = "IN (SELECT value FROM json_each(?))"  # one statement, prepared once, for any number of them
_LENGTHS = f"SELECT article, length FROM main.extent WHERE article {_AMONG}"
_TEXTS = f"SELECT a.id, c.text FROM shown_article a JOIN main.content c USING (sha256) WHERE a.id {_AMONG}"

Texts = Mapping[ArticleId, str]


class TextReader:
    """Reads the texts of articles a few at once; those it read last it does not read again."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: Texts = {}

    def of(self, articles: Sequence[ArticleId]) -> Iterator[Texts]:
        """The texts of some articles, at most a few hundred, in their order.

        Raises UserError("no-such-row").
        """
        if self._last.keys() >= set(articles):
            yield self._last
            return
        for some in self._groups(articles):
            self._last = self._read(some)
            yield self._last

    def _groups(self, articles: Sequence[ArticleId]) -> Iterator[list[ArticleId]]:
        """Articles whose texts are read at once."""
        lengths = dict(self._store.query(_LENGTHS, (dump_names(articles),)))
        some: list[ArticleId] = []
        together = 0
        for article in articles:
            length = lengths.get(article, _TOGETHER)
            if some and together + length > _TOGETHER:
                yield some
                some, together = [], 0
            some.append(article)
            together += length
        yield some

    def _read(self, articles: Sequence[ArticleId]) -> Texts:
        found = dict(self._store.query(_TEXTS, (dump_names(articles),)))
        for article in articles:
            if article not in found:
                raise UserError("no-such-row", table="article", id=article)
        return {article: found[article] for article in articles}
