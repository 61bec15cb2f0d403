"""The store: one project file, its one writing connection, and the one road for every edit."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from itertools import islice
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, cast

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, OperationId
from annotator.store import connection as opening
from annotator.store import files, schema, search, shown
from annotator.store.backup import back_up, back_up_now_and_then, copy_into, save_copy, save_remains
from annotator.store.bounded import ReadingStoppedError, bounded, is_stopped, stop_when
from annotator.store.bulk import LARGE, Bulk, Progress
from annotator.store.history import History, Identity, Stack
from annotator.store.journal import Journal, Operation, Touched
from annotator.store.lock import ProjectLock
from annotator.store.transactions import NothingDoneError, Transactions

if TYPE_CHECKING:
    from annotator.store.large import LargeOperation

__all__ = ["Bulk", "Change", "Identity", "Store"]

LISTED_ROWS = 2000
"""How many touched rows a Change lists at most; views re-read everything beyond."""


class Change(NamedTuple):
    """What one committed operation touched; `rows` is cut at `LISTED_ROWS` where `is_whole` is False."""

    operation: Operation
    rows: tuple[Touched, ...]
    is_whole: bool

    @property
    def ids(self) -> Mapping[str, frozenset[str]]:
        """The ids of touched rows by table."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for row in self.rows:
            found[row.table].add(row.id)
        return {table: frozenset(ids) for table, ids in found.items()}


T = TypeVar("T")
CACHED_VALUES = 16
Listener = Callable[[Change], None]


