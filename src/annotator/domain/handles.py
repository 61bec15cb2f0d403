"""Short handles to say aloud and to type: A7, M41, C12, S3."""

from __future__ import annotations

import re
from collections.abc import Iterable

LETTERS = {"article": "A", "mark": "M", "proposition": "C", "source": "S", "exhibit": "E", "link": "L"}
"""The letter of each table that has handles."""

_TABLES = {letter: table for table, letter in LETTERS.items()}
_HANDLE = re.compile(r"([AMCSEL])([1-9][0-9]{0,17})", re.IGNORECASE | re.ASCII)


def handle(table: str, number: int) -> str:
    """The handle of a row: the letter of its table and its number, counted from 1."""
    return f"{LETTERS[table]}{number}"


def parse_handle(text: str) -> tuple[str, int] | None:
    """Table and number of a handle in upper or lower case; None where a text is none."""
    match = _HANDLE.fullmatch(text.strip())
    return (_TABLES[match[1].upper()], int(match[2])) if match else None


def numbered(ids: Iterable[str]) -> dict[str, int]:
    """Numbers from 1 in the order of the ids, which is the order in which rows were made."""
    return {row: number for number, row in enumerate(sorted(ids), start=1)}
