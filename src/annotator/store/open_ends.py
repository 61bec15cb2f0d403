"""What is still open in a project, with a sentence for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from annotator.domain.checks import LooseEnd, loose_ends
from annotator.domain.facts import Facts
from annotator.domain.model import RECORD_TYPES, Identified, Record, SchemeLine
from annotator.domain.remarks import message
from annotator.store import read
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


_AT_ONCE = 100
"""How many records are read, or sentences made, in one step."""


def open_ends_in_steps(store: Store) -> Iterator[OpenEnd | None]:
    """What `open_ends` gives, with a None wherever the caller may do something else first.

    The store must not change before the end; begin anew where it did.
    """
    records: list[Record] = [SchemeLine(data=read.scheme(store).data)]
    for record in RECORD_TYPES:
        if issubclass(record, Identified):
            for some in _pages(store, record):
                records += some
                yield None
    found = Facts.of(records, row_numbers(store))
    yield None
    for count, end in enumerate(loose_ends(found), 1):
        yield OpenEnd(end, message(end, found))
        if count % _AT_ONCE == 0:
            yield None


def _pages(store: Store, record: type[Identified]) -> Iterator[list[Identified]]:
    last = ""
    while some := read.records(store, record, "id > ?", (last,), _AT_ONCE):
        yield some
        last = some[-1].id
