"""The saved searches that a change of the scheme concerns."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.domain.errors import UserError
from annotator.domain.model import SavedSearch
from annotator.domain.query import Query, parse
from annotator.domain.saved import comparison
from annotator.domain.scheme_changes import SchemeChange
from annotator.domain.scheme_searches import lost, said_anew
from annotator.store import read
from annotator.store.store import Store


def said_otherwise(store: Store, change: SchemeChange) -> dict[str, str]:
    """Of searches that name what is renamed or merged, by their ids: how they are written afterwards."""
    before = read.scheme(store)
    return {
        row.id: str(anew)
        for row, query in _searches(store)
        if (anew := said_anew(query, before, change)) != query
    }


def orphaned(store: Store, change: SchemeChange) -> list[str]:
    """The names of searches that name what the scheme would not know any more, and knows now."""
    before = read.scheme(store)
    return [
        row.name
        for row, query in _searches(store)
        if set(lost(said_anew(query, before, change), change.scheme)) - set(lost(query, before))
    ]


def _searches(store: Store) -> Iterator[tuple[SavedSearch, Query]]:
    """Those that ask for marks; expressions and questions to the map name no part of the scheme."""
    for row in read.records(store, SavedSearch):
        if comparison(row).regex:
            continue
        try:
            yield row, parse(row.query)
        except UserError:
            continue
