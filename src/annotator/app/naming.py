"""Rows by the names people use for them: a UUID, what a foreign file called it, or a handle."""

from __future__ import annotations

from annotator.domain.errors import UserError
from annotator.domain.handles import handle, parse_handle
from annotator.domain.model import Ref
from annotator.store.store import Store

NUMBERED = ("source", "article", "mark", "proposition")


def find(store: Store, table: str, given: str) -> str:
    """The id of a row. Raises UserError("TABLE-unknown"), or "TABLE-ambiguous" with the ids."""
    given = given.strip()
    called = [
        row[0]
        for row in store.query(
            f"SELECT id FROM shown_{table} WHERE id = ?1 OR origin_id = ?2 ORDER BY id",  # noqa: S608 - TABLE is ours
            (given.lower(), given),
        )
    ]
    parsed = parse_handle(given)
    if not called and table in NUMBERED and parsed and parsed[0] == table:
        sql = f"SELECT id FROM shown_{table} WHERE number = ?"  # noqa: S608 - TABLE is ours
        called = [row[0] for row in store.query(sql, (parsed[1],))]
    return _only(called, table, given)


def find_ever(store: Store, table: str, given: str) -> str:
    """Like `find`, but also rows that were deleted since."""
    try:
        return find(store, table, given)
    except UserError as error:
        parsed = parse_handle(given)
        image = "coalesce(new, old)"
        found = store.query(
            f"SELECT DISTINCT row FROM main.change WHERE tbl = ?1 AND (row = ?2"  # noqa: S608 - no input in it
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


def _only(called: list[str], table: str, given: str) -> str:
    noun = "claim" if table == "proposition" else table
    if not called:
        raise UserError(f"{noun}-unknown", **{noun: given})
    if len(called) > 1:
        raise UserError(f"{noun}-ambiguous", **{noun: given}, ids=called)
    return called[0]


def numbers(store: Store) -> dict[Ref, int]:
    """The numbers of handles of all rows that have one in the file."""
    return {
        Ref(table, row): number
        for table in NUMBERED
        for row, number in store.query(f"SELECT id, number FROM shown_{table}")  # noqa: S608 - TABLE is ours
    }


def handle_of(store: Store, table: str, row: str) -> str | None:
    """The handle of a row that is there."""
    found = store.query(f"SELECT number FROM shown_{table} WHERE id = ?", (row,))  # noqa: S608 - TABLE is ours
    return handle(table, found[0][0]) if found else None


def called(store: Store, row: str) -> str:
    """The handle of whatever has this id; the name of an annotator; otherwise the id itself."""
    for table in NUMBERED:
        if short := handle_of(store, table, row):
            return short
    found = store.query("SELECT name FROM shown_annotator WHERE id = ?", (row,))
    return str(found[0][0]) if found else row
