"""The store: one project file, its one writing connection, and the one road for every edit."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.store import connection as opening
from annotator.store import files, schema
from annotator.store.bounded import ReadingStoppedError
from annotator.store.bulk import Bulk, Progress
from annotator.store.history import Identity
from annotator.store.lock import ProjectLock
from annotator.store.sharing import SharedConnection
from annotator.store.telling import Change
from annotator.store.undoing import Undoing

if TYPE_CHECKING:  # a project in order is opened without
    from annotator.store.backup import Copy
    from annotator.store.stages import Stages

__all__ = ["Bulk", "Change", "Identity", "Store"]
_READER_KIB = 2048
"""Pages a reader keeps: it asks one thing; 32 MiB took as long, and stayed with the program (decision 51)."""


class Store(Undoing):
    """A project: reads come from `annotator.store.read`, edits from `annotator.store.edits`.

    Every write happens inside `operation` or `bulk`; the connection refuses
    others. A change is on disk when either returns, and only then is it told to
    subscribers. Opened with `open`, made with `create`, closed with `close`.
    """

    def __init__(
        self,
        connection: SharedConnection,
        path: Path | None,
        identity: Identity,
        *,
        lock: ProjectLock | None = None,
        readonly: bool = False,
        counter: int | None = None,
        wall_ms: clock.WallClock = clock.wall_ms,
    ) -> None:
        super().__init__(
            connection,
            path,
            identity,
            readonly=readonly,
            counter=counter,
            wall_ms=wall_ms,
            lock=lock,
        )
        self._lock = lock
        self._copying = Lock()
        self._is_closed = False
        self._questions: set[object] = set()
        self._began = self._history.state
        self.warnings: list[UserError] = []
        """What was found at opening that the analyst should know of."""
        if lock and lock.left_at and counter and counter < lock.left_at:
            lost = lock.left_at - counter
            self.warnings.append(UserError("project-lost-commits", path=str(path), commits=lost))
        opening.guard(connection)

    @classmethod
    def memory(cls, identity: Identity | None = None, wall_ms: clock.WallClock = clock.wall_ms) -> Store:
        """A new project that lives in memory only."""
        connection = SharedConnection(":memory:", isolation_level=None, check_same_thread=False)
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
        stages: Stages | None = None,
        wall_ms: clock.WallClock = clock.wall_ms,
    ) -> Store:
        """Open a project, migrating it if it is older. Raises UserError("project-...").

        Writing takes the project's lock, from a program that is closing the project as soon
        as that has; reading needs none. A file or folder that cannot be written raises
        "project-readonly" unless `readonly`. What it takes may be long: `stages` are told.
        """
        from annotator.store.entrance import enter
        from annotator.store.stages import Stages

        return enter(path, identity, readonly, stages or Stages(), wall_ms)

    @classmethod
    def open_in_order(cls, path: Path, identity: Identity) -> Store | None:
        """Open a project that nobody has and that was left in order, at once; None where it is not.

        Its lock waits for `take`, or for the first operation. Raises UserError like `open`.
        """
        header = opening.header_in_order(path)
        opening.require_writable(path)
        lock = ProjectLock(path)
        if header is None or lock.has_body:
            return None
        try:
            with ExitStack() as unless_in_order:
                connection = opening.connect(path, readonly=False)
                unless_in_order.callback(connection.close)
                if files.was_closed(connection, path):
                    store = cls(connection, path, identity, lock=lock, counter=header.counter)
                    # Somebody may be writing: what is compared must have been read under the lock.
                    if store._remains.is_nothing:
                        unless_in_order.pop_all()
                        return store
        except sqlite3.DatabaseError as error:
            raise opening.damage(path, error) from error
        return None

    def say_closing(self) -> None:
        """Let whoever wants to open the project wait: it is given back without anybody's doing."""
        if self._lock:
            self._lock.say_closing()

    def close(self, copy: Copy | None = None) -> None:
        """Note the clean end of this session and give the file back.

        copy: brought before that, if this session changed the project; whoever gave it has to finish it.
        Raises UserError("backup-failed"), when the file has been given back.
        """
        self._is_closed = True
        self._listeners.forget()  # a window that is gone may be closing it in a thread
        self.say_closing()
        if not self.readonly and self.path and not self._untaken:
            with suppress(UserError, sqlite3.Error):
                self._file.require_in_place()
                if self._transactions.is_written:
                    with self._transactions.transaction(closed=1):
                        pass
                self._connection.execute("PRAGMA journal_mode = DELETE")
        try:
            if copy and self.path and self.is_changed:
                self._bring(copy, self.path)
        finally:
            with self._copying:
                self._connection.close()
            if self._lock:
                self._lock.release()

    @property
    def is_changed(self) -> bool:
        """Whether this session added an operation, which what is only kept beside the project is not."""
        return self._history.state != self._began

    def _bring(self, copy: Copy, path: Path) -> None:
        if not self.is_in_place:
            self._transactions.end_waiting()
            copy.bring_pages(self._connection)
            return
        with suppress(sqlite3.DatabaseError):  # what cannot be read here may still be read as bytes
            self._connection.execute("BEGIN")  # programs that do not know our lock wait, too
            self._connection.execute("SELECT 1 FROM main.head").fetchall()
        copy.bring_file(path)

    def snapshot(self, progress: Progress = lambda _: True) -> Store:
        """A private reading copy of all that is sealed, for exports and reports. Raises UserError.

        progress: told 0 on the way; where it says False, BulkCancelledError is raised.
        A thread that comes after the project was closed is told by ReadingStoppedError.
        """
        from annotator.store.backup import copy_into

        with self._copying:
            self._require_open()
            self._transactions.end_waiting()  # SQLite copies nothing inside a transaction
            copy = self._understood(lambda: copy_into(self._connection, progress))
        return Store(copy, None, self.identity, readonly=True)

    def reader(self, is_unwanted: Callable[[], bool] | None = None) -> Store:
        """One more connection that only reads, for a thread of its own; a snapshot where there is no file.

        Unlike `open` it looks at no bytes: the file may not be opened while it is
        connected. Raises UserError where it cannot be read or is not in place.
        is_unwanted: makes it one that reads for as long as it takes, and gives way. Its statements
        raise ReadingStoppedError as soon as this says so, or this store writes or is closed.
        """
        if self.path is None:
            return self.snapshot()
        self._require_open()
        self._file.require_in_place()
        try:
            connection = opening.connect(self.path, readonly=True)
            connection.execute(f"PRAGMA cache_size = -{_READER_KIB}")
            reader = Store(connection, self.path, self.identity, readonly=True)
            if is_unwanted:

                def is_over() -> bool:
                    return self._is_closed or is_unwanted()

                reader.give_way(lambda: is_over() or self._transactions.is_writing)
                reader.when_busy = lambda: not is_over()
            return reader
        except sqlite3.DatabaseError as error:
            raise self._file.meant(error) from error

    @contextmanager
    def asked(self) -> Iterator[None]:
        """While a thread looks something up for the analyst, through a `reader` that gives way."""
        question = object()
        self._questions.add(question)
        try:
            yield
        finally:
            self._questions.discard(question)

    @property
    def is_asked(self) -> bool:
        """Whether the analyst waits for an answer, which each COMMIT would make begin anew."""
        return bool(self._questions)

    def _require_open(self) -> None:
        if self._is_closed:
            raise ReadingStoppedError

    def save_copy(self, target: Path) -> None:
        """Write all that is stored to another file.

        Raises UserError("backup-failed"), or "project-exists" for the file that is open.
        """
        from annotator.store.backup import save_copy, save_remains

        if self.path and self.is_in_place and target.exists() and target.samefile(self.path):
            raise UserError("project-exists", path=str(target))
        self._transactions.end_waiting()
        if self._file.has_given_up and self.path:
            save_remains(self.path, target)
        else:
            save_copy(self._connection, target)

    def back_up_before(self, reason: str, stages: Stages | None = None) -> Path | None:
        """A copy beside the project before something that cannot be undone; None where there is no file."""
        from annotator.store.backup import back_up

        self._transactions.end_waiting()
        return back_up(self._connection, self.path, reason, stages) if self.path else None

    def vacuum(self) -> None:
        """Write the file anew, without the gaps that deleted rows left. Raises UserError."""
        with self._alone():
            self._transactions.vacuum()

    @property
    def is_in_place(self) -> bool:
        """Whether the path still leads to the file that is open."""
        return self._file.is_in_place
