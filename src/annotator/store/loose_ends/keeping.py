"""What was found where something was looked at, as rows of the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from annotator.domain import checks
from annotator.domain.ids import ArticleId, MarkId
from annotator.store.json_columns import dump
from annotator.store.loose_ends.likeness import Key, keep_keys
from annotator.store.store import Store


class Seen(NamedTuple):
    """What was found at some rows of a table, as rows of `loose_end`, `relied_on`, `alike` and `carried`."""

    table: str
    rows: list[str]
    open: list[tuple[Any, ...]]
    relied_on: list[tuple[str, ...]]
    quiet: list[tuple[int, int, ArticleId]]
    keys: dict[str, set[Key]]
    carried: dict[str, MarkId | None]


def keep(store: Store, seen: Sequence[Seen]) -> None:
    """Store what was found, inside a transaction; what then may be otherwise elsewhere is to be looked at."""
    for one in seen:
        _keep_open(store, one)
    keep_keys(store, ((one.table, one.keys) for one in seen))
    for one in seen:
        _keep_carried(store, one.carried)


def before(store: Store, seen: Seen) -> None:
    """Read the rows in whose place `keep` puts what was found."""
    ids = json.dumps(seen.rows)
    for table, row, column in (("loose_end", "row", "tbl"), ("relied_on", "by_row", "by_tbl")):
        store.query(
            f"SELECT * FROM main.{table} WHERE {row} IN (SELECT value FROM json_each(?)) AND {column} = ?",
            (ids, seen.table),
        )
    keys = dump(sorted({key for own in seen.keys.values() for key, _ in own}))
    store.query(
        "SELECT a.row FROM json_each(?) k CROSS JOIN main.alike a ON a.tbl = ? AND a.key = k.value",
        (keys, seen.table),
    )


def _keep_open(store: Store, seen: Seen) -> None:
    """Put what is open at some rows in the place of what was."""
    ids = json.dumps(seen.rows)
    store.execute(
        "DELETE FROM main.loose_end WHERE row IN (SELECT value FROM json_each(?)) AND tbl = ?",
        (ids, seen.table),
    )
    store.execute(
        "DELETE FROM main.relied_on WHERE by_row IN (SELECT value FROM json_each(?)) AND by_tbl = ?",
        (ids, seen.table),
    )
    store.execute_many(_OPEN, seen.open)
    store.execute_many(_RELIED_ON, seen.relied_on)
    store.execute_many(_QUIET, seen.quiet)


def _keep_carried(store: Store, carried: dict[str, MarkId | None]) -> None:
    """Note which marks of older versions were taken over, and look at these again where that is new."""
    ids = dump(sorted(carried))
    rows = store.query(
        "SELECT mark, origin FROM main.carried WHERE mark IN (SELECT value FROM json_each(?))", (ids,)
    )
    before = dict(rows)
    for mark, origin in carried.items():
        if origin != before.get(mark):
            store.execute("DELETE FROM main.carried WHERE mark = ?", (mark,))
            if origin is not None:
                store.execute("INSERT INTO main.carried (mark, origin) VALUES (?, ?)", (mark, origin))
            store.execute(_THERE, (dump([origin, before.get(mark)]),))


_THERE = (
    "INSERT INTO main.unchecked (tbl, row) SELECT 'mark', m.id FROM json_each(?) e"
    " CROSS JOIN main.mark m ON m.id = e.value WHERE true ON CONFLICT DO NOTHING"
)
_OPEN = (
    "INSERT INTO main.loose_end (tbl, row, rule, message_code, article, place, link, details, quiet)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_QUIET = (
    "UPDATE main.loose_end SET quiet = ? WHERE quiet = ? AND article = ?"
    f" AND rule NOT IN ({', '.join(map(repr, checks.LOUD))})"
)
_RELIED_ON = "INSERT INTO main.relied_on (tbl, row, by_tbl, by_row) VALUES (?, ?, ?, ?)"
