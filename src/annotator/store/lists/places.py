"""The order of a list as the places of its rows: a list is its order first, and rows where it is looked at.

A place is the rowid of a row. It is good for as long as the file is open, costs
eight bytes, and a row is found by it at once, however far down the list.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias, TypeVar

from annotator.store.json_columns import dump
from annotator.store.store import Store

Places: TypeAlias = "array[int]"
R = TypeVar("R")


def places(store: Store, statements: Iterable[str], parameters: Mapping[str, Any], limit: int = -1) -> Places:
    """The first column of some statements, one after the other; all rows without a limit."""
    found = array("q")
    for sql in statements:
        left = limit - len(found) if limit >= 0 else -1
        if left == 0:
            break
        rows = store.query(f"{sql} LIMIT {left}", parameters) if left > 0 else store.iterate(sql, parameters)
        found.extend(row[0] for row in rows)
    return found


def rows_at(
    store: Store, some: Sequence[int], sql: str, make: Callable[[tuple[Any, ...]], R]
) -> list[R | None]:
    """A row for each place, in their order; None where the row is gone.

    sql: the rest of a statement that begins with the place; `here.value` are the places.
    """
    found: dict[int, R] = {}
    for place, *fields in store.query(
        f"WITH here AS (SELECT value FROM json_each(:here)) SELECT here.value, {sql}",
        {"here": dump(list(some))},
    ):
        found.setdefault(place, make(tuple(fields)))
    return [found.get(place) for place in some]


def place_of(store: Store, table: str, row_id: str) -> int | None:
    """The place of a row by its id; None where it is not there."""
    rows = store.query(f"SELECT rowid FROM main.{table} WHERE id = ?", (row_id,))
    return int(rows[0][0]) if rows else None


def is_settled(store: Store) -> bool:
    """Whether no rows are on their way in or out: only then do counters tell what is shown."""
    rows = store.query(
        "SELECT NOT EXISTS (SELECT 1 FROM main.operation WHERE sealed = 0)"
        " AND NOT EXISTS (SELECT 1 FROM main.unfinished)"
    )
    return bool(rows[0][0])
