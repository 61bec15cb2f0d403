"""File names made of titles: safe on every system, inside the folder, unique, readable."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from typing import Protocol

BYTES = 120
"""Longest name in UTF-8; leaves room for a number, a suffix and encrypted folders (143 bytes)."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SEPARATORS = re.compile(r" *[/\\]+ *")
_BLANKS = re.compile(r"  +")
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL
)


def safe_name(title: str, blank: str = " ") -> str:
    """A file name, without suffix, that keeps what it can of a title.

    Path separators become `_`, other characters Windows forbids a blank; control,
    format and bidirectional characters vanish, as do surrogates and
    characters that are private or unassigned; device names get a `_` before
    them. Never empty, never starting with a dot or hyphen. `blank` replaces
    white space.
    Source: Microsoft, "Naming Files, Paths, and Namespaces".
    """
    text = unicodedata.normalize("NFC", title)
    if not text.isprintable():
        text = "".join(" " if char.isspace() else char for char in text)
        text = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    text = _FORBIDDEN.sub(" ", text)
    if "/" in text or "\\" in text:  # a pattern that begins with blanks is tried at each of them
        text = _SEPARATORS.sub("_", text)
    text = _BLANKS.sub(" ", text).strip(" .")
    text = _shortened(text.lstrip("-. ~"), BYTES).rstrip(" .")
    if _RESERVED.fullmatch(text):
        text = "_" + text
    return text.replace(" ", blank) or "untitled"


class Taken(Protocol):
    """A set of texts, in memory or elsewhere."""

    def __contains__(self, key: object) -> bool: ...

    def add(self, key: str) -> None:
        """Have one more."""


class Names:
    """Hands out safe names that differ even where case and width of letters are ignored.

    taken: where it notes what the names are told apart by.
    """

    def __init__(self, blank: str = " ", taken: Taken | None = None) -> None:
        self._blank = blank
        self._taken: Taken = set() if taken is None else taken

    def unique(self, title: str) -> str:
        """A safe name not given before; a clash gets a number: `Title`, `Title 2`.

        The number is found by doubling and halving, since very many may have one title.
        """
        base = safe_name(title, self._blank)

        def numbered(number: int) -> str:
            return base if number == 1 else f"{base}{self._blank}{number}"

        def is_free(number: int) -> bool:
            return _key(numbered(number)) not in self._taken

        free = 1
        while not is_free(free):
            free *= 2
        name = numbered(bisect_left(range(free), True, lo=free // 2 + 1, key=is_free))
        self._taken.add(_key(name))
        return name


def _key(name: str) -> str:
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def _shortened(text: str, limit: int) -> str:
    if len(text.encode()) <= limit:
        return text
    cut = text.encode()[:limit].decode(errors="ignore")
    while cut and unicodedata.combining(text[len(cut)]):
        cut = cut[:-1]
    return cut
