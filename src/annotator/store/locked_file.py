"""The system's lock on a file, which one process has until it gives it back or dies."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from errno import ENOSYS
from io import FileIO
from pathlib import Path

if sys.platform != "win32":
    import fcntl


def lock_file(path: Path) -> Callable[[], object] | None:
    """Lock a file, which is made where there is none; None while somebody else has it.

    Returns what gives it back. The library that knows all systems loads OpenSSL and 20 modules for more
    than is asked here: it is left to those without `flock`, which it takes as well where there is one.
    Raises OSError for a file that cannot be made or locked.
    """
    if sys.platform != "win32":
        try:
            return _flocked(path)
        except OSError as error:
            if error.errno != ENOSYS:  # some folders on a network know none
                raise
    return _locked_by_library(path)


def _locked_by_library(path: Path) -> Callable[[], object] | None:
    from filelock import FileLock, Timeout

    lock = FileLock(path, thread_local=False)  # whoever takes a project may not be who closes it
    try:
        lock.acquire(timeout=0)
    except Timeout:
        return None
    return lock.release


if sys.platform != "win32":

    def _flocked(path: Path) -> Callable[[], object] | None:
        while True:
            file, is_new = _opened(path)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                is_there = os.fstat(file.fileno()).st_nlink > 0
            except (BlockingIOError, PermissionError):
                file.close()
                return None
            except OSError:
                file.close()
                if is_new:
                    path.unlink()
                raise
            if is_there:
                return file.close
            file.close()  # whoever had it has just taken it away

    def _opened(path: Path) -> tuple[FileIO, bool]:
        """A file that may be there, and whether it is a new one. What a link leads to is never opened."""
        flags = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK
        while True:
            with suppress(FileNotFoundError):
                return FileIO(os.open(path, flags), "r+"), False
            with suppress(FileExistsError):
                return FileIO(os.open(path, flags | os.O_CREAT | os.O_EXCL, 0o666), "r+"), True
