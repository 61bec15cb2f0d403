"""Rows that a writer goes through once more, on disk so that memory stays flat."""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from tempfile import TemporaryFile
from typing import Any, cast

from annotator.domain.temporary import write_whole
from annotator.formats.kept import AT_ONCE

_LENGTH = 8
"""Bytes that say how many bytes follow."""


class Spooled:
    """Rows of plain values in the order in which they came, in a temporary file without a name."""

    def __init__(self) -> None:
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed at exit
        self._waiting: list[tuple[Any, ...]] = []

    def close(self) -> None:
        """Forget all of it."""
        self._file.close()

    def add(self, *row: Any) -> None:
        self._waiting.append(row)
        if len(self._waiting) == AT_ONCE:
            self._write()

    def _write(self) -> None:
        page = marshal.dumps(self._waiting)
        write_whole(self._file, len(page).to_bytes(_LENGTH) + page)
        self._waiting.clear()

    def pages(self) -> Iterator[list[tuple[Any, ...]]]:
        """All rows, some hundreds at a time."""
        self._write()
        self._file.seek(0)
        while length := self._file.read(_LENGTH):
            page = marshal.loads(self._file.read(int.from_bytes(length)))  # noqa: S302 - written above
            yield cast("list[tuple[Any, ...]]", page)
