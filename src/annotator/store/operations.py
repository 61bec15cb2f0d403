"""The one road for every edit: a connection that writes in the name of operations, and tells of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from annotator.domain import clock
from annotator.domain.errors import UserError
from annotator.domain.ids import AnnotatorId, OperationId
from annotator.store.head import ELSEWHERE, Head, Others
from annotator.store.history import History, Identity
from annotator.store.journal import Journal, Operation
from annotator.store.lock import ProjectLock
from annotator.store.project_file import ProjectFile
from annotator.store.reading import Reading
from annotator.store.remains import Remains
from annotator.store.sharing import SharedConnection
from annotator.store.telling import Change, Listener, Listeners
from annotator.store.transactions import NothingDoneError, Transactions

if TYPE_CHECKING:
    from annotator.store.stages import Stages
    from annotator.store.storing import Storing

T = TypeVar("T")


class Operations(Reading):
    """Edits on one connection, each in one transaction; it refuses writes outside of them.

    counter: as `Head` takes it; lock: what `take` takes before anything is written, if that needs one.
    """

    def __init__(
        self,
        connection: SharedConnection,
        path: Path | None,
        identity: Identity,
        *,
        readonly: bool,
        counter: int | None,
        wall_ms: clock.WallClock,
        lock: ProjectLock | None,
    ) -> None:
        self.path = path
        self.wall_ms = wall_ms
        self._bulk: OperationId | None = None
        """The operation of many commits that has the file to itself."""
        self._is_swept = True
        """Whether nothing is left of one that failed; if not, the next operation takes it back."""
        self._listeners = Listeners()
        self._held: tuple[tuple[int, Hashable], object] | None = None
        super().__init__(connection)
        self._journal = Journal(connection)
        self._history = History(connection, identity, wall_ms)
        self.session = self._history.session
        self._file = ProjectFile(path, readonly=readonly)
        self._head = Head(connection, counter)
        self._others = Others(connection, self._head, self._history)
        beside = connection, self._file, self._history, self._journal, self._head
        self._transactions = Transactions(
            *beside,
            tell=self._tell_stored,
            committed=lock.note if lock else lambda counter: None,
        )
        self._remains = Remains(*beside, self._transactions)
        self._untaken = lock
        if lock is None and not readonly:
            self._journal.watch()

    def until_told(self, key: Hashable, make: Callable[[], T]) -> T:
        """What was read for views; it holds for each that asks for the same before the next Change is told.

        Only the last key is remembered. Not for edits, which may ask in the middle of an operation.
        """
        asked, held = (self._listeners.told, key), self._held
        if held is None or held[0] != asked:
            held = self._held = asked, make()
        return cast("T", held[1])

    def take(self, stages: Stages | None = None) -> None:
        """Take the file for writing where opening it put that off; the first operation does so, too.

        What another session wrote since is told as a Change of everything. Raises UserError
        like `Store.open`: from then on the file is only read.
        """
        with self._transactions.alone:
            lock, self._untaken = self._untaken, None
            if lock is None:
                return
            try:
                is_overtaken = self._take(lock, stages)
            except (UserError, sqlite3.DatabaseError) as error:
                self._file.leave_alone()
                lock.release()
                raise (self._meaning(error) if isinstance(error, sqlite3.DatabaseError) else error) from None
            last = self._history.last() if is_overtaken else None
        if last:
            self._listeners.tell(Change.of_everything(last))

    def notice_others(self) -> bool:
        """Tell what others have committed since, as a Change of everything: at once, before it is noted.

        Costs one look at a number in the file. Returns whether it told anything.
        """
        if self.path is None or self._is_at_work:
            return False
        news = self._others.news(is_writer=not self.readonly)
        if news:
            self._forget_cached()
            self._listeners.tell(Change.of_everything(news))
        return news is not None

    @property
    def _is_at_work(self) -> bool:
        """Whether a transaction of ours is under way or waits: nobody else writes then, or is met there."""
        transactions = self._transactions
        return bool(self._bulk or self._untaken or transactions.is_writing or transactions.has_waiting)

    def _tell_stored(self, operation: OperationId | None) -> None:
        """Tell of an operation; None where another program changed what the journal cannot name."""
        change = Change.of_everything(ELSEWHERE) if operation is None else self.change_of(operation)
        if change.operation.kind == "foreign":
            self._others.catch_up()
            self._forget_cached()
        self._listeners.tell(change)

    def _forget_cached(self) -> None:
        """Other programs may change what our own edits never do."""
        with self._caching:
            self._cache.clear()

    def _take(self, lock: ProjectLock, stages: Stages | None) -> bool:
        """`take`; returns whether another session wrote since the file was opened."""
        if not lock.is_taken:
            lock.acquire()
            self._others.excuse_window()
        is_overtaken = self._head.is_passed
        self._journal.watch()
        self._history.read_again()
        self._remains.settle(stages)
        return is_overtaken

    @property
    def identity(self) -> Identity:
        """Who signs what is done from now on."""
        return self._history.identity

    def work_as(self, annotator: AnnotatorId, name: str) -> None:
        """Let another annotator of this installation sign what is done from now on."""
        self._history.identity = self.identity._replace(annotator=annotator, name=name)

    def me(self) -> AnnotatorId:
        """The annotator of this session, inside an operation: their row is made when first needed."""
        me = self.identity
        if not self.query("SELECT 1 FROM main.annotator WHERE id = ?", (me.annotator,)):
            self.execute("INSERT INTO main.annotator (id, name) VALUES (?, ?)", (me.annotator, me.name))
        return me.annotator

    @property
    def readonly(self) -> bool:
        """Whether edits are refused: opened for reading alone, or the disk failed too often."""
        return self._file.readonly

    def subscribe(self, listener: Listener) -> Callable[[], object]:
        """Tell a view of every Change from now on; call what is returned to stop, once or more."""
        return self._listeners.add(listener)

    def execute(self, sql: str, parameters: Iterable[Any] | Mapping[str, Any] = ()) -> int:
        """Run a writing statement inside an operation; returns the number of rows it met."""
        values = parameters if isinstance(parameters, Mapping) else tuple(parameters)
        return self._connection.execute(sql, values).rowcount

    def execute_many(self, sql: str, rows: Iterable[Iterable[Any]]) -> None:
        """Run a writing statement once for each row, inside an operation."""
        self._connection.executemany(sql, rows)

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
        with self._alone(), self._transactions.transaction():
            operation = self._history.begin(name, "edit", details)
            with self._transactions.writing_as(operation.id):
                yield operation.id
            change = self._change(operation)
            if not change.rows:
                raise NothingDoneError
        if change.rows:
            self._listeners.tell(change)

    def operation_of(self, operation: OperationId) -> Operation | None:
        """An operation by its id."""
        return self._understood(lambda: self._history.by_id(operation))

    def change_of(self, operation: OperationId) -> Change:
        """What a sealed operation touched."""
        found = self.operation_of(operation)
        if found is None:
            raise KeyError(operation)
        return self._change(found)

    def _change(self, operation: Operation) -> Change:
        return Change.of(operation, self._journal.touched(operation.id))

    @contextmanager
    def keeping(self, *, at_once: bool = True) -> Iterator[None]:
        """A transaction for what follows from the project and is kept beside it: no operation, nothing told.

        at_once: whether it is on disk when the block ends. If not, only this connection sees it
        until the next operation, `store_kept` or `close` takes it along; a kill before takes it back.
        A write to a journaled table is refused. Raises UserError like `operation`.
        """
        waits = self.path is not None and not at_once
        with (
            self._alone(),
            self._transactions.waiting() if waits else self._transactions.transaction(),
        ):
            yield

    def store_kept(self) -> None:
        """Bring to the disk what `keeping` left waiting, if anything. Raises UserError."""
        self._transactions.commit_waiting()

    def store_kept_beside(self) -> Storing | None:
        """`store_kept` in a thread, for a window that would only wait; None where nothing is left waiting."""
        if not self._transactions.has_waiting:
            return None
        from annotator.store.storing import Storing

        return Storing(self._transactions, self._listeners)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread begins a transaction. Raises UserError("bulk-running")."""
        self._require_no_bulk()  # said without waiting for its transaction
        with self._transactions.alone:
            self._require_no_bulk()
            yield

    def _require_no_bulk(self) -> None:
        if self._untaken:
            self.take()
        if self._bulk:
            raise UserError("bulk-running")
        if not self._is_swept:
            self._remains.sweep()
            self._is_swept = True

    def telling_later(self) -> AbstractContextManager[None]:
        """What a worker does during this block is told at its end, on the thread that waits for it."""
        return self._listeners.later()

    def _meaning(self, error: sqlite3.DatabaseError) -> Exception:
        return self._file.meant(error)
