"""The file that edits go to: whether it can be written, and what its errors mean."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.store import connection as opening

MOST_ERRORS = 3
"""Errors of the disk in a row after which the file is left alone."""
GIVEN_UP = "project-readonly-after-errors"


class ProjectFile:
    """A project's file as it was opened, None for one in memory; counts the errors of its disk."""

    def __init__(self, path: Path | None, *, readonly: bool) -> None:
        self.path = path
        self._readonly = readonly
        self._opened = _file_id(path)
        self._errors = 0

    @property
    def readonly(self) -> bool:
        """Whether nothing can be written: opened so, left alone, or given up after errors of the disk."""
        return self._readonly or self.has_given_up

    @property
    def has_given_up(self) -> bool:
        return self._errors >= MOST_ERRORS

    def leave_alone(self) -> None:
        """Write nothing from now on."""
        self._readonly = True

    @property
    def is_in_place(self) -> bool:
        """Whether the path still leads to the file that is open."""
        return _file_id(self.path) == self._opened

    def require_in_place(self) -> None:
        """Refuse to go on once the path leads elsewhere: the journal there is not ours to touch."""
        if not self.is_in_place:
            raise UserError("project-moved", path=str(self.path))

    def require_writable(self) -> None:
        """Refuse to write where that is not to be tried."""
        if self._readonly:
            raise UserError("project-readonly", path=str(self.path))
        if self.has_given_up:
            raise UserError(GIVEN_UP, path=str(self.path))
        self.require_in_place()

    def took_writes(self) -> None:
        """A commit succeeded: errors are counted anew."""
        self._errors = 0

    def meant(self, error: sqlite3.DatabaseError) -> Exception:
        """What an error of SQLite means to the analyst; itself, where it means a bug.

        Errors of the disk are counted, reading or writing, until a commit succeeds.
        """
        is_undecodable = str(error).startswith("Could not decode to UTF-8")  # Python's own, without a name
        if not is_undecodable and not is_of_file(error):
            return error
        found = opening.damage(self.path, error) if self.path else _of_private_copy(error)
        self._errors += _is_of_disk(found)
        return found

    def refusal(self, error: sqlite3.DatabaseError) -> Exception:
        """`meant`; the last error of the disk that is borne says that it is."""
        found = self.meant(error)
        if _is_of_disk(found) and self.has_given_up:
            return UserError(GIVEN_UP, path=str(self.path))
        return found


_FILE_ERRORS = (
    "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_LOCKED",
    "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_CORRUPT", "SQLITE_NOTADB",
)  # fmt: skip


def is_of_file(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says something of the file or its disk, and not of a statement."""
    return getattr(error, "sqlite_errorname", "").startswith(_FILE_ERRORS)


def _of_private_copy(error: sqlite3.DatabaseError) -> UserError:
    from annotator.domain.temporary import UNWRITTEN  # a window is painted before it is loaded

    if getattr(error, "sqlite_errorcode", None) in UNWRITTEN:
        return UserError("temporary-full", reason=str(error))
    return opening.damage(Path(":memory:"), error)


def _is_of_disk(error: Exception) -> bool:
    return isinstance(error, UserError) and error.code == "disk-error"


def _file_id(path: Path | None) -> tuple[int, int] | None:
    """Which file a path leads to, whatever it is called."""
    try:
        found = path.stat() if path else None
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found else None