class Store:
    """A project: reads come from `annotator.store.read`, edits from `annotator.store.edits`.

    Every write happens inside `operation` or `bulk`; the connection refuses
    others. A change is on disk when either returns, and only then is it told to
    subscribers. Opened with `open`, made with `create`, closed with `close`.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path | None,
        identity: Identity,
        *,
        lock: ProjectLock | None = None,
        readonly: bool = False,
        counter: int | None = None,
        wall_ms: clock.WallClock = clock.wall_ms,
    ) -> None:
        self.path = path
        self.wall_ms = wall_ms
        self._connection = connection
        self._lock = lock
        self._bulk: OperationId | None = None
        self._sealing = RLock()
        self._is_swept = True
        self._untold: list[Change] | None = None
        self._listeners: dict[object, Listener] = {}
        self._cache: OrderedDict[Hashable, object] = OrderedDict()
        self._caching = RLock()  # the window reads while a worker imports
        self._journal = Journal(connection)
        search.teach(connection)
        shown.hide_unsealed(connection)
        self._history = History(connection, identity, wall_ms)
        self.session = self._history.session
        self._transactions = Transactions(
            connection,
            path,
            self._history,
            self._journal,
            readonly=readonly,
            counter=counter,
            tell=lambda operation: self._tell(self.change_of(operation)),
            committed=lock.note if lock else lambda counter: None,
        )
        self.warnings: list[UserError] = []
        """What was found at opening that the analyst should know of."""
        if lock and lock.left_at and counter and counter < lock.left_at:
            lost = lock.left_at - counter
            self.warnings.append(UserError("project-lost-commits", path=str(path), commits=lost))
        opening.guard(connection)

    @classmethod
    def memory(cls, identity: Identity | None = None, wall_ms: clock.WallClock = clock.wall_ms) -> Store:
        """A new project that lives in memory only."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
        schema.migrate(connection)
        return cls(connection, None, identity or Identity(), wall_ms=wall_ms)

    @classmethod
    def create(cls, path: Path, identity: Identity) -> Store:
        """Make a new project file and open it. Raises UserError("project-exists")."""
        files.make(path)
        return cls.open(path, identity)

    @classmethod
    def open(
        cls,
        path: Path,
        identity: Identity,
        *,
        readonly: bool = False,
        wall_ms: clock.WallClock = clock.wall_ms,
    ) -> Store:
        """Open a project, migrating it if it is older. Raises UserError("project-...").

        Writing takes the project's lock; reading needs none. A file or folder
        that cannot be written raises "project-readonly" unless `readonly`.
        """
        opening.read_header(path)
        if readonly:
            return cls._opened(path, identity, None, wall_ms)
        opening.require_writable(path)
        lock = ProjectLock(path)
        lock.acquire()
        try:
            return cls._opened(path, identity, lock, wall_ms)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(
        cls, path: Path, identity: Identity, lock: ProjectLock | None, wall_ms: clock.WallClock
    ) -> Store:
        readonly = lock is None
        try:
            header = opening.settled_header(path, readonly)
            if header.version < schema.FORMAT_VERSION:
                if readonly:
                    raise UserError("project-older", path=str(path), version=header.version)
                header = files.migrate(
                    path, header, identity, wall_ms,
                    lambda old, counter: cls(
                        old, path, identity, counter=counter, wall_ms=wall_ms
                    )._transactions.settle(),
                )  # fmt: skip
            connection = opening.connect(path, readonly)
            try:
                files.check(connection, path)
                store = cls(
                    connection, path, identity,
                    lock=lock, readonly=readonly, counter=header.counter, wall_ms=wall_ms,
                )  # fmt: skip
                if not readonly:
                    store._transactions.settle()
                return store
            except BaseException:
                connection.close()
                raise
        except sqlite3.DatabaseError as error:
            raise opening.damage(path, error) from error

    def close(self) -> None:
        """Note the clean end of this session and give the file back."""
        if not self.readonly and self.path:
            with suppress(UserError, sqlite3.Error):
                self._transactions.require_in_place()
                if self._transactions.is_written:
                    with self._transactions.transaction(closed=1):
                        pass
                self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()
        if self._lock:
            self._lock.release()

    @property
    def identity(self) -> Identity:
        """Who signs what is done from now on."""
        return self._history.identity

    def work_as(self, annotator: AnnotatorId, name: str) -> None:
        """Let another annotator of this installation sign what is done from now on."""
        self._history.identity = self.identity._replace(annotator=annotator, name=name)

    def subscribe(self, listener: Listener) -> Callable[[], object]:
        """Tell a view of every Change from now on; call what is returned to stop, once or more."""
        self._listeners[key := object()] = listener
        return lambda: self._listeners.pop(key, None)

    def query(self, sql: str, parameters: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading statement; `shown_TABLE` hides what is not sealed yet.

        Raises UserError where the file is damaged or cannot be read.
        """
        # While a worker seals a large operation others wait: on this connection they would see half of it.
        with self._sealing if self._bulk else _ANY_TIME:
            return self._understood(lambda: self._connection.execute(sql, parameters).fetchall())  # type: ignore[arg-type]

    def _understood(self, read: Callable[[], T]) -> T:
        """What a reading gives; an error of SQLite becomes what it means to the analyst."""
        try:
            return read()
        except sqlite3.DatabaseError as error:
            raise self._meant(error) from error

    def _meant(self, error: sqlite3.DatabaseError) -> Exception:
        return ReadingStoppedError() if is_stopped(error) else self._transactions.meant(error)

    def at_once(self) -> AbstractContextManager[None]:
        """A block in which a statement that the window would have to wait for raises ReadingStoppedError."""
        return bounded(self._connection)

    def iterate(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
    ) -> Iterator[tuple[Any, ...]]:
        """The rows of a reading statement one by one, for long lists read from a snapshot."""
        try:
            yield from self._connection.execute(sql, parameters)
        except sqlite3.DatabaseError as error:
            raise self._meant(error) from error

    def beginning(self, table: str, column: str, rowid: int, length: int) -> str:
        """So many bytes of a text, without those of a character that is cut off."""
        with self._connection.blobopen(table, column, rowid, readonly=True) as text:
            return text.read(min(length, len(text))).decode("utf-8", errors="ignore")

    def execute(self, sql: str, parameters: Iterable[Any] | Mapping[str, Any] = ()) -> int:
        """Run a writing statement inside an operation; returns the number of rows it met."""
        values = parameters if isinstance(parameters, Mapping) else tuple(parameters)
        return self._connection.execute(sql, values).rowcount

    def execute_many(self, sql: str, rows: Iterable[Iterable[Any]]) -> None:
        """Run a writing statement once for each row, inside an operation."""
        self._connection.executemany(sql, rows)  # type: ignore[arg-type]

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """A value that can never change, kept while it is among the last few that were asked for."""
        with self._caching:
            if key in self._cache:
                self._cache.move_to_end(key)
            else:
                self._cache[key] = make()
                while len(self._cache) > CACHED_VALUES:
                    self._cache.popitem(last=False)
            return cast("T", self._cache[key])

    @property
    def is_editing(self) -> bool:
        """Whether this thread is inside an operation."""
        return self._journal.is_current_here

    @contextmanager
    def operation(self, name: str, /, **details: Any) -> Iterator[OperationId]:
        """One user action: all of it is saved and told when the block ends, or none of it.

        Nested operations join the outer one; one that fails takes back its own
        part, whether or not the outer one goes on. An operation that touches no
        row leaves no trace. Raises UserError for a file that cannot be written,
        and "bulk-running" while a bulk operation has the file to itself.
        """
        current = self._journal.current
        if current is not None and self.is_editing:
            with self._transactions.savepoint():
                yield current
            return
        self._require_no_bulk()
        with self._transactions.transaction():
            operation = self._history.begin(name, "edit", details)
            with self._transactions.writing_as(operation.id):
                yield operation.id
            change = self._change(operation)
            if not change.rows:
                raise NothingDoneError
        if change.rows:
            self._tell(change)

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

    def operation_of(self, operation: OperationId) -> Operation | None:
        """An operation by its id."""
        return self._understood(lambda: self._history.by_id(operation))

    def snapshot(self) -> Store:
        """A private reading copy of all that is sealed, for exports and reports."""
        return Store(copy_into(self._connection), None, self.identity, readonly=True)

    def reader(self, is_unwanted: Callable[[], bool] | None = None) -> Store:
        """One more connection that only reads, for a thread of its own; a snapshot where there is no file.

        Unlike `open` it looks at no bytes: the file may not be opened while it is
        connected. Raises UserError where it cannot be read or is not in place.
        is_unwanted: makes it one that reads for as long as it takes, and gives way. Its statements
        raise ReadingStoppedError as soon as this says so, or this store writes.
        """
        if self.path is None:
            return self.snapshot()
        self._transactions.require_in_place()
        try:
            reader = Store(opening.connect(self.path, readonly=True), self.path, self.identity, readonly=True)
            if is_unwanted:
                stop_when(reader._connection, lambda: is_unwanted() or self._connection.in_transaction)
            return reader
        except sqlite3.DatabaseError as error:
            raise self._transactions.meant(error) from error

    def save_copy(self, target: Path) -> None:
        """Write all that is stored to another file.

        Raises UserError("backup-failed"), or "project-exists" for the file that is open.
        """
        if self.path and self.is_in_place and target.exists() and target.samefile(self.path):
            raise UserError("project-exists", path=str(target))
        if self._transactions.has_given_up and self.path:
            save_remains(self.path, target)
        else:
            save_copy(self._connection, target)

    def back_up(self, folder: Path) -> Path | None:
        """Keep a copy in a folder of this project's own, unless a recent one is there.

        Returns where; None where nothing was written since the file was opened.
        """
        if not self._transactions.is_written or self.path is None:
            return None
        return back_up_now_and_then(self._connection, folder, self.path)

    def back_up_for(self, reason: str) -> Path | None:
        """A copy beside the project before something that cannot be undone; None where there is no file."""
        return back_up(self._connection, self.path, reason) if self.path else None

    def vacuum(self) -> None:
        """Write the file anew, without the gaps that deleted rows left. Raises UserError."""
        self._require_no_bulk()
        self._transactions.vacuum()

    @property
    def readonly(self) -> bool:
        """Whether edits are refused: opened for reading alone, or the disk failed too often."""
        return self._transactions.readonly

    @property
    def is_in_place(self) -> bool:
        """Whether the path still leads to the file that is open."""
        return self._transactions.is_in_place

    def change_of(self, operation: OperationId) -> Change:
        """What a sealed operation touched."""
        found = self.operation_of(operation)
        if found is None:
            raise KeyError(operation)
        return self._change(found)

    def _change(self, operation: Operation) -> Change:
        rows = tuple(islice(self._journal.touched(operation.id), LISTED_ROWS + 1))
        is_whole = operation.kind != "bulk" and len(rows) <= LISTED_ROWS
        return Change(operation, rows[:LISTED_ROWS], is_whole)

    def me(self) -> AnnotatorId:
        """The annotator of this session, inside an operation: their row is made when first needed."""
        me = self.identity
        if not self.query("SELECT 1 FROM main.annotator WHERE id = ?", (me.annotator,)):
            self.execute("INSERT INTO main.annotator (id, name) VALUES (?, ?)", (me.annotator, me.name))
        return me.annotator

    @property
    def bulk_operation(self) -> OperationId | None:
        """The bulk operation in whose name this thread writes; rows it makes carry it instead of an image."""
        return self._bulk if self._journal.is_current_here else None

    @contextmanager
    def bulk(self, name: str, /, **details: Any) -> Iterator[Bulk]:
        """One operation of many commits, shown to no reader before its last one.

        The block writes through the `Bulk` it gets; no other operation can begin
        meanwhile. An exception takes all of it back before it goes on; a kill
        does so when the file is next opened.
        """
        self._require_no_bulk()
        with self._transactions.transaction():
            operation = self._history.begin(name, "bulk", details, sealed=False)
        self._bulk = operation.id
        try:
            bulk = Bulk(self, operation.id)
            yield bulk
            if not bulk.is_sealed:
                with bulk.ending():
                    pass
        except BaseException:
            self._sweep()
            raise
        finally:
            self._bulk = None
        self._tell(self.change_of(operation.id))

    @contextmanager
    def large(
        self,
        name: str,
        details: Mapping[str, Any],
        progress: Progress | None = None,
        *,
        kind: str = "edit",
        reverses: Operation | None = None,
    ) -> Iterator[LargeOperation]:
        """One operation that takes away or brings back very many rows, in many commits, shown at once.

        As with `bulk`, no other operation can begin meanwhile, and an exception or a
        kill before the end of the block takes all of it back. What is left to delete
        where the disk fails after it is deleted before the next operation.
        """
        from annotator.store.large import LargeOperation  # no window needs it to be painted

        self._require_no_bulk()
        with self._transactions.transaction():
            operation = self._history.begin(name, kind, details, reverses=reverses, sealed=False)
        self._bulk = operation.id
        tell = progress or (lambda rows: True)
        large = LargeOperation(self._connection, self, self._journal, operation.id, tell)
        try:
            with self._transactions.unreferenced():
                yield large
                with self._sealing:
                    large.seal()
            self._sweep(lambda rows: tell(large.rows + rows))
        except BaseException:
            self._sweep()
            raise
        finally:
            self._bulk = None
        self._tell(self.change_of(operation.id))

    def _sweep(self, tell: Callable[[int], object] = lambda rows: None) -> None:
        """Take back or finish what is not done; on a disk that fails, before the next operation."""
        self._is_swept = False
        with suppress(UserError, sqlite3.Error):
            self._transactions.sweep_unsealed(tell)
            self._is_swept = True

    @contextmanager
    def keeping(self) -> Iterator[None]:
        """A transaction for what follows from the project and is kept beside it: no operation, nothing told.

        A write to a journaled table is refused. Raises UserError like `operation`.
        """
        self._require_no_bulk()
        with self._transactions.transaction():
            yield

    @contextmanager
    def writing_as(self, operation: OperationId) -> Iterator[None]:
        """A transaction in the name of a bulk operation that began before."""
        with self._transactions.transaction(), self._transactions.writing_as(operation):
            yield

    def _require_no_bulk(self) -> None:
        if self._bulk:
            raise UserError("bulk-running")
        if not self._is_swept:
            self._transactions.sweep_unsealed()
            self._is_swept = True

    def _step(self, kind: str, progress: Progress | None) -> Change | None:
        self._require_no_bulk()
        following = self._next(kind)
        if following is None:
            return None
        if self.is_large(following):
            return self._large_step(kind, following, progress)
        with self._transactions.transaction():
            reverses = self._next(kind)  # another program may have written since we looked
            if reverses:
                operation = self._history.begin(reverses.name, kind, reverses.details, reverses=reverses)
                with self._transactions.writing_as(operation.id):
                    self._journal.reverse(reverses.id, made_in_bulk=reverses.kind == "bulk")
                change = self._change(operation)
        return self._tell(change) if reverses else None

    def _large_step(self, kind: str, reverses: Operation, progress: Progress | None) -> Change:
        with self.large(reverses.name, reverses.details, progress, kind=kind, reverses=reverses) as large:
            large.reverse(reverses)
        return self.change_of(large.operation)

    def _next(self, kind: str) -> Operation | None:
        return self.next_undo() if kind == "undo" else self.next_redo()

    @contextmanager
    def telling_later(self) -> Iterator[None]:
        """What a worker does during this block is told at its end, on the thread that waits for it."""
        self._untold = []
        try:
            yield
        finally:
            untold, self._untold = self._untold, None
            for change in untold:
                self._tell(change)

    def _tell(self, change: Change) -> Change:
        if self._untold is not None:
            self._untold.append(change)
            return change
        for listener in list(self._listeners.values()):
            listener(change)
        return change


_ANY_TIME = nullcontext()
