"""What is shown for characters that Qt would hide or break lines at.

The text itself never changes: a row is laid out from a copy in which such
characters are replaced one for one, UTF-16 unit for UTF-16 unit.
"""

from __future__ import annotations

import re
from typing import Literal

_CONTROL_PICTURES = {code: 0x2400 + code for code in range(0x20) if code != 0x09}
_REPLACED = {
    **_CONTROL_PICTURES,
    0x7F: 0x2421,
    **dict.fromkeys(range(0x80, 0xA0), 0x25AF),
    0x85: 0x2424,
    0x2028: 0x2424,
    0x2029: 0x00B6,
    0xFFFC: 0x25A1,
}
_TO_REPLACE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufffc]")
_INVISIBLE = "[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
"""Not compiled here, like the next two: most rows are ASCII and need none of them to be painted."""
_RIGHT_TO_LEFT = (
    "[\u0590-\u08ff\u200f\u202b\u202d\u202e\u2067\u2068\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
_LEFT_TO_RIGHT = (
    "[^\\W\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
    "|[\u200e\u202a\u202c-\u202e\u2066\u2068\u2069]"
)

Sign = Literal["right", "left", "end", "none"]
_SIGNS: dict[str, Sign] = {
    **dict.fromkeys("\u200e\u202a\u202d\u2066", "right"),
    **dict.fromkeys("\u200f\u202b\u202e\u2067", "left"),
    **dict.fromkeys("\u202c\u2069", "end"),
}


def display_copy(text: str) -> str:
    """The text of a row as it is laid out; as long as the original in every unit."""
    return text.translate(_REPLACED) if _TO_REPLACE.search(text) else text


def signs(text: str) -> list[tuple[int, Sign]]:
    """Offsets of characters without a shape that the reader must know of, and the sign each one gets.

    They stay in the display copy, because direction marks take effect there.
    """
    if text.isascii():
        return []
    return [(match.start(), _SIGNS.get(match[0], "none")) for match in re.finditer(_INVISIBLE, text)]


def may_run_right_to_left(text: str) -> bool:
    """Whether any part of a row may be drawn from right to left, so that ranges need not be one rectangle."""
    return not text.isascii() and re.search(_RIGHT_TO_LEFT, text) is not None


def may_run_left_to_right(text: str) -> bool:
    """Whether any part of what stands in a paragraph from right to left may be drawn the other way."""
    return re.search(_LEFT_TO_RIGHT, text) is not None
