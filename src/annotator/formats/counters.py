"""Numbers that a writer counts up for each of very many things, on disk so that memory stays flat."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from tempfile import TemporaryFile

from annotator.domain.temporary import write_whole

_BLOCK = 1_024
"""Things whose numbers are read and written together."""


class Counters:
    """Some numbers of each thing by its place, all 0 at first, in a temporary file without a name."""

    def __init__(self, each: int) -> None:
        """each: how many numbers a thing has, none above 2**32 - 1."""
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed at exit
        self._each = each
        self._block = self._zeros()
        self._which = 0
        """Of all blocks the one in memory."""

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()

    def __getitem__(self, place: int) -> tuple[int, ...]:
        start = self._start(place)
        return tuple(self._block[start : start + self._each])

    def __setitem__(self, place: int, numbers: Sequence[int]) -> None:
        start = self._start(place)
        self._block[start : start + self._each] = array("I", numbers)

    def _start(self, place: int) -> int:
        """Where the numbers of a thing begin in the block in memory, which is that of the thing then."""
        which, within = divmod(place, _BLOCK)
        if which != self._which:
            self._turn_to(which)
        return within * self._each

    def _turn_to(self, which: int) -> None:
        size = len(self._block) * self._block.itemsize
        self._file.seek(self._which * size)
        write_whole(self._file, self._block.tobytes())
        self._file.seek(which * size)
        self._block = array("I", self._file.read(size)) or self._zeros()
        self._which = which

    def _zeros(self) -> array[int]:
        return array("I", [0]) * (_BLOCK * self._each)
