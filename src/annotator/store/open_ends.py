"""All that the loose ends and the dispute map of a whole project are made of."""

from __future__ import annotations

from dataclasses import replace

from annotator.domain.facts import Facts
from annotator.store.claim_facts import with_copies
from annotator.store.export import facts_records, row_numbers
from annotator.store.quoted import quote_kinds
from annotator.store.store import Store


def facts(store: Store) -> Facts:
    """Every record but the texts, with handles."""
    found = Facts.of(facts_records(store), row_numbers(store))
    return replace(found, quote_kinds=quote_kinds(store, found.marks.values()))


def facts_with_copies(store: Store) -> Facts:
    """The same, with which articles print nearly the same text: what voices are counted by."""
    found = facts(store)
    return with_copies(store, found, found.propositions)
