"""Works: an article with all versions of it counts as one."""

from __future__ import annotations

from annotator.domain.facts import Facts
from annotator.domain.ids import ArticleId


class Works:
    """Which articles are versions of one another, by `version_of`, and which is newer.

    The root of a work is its first version; versions are counted from 0. A chain
    that runs into a cycle has the smallest id of the cycle as its root.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._known: dict[ArticleId, tuple[ArticleId, int]] = {}

    def root(self, article: ArticleId) -> ArticleId:
        """The first version of an article."""
        return self._place(article)[0]

    def version(self, article: ArticleId) -> int:
        """How many versions came before this one."""
        return self._place(article)[1]

    def _place(self, article: ArticleId) -> tuple[ArticleId, int]:
        if article not in self._known:
            self._known[article] = self._walk(article)
        return self._known[article]

    def _walk(self, article: ArticleId) -> tuple[ArticleId, int]:
        path: list[ArticleId] = []
        here: ArticleId | None = article
        while here is not None and here in self._facts.articles:
            if here in path:
                return min(path[path.index(here) :]), path.index(here)
            path.append(here)
            here = self._facts.articles[here].version_of
        return (path[-1], len(path) - 1) if path else (article, 0)
