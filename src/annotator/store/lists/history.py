"""The history as the panel shows it: operations, newest first."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.domain.ids import MarkId, OperationId
from annotator.store.journal import OPERATION_COLUMNS, Operation, as_operation
from annotator.store.json_columns import dump
from annotator.store.lists.places import Places, places, rows_at
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


def history_places(store: Store, *, mark: MarkId | None = None, limit: int = -1) -> Places:
    """The places of operations, newest first; with a mark, of those that touched it or what hangs on it."""
    where = f" AND id IN ({_TOUCHED_MARK})" if mark is not None else ""
    sql = f"SELECT rowid FROM main.operation WHERE sealed = 1{where} ORDER BY rowid DESC"
    return places(store, [sql], {"mark": mark}, limit)


def history_at(store: Store, some: Sequence[int]) -> list[Operation | None]:
    """The operations at some places."""
    columns = f"{OPERATION_COLUMNS} FROM here CROSS JOIN main.operation o ON o.rowid = here.value"
    return rows_at(store, some, columns, as_operation)


def history(
    store: Store, *, mark: MarkId | None = None, limit: int = 200, offset: int = 0
) -> list[Operation]:
    """A stretch of the operations that `history_places` lists."""
    found = history_places(store, mark=mark, limit=offset + limit)
    return [row for row in history_at(store, found[offset:]) if row]


def undone(store: Store, operations: Sequence[OperationId]) -> frozenset[OperationId]:
    """Those of some operations whose work is undone as things stand: each undo and redo turns it round."""
    rows = store.query(
        "WITH RECURSIVE turned (first, last, turns) AS (SELECT o.id, o.id, 0 FROM json_each(?) j"
        " CROSS JOIN main.operation o ON o.id = j.value AND o.reverses IS NULL"
        " UNION ALL SELECT t.first, o.id, t.turns + 1 FROM turned t"
        " CROSS JOIN main.operation o ON o.reverses = t.last AND o.sealed = 1)"
        " SELECT first FROM turned GROUP BY first HAVING max(turns) % 2 = 1",
        (dump(list(operations)),),
    )
    return frozenset(OperationId(row[0]) for row in rows)
