"""The history as the panel shows it: operations, newest first."""

from __future__ import annotations

from annotator.domain.ids import MarkId, OperationId
from annotator.store.journal import OPERATION_COLUMNS, Operation, as_operation
from annotator.store.store import Store

_TOUCHED_MARK = " UNION ".join(
    (
        "SELECT operation FROM main.change WHERE mark = :mark",
        "SELECT operation FROM main.change WHERE other_mark = :mark",
        "SELECT json_extract(old, '$.operation') FROM main.change WHERE row = :mark AND old IS NOT NULL",
        "SELECT operation FROM main.mark WHERE id = :mark",
        "SELECT operation FROM main.attribution WHERE mark = :mark",
        "SELECT operation FROM main.mention WHERE mark = :mark",
        "SELECT operation FROM main.link WHERE from_mark = :mark",
        "SELECT operation FROM main.link WHERE to_mark = :mark",
    )
)
"""The operations that touched a mark, its chain, mentions or links; bulk ones stand in the rows they made."""


def history(
    store: Store, *, mark: MarkId | None = None, limit: int = 200, offset: int = 0
) -> list[Operation]:
    """Operations, newest first; with a mark, those that touched it, its chain, mentions or links."""
    where = f" AND id IN ({_TOUCHED_MARK})" if mark is not None else ""
    rows = store.query(
        f"SELECT {OPERATION_COLUMNS} FROM main.operation WHERE sealed = 1{where}"
        " ORDER BY rowid DESC LIMIT :limit OFFSET :offset",
        {"mark": mark, "limit": limit, "offset": offset},
    )
    return [as_operation(row) for row in rows]


def count_history(store: Store, *, mark: MarkId | None = None) -> int:
    """How many operations `history` would list."""
    where = f" AND id IN ({_TOUCHED_MARK})" if mark is not None else ""
    sql = f"SELECT count(*) FROM main.operation WHERE sealed = 1{where}"
    return int(store.query(sql, {"mark": mark})[0][0])


def undone(store: Store) -> frozenset[OperationId]:
    """The operations whose work is undone as things stand; a redo takes one out again.

    Reads every undo and redo there ever was.
    """
    found: set[OperationId] = set()
    base: dict[OperationId, OperationId] = {}
    for operation, kind, reverses in store.query(
        "SELECT id, kind, reverses FROM main.operation WHERE sealed = 1 AND reverses IS NOT NULL"
        " ORDER BY rowid"
    ):
        first = base[operation] = base.get(reverses, reverses)
        if kind == "undo":
            found.add(first)
        else:
            found.discard(first)
    return frozenset(found)
