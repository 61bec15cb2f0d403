"""BEGIN to COMMIT on the one writing connection, and what others wrote in between."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from threading import RLock

from annotator.domain.errors import UserError
from annotator.domain.ids import OperationId
from annotator.store import connection as opening
from annotator.store import foreign
from annotator.store.contents import drop_orphans
from annotator.store.history import History
from annotator.store.journal import Journal

State = tuple[str, int]
_Before = tuple[State, int, int | None]

MOST_ERRORS = 3
"""Errors of the disk in a row after which the file is left alone."""
GIVEN_UP = "project-readonly-after-errors"


FINISHED_AT_ONCE = 5000
"""Rows of one commit while rows that went are deleted."""


class NothingDoneError(Exception):
    """Ends the transaction of an operation that touched no row."""


class Transactions:
    """Writes to a file in the name of operations; keeps its head true.

    counter: SQLite's change counter as it stood before the connection was made;
    None where there is no file. tell: told the operation that noted another
    program's change, once it is stored. committed: told the counter after each commit.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        history: History,
        journal: Journal,
        *,
        readonly: bool = False,
        counter: int | None = None,
        tell: Callable[[OperationId], object],
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
        self._errors = 0
        self._tell = tell
        self._committed = committed
        self._connection = connection
        self._path = path
        self._history = history
        self._journal = journal
        self._readonly = readonly
        self._counter = counter
        self._file = _file_id(path)
        self._data_version = self._read_data_version()

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written: opened so, or given up after errors of the disk."""
        return self._readonly or self.has_given_up

    @property
    def has_given_up(self) -> bool:
        return self._errors >= MOST_ERRORS

    @contextmanager
    def transaction(self, closed: int = 0) -> Iterator[None]:
        """BEGIN to COMMIT, with the head moved on; rolls back and says why on any error.

        What waits is committed with it. After `MOST_ERRORS` errors of the disk in a row nothing
        is tried any more.
        """
        with self.alone:
            seal = yield from self._transaction(closed)
        if seal:
            self._tell(seal)

    def _transaction(self, closed: int) -> Generator[None, None, OperationId | None]:
        """`transaction`; returns the operation that notes what others wrote, if they did."""
        self._require_writable()
        before = (self._history.state, self._data_version, self._counter)
        is_joined = self._waits = self.has_waiting
        self.is_writing = True
        try:
            self._connection.execute("SAVEPOINT joined" if is_joined else "BEGIN IMMEDIATE")
            try:
                seal = self._meet_foreign_writer()
                yield
                self._move_head(closed)
            except BaseException:
                self._take_back(before, is_joined)
                raise
            self._commit(before, closed)
        except NothingDoneError:
            return None
        except sqlite3.DatabaseError as error:
            self._may_wait &= not is_joined
            raise self._refusal(error) from error
        finally:
            self.is_writing = False
        self._waits = False
        self._errors = 0
        self.is_written = True
        self._committed(self._counter)
        return seal

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
            self._require_writable()
            try:
                if not self.has_waiting:
                    self._connection.execute("BEGIN IMMEDIATE")
                    self._waits = True
                with self.savepoint():
                    yield
            except sqlite3.DatabaseError as error:
                raise self._refusal(error) from error
            self.is_written = True

    @property
    def has_waiting(self) -> bool:
        """Whether any writes wait for the next transaction; an error of the disk takes them back."""
        return self._waits and self._connection.in_transaction and not self.is_writing

    def commit_waiting(self) -> None:
        """COMMIT what waits, if anything does. Raises UserError."""
        if not self.has_waiting:
            return  # without waiting for a transaction of another thread
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

    def _require_writable(self) -> None:
        if self._readonly:
            raise UserError("project-readonly", path=str(self._path))
        if self.has_given_up:
            raise UserError(GIVEN_UP, path=str(self._path))
        self.require_in_place()

    def _refusal(self, error: sqlite3.DatabaseError) -> Exception:
        """`meant`; the last error of the disk that is borne says that it is."""
        found = self.meant(error)
        return (
            UserError(GIVEN_UP, path=str(self._path)) if _is_of_disk(found) and self.has_given_up else found
        )

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
        state, self._data_version, self._counter = before
        self._history.restore(state)

    def _commit(self, before: _Before, closed: int) -> None:
        """COMMIT; where the disk fails, find out what became of it.

        When syncing the emptied rollback journal fails, SQLite reports an error,
        but the commit stands. A second one then brings the disk to the same point;
        if that fails as well, the views are told what the file now holds.
        """
        try:
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError:
            written = (self._history.state, self._counter)
            self._take_back(before)
            if not self._stands(before[0], *written):
                raise
            self._counter = written[1]
            self._data_version = self._read_data_version()
            self._history.read_again()
            self._commit_again(closed)

    def _stands(self, before: State, after: State, counter: int | None) -> bool:
        """Whether a transaction whose COMMIT failed is in the file all the same."""
        try:
            known = self._connection.execute("SELECT max(counter) FROM main.head").fetchone()[0]
            clock = self._history.last_clock()
        except sqlite3.DatabaseError:
            return False
        return clock == after[0] if after != before else bool(counter) and known == counter

    def _commit_again(self, closed: int) -> None:
        counter = self._counter
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._move_head(closed)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._take_back((self._history.state, self._data_version, counter))
            last = self._history.last()
            if last and not closed:
                self._tell(last.id)
            refusal = self._refusal(error)
            if not self.has_given_up:
                refusal = UserError("disk-unsure", path=str(self._path), reason=str(error))
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

    @property
    def is_in_place(self) -> bool:
        """Whether the path still leads to the file that is open."""
        return _file_id(self._path) == self._file

    def require_in_place(self) -> None:
        """Refuse to go on once the path leads elsewhere: the journal there is not ours to touch."""
        if not self.is_in_place:
            raise UserError("project-moved", path=str(self._path))

    def meant(self, error: sqlite3.DatabaseError) -> Exception:
        """What an error of SQLite means to the analyst; itself, where it means a bug.

        Errors of the disk are counted, reading or writing, until a commit succeeds.
        """
        is_undecodable = str(error).startswith("Could not decode to UTF-8")  # Python's own, without a name
        if not is_undecodable and not getattr(error, "sqlite_errorname", "").startswith(_FILE_ERRORS):
            return error
        found = opening.damage(self._path or Path(":memory:"), error)
        self._errors += _is_of_disk(found)
        return found

    def settle(self) -> None:
        """At open: note what others wrote, take back what was never sealed."""
        self._note_foreign_changes()
        self.sweep_unsealed()

    def sweep_unsealed(self, tell: Callable[[int], object] = lambda rows: None) -> None:
        """Take back every operation that was not sealed, and finish those that were without being done.

        tell: told how many rows were deleted so far to finish one.
        """
        try:
            unsealed = self._connection.execute(
                "SELECT id, kind FROM main.operation WHERE sealed = 0"
            ).fetchall()
            unfinished = self._journal.unfinished()
        except sqlite3.DatabaseError as error:
            raise self.meant(error) from error
        for operation, kind in unsealed:
            with nullcontext() if kind == "bulk" else self.unreferenced(), self.transaction():
                self._journal.sweep(operation)
                drop_orphans(self._connection)
        for operation in unfinished:
            self._finish(operation, tell)
        if unsealed:
            self._history.read_again()

    def _finish(self, operation: OperationId, tell: Callable[[int], object]) -> None:
        """Delete, in batches, the rows that a sealed operation took away."""
        after: int | None = 0
        rows = 0
        with self.unreferenced():
            while after is not None:
                with self.transaction():
                    after = self._journal.delete_gone(operation, after, FINISHED_AT_ONCE)
                rows += FINISHED_AT_ONCE
                tell(rows)

    def vacuum(self) -> None:
        """Write the file anew, without its gaps, which is no change by another program.

        Until it has ended the head expects no number, so that a kill on the way alarms nobody.
        """
        before, self._counter = self._counter, None
        try:
            with self.transaction():
                pass
        except UserError:
            self._counter = before
            raise
        try:
            opening.vacuum(self._connection)
        except sqlite3.DatabaseError as error:
            raise self._refusal(error) from error
        self._counter = None if before is None else before + 2
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

    def _move_head(self, closed: int) -> None:
        """Note the number SQLite gives the file's change counter with this commit; 0 where it is unknown."""
        if self._counter is not None:
            self._counter += 1
        self._connection.execute(
            "INSERT INTO main.head (id, counter, closed) VALUES (1, ?1, ?2)"
            " ON CONFLICT (id) DO UPDATE SET counter = ?1, closed = ?2",
            (self._counter or 0, closed),
        )

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA main.data_version").fetchone()[0])

    def _meet_foreign_writer(self) -> OperationId | None:
        """Inside our transaction: another connection's commits are noted before we write."""
        version = self._read_data_version()
        if version == self._data_version:
            return None
        self._data_version = version
        self._counter = None
        found = foreign.differences(self._connection, self._journal)
        return self._note(found) if found else None

    def _note_foreign_changes(self) -> None:
        """At open: commits that are not ours show as a change counter we did not expect.

        A head of 0 expects nothing (a new file, or another program wrote during
        the last session): then only rows that differ count.
        """
        known = self._connection.execute("SELECT coalesce(max(counter), 0) FROM main.head").fetchone()[0]
        if known == self._counter:
            return
        found = foreign.differences(self._connection, self._journal)
        if found or known:
            with self.transaction():
                self._note(found)

    def _note(self, found: list[foreign.Difference]) -> OperationId:
        operation = self._history.begin("changed-by-another-program", "foreign", {"rows": len(found)})
        for difference in found:
            self._journal.note(operation.id, *difference)
        return operation.id


_FILE_ERRORS = (
    "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED",
    "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_CORRUPT", "SQLITE_NOTADB",
)  # fmt: skip


def _is_of_disk(error: Exception) -> bool:
    return isinstance(error, UserError) and error.code == "disk-error"


def _file_id(path: Path | None) -> tuple[int, int] | None:
    """Which file a path leads to, whatever it is called."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None
