"""What is open in the registers: outlets of articles, sources in circles, anonymity, offices."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from annotator.domain.checks.alike import sources_alike
from annotator.domain.checks.ends import FIXES, LooseEnd, on_source
from annotator.domain.facts import Facts
from annotator.domain.model import Article, Source
from annotator.domain.voices import cycles_of


def _article_without_outlet(facts: Facts, article: Article) -> Iterator[LooseEnd]:
    if article.outlet is None and article.status == "done" and facts.marks_by_article.get(article.id):
        rule = "article_without_outlet"
        yield LooseEnd(rule=rule, message_code=rule, fix=FIXES[rule], article=article.id)


def _source_cycle(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    """A circle hangs on the smallest id in it."""
    for through, members in cycles_of(facts, source.id):
        if members[0] == source.id:
            listed = ", ".join(facts.sources[one].name for one in members)
            yield on_source(source.id, "source_cycle", through, sources=listed)


def _anonymous_without_ground(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    del facts
    if source.kind == "anonymous" and not (source.anonymity or "").strip() and source.same_as is None:
        yield on_source(source.id, "anonymous_without_ground")


def _speaks_for_whom(facts: Facts, source: Source) -> Iterator[LooseEnd]:
    """Whoever speaks for another by office is counted as that other's voice, once it is known whose."""
    del facts
    role = source.role or ""
    if _SPEAKS_FOR.search(role) and source.affiliation is None and source.same_as is None:
        yield on_source(source.id, "speaks_for_whom", role=role)


_SPEAKS_FOR = re.compile(
    r"\b(spokes(man|men|woman|women|person|people|persons)|press (officer|secretary|service)"
    r"|ambassador|envoy|representative|minister|deputy secretary|official)s?\b",
    re.IGNORECASE,
)
"""Roles that are held for somebody."""


ARTICLE_RULES: tuple[Callable[[Facts, Article], Iterator[LooseEnd]], ...] = (_article_without_outlet,)


SOURCE_RULES: tuple[Callable[[Facts, Source], Iterator[LooseEnd]], ...] = (
    _source_cycle,
    _anonymous_without_ground,
    _speaks_for_whom,
    sources_alike,
)
