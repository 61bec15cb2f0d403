"""Records by what stands in a column of theirs, with one statement however many they are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TypeVar

from annotator.domain.model import Identified, Ref, Source
from annotator.store import read
from annotator.store.rows import TABLES
from annotator.store.store import Store

R = TypeVar("R", bound=Identified)


def named(store: Store, record: type[R], ids: Iterable[str], column: str = "id") -> list[R]:
    """The records that have one of these in a column."""
    listed = json.dumps(sorted(set(ids)))
    if listed == "[]":
        return []
    return read.records(store, record, f"{column} IN (SELECT value FROM json_each(?))", (listed,))


def numbers(store: Store, record: type[Identified], ids: Iterable[str]) -> dict[Ref, int]:
    """The numbers in the handles of some records: those kept, or the place among all ids in order."""
    table, listed = TABLES[record].name, json.dumps(sorted(set(ids)))
    if listed == "[]":
        return {}
    place = f"(SELECT count(*) FROM shown_{table} o WHERE o.id <= t.id)"
    number = "t.number" if TABLES[record].numbered else place
    rows = store.query(
        f"SELECT t.id, {number} FROM shown_{table} t WHERE t.id IN (SELECT value FROM json_each(?))",
        (listed,),
    )
    return {Ref(table, row): number for row, number in rows}


def above(store: Store, ids: Iterable[str]) -> list[Source]:
    """Sources and all that their chains lead to."""
    return _met(store, ids, "")


def around(store: Store, ids: Iterable[str]) -> list[Source]:
    """Sources, all that their chains lead to, and all that were found to be one of these."""
    return _met(store, ids, " UNION SELECT s.id FROM met m CROSS JOIN shown_source s ON s.same_as = m.id")


def _met(store: Store, ids: Iterable[str], below: str) -> list[Source]:
    rows = store.query(
        "WITH RECURSIVE met (id) AS (SELECT value FROM json_each(?)"
        " UNION SELECT s.same_as FROM met m CROSS JOIN shown_source s ON s.id = m.id"
        " WHERE s.same_as IS NOT NULL"
        " UNION SELECT s.affiliation FROM met m CROSS JOIN shown_source s ON s.id = m.id"
        f" WHERE s.affiliation IS NOT NULL{below}) SELECT id FROM met",
        (json.dumps(sorted(set(ids))),),
    )
    return named(store, Source, (row[0] for row in rows))
