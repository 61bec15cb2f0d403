"""The lock that says who has a project open, shared by window and command line."""

from __future__ import annotations

import json
import os
import socket
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from annotator.domain.errors import UserError


class ProjectLock:
    """An exclusive lock beside the project file, freed by the system when its holder dies.

    The body names the holder: pid, host and since when, for the sentence the
    second program shows. Raises UserError("project-locked") when another
    process holds it.
    """

    def __init__(self, project: Path) -> None:
        self._project = project
        target = project.resolve()
        self._path = target.with_name(target.name + ".lock")
        self._lock = FileLock(self._path)

    def acquire(self) -> None:
        """Take the lock at once or say who has it."""
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UserError("project-locked", path=str(self._project), **self.holder()) from None
        except OSError:
            raise UserError("project-readonly", path=str(self._project)) from None
        since = datetime.now(UTC).isoformat(timespec="seconds")
        body = {"pid": os.getpid(), "host": socket.gethostname(), "since": since}
        with suppress(OSError):  # a full disk, or a system that lets nobody write a locked file
            self._path.write_text(json.dumps(body), encoding="utf-8")

    def release(self) -> None:
        """Give the lock back; harmless when it is not held."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._path.unlink()
            self._lock.release()

    def holder(self) -> dict[str, object]:
        """pid, host and since of whoever wrote the lock last; empty where nothing readable stands."""
        try:
            body = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            body = None
        if not isinstance(body, dict):
            return {}
        return {name: body.get(name) for name in ("pid", "host", "since")}
