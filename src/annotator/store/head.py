"""The numbers by which commits of other programs are noticed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from annotator.domain.ids import OperationId
from annotator.store.journal import Operation
from annotator.store.project_file import is_of_file
from annotator.store.sharing import SharedConnection, with_setting

if TYPE_CHECKING:
    from annotator.store.history import History


class Head:
    """What SQLite's counters say as long as nobody else writes; `head` in the file keeps the one for good.

    counter: SQLite's change counter as it stood before the connection was made, and then
    after each commit; None where it is unknown, as without a file.
    """

    def __init__(self, connection: sqlite3.Connection, counter: int | None) -> None:
        self.counter = counter
        self._connection = connection
        self._data_version = self.version
        self._excused: int | None = None
        """What passed us up to this version is the work of another window."""

    @property
    def state(self) -> tuple[int | None, int]:
        return self.counter, self._data_version

    def restore(self, state: tuple[int | None, int]) -> None:
        """Forget what a transaction noted that was rolled back."""
        self.counter, self._data_version = state

    def go_on_from(self, counter: int | None) -> None:
        """Take what the file holds for our own work, written under this counter."""
        self.counter, self._data_version = counter, self.version

    def advance(self, closed: int) -> None:
        """Note the number SQLite gives the file's change counter with this commit.

        Where it is unknown another negative number each time, so that others see whose commit it was.
        """
        if self.counter is not None:
            self.counter += 1
        self._connection.execute(
            "INSERT INTO main.head (id, counter, closed) VALUES (1, coalesce(?1, -1), ?2)"
            " ON CONFLICT (id) DO UPDATE SET counter = coalesce(?1, min(counter, 0) - 1), closed = ?2",
            (self.counter, closed),
        )

    def stored(self) -> int:
        """The counter of our last commit in the file; 0 where none is expected.

        That is so in a new file, and where another program wrote during the last session.
        """
        return max(0, self.sign())

    def sign(self) -> int:
        """Another number after each commit of a window of ours, whatever others do."""
        return int(self._connection.execute("SELECT coalesce(max(counter), 0) FROM main.head").fetchone()[0])

    @property
    def is_passed(self) -> bool:
        """Whether another connection committed since the file was opened, or `was_passed` was asked."""
        return self.version != self._data_version

    def was_passed(self) -> bool:
        """`is_passed`, asked inside a transaction of ours, from which on no counter is expected."""
        if not self.is_passed:
            return False
        self.go_on_from(None)
        return True

    def excuse_window(self) -> int | None:
        """Expect what another window of ours wrote since the file was opened; the version if one did."""
        version = self.version
        if self.stored() != self.counter:
            self._excused = version
        return self._excused

    @property
    def is_excused(self) -> bool:
        """Whether all that `was_passed` met is expected."""
        return self._data_version == self._excused

    @property
    def version(self) -> int:
        """Another one after each commit of another connection."""
        return int(self._connection.execute("PRAGMA main.data_version").fetchone()[0])


ELSEWHERE = Operation(
    OperationId(""), "changed-by-another-program", "foreign", at="", annotator="", annotator_name="",
    session="", site="", seq=0, clock="", details={},
    reverses=None, below=None, undo_top=None, redo_top=None, sealed=True,
)  # fmt: skip
"""Stands for what a program did that knows nothing of operations, until it is noted as one."""


class Others:
    """What others commit to a project, for those who look at it."""

    def __init__(self, connection: SharedConnection, head: Head, history: History) -> None:
        self._connection = connection
        self._head = head
        self._history = history
        self._version = head.version
        self._last: tuple[int, Operation | None] | None = None
        """The sign of our own commits and the last operation, as they were when last looked at."""

    def news(self, *, is_writer: bool) -> Operation | None:
        """Their newest operation, or `ELSEWHERE`, once; None where there is none since, or none can be seen.

        A commit of ours is no news where it left the operations as they were: what is kept beside
        them is no change. While another program keeps the file to itself nothing can be seen of it, and
        nobody waits for that; nor where the file or its disk is damaged, which the next reading says.
        is_writer: all operations are our own, so that whoever commits knows nothing of them.
        """
        try:
            # In one turn: a COMMIT of another thread is to wait for readers as ever.
            with self._connection.turn, with_setting(self._connection, "busy_timeout", 0):
                version = self._head.version
                if version == self._version and (is_writer or self._last):
                    return None
                now, version = (None, version) if is_writer else self._looked()
        except sqlite3.DatabaseError as error:
            if not is_of_file(error):
                raise
            return None
        is_passed, self._version = version != self._version, version
        before, self._last = self._last, now
        return _news(before, now) if is_passed else None

    def _looked(self) -> tuple[tuple[int, Operation | None], int]:
        """What others committed, and the number of the file then; read again where somebody came between."""
        version = self._head.version
        while True:
            now = self._head.sign(), self._history.last()
            before, version = version, self._head.version
            if before == version:
                return now, version

    def excuse_window(self) -> None:
        """What another window wrote before we had the file is no news: `take` tells it."""
        self._version = self._head.excuse_window() or self._version

    def catch_up(self) -> None:
        """What our last transaction met is told; what was committed since is not."""
        _, self._version = self._head.state


def _news(
    before: tuple[int, Operation | None] | None, now: tuple[int, Operation | None] | None
) -> Operation | None:
    if before is None or now is None:
        return ELSEWHERE
    (sign, last), (sign_now, last_now) = before, now
    if last_now != last and last_now is not None:
        return last_now
    return ELSEWHERE if sign_now == sign else None
