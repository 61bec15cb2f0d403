"""Adding to files, as a module and as a program that `many_files` runs: it needs nothing but Python.

The program is told on its standard input what to add to which files of a folder. It says the number of
an error on its standard output and ends, or answers a message without a name once it has done all before.
"""

from __future__ import annotations

import os
import sys
from typing import BinaryIO

ANSWER = b"\n"
_LENGTH = 4
"""Bytes that say how many bytes follow: first those of the name, then of what is added."""
_APPENDING = os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)


def append(path: str, data: bytes) -> None:
    """Add to a file, with as few calls as there can be: of small files those are what takes the time."""
    handle = os.open(path, _APPENDING, 0o666)
    try:
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)


def message(name: str, data: bytes) -> bytes:
    """What tells the program to add to a file of this name."""
    called = name.encode()
    return b"".join((len(called).to_bytes(_LENGTH), len(data).to_bytes(_LENGTH), called, data))


def obey(folder: str, given: BinaryIO, told: BinaryIO) -> None:
    """Do what is told until there is no more; half a message is of a program that was killed."""
    while len(head := given.read(2 * _LENGTH)) == 2 * _LENGTH:
        called, size = int.from_bytes(head[:_LENGTH]), int.from_bytes(head[_LENGTH:])
        name, data = given.read(called).decode(), given.read(size)
        if len(data) < size:
            return
        if name:
            append(f"{folder}/{name}", data)
        else:
            told.write(ANSWER)
            told.flush()


if __name__ == "__main__":
    try:
        obey(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer)
    except OSError as error:
        sys.stdout.write(str(error.errno))
        sys.exit(1)
