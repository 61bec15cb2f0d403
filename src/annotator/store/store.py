"""The store: one project file, its one writing connection, and the one road for every edit."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, OperationId, new_id
from annotator.store import connection as opening
from annotator.store import foreign, schema, shown
from annotator.store.backup import back_up, copy_into
from annotator.store.journal import (
    OPERATION_COLUMNS,
    Journal,
    Operation,
    Touched,
    as_operation,
)
from annotator.store.lock import ProjectLock

LISTED_ROWS = 2000
"""How many touched rows a Change lists at most; views re-read everything beyond."""


@dataclass(frozen=True)
class Identity:
    """Who works on which installation: the site id stays with the machine, not with the file."""

    site: str = field(default_factory=new_id)
    annotator: AnnotatorId = field(default_factory=lambda: AnnotatorId(new_id()))
    name: str = "annotator"


@dataclass(frozen=True)
class Change:
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
CACHED_VALUES = 8
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
        self.identity = identity
        self.readonly = readonly
        self.session = new_id()
        self._connection = connection
        self._lock = lock
        self._counter = counter
        self.wall_ms = wall_ms
        self._listeners: list[Listener] = []
        self._written = False
        self._cache: OrderedDict[Hashable, object] = OrderedDict()
        self._journal = Journal(connection)
        shown.hide_unsealed(connection)
        self._data_version = self._read_data_version()
        row = connection.execute("SELECT max(clock) FROM main.operation").fetchone()
        self._clock = row[0] or clock.ZERO
        seq = "SELECT max(seq) FROM main.operation WHERE site = ?"
        self._seq = connection.execute(seq, (identity.site,)).fetchone()[0] or 0
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
        if path.exists():
            raise UserError("project-exists", path=str(path))
        part = path.with_name(f".{path.name}.{new_id()}.part")
        try:
            connection = sqlite3.connect(part, isolation_level=None)
            schema.migrate(connection)
            connection.close()
            part.rename(path)
        except (OSError, sqlite3.OperationalError):
            raise UserError("project-not-writable", path=str(path)) from None
        finally:
            with suppress(OSError):
                part.unlink()
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
        lock = None if readonly else ProjectLock(path)
        if lock:
            lock.acquire()
        try:
            counter = _migrated(path, readonly).counter
            connection = opening.connect(path, readonly)
            try:
                _check(connection, path)
                store = cls(
                    connection, path, identity,
                    lock=lock, readonly=readonly, counter=counter, wall_ms=wall_ms,
                )  # fmt: skip
                if not readonly:
                    store._sweep_unsealed()
                    store._note_foreign_changes(counter)
                return store
            except BaseException:
                connection.close()
                raise
        except sqlite3.DatabaseError as error:
            raise opening.damage(path, error) from error
        finally:
            if lock and (sys.exc_info()[0] is not None):
                lock.release()

    def close(self) -> None:
        """Note the clean end of this session and give the file back."""
        if self._written and not self.readonly:
            with suppress(UserError, sqlite3.Error), self._transaction(closed=1):
                pass
            with suppress(sqlite3.Error):
                self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()
        if self._lock:
            self._lock.release()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Tell a view of every Change from now on; call what is returned to stop."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def query(self, sql: str, parameters: Iterable[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a reading statement; `shown_TABLE` hides what is not sealed yet."""
        return self._connection.execute(sql, parameters).fetchall()  # type: ignore[arg-type]

    def iterate(self, sql: str, parameters: Iterable[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a reading statement one by one, for long lists read from a snapshot."""
        return iter(self._connection.execute(sql, tuple(parameters)))

    def execute(self, sql: str, parameters: Iterable[Any] | Mapping[str, Any] = ()) -> int:
        """Run a writing statement inside an operation; returns the number of rows it met."""
        values = parameters if isinstance(parameters, Mapping) else tuple(parameters)
        return self._connection.execute(sql, values).rowcount

    def execute_many(self, sql: str, rows: Iterable[Iterable[Any]]) -> None:
        """Run a writing statement once for each row, inside an operation."""
        self._connection.executemany(sql, rows)  # type: ignore[arg-type]

    def cached(self, key: Hashable, make: Callable[[], T]) -> T:
        """A value that can never change, kept while it is among the last few that were asked for."""
        if key in self._cache:
            self._cache.move_to_end(key)
        else:
            self._cache[key] = make()
            while len(self._cache) > CACHED_VALUES:
                self._cache.popitem(last=False)
        return cast("T", self._cache[key])

    @property
    def is_in_operation(self) -> bool:
        return self._journal.current is not None

    @contextmanager
    def operation(self, name: str, /, **details: Any) -> Iterator[OperationId]:
        """One user action: all of it is saved and told when the block ends, or none of it.

        Nested operations join the outer one. An operation that touches no row
        leaves no trace. Raises UserError for a file that cannot be written.
        """
        if self._journal.current is not None:
            yield self._journal.current
            return
        with self._transaction():
            operation = self._begin(name, "edit", details)
            try:
                yield operation.id
            finally:
                self._journal.current = None
            is_empty = not self.query(
                "SELECT 1 FROM main.change WHERE operation = ? LIMIT 1", (operation.id,)
            )
            if is_empty:
                raise _NothingDoneError
        if not is_empty:
            self._tell(operation.id)

    def next_undo(self) -> Operation | None:
        """What `undo` would reverse, None where nothing is left or a seal stands before it."""
        return self._top("undo_top")

    def next_redo(self) -> Operation | None:
        """What `redo` would bring back."""
        return self._top("redo_top")

    def undo(self) -> Change | None:
        """Reverse the last operation that is not undone; None where there is none."""
        return self._step("undo", self.next_undo())

    def redo(self) -> Change | None:
        """Bring back what the last undo took; None where there is none."""
        return self._step("redo", self.next_redo())

    def is_from_this_session(self, operation: Operation) -> bool:
        """Whether undoing it needs no question: done since this file was opened, by this annotator."""
        return operation.session == self.session and operation.annotator == self.identity.annotator

    def operation_of(self, operation: OperationId) -> Operation | None:
        """An operation by its id."""
        rows = self.query(f"SELECT {OPERATION_COLUMNS} FROM main.operation WHERE id = ?", (operation,))
        return as_operation(rows[0]) if rows else None

    def snapshot(self) -> Store:
        """A private reading copy in memory of all that is sealed, for exports and reports."""
        return Store(copy_into(self._connection), None, self.identity, readonly=True)

    def change_of(self, operation: OperationId) -> Change:
        """What a sealed operation touched."""
        found = self.operation_of(operation)
        if found is None:
            raise KeyError(operation)
        rows: list[Touched] = []
        for touched in self._journal.touched(operation):
            if len(rows) == LISTED_ROWS:
                return Change(found, tuple(rows), is_whole=False)
            rows.append(touched)
        return Change(found, tuple(rows), is_whole=found.kind != "bulk")

    @contextmanager
    def bulk(self, name: str, /, **details: Any) -> Iterator[Bulk]:
        """One operation of many commits, shown to no reader before its last one.

        The block writes through the `Bulk` it gets. An exception takes all of
        it back before it goes on; a kill does so when the file is next opened.
        """
        with self._transaction():
            operation = self._begin(name, "bulk", details, sealed=False)
            self._journal.current = None
        self._journal.ignore_inserts()
        bulk = Bulk(self, operation.id)
        try:
            yield bulk
            bulk.flush()
        except BaseException:
            self._journal.current = None
            self._journal.watch_again()
            self._sweep_unsealed()
            raise
        self._journal.watch_again()
        with self._transaction():
            self._connection.execute("UPDATE main.operation SET sealed = 1 WHERE id = ?", (operation.id,))
        self._tell(operation.id)

    def _begin(
        self,
        name: str,
        kind: str,
        details: Mapping[str, Any],
        *,
        reverses: Operation | None = None,
        sealed: bool = True,
    ) -> Operation:
        last = self._last()
        undo_top, redo_top = (last.undo_top, last.redo_top) if last else (None, None)
        operation_id, below = OperationId(new_id()), undo_top
        if kind == "undo" and reverses:
            undo_top, redo_top, below = reverses.below, operation_id, redo_top
        elif kind == "redo" and reverses:
            undo_top, redo_top = operation_id, reverses.below
        elif kind in ("edit", "bulk"):
            undo_top, redo_top = operation_id, None
        else:
            undo_top = redo_top = below = None
        now = self.wall_ms()
        self._clock = clock.tick(self._clock, now)
        self._seq += 1
        operation = Operation(
            operation_id, name, kind, clock.utc(now), self.identity.annotator,
            self.identity.name, self.session, self.identity.site, self._seq, self._clock, details,
            reverses.id if reverses else None, below, undo_top, redo_top, sealed,
        )  # fmt: skip
        places = ", ".join("?" * 16)
        values = (
            operation_id, name, kind, operation.at, operation.annotator, operation.annotator_name,
            self.session, self.identity.site, self._seq, self._clock,
            json.dumps(details, ensure_ascii=False, default=str), operation.reverses, below,
            undo_top, redo_top, int(sealed),
        )  # fmt: skip
        self._connection.execute(
            f"INSERT INTO main.operation ({OPERATION_COLUMNS}) VALUES ({places})", values
        )
        self._journal.let_write(operation_id)
        return operation

    @contextmanager
    def _transaction(self, closed: int = 0) -> Iterator[None]:
        """BEGIN to COMMIT, with the head moved on; rolls back and says why on any error."""
        if self.readonly:
            raise UserError("project-readonly", path=str(self.path))
        before = (self._clock, self._seq)
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                self._meet_foreign_writer()
                yield
                counter = 0 if self._counter is None else self._counter + 1
                self._connection.execute("UPDATE main.head SET counter = ?, closed = ?", (counter, closed))
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                self._clock, self._seq = before
                raise
        except _NothingDoneError:
            return
        except sqlite3.IntegrityError:
            raise
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            if not getattr(error, "sqlite_errorname", "").startswith(_DISK_ERRORS):
                raise
            raise opening.damage(self.path or Path(":memory:"), error) from error
        self._counter = counter or None
        self._written = True

    def me(self) -> AnnotatorId:
        """The annotator of this session, inside an operation: their row is made when first needed."""
        me = self.identity
        if not self.query("SELECT 1 FROM main.annotator WHERE id = ?", (me.annotator,)):
            self.execute("INSERT INTO main.annotator (id, name) VALUES (?, ?)", (me.annotator, me.name))
        return me.annotator

    def _last(self) -> Operation | None:
        rows = self.query(
            f"SELECT {OPERATION_COLUMNS} FROM main.operation WHERE sealed = 1 ORDER BY rowid DESC LIMIT 1"
        )
        return as_operation(rows[0]) if rows else None

    def _top(self, which: str) -> Operation | None:
        last = self._last()
        top = getattr(last, which) if last else None
        return self.operation_of(top) if top else None

    def _step(self, kind: str, reverses: Operation | None) -> Change | None:
        if reverses is None:
            return None
        with self._transaction():
            operation = self._begin(reverses.name, kind, reverses.details, reverses=reverses)
            try:
                self._journal.reverse(reverses.id, made_in_bulk=reverses.kind == "bulk")
            finally:
                self._journal.current = None
        return self._tell(operation.id)

    def _tell(self, operation: OperationId) -> Change:
        change = self.change_of(operation)
        for listener in list(self._listeners):
            listener(change)
        return change

    def _sweep_unsealed(self) -> None:
        for (operation,) in self.query("SELECT id FROM main.operation WHERE sealed = 0"):
            with self._transaction():
                self._journal.sweep(operation)

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA main.data_version").fetchone()[0])

    def _meet_foreign_writer(self) -> None:
        """Inside our transaction: another connection's commits are noted before we write."""
        version = self._read_data_version()
        if version != self._data_version:
            self._data_version = version
            self._counter = None
            found = foreign.differences(self._connection, self._journal)
            if found:
                self._note_in_transaction(found)

    def _note_foreign_changes(self, counter: int) -> None:
        """At open: commits that are not ours show as a change counter we did not expect.

        A head of 0 expects nothing (a new file, or another program wrote during
        the last session): then only rows that differ count.
        """
        known = self.query("SELECT counter FROM main.head")[0][0]
        if known == counter:
            return
        found = foreign.differences(self._connection, self._journal)
        if found or known:
            with self._transaction():
                self._note_in_transaction(found)

    def _note_in_transaction(self, found: list[foreign.Difference]) -> None:
        self._begin("changed-by-another-program", "foreign", {"rows": len(found)})
        operation, self._journal.current = self._journal.current, None
        self._connection.executemany(
            "INSERT INTO main.change (operation, tbl, row, old, new) VALUES (?, ?, ?, ?, ?)",
            [(operation, *row) for row in found],
        )


class Bulk:
    """The writing end of a bulk operation: rows gather and are committed in batches."""

    BATCH = 5000

    def __init__(self, store: Store, operation: OperationId) -> None:
        self.operation = operation
        self._store = store
        self._waiting: list[tuple[str, list[tuple[Any, ...]]]] = []
        self._count = 0

    def insert(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        """Queue rows for an INSERT whose `operation` column they already carry."""
        self._waiting.append((sql, rows))
        self._count += len(rows)
        if self._count >= self.BATCH:
            self.flush()

    def flush(self) -> None:
        """Commit what has gathered."""
        if not self._waiting:
            return
        with self.writing():
            pass

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction of the bulk operation, after all queued rows, for single statements."""
        store = self._store
        waiting, self._waiting, self._count = self._waiting, [], 0
        with store._transaction():
            store._journal.let_write(self.operation)
            try:
                for sql, rows in waiting:
                    store.execute_many(sql, rows)
                yield
            finally:
                store._journal.current = None

    @contextmanager
    def editing(self) -> Iterator[None]:
        """A transaction in which the usual edits join the bulk operation, noted row by row."""
        self._store._journal.watch_again()
        try:
            with self.writing():
                yield
        finally:
            self._store._journal.ignore_inserts()


class _NothingDoneError(Exception):
    """Ends the transaction of an operation that touched no row."""


_DISK_ERRORS = (
    "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED",
    "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_CORRUPT", "SQLITE_NOTADB",
)  # fmt: skip


def _migrated(path: Path, readonly: bool) -> opening.Header:
    """The header of a file in the present format, after backing up and migrating an older one.

    On a connection of its own: the change counter must be read from the bytes
    afterwards, which is forbidden while connected.
    """
    header = opening.read_header(path)
    if header.version == schema.FORMAT_VERSION:
        return header
    if readonly:
        raise UserError("project-older", path=str(path), version=header.version)
    connection = opening.connect(path, readonly=False)
    try:
        opening.check_soundness(connection, path)
        back_up(connection, path, f"before-format-{schema.FORMAT_VERSION}")
        schema.migrate(connection)
    finally:
        connection.close()
    return opening.read_header(path)


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """The checks of a file before its first use: its schema, and its pages after an unclean end."""
    opening.check_schema(connection, path)
    closed = connection.execute("SELECT closed FROM main.head").fetchone()
    if not closed or not closed[0]:
        opening.check_soundness(connection, path)
