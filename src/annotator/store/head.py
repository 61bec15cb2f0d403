"""The numbers by which commits of other programs are noticed."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from annotator.store.bounded import is_busy
from annotator.store.sharing import SharedConnection, with_setting

if TYPE_CHECKING:
    from annotator.store.history import History
    from annotator.store.journal import Operation


class Head:
    """What SQLite's counters say as long as nobody else writes; `head` in the file keeps the one for good.

    counter: SQLite's change counter as it stood before the connection was made, and then
    after each commit; None where it is unknown, as without a file.
    """

    def __init__(self, connection: sqlite3.Connection, counter: int | None) -> None:
        self.counter = counter
        self._connection = connection
        self._data_version = self._read_data_version()

    @property
    def state(self) -> tuple[int | None, int]:
        return self.counter, self._data_version

    def restore(self, state: tuple[int | None, int]) -> None:
        """Forget what a transaction noted that was rolled back."""
        self.counter, self._data_version = state

    def go_on_from(self, counter: int | None) -> None:
        """Take what the file holds for our own work, written under this counter."""
        self.counter, self._data_version = counter, self._read_data_version()

    def advance(self, closed: int) -> None:
        """Note the number SQLite gives the file's change counter with this commit; 0 where it is unknown."""
        if self.counter is not None:
            self.counter += 1
        self._connection.execute(
            "INSERT INTO main.head (id, counter, closed) VALUES (1, ?1, ?2)"
            " ON CONFLICT (id) DO UPDATE SET counter = ?1, closed = ?2",
            (self.counter or 0, closed),
        )

    def stored(self) -> int:
        """The counter of our last commit in the file; 0 where none is expected.

        That is so in a new file, and where another program wrote during the last session.
        """
        return int(self._connection.execute("SELECT coalesce(max(counter), 0) FROM main.head").fetchone()[0])

    @property
    def is_passed(self) -> bool:
        """Whether another connection committed since the file was opened, or `was_passed` was asked."""
        return self._read_data_version() != self._data_version

    def was_passed(self) -> bool:
        """`is_passed`, asked inside a transaction of ours, from which on no counter is expected."""
        if not self.is_passed:
            return False
        self.go_on_from(None)
        return True

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA main.data_version").fetchone()[0])


class Others:
    """What other programs do to a project that is only read here."""

    def __init__(self, connection: SharedConnection, head: Head, history: History) -> None:
        self._connection = connection
        self._head = head
        self._history = history
        self._last: Operation | None = None
        """The last of their operations that was given out."""

    def news(self) -> Operation | None:
        """Their newest operation, once; None where there is none since, or none can be seen.

        While one of them keeps the file to itself nothing can be seen of it, and nobody waits for that.
        """
        state = self._head.state
        try:
            with with_setting(self._connection, "busy_timeout", 0):
                if not self._head.is_passed:
                    return None
                self._head.go_on_from(None)
                last = self._history.last()
        except sqlite3.OperationalError as error:
            if not is_busy(error):
                raise
            self._head.restore(state)
            return None
        before, self._last = self._last, last
        return None if last == before else last
