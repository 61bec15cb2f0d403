"""BEGIN to COMMIT on the one writing connection, now or later."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, suppress
from threading import RLock

from annotator.domain.errors import UserError
from annotator.domain.ids import OperationId
from annotator.store import connection as opening
from annotator.store.head import Head
from annotator.store.history import History
from annotator.store.journal import Journal
from annotator.store.project_file import ProjectFile

_Before = tuple[tuple[str, int], tuple[int | None, int]]
"""States of the history and of the head."""
_Met = tuple[OperationId | None, ...]
"""Where another program wrote, the operation that notes it, or None where no row can be named."""


class NothingDoneError(Exception):
    """Ends the transaction of an operation that touched no row."""


class Transactions:
    """Writes to a file in the name of operations; keeps its head true.

    tell: told the operation that noted another program's change, once it is stored; None where that
    cannot be named.
    committed: told SQLite's change counter after each commit.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        file: ProjectFile,
        history: History,
        journal: Journal,
        head: Head,
        *,
        tell: Callable[[OperationId | None], object],
        committed: Callable[[int | None], object] = lambda counter: None,
    ) -> None:
        self.is_written = False
        self.is_writing = False
        """Whether a transaction is on its way to its COMMIT, which readers of other connections hold up."""
        self.alone = RLock()
        """Held by the thread whose transaction, or part of one, is under way."""
        self._waits = False
        self._may_wait = True
        """Not once an edit was refused that took along what waited: there may be room for it alone."""
        self._tell = tell
        self._committed = committed
        self._connection = connection
        self._file = file
        self._history = history
        self._journal = journal
        self._head = head

    @contextmanager
    def transaction(self, closed: int = 0) -> Iterator[None]:
        """BEGIN to COMMIT, with the head advanced; rolls back and says why on any error.

        What waits is committed with it.
        """
        with self.alone:
            met = yield from self._transaction(closed)
        for seal in met:
            self._tell(seal)

    def _transaction(self, closed: int) -> Generator[None, None, _Met]:
        """`transaction`; returns what it met."""
        self._file.require_writable()
        before = self._here
        is_joined = self._waits = self.has_waiting
        self.is_writing = True
        try:
            self._connection.execute("SAVEPOINT joined" if is_joined else "BEGIN IMMEDIATE")
            try:
                met = self._meet_foreign_writer()
                yield
                self._head.advance(closed)
            except BaseException:
                self._take_back(before, is_joined)
                raise
            self._commit(before, closed)
        except NothingDoneError:
            return ()
        except sqlite3.DatabaseError as error:
            self._may_wait &= not is_joined
            raise self._file.refusal(error) from error
        finally:
            self.is_writing = False
        self._waits = False
        self._file.took_writes()
        self.is_written = True
        self._committed(self._head.counter)
        return met

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Writes whose COMMIT waits for the next transaction, and which is taken back by a kill before it.

        Readers of this connection see them at once, those of others do not. Once an edit
        was refused together with what waited, nothing waits any more.
        """
        with self.alone:
            if not self._may_wait:
                with self.transaction():
                    yield
                return
            self._file.require_writable()
            try:
                if not self.has_waiting:
                    self._connection.execute("BEGIN IMMEDIATE")
                    self._waits = True
                with self.savepoint():
                    yield
            except sqlite3.DatabaseError as error:
                raise self._file.refusal(error) from error
            self.is_written = True

    @property
    def has_waiting(self) -> bool:
        """Whether any writes wait for the next transaction; an error of the disk takes them back."""
        return self._waits and self._connection.in_transaction and not self.is_writing

    def commit_waiting(self) -> None:
        """COMMIT what waits, if anything does; on return no COMMIT of it is under way. Raises UserError."""
        if not self._waits:
            return  # without waiting for a transaction of another thread that took nothing along
        with self.alone:
            if self.has_waiting:
                with self.transaction():
                    pass

    def end_waiting(self) -> None:
        """Let nothing wait: what cannot be stored is taken back."""
        try:
            self.commit_waiting()
        except UserError:
            with self.alone:
                if self.has_waiting:
                    self._connection.execute("ROLLBACK")

    @property
    def _here(self) -> _Before:
        return self._history.state, self._head.state

    def _take_back(self, before: _Before, is_joined: bool = False) -> None:
        """Back to `before`; what waited goes on waiting where the transaction only joined it."""
        if self._connection.in_transaction:
            try:
                for sql in ("ROLLBACK TO joined", "RELEASE joined") if is_joined else ("ROLLBACK",):
                    self._connection.execute(sql)
            except sqlite3.DatabaseError:
                # No half of it may wait. Where the disk fails here too, SQLite plays its journal back
                # before it next reads.
                with suppress(sqlite3.DatabaseError):
                    self._connection.execute("ROLLBACK")
        self._history.restore(before[0])
        self._head.restore(before[1])

    def _commit(self, before: _Before, closed: int) -> None:
        """COMMIT; where the disk fails, find out what became of it.

        When syncing the emptied rollback journal fails, SQLite reports an error,
        but the commit stands. A second one then brings the disk to the same point;
        if that fails as well, the views are told what the file now holds.
        """
        try:
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError:
            after, counter = self._history.state, self._head.counter
            self._take_back(before)
            if not self._stands(before[0], after, counter):
                raise
            self._head.go_on_from(counter)
            self._history.read_again()
            self._commit_again(closed)

    def _stands(self, before: tuple[str, int], after: tuple[str, int], counter: int | None) -> bool:
        """Whether a transaction whose COMMIT failed is in the file all the same."""
        try:
            stored = self._head.stored()
            clock = self._history.last_clock()
        except sqlite3.DatabaseError:
            return False
        return clock == after[0] if after != before else bool(counter) and stored == counter

    def _commit_again(self, closed: int) -> None:
        before = self._here
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._head.advance(closed)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._take_back(before)
            last = self._history.last()
            if last and not closed:
                self._tell(last.id)
            refusal = self._file.refusal(error)
            if not self._file.has_given_up:
                refusal = UserError("disk-unsure", path=str(self._file.path), reason=str(error))
            raise refusal from error

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """A part of a transaction that can fail without the rest."""
        self._connection.execute("SAVEPOINT nested")
        try:
            yield
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO nested")
                self._connection.execute("RELEASE nested")
            raise
        self._connection.execute("RELEASE nested")

    @contextmanager
    def writing_as(self, operation: OperationId) -> Iterator[None]:
        """Let this thread write in the name of an operation, inside a transaction."""
        self._journal.let_write(operation)
        try:
            yield
        finally:
            self._journal.current = None

    def vacuum(self) -> None:
        """Write the file anew, without its gaps, which is no change by another program.

        Until it has ended the head expects no number, so that a kill on the way alarms nobody.
        """
        before, self._head.counter = self._head.counter, None
        try:
            with self.transaction():
                pass
        except UserError:
            self._head.counter = before
            raise
        try:
            opening.vacuum(self._connection)
        except sqlite3.DatabaseError as error:
            raise self._file.refusal(error) from error
        self._head.counter = None if before is None else before + 2
        with self.transaction():
            pass

    @contextmanager
    def unreferenced(self) -> Iterator[None]:
        """Transactions in which a row may be stored before, or go after, one that it refers to.

        For an operation of many batches that keeps all references when it has ended.
        """
        self.commit_waiting()  # inside a transaction the setting has no effect
        self._connection.execute("PRAGMA foreign_keys = OFF")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA foreign_keys = ON")

    def _meet_foreign_writer(self) -> _Met:
        """Inside our transaction: another connection's commits are noted before we write."""
        if not self._head.was_passed():
            return ()
        from annotator.store import foreign

        found = foreign.differences(self._connection, self._journal)
        if not found and self._head.is_excused:
            return ()
        return (foreign.note(found, self._history, self._journal) if found else None,)
