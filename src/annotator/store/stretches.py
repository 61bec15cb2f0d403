"""A text of the file, read by the stretch: whoever checks it needs no copy of all of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from codecs import utf_8_decode
from collections.abc import Iterator

from annotator.store.store import Store

_BYTES = 1 << 18
"""Of a stretch. To come to one the file is read from where the text begins: 2 ms in the midst of 13 MB."""
_KEPT = 2
"""Stretches at hand: a quote may lie in two."""


class StoredText:
    """A row of `content` as the file has it; known once `read_through` is over, and read again by `piece`.

    What is no UTF-8 counts as damaged characters, so that such a text can be told of.
    """

    def __init__(self, store: Store, row: int) -> None:
        self._store = store
        self._row = row
        self._bytes = [0]
        self._starts = [0]
        """At which byte, and at which code point, each stretch begins, and the last one ends."""
        self._near: dict[int, str] = {}
        self.sha256 = ""

    @property
    def length(self) -> int:
        """In code points."""
        return self._starts[-1]

    def read_through(self) -> Iterator[None]:
        """Learn length and hash; yields after each stretch."""
        digest = hashlib.sha256()
        while True:
            text, raw = self._read(self._bytes[-1])
            if not raw:
                break
            digest.update(raw)
            self._bytes.append(self._bytes[-1] + len(raw))
            self._starts.append(self._starts[-1] + len(text))
            yield
        self.sha256 = digest.hexdigest()

    def piece(self, start: int, end: int) -> str:
        """The characters in [start, end), which is not empty and within the text."""
        numbers = range(bisect_right(self._starts, start) - 1, bisect_left(self._starts, end))
        return "".join(
            self._stretch(number)[max(0, start - self._starts[number]) : end - self._starts[number]]
            for number in numbers
        )

    def _stretch(self, number: int) -> str:
        if number not in self._near:
            while len(self._near) >= _KEPT:
                del self._near[next(iter(self._near))]
            self._near[number], _ = self._read(self._bytes[number])
        return self._near[number]

    def _read(self, start: int) -> tuple[str, bytes]:
        """A stretch from a byte on, as characters and as bytes; it ends where a character does."""
        raw = self._store.part("content", "text", self._row, start, _BYTES)
        text, used = utf_8_decode(raw, "replace", len(raw) < _BYTES)
        return text, raw[:used]
