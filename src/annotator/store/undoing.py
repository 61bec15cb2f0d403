"""Undo and redo: along the two stacks of the history, by the road of every edit."""

from __future__ import annotations

from annotator.store.bulk import LARGE, BulkOperations, Progress
from annotator.store.history import Stack
from annotator.store.journal import Operation
from annotator.store.telling import Change


class Undoing(BulkOperations):
    """Operations that reverse others, from the images in the journal; none has undo code of its own."""

    def next_undo(self) -> Operation | None:
        """What `undo` would reverse, None where nothing is left, a seal stands before it or it was packed."""
        return self._unpacked("undo_top")

    def next_redo(self) -> Operation | None:
        """What `redo` would bring back, if it was not packed."""
        return self._unpacked("redo_top")

    def _unpacked(self, stack: Stack) -> Operation | None:
        top = self._understood(lambda: self._history.top(stack))
        return None if top is None or top.is_packed else top

    def undo_stops_at(self) -> Operation | None:
        """Where nothing can be undone: the migration, the change by another program or what was packed."""
        top = self._understood(lambda: self._history.top("undo_top"))
        if top is not None:
            return top if top.is_packed else None
        return self._understood(self._history.last_seal)

    def undo(self, progress: Progress | None = None) -> Change | None:
        """Reverse the last operation that is not undone; None where there is none.

        One that `is_large` is reversed in batches, which a worker may do. progress:
        told the rows so far; where it says False, BulkCancelledError is raised and nothing has changed.
        """
        return self._step("undo", progress)

    def redo(self, progress: Progress | None = None) -> Change | None:
        """Bring back what the last undo took, in the manner of `undo`; None where there is none."""
        return self._step("redo", progress)

    def is_large(self, operation: Operation) -> bool:
        """Whether reversing an operation takes longer than a hand should wait: reading that costs little.

        How many rows carry a bulk operation is not counted: finding them alone takes long.
        """
        counted = "SELECT count(*) FROM (SELECT 1 FROM main.change WHERE operation = ? LIMIT ?)"
        return operation.kind == "bulk" or self.query(counted, (operation.id, LARGE + 1))[0][0] > LARGE

    def is_from_this_session(self, operation: Operation) -> bool:
        """Whether undoing it needs no question: done since this file was opened, by this annotator."""
        return operation.session == self.session and operation.annotator == self.identity.annotator

    def _step(self, kind: str, progress: Progress | None) -> Change | None:
        self._require_no_bulk()
        following = self._next(kind)
        if following is None:
            return None
        if self.is_large(following):
            return self._large_step(kind, following, progress)
        with self._alone(), self._transactions.transaction():
            reverses = self._next(kind)  # another program may have written since we looked
            if reverses:
                operation = self._history.begin(reverses.name, kind, reverses.details, reverses=reverses)
                with self._transactions.writing_as(operation.id):
                    self._journal.reverse(reverses.id, made_in_bulk=reverses.kind == "bulk")
                change = self._change(operation)
        if reverses is None:
            return None
        self._listeners.tell(change)
        return change

    def _large_step(self, kind: str, reverses: Operation, progress: Progress | None) -> Change:
        with self.large(reverses.name, reverses.details, progress, kind=kind, reverses=reverses) as large:
            large.reverse(reverses)
        return self.change_of(large.operation)

    def _next(self, kind: str) -> Operation | None:
        return self.next_undo() if kind == "undo" else self.next_redo()
