"""Marks of an article that has a newer version: it is frozen, so that only what became of them is open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from annotator.domain.checks.ends import LooseEnd, on_mark
from annotator.domain.facts import Facts
from annotator.domain.model import Mark


def _not_in_newer_version(facts: Facts, mark: Mark) -> Iterator[LooseEnd]:
    """Its words are gone, or nobody took it over."""
    newer = facts.articles_by_older.get(mark.article, ())
    taken = {one.article for one in facts.marks_by_older.get(mark.id, ())}
    if newer and not any(article.id in taken for article in newer):
        yield on_mark(facts, "not_in_newer_version", mark, newer=newer[0].id)


RULES: tuple[Callable[[Facts, Mark], Iterator[LooseEnd]], ...] = (_not_in_newer_version,)
