"""Which sources a condition of a query means, by name, alias, id or handle."""

from __future__ import annotations

from functools import cached_property

from annotator.domain.facts import Facts
from annotator.domain.ids import SourceId
from annotator.domain.model import Source
from annotator.domain.query import Term
from annotator.domain.voices import identity, owner
from annotator.store import read
from annotator.store.lists import filters
from annotator.store.search import holding
from annotator.store.store import Store


class Registry:
    """All sources of a project, read when they are first asked for."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def speaking(self, term: Term) -> list[SourceId]:
        """The sources whose marks a condition on `source` or `owner` means, under all of their names."""
        named, facts = set(self.named(term)), self._facts
        if term.field == "owner":
            return [one for one in facts.sources if owner(facts, one) in named]
        ends = {self.merged.get(one, one) for one in named}
        return [one for one in facts.sources if self.merged.get(one, one) in ends]

    def named(self, term: Term) -> list[SourceId]:
        """The sources that bear a name, or an id or a handle that is just what is asked for."""
        sql = "SELECT id FROM shown_source WHERE number = ?"
        exact: set[str | None] = {row[0] for row in self._store.query(sql, (number_in("source", term),))}
        if term.op in ("=", "!="):
            exact.add(term.value)
        return [
            row.id
            for row in self._facts.sources.values()
            if row.id in exact
            or row.origin_id in exact
            or any(is_called(term, name) for name in (row.name, *row.aliases))
        ]

    @cached_property
    def merged(self) -> dict[SourceId, SourceId]:
        """What each source was found to be that was found to be another one."""
        facts = self._facts
        ends = {row.id: identity(facts, row.id) for row in facts.sources.values() if row.same_as}
        return {one: end for one, end in ends.items() if one != end}

    @cached_property
    def _facts(self) -> Facts:
        return Facts.of(read.records(self._store, Source))


def is_called(term: Term, name: str) -> bool:
    """Whether a name is as asked, or equal where another one is asked for."""
    if term.op == "~":
        return holding(name, term.value)
    return name.casefold() == term.value.casefold()


def number_in(table: str, term: Term) -> int:
    """The number of a row in a handle; a foreign id may look like one in small letters."""
    is_handle = term.op in ("=", "!=") and term.value.isupper()
    return filters.number(table, term.value) if is_handle else 0
