"""All that the loose ends and the dispute map of a whole project are made of."""

from __future__ import annotations

from annotator.domain.facts import Facts
from annotator.store.export import facts_records, row_numbers
from annotator.store.store import Store


def facts(store: Store) -> Facts:
    """Every record but the texts, with handles."""
    return Facts.of(facts_records(store), row_numbers(store))
