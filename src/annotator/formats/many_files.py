"""Very many small files, most of them made by a process of their own.

To create a file takes the system about as long as it takes Python to think of what is in it, and either can
be done while the other is.
"""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NoReturn, Self, cast

from annotator.formats import appending

_FEW = 200
"""So many times this process adds to files itself; it takes as long until another one has begun."""
_WAITING = 1 << 17
"""Bytes that wait until they are told together."""


class ManyFiles:
    """Adds to files of a folder in the order in which it is told; at its end all of them are written.

    Raises OSError where the system refuses, some time after it was told.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._count = 0
        self._other: _Other | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._other:
            self._other.end(is_wanted=kind is None)

    def add(self, name: str, data: bytes) -> None:
        """Add to a file."""
        if self._other:
            self._other.add(name, data)
            return
        appending.append(f"{self._folder}/{name}", data)
        self._count += 1
        if self._count == _FEW and _has_help():
            with suppress(OSError):  # where no process is to be had, all goes on as it began
                self._other = _Other(self._folder)

    def read(self, name: str) -> bytes:
        """All that was added to a file so far."""
        if self._other:
            self._other.catch_up()
        return Path(self._folder, name).read_bytes()


def _has_help() -> bool:
    """Whether there is another processor, and an interpreter to run on it."""
    return (os.cpu_count() or 1) > 1 and bool(sys.executable) and not getattr(sys, "frozen", False)


class _Other:
    """The process that adds to files."""

    def __init__(self, folder: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - nothing of it comes from a project
            [sys.executable, "-I", "-S", appending.__file__, folder],
            bufsize=_WAITING,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # what interrupts us from a terminal does not reach it
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._given = cast(BinaryIO, self._process.stdin)
        self._told = cast(BinaryIO, self._process.stdout)

    def add(self, name: str, data: bytes) -> None:
        with suppress(OSError):
            self._given.write(appending.message(name, data))
            return
        self._refuse()

    def catch_up(self) -> None:
        """Wait until it has done what it was told so far."""
        self.add("", b"")
        with suppress(OSError):
            self._given.flush()
        said = self._told.read(len(appending.ANSWER))
        if said != appending.ANSWER:
            self._refuse(said)

    def end(self, *, is_wanted: bool) -> None:
        """Wait until it has done all, or will do no more."""
        if not is_wanted:
            self._process.kill()
        with suppress(OSError):
            self._given.close()
        with self._process:
            if is_wanted and self._process.wait():
                self._refuse()

    def _refuse(self, said: bytes = b"") -> NoReturn:
        """Raise what it said before it ended; it said nothing where it was killed."""
        number = int(said + self._told.read() or errno.EPIPE)
        raise OSError(number, os.strerror(number))
