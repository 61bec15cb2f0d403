"""Works: an article with all versions of it counts as one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from annotator.domain.facts import Facts, carried_from
from annotator.domain.ids import ArticleId, MarkId
from annotator.domain.model import Mark, Ref

_Item = TypeVar("_Item")


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


def once_a_work(
    works: Works,
    items: Iterable[_Item],
    article: Callable[[_Item], ArticleId | None],
    same: Callable[[_Item], Hashable],
) -> tuple[_Item, ...]:
    """The items without those an older version of an article shares with a newer one.

    Two items of one work are the same where `same` says so: an entry by its
    source, other things by label and words, also where these were corrected since.
    All that one version holds stays.
    """
    kept = list(items)
    newest: dict[Hashable, int] = {}
    for item in kept:
        place = article(item)
        if place is not None:
            key = (works.root(place), same(item))
            newest[key] = max(newest.get(key, 0), works.version(place))
    return tuple(
        item
        for item in kept
        if (place := article(item)) is None or works.version(place) == newest[(works.root(place), same(item))]
    )


def article_of(facts: Facts, end: Ref) -> ArticleId | None:
    """The article in which an end of links stands, if it is a mark."""
    return facts.marks[MarkId(end.id)].article if end.table == "mark" else None


def words_of(facts: Facts, end: Ref) -> Hashable:
    """What makes two ends of links the same in two versions of an article."""
    if end.table != "mark":
        return end
    return said_in(facts, facts.marks[MarkId(end.id)])


def said_in(facts: Facts, mark: Mark) -> Hashable:
    """Label and words; of a mark that was carried over from older versions those it had at first."""
    passed = {mark.id}
    while (older := carried_from(mark)) and older in facts.marks and older not in passed:
        mark = facts.marks[older]
        passed.add(older)
    return mark.label, mark.quotes or mark.spans


def is_here(facts: Facts, end: Ref) -> bool:
    """Whether an end of links is among the facts."""
    return end.id in facts.tables.get(end.table, ())
