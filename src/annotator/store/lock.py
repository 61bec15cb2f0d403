"""The lock that says who has a project open, shared by window and command line."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cached_property
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.domain.errors import UserError

if TYPE_CHECKING:
    from filelock import BaseFileLock


class ProjectLock:
    """An exclusive lock beside the project file, freed by the system when its holder dies.

    The body names the holder: pid, host and since when, for the sentence the
    second program shows, the change counter after the last commit, and whether the
    project is being closed. A body found at `acquire` was left by a program that was killed: what it had
    committed is then `left_at`, for a file that holds less has lost it.
    Raises UserError("project-locked") when another process holds it.
    """

    def __init__(self, project: Path) -> None:
        self.left_at: int | None = None
        self._body: dict[str, object] = {}
        self._counter: int | None = None
        self._project = project
        target = project.resolve()
        self._path = target.with_name(target.name + ".lock")
        self._file: FileIO | None = None

    @cached_property
    def _lock(self) -> BaseFileLock:
        from filelock import FileLock  # a window is painted before it is loaded

        return FileLock(self._path, thread_local=False)  # whoever takes a project may not be who closes it

    @property
    def is_taken(self) -> bool:
        """Whether this object has it."""
        return "_lock" in vars(self) and self._lock.is_locked

    @property
    def has_body(self) -> bool:
        """Whether somebody has it, or was killed with it."""
        return self._path.exists()

    def acquire(self, waiting: Callable[[], object] = lambda: None) -> None:
        """Take the lock, from a program that is closing the project as soon as it has, or say who has it.

        waiting: called again and again meanwhile; what it raises ends the waiting.
        """
        import platform

        while not self._is_free():
            if not self._read().get("closing"):
                raise UserError("project-locked", path=str(self._project), **self.holder())
            waiting()
            time.sleep(_ASKS_S)
        left = self._read().get("counter")
        self.left_at = left if isinstance(left, int) else None
        since = datetime.now(UTC).isoformat(timespec="seconds")
        self._body = {"pid": os.getpid(), "host": platform.node(), "since": since}
        with suppress(OSError):
            self._file = FileIO(self._path, "r+")
        self.note(self.left_at)

    def _is_free(self) -> bool:
        """Take the lock if nobody has it."""
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError:
            raise UserError("project-readonly", path=str(self._project)) from None
        return True

    def say_closing(self) -> None:
        """Let whoever wants the project wait: it will be given back without anybody's doing."""
        self._body["closing"] = True
        self.note(self._counter)

    def note(self, counter: int | None) -> None:
        """Write down how far the file is: the change counter after a commit, None where it is unknown.

        Not synced to disk: it is for kills, which it outlives. A body that cannot
        be written, on a full disk or a system that guards locked files, says nothing.
        """
        self._counter = counter
        if self._file is None:
            return
        body = self._body if counter is None else {**self._body, "counter": counter}
        with suppress(OSError):
            self._file.seek(0)
            self._file.write(json.dumps(body).ljust(_BODY_LENGTH).encode())

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self.is_taken:
            file, self._file = self._file, None
            with suppress(OSError):
                if file is not None:
                    file.close()
                self._path.unlink()
            self._lock.release()

    def is_held(self) -> bool:
        """Whether another process has it; what a killed program wrote into it stays."""
        from filelock import Timeout

        try:
            if not self.has_body:
                return False
            self._lock.acquire(timeout=0)
        except Timeout:
            return True
        except OSError:
            return False
        self._lock.release()
        return False

    def holder(self) -> dict[str, object]:
        """pid, host and since of whoever wrote the lock last; empty where nothing readable stands."""
        body = self._read()
        return {name: body.get(name) for name in ("pid", "host", "since")} if body else {}

    def _read(self) -> dict[str, object]:
        try:
            body = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return body if isinstance(body, dict) else {}


_ASKS_S = 0.05
_BODY_LENGTH = 240
"""Longer than any body, so that a shorter one leaves nothing of the one before."""
