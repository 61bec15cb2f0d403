"""What is done to a project while nobody uses it where that may take long, told to whoever waits."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Literal

from annotator.domain.errors import UserError

Stage = Literal[
    "waiting",
    "recovering",
    "checking",
    "checking-older",
    "comparing",
    "clearing",
    "copying",
    "converting",
    "packing",
]
"""Waiting for a window that is closing; SQLite's own recovery; every page after an unclean end, or before
a change of format; what another program changed; what was cut short; a copy; the change of format; the file
written anew without old history."""
Now = tuple[Stage, int, int]
"""A stage, how much of it is done and how much there is: bytes, or 0 where that is unknown."""
Told = Callable[[Stage, int, int], object]
"""Called with each part of a `Now`."""
_LOOKS = 20_000
"""Steps of SQLite's machine between two looks at whether the project is still wanted: about a millisecond."""


class Stages:
    """Tells how far the opening or packing of a project is, and ends it when it is not wanted any more.

    stopped: the code of the UserError that ends it.
    """

    def __init__(
        self, told: Told = lambda stage, done, total: None, stopped: str = "opening-stopped"
    ) -> None:
        self._told = told
        self._stopped = stopped
        self.now: Now | None = None
        """How far it is; None before the first stage."""
        self._is_stopped = False
        self._connection: sqlite3.Connection | None = None

    def begin(self, stage: Stage, total: int = 0) -> None:
        """Say what comes next. Raises UserError once it is stopped, as `at` does."""
        self.now = stage, 0, total
        self._say(self.now)

    def at(self, done: int) -> None:
        """Say how much of the stage is done."""
        if self.now is not None:
            stage, _, total = self.now
            self.now = stage, done, total
            self._say(self.now)

    def _say(self, now: Now) -> None:
        self._told(*now)
        self.require_wanted()

    def require_wanted(self) -> None:
        """Raises UserError once it is stopped."""
        if self._is_stopped:
            raise UserError(self._stopped)

    def stop(self) -> None:
        """End what is under way, from another thread; what was changed by then is taken back or whole."""
        self._is_stopped = True
        connection = self._connection
        if connection is not None:
            with suppress(sqlite3.ProgrammingError):  # it has just been closed
                connection.interrupt()

    @contextmanager
    def over(self, connection: sqlite3.Connection) -> Iterator[None]:
        """Let `stop` end the statements of a connection, whatever is made of their errors."""
        self.require_wanted()
        before, self._connection = self._connection, connection
        # It also lets a signal through to Python. While it walks through pages SQLite before 3.41 asks
        # nobody, and only `interrupt` ends it.
        connection.set_progress_handler(lambda: int(self._is_stopped), _LOOKS)
        try:
            yield
        except (UserError, sqlite3.Error):
            if self._is_stopped:
                raise UserError(self._stopped) from None
            raise
        finally:
            self._connection = before
            with suppress(sqlite3.ProgrammingError):
                connection.set_progress_handler(None, 0)
