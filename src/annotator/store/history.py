"""The operations of a file in order, and the two stacks undo and redo walk along."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, Self

from annotator.domain import clock
from annotator.domain.ids import AnnotatorId, OperationId, new_id
from annotator.store.journal import OPERATION_COLUMNS, Operation, as_operation

Stack = Literal["undo_top", "redo_top"]
Ends = tuple[OperationId | None, OperationId | None, OperationId | None]
SEALS = ("migration", "foreign")
"""Kinds of operations that undo does not go past."""


class _Identity(NamedTuple):
    site: str
    annotator: AnnotatorId
    name: str


class Identity(_Identity):
    """Who works on which installation: the site id stays with the machine, not with the file.

    Ids that are not given are new ones.
    """

    __slots__ = ()

    def __new__(
        cls, site: str | None = None, annotator: AnnotatorId | None = None, name: str = "annotator"
    ) -> Self:
        return super().__new__(cls, site or new_id(), annotator or AnnotatorId(new_id()), name)


class History:
    """Appends operations to the file of a connection, inside transactions others begin and end.

    Clock and sequence number live here while the file is open; `state` before a
    transaction is what `restore` wants after a rollback.
    """

    def __init__(
        self, connection: sqlite3.Connection, identity: Identity, wall_ms: clock.WallClock = clock.wall_ms
    ) -> None:
        self.session = new_id()
        self._connection = connection
        self.identity = identity
        self._wall_ms = wall_ms
        self.read_again()

    def read_again(self) -> None:
        """Take clock and sequence number from the file."""
        self._clock = self.last_clock()
        row = self._connection.execute(
            "SELECT max(seq) FROM main.operation WHERE site = ?", (self.identity.site,)
        ).fetchone()
        self._seq = row[0] or 0

    def last_clock(self) -> str:
        """The clock of the operation written last: the greatest, since each ticks on from the one before."""
        row = self._connection.execute(
            "SELECT clock FROM main.operation ORDER BY rowid DESC LIMIT 1"
        ).fetchone()
        return str(row[0]) if row else clock.ZERO

    @property
    def state(self) -> tuple[str, int]:
        return self._clock, self._seq

    def restore(self, state: tuple[str, int]) -> None:
        """Forget the operations of a transaction that was rolled back."""
        self._clock, self._seq = state

    def last(self) -> Operation | None:
        """The last operation that is sealed."""
        return self._one("WHERE sealed = 1 ORDER BY rowid DESC LIMIT 1")

    def top(self, stack: Stack) -> Operation | None:
        """What undo or redo would reverse."""
        return self._one(
            f"WHERE id = (SELECT {stack} FROM main.operation WHERE sealed = 1 ORDER BY rowid DESC LIMIT 1)"
        )

    def last_seal(self) -> Operation | None:
        """The last operation that undo does not go past."""
        return self._one("WHERE kind IN (?, ?) ORDER BY rowid DESC LIMIT 1", *SEALS)

    def by_id(self, operation: OperationId) -> Operation | None:
        """An operation by its id."""
        return self._one("WHERE id = ?", operation)

    def _one(self, rest: str, *parameters: str) -> Operation | None:
        row = self._connection.execute(
            f"SELECT {OPERATION_COLUMNS} FROM main.operation {rest}", parameters
        ).fetchone()
        return as_operation(row) if row else None

    def begin(
        self,
        name: str,
        kind: str,
        details: Mapping[str, Any],
        *,
        reverses: Operation | None = None,
        sealed: bool = True,
    ) -> Operation:
        """Write a new operation at the end of the history."""
        now = self._wall_ms()
        self._clock = clock.tick(self._clock, now)
        self._seq += 1
        me = self.identity
        operation_id = OperationId(new_id())
        below, undo_top, redo_top = self._ends(operation_id, kind, reverses)
        noted = json.dumps(details, ensure_ascii=False, default=str)
        operation = Operation(
            operation_id, name, kind, clock.utc(now), me.annotator, me.name, self.session, me.site,
            self._seq, self._clock, json.loads(noted), reverses.id if reverses else None,
            below, undo_top, redo_top, sealed,
        )  # fmt: skip
        values = (
            operation_id, name, kind, operation.at, me.annotator, me.name, self.session, me.site,
            self._seq, self._clock, noted, operation.reverses, below, undo_top, redo_top, int(sealed),
        )  # fmt: skip
        places = ", ".join("?" * len(values))
        self._connection.execute(
            f"INSERT INTO main.operation ({OPERATION_COLUMNS}) VALUES ({places})", values
        )
        return operation

    def _ends(self, operation: OperationId, kind: str, reverses: Operation | None) -> Ends:
        """What lies below an operation, and the tops of both stacks after it."""
        last = self.last()
        undo_top, redo_top = (last.undo_top, last.redo_top) if last else (None, None)
        if kind in SEALS:
            return None, None, None
        if kind == "undo" and reverses:
            return redo_top, reverses.below, operation
        if kind == "redo" and reverses:
            return undo_top, operation, reverses.below
        return undo_top, operation, None
