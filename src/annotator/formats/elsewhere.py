"""Large folders are read by a process of their own, while this one stores what came of them (decision 59)."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path, PurePath
from typing import BinaryIO, cast

from annotator.domain.errors import UserError
from annotator.domain.model import Record
from annotator.domain.runs import Records, Run, in_runs
from annotator.formats.reading_process import LENGTH, Sign, Told
from annotator.formats.registry import Format, Looking, Options, entries_below, reporter

MANY = 2000
"""Files and folders that make a folder large: reading fewer takes no longer than starting a process."""
_PROGRAM = (
    "import pickle, sys; sys.path[:] = pickle.load(sys.stdin.buffer);"
    " from annotator.formats.reading_process import serve; serve()"
)
_TOLD = ("report", "looking")
"""Options that are called in this process, where something comes of reading or looking."""
_PLAIN = (str, int, float, PurePath, type(None))
OURS = ("annotator.",)
"""How modules of formats begin that are read elsewhere: others may rely on what they did in this process."""
_FLAGS = ("CREATE_NEW_PROCESS_GROUP", "CREATE_NO_WINDOW")
_ROOM = 1 << 20
"""Bytes that wait in the pipe where the system can be asked for so many."""
_Child = subprocess.Popen[bytes]


@contextmanager
def records_of(format_: Format, path: Path, options: Options) -> Iterator[Iterable[Record]]:
    """The records of a file or folder, as `format_.read` gives them; afterwards nobody reads any more.

    What is large is read elsewhere where the format is ours and the options are plain. Reports come where
    they would come, between the same records.
    Raises UserError("reading-broke-off") where the other process dies.
    """
    child = _started(format_, path, options)
    if child is None:
        yield format_.read(path, options)
        return
    with child:
        try:
            yield Records(_runs(child, format_, path, options))
        finally:
            child.kill()
            with suppress(OSError):  # something may be left that nobody reads any more
                _input(child).close()


def _started(format_: Format, path: Path, options: Options) -> _Child | None:
    """A process that has been told to read; None where this one should."""
    given = {name: value for name, value in options.items() if name not in _TOLD}
    is_ours = type(format_).__module__.startswith(OURS)
    if not (is_ours and _can_start() and all(isinstance(one, _PLAIN) for one in given.values())):
        return None
    if not is_large(path):
        return None
    job = pickle.dumps(sys.path) + pickle.dumps((format_, path, given, callable(options.get("report"))))
    # Names of files are the same bytes to both only in the same mode.
    command = [sys.executable, "-S", "-P", "-X", f"utf8={sys.flags.utf8_mode}", "-c", _PROGRAM]
    try:
        child = subprocess.Popen(  # noqa: S603 - this Python, and words of ours
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # Ctrl+C in a terminal is for the program, which ends what it has started.
            process_group=0 if os.name == "posix" else None,
            creationflags=sum(getattr(subprocess, name, 0) for name in _FLAGS),
        )
    except OSError:
        return None
    _give_room(child)
    _send(child, job)
    return child


def _give_room(child: _Child) -> None:
    if sys.platform == "linux":
        import fcntl

        with suppress(OSError):  # only so many such pipes may be open
            fcntl.fcntl(_output(child), fcntl.F_SETPIPE_SZ, _ROOM)


def _send(child: _Child, data: bytes) -> None:
    with suppress(OSError):  # one that is gone says nothing, either
        _input(child).write(data)
        _input(child).flush()


def _input(child: _Child) -> BinaryIO:
    return cast(BinaryIO, child.stdin)


def _output(child: _Child) -> BinaryIO:
    return cast(BinaryIO, child.stdout)


def _can_start() -> bool:
    """Whether this is a Python that can be started again, and not a program that has one inside."""
    name = PurePath(sys.executable or "").name.lower()
    return name.startswith(("python", "pypy")) and not getattr(sys, "frozen", False)


def is_large(path: Path) -> bool:
    """Whether reading is worth a process; looks at no more of a folder than makes it large.

    A single file is not, of whatever size: it is decoded as fast as records are taken from elsewhere.
    """
    with suppress(OSError):  # whoever reads will say it
        return path.is_dir() and any(True for _ in islice(entries_below(path), MANY - 1, None))
    return False


def _runs(child: _Child, format_: Format, path: Path, options: Options) -> Iterator[Run[Record]]:
    """What a process sends; what this one reads where that never began to."""
    pipe, report = _output(child), reporter(options)
    if isinstance(format_, Looking):  # which takes no longer than the other one to start
        yield from _look(child, format_, path, options)
    if _received(pipe) is not Sign.READY:
        yield from in_runs(format_.read(path, options))
        return
    while True:
        found = _received(pipe)
        if isinstance(found, Run):
            yield found
        elif isinstance(found, Told):
            report(found.code, **found.details)
        elif isinstance(found, Exception):
            raise found
        elif found is Sign.END:
            return
        else:
            raise UserError("reading-broke-off", path=str(path))


def _look(child: _Child, format_: Looking, path: Path, options: Options) -> Iterator[Run[Record]]:
    """Look through all files, and send what came of it: an error is raised where the reader would meet it."""
    found: object
    try:
        found = yield from format_.look(path, options)
    except UserError as error:
        found = error
    _send(child, pickle.dumps(found))


def _received(pipe: BinaryIO) -> object:
    """The next thing that was sent; None where that ends before its end."""
    size = int.from_bytes(pipe.read(LENGTH))
    data = pipe.read(size)
    return pickle.loads(data) if data and len(data) == size else None  # noqa: S301 - of our own process
