"""Numbers that a writer counts up for each of very many things, on disk so that memory stays flat."""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from tempfile import TemporaryFile


class Counters:
    """Some numbers of each thing by its place, all 0 at first, in a temporary file without a name."""

    def __init__(self, each: int) -> None:
        """each: how many numbers a thing has, none above 2**32 - 1."""
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 - closed at exit
        self._row = Struct(f"<{each}I")
        self._none = (0,) * each
        self._end = 0
        """From this place on nothing was counted."""

    def close(self) -> None:
        """Forget all of them."""
        self._file.close()

    def __getitem__(self, place: int) -> tuple[int, ...]:
        if place >= self._end:
            return self._none
        self._file.seek(place * self._row.size)
        return self._row.unpack(self._file.read(self._row.size))

    def __setitem__(self, place: int, numbers: Sequence[int]) -> None:
        self._end = max(self._end, place + 1)
        self._file.seek(place * self._row.size)
        self._file.write(self._row.pack(*numbers))
