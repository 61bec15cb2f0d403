"""What is found at opening: work of other programs, and operations of ours that were cut short."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import nullcontext
from typing import TYPE_CHECKING

from annotator.domain.ids import OperationId
from annotator.store.head import Head
from annotator.store.history import History
from annotator.store.journal import Journal
from annotator.store.project_file import ProjectFile
from annotator.store.transactions import Transactions

if TYPE_CHECKING:  # a project in order is opened without
    from annotator.store.stages import Stages

FINISHED_AT_ONCE = 5000
"""Rows of one commit while rows that went are deleted."""


class Remains:
    """Notes what others wrote while the file was closed, takes back or finishes what was cut short.

    What an operation leaves that fails in the middle of this session is swept alike.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        file: ProjectFile,
        history: History,
        journal: Journal,
        head: Head,
        transactions: Transactions,
    ) -> None:
        self._connection = connection
        self._file = file
        self._history = history
        self._journal = journal
        self._head = head
        self._transactions = transactions

    @property
    def is_nothing(self) -> bool:
        """Whether nobody wrote while the file was closed, and no operation was cut short."""
        return (
            self._head.stored() == self._head.counter
            and not self._unsealed()
            and not self._journal.unfinished()
        )

    def _unsealed(self) -> list[tuple[OperationId, str]]:
        return self._connection.execute("SELECT id, kind FROM main.operation WHERE sealed = 0").fetchall()

    def settle(self, stages: Stages | None = None) -> None:
        """Before the first write: what others wrote is compared with rows as they were left."""
        if stages and self._is_to_be_compared:
            stages.begin("comparing")
        self._note_foreign_changes()
        if stages and (self._unsealed() or self._journal.unfinished()):
            stages.begin("clearing")
        self.sweep()

    def sweep(self, tell: Callable[[int], object] = lambda rows: None) -> None:
        """Take back every operation that was not sealed, and finish those that were without being done.

        tell: told how many rows were deleted so far to finish one.
        """
        try:
            unsealed = self._unsealed()
            unfinished = self._journal.unfinished()
        except sqlite3.DatabaseError as error:
            raise self._file.meant(error) from error
        for operation, kind in unsealed:
            self._take_back(operation, is_bulk=kind == "bulk")
        for operation in unfinished:
            self._finish(operation, tell)
        if unsealed:
            self._history.read_again()

    def _take_back(self, operation: OperationId, *, is_bulk: bool) -> None:
        from annotator.store.contents import drop_orphans

        with (
            nullcontext() if is_bulk else self._transactions.unreferenced(),
            self._transactions.transaction(),
        ):
            self._journal.sweep(operation)
            drop_orphans(self._connection)

    def _finish(self, operation: OperationId, tell: Callable[[int], object]) -> None:
        """Delete, in batches, the rows that a sealed operation took away."""
        after: int | None = 0
        rows = 0
        with self._transactions.unreferenced():
            while after is not None:
                with self._transactions.transaction():
                    after = self._journal.delete_gone(operation, after, FINISHED_AT_ONCE)
                rows += FINISHED_AT_ONCE
                tell(rows)

    @property
    def _is_to_be_compared(self) -> bool:
        return self._head.stored() != self._head.counter and not self._head.is_passed

    def _note_foreign_changes(self) -> None:
        """Commits that are not ours show as a change counter we did not expect.

        Where none is expected only rows that differ count. What was committed since the
        file was opened, perhaps by another annotator, is looked at by the next transaction.
        """
        if not self._is_to_be_compared:
            return
        from annotator.store import foreign

        known = self._head.stored()
        found = foreign.differences(self._connection, self._journal)
        if found or known:
            with self._transactions.transaction():
                foreign.note(found, self._history, self._journal)
