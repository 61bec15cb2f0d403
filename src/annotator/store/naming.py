"""Rows by the names people use for them: a UUID, what a foreign file called it, or a handle."""

from __future__ import annotations

from typing import Literal

from annotator.domain.errors import UserError
from annotator.domain.handles import handle, parse_handle
from annotator.domain.ids import AnnotatorId
from annotator.store.rows import TABLES
from annotator.store.store import Store

Named = Literal["mark", "proposition"]
"""Tables whose rows a person may name."""

_NUMBERED = tuple(table.name for table in TABLES.values() if table.numbered)


def find(store: Store, table: Named, given: str) -> str:
    """The id of a row. Raises UserError "mark-unknown" or "claim-unknown", or "…-ambiguous" with ids."""
    given = given.strip()
    called = [
        row[0]
        for row in store.query(
            f"SELECT id FROM shown_{table} WHERE id = ?1 OR origin_id = ?2 ORDER BY id",
            (given.lower(), given),
        )
    ]
    parsed = parse_handle(given)
    if not called and parsed and parsed[0] == table:
        called = [
            row[0] for row in store.query(f"SELECT id FROM shown_{table} WHERE number = ?", (parsed[1],))
        ]
    return _only(called, table, given)


def shared_names(store: Store) -> dict[str, set[str]]:
    """What foreign files called more than one row of a table, for each that the map prints."""
    sql = (
        "SELECT t.origin_id FROM shown_{0} t WHERE t.origin_id <> '' GROUP BY 1 HAVING count(*) > 1 OR EXISTS"
        " (SELECT 1 FROM shown_{0} o WHERE o.id = t.origin_id AND coalesce(o.origin_id, '') = '')"
    )
    tables = ("source", "exhibit", "mark", "proposition")
    return {table: {row[0] for row in store.query(sql.format(table))} for table in tables}


def find_ever(store: Store, table: Named, given: str) -> str:
    """Like `find`, but also rows that were deleted since."""
    try:
        return find(store, table, given)
    except UserError as error:
        parsed = parse_handle(given)
        image = "coalesce(new, old)"
        found = store.query(
            f"SELECT DISTINCT row FROM main.change WHERE tbl = ?1 AND (row = ?2"
            f" OR json_extract({image}, '$.origin_id') = ?3 OR json_extract({image}, '$.number') = ?4)",
            (
                table,
                given.strip().lower(),
                given.strip(),
                parsed[1] if parsed and parsed[0] == table else None,
            ),
        )
        if not found:
            raise error from None
        return _only([row for (row,) in found], table, given)


def _only(called: list[str], table: Named, given: str) -> str:
    noun = "claim" if table == "proposition" else table
    if not called:
        raise UserError(f"{noun}-unknown", **{noun: given})
    if len(called) > 1:
        raise UserError(f"{noun}-ambiguous", **{noun: given}, ids=called)
    return called[0]


def handle_of(store: Store, table: str, row: str) -> str | None:
    """The handle of a row that is there."""
    found = store.query(f"SELECT number FROM shown_{table} WHERE id = ?", (row,))
    return handle(table, found[0][0]) if found else None


def called(store: Store, row: str) -> str:
    """The handle of whatever has this id; the name of an annotator; otherwise the id itself."""
    for table in _NUMBERED:
        if short := handle_of(store, table, row):
            return short
    found = store.query("SELECT name FROM shown_annotator WHERE id = ?", (row,))
    return str(found[0][0]) if found else row


def annotator_named(store: Store, name: str) -> AnnotatorId | None:
    """The annotator of a name: one with a row in the project first, then one in its history."""
    found = store.query(
        "SELECT id FROM (SELECT 0 AS place, id FROM shown_annotator WHERE name = :name"
        " UNION ALL SELECT 1, annotator FROM main.operation WHERE annotator_name = :name"
        " AND annotator IS NOT NULL) ORDER BY place, id LIMIT 1",
        {"name": name},
    )
    return AnnotatorId(found[0][0]) if found else None
