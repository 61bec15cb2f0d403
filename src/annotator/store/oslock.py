"""A lock of the operating system on a file, which is free again when its holder dies."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD_ELSEWHERE = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})
_FLAGS = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
"""What stands in the file is left as it is, and a link in its place is not followed."""


class OsLock:
    """An exclusive lock between processes, and between two locks of one process.

    The file is made where there is none; whoever holds the lock may remove it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def is_held(self) -> bool:
        """Whether this lock is held, not one of others on the same file."""
        return self._handle is not None

    def acquire(self) -> bool:
        """Take it at once; False where somebody else holds it. Raises OSError where no lock can be had."""
        while self._handle is None:
            handle = os.open(self._path, _FLAGS, 0o644)
            try:
                _lock(handle)
            except OSError as error:
                os.close(handle)
                if error.errno in _HELD_ELSEWHERE:
                    return False
                raise
            if os.fstat(handle).st_nlink:
                self._handle = handle
            else:  # the one before removed it between the two calls
                os.close(handle)
        return True

    def release(self) -> None:
        """Give it back; harmless when it is not held."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None
