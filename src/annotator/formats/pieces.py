"""The lines of very many files as they come, on disk so that memory stays flat."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from struct import Struct
from tempfile import TemporaryFile

from annotator.domain.temporary import write_whole

_TOGETHER = 1 << 16
"""Bytes that are written together."""
_NEAR = 1 << 12
"""Bytes that are read together: as many as most pieces have."""


class Pieces:
    """What is to be in each of some files, piece by piece, in a temporary file without a name.

    With each piece stands where the one before it of the same file is, and some numbers: in memory is only
    where the last one is.
    """

    def __init__(self, numbers: int) -> None:
        """numbers: how many stand with each piece, none above 2**32 - 1."""
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed at exit
        self._head = Struct(f"<QQ{numbers}I")
        """Where the piece before ends, how long this one is, and its numbers; they stand behind it."""
        self._none = (0,) * numbers
        self._ends = array("Q")
        """Where the last piece of each file ends, 0 if it has none."""
        self._waiting: list[bytes] = []
        self._written = 0
        self._end = 0

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()

    def begin(self) -> int:
        """Have one more file, which is known by its number."""
        self._ends.append(0)
        return len(self._ends) - 1

    def add(self, file: int, text: str, numbers: Sequence[int]) -> None:
        """Add to a file."""
        piece = text.encode()
        head = self._head.pack(self._ends[file], len(piece), *numbers)
        self._waiting += (piece, head)
        self._end += len(piece) + len(head)
        self._ends[file] = self._end
        if self._end - self._written > _TOGETHER:
            self._write()

    def numbers(self, file: int) -> Sequence[int]:
        """Those that were given with the last piece of a file; all 0 at first."""
        end = self._ends[file]
        return self._head_of(self._read(end, self._head.size))[2:] if end else self._none

    def whole(self, file: int) -> bytes:
        """All that was added to a file."""
        pieces, end = [], self._ends[file]
        while end:
            found = self._read(end, _NEAR)
            before, length, *_ = self._head_of(found)
            if length + self._head.size > len(found):
                found = self._read(end, length + self._head.size)
            pieces.append(found[-self._head.size - length : -self._head.size])
            end = before
        return b"".join(reversed(pieces))

    def _head_of(self, found: bytes) -> Sequence[int]:
        return self._head.unpack_from(found, len(found) - self._head.size)

    def _read(self, end: int, length: int) -> bytes:
        """So many bytes as far as a place, or fewer at the beginning."""
        if end > self._written:
            self._write()
        start = max(0, end - length)
        self._file.seek(start)
        return self._file.read(end - start)

    def _write(self) -> None:
        self._file.seek(self._written)
        write_whole(self._file, b"".join(self._waiting))
        self._waiting.clear()
        self._written = self._end
