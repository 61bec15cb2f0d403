"""What is still open in a project, with a sentence for each."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.checks import LooseEnd, loose_ends
from annotator.domain.facts import Facts
from annotator.domain.remarks import message
from annotator.store.export import facts_records, row_numbers
from annotator.store.store import Store


class OpenEnd(NamedTuple):
    """A loose end and what it says."""

    end: LooseEnd
    sentence: str


def facts(store: Store) -> Facts:
    """All that the dispute map and the loose ends are made of, with handles."""
    return Facts.of(facts_records(store), row_numbers(store))


def open_ends(store: Store) -> list[OpenEnd]:
    """The loose ends of a project in the order of `checks.loose_ends`, quiet ones too."""
    found = facts(store)
    return [OpenEnd(end, message(end, found)) for end in loose_ends(found)]
