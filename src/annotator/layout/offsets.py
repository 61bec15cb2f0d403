"""Code points on our side, UTF-16 units on Qt's: the one place where they meet."""

from __future__ import annotations

import re
from bisect import bisect_left

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


class QtOffsets:
    """Convert between offsets in a text and positions in a QTextLayout of it.

    An offset counts code points, a position counts UTF-16 units; they differ
    after the first character above U+FFFF. Both directions are exact; a
    position inside a surrogate pair maps to the character it belongs to.
    Building costs one pass over the text, converting is O(log n).
    Source: Unicode Standard, section 3.9, definition D91.
    """

    __slots__ = ("_wide", "_wide_qt")

    def __init__(self, text: str) -> None:
        self._wide = [match.start() for match in _ASTRAL.finditer(text)]
        self._wide_qt = [offset + before for before, offset in enumerate(self._wide)]

    def to_qt(self, offset: int) -> int:
        """The position of the first unit of the character at `offset`."""
        return offset + bisect_left(self._wide, offset)

    def to_text(self, position: int) -> int:
        """The offset of the character that the unit at `position` belongs to."""
        return position - bisect_left(self._wide_qt, position)


def qt_offsets(text: str) -> QtOffsets | None:
    """The table of a text, or None where offsets and positions are the same."""
    return None if text.isascii() or not _ASTRAL.search(text) else QtOffsets(text)
