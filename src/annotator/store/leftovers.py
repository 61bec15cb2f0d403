"""What a killed program leaves beside a project, and whether it belongs to it.

SQLite rolls back whatever journal has the right name, even that of another
file, and destroys the database by it. A journal holds the pages as they were
before its transaction, so the first page tells whose it is.
Source: SQLite, "Database File Format", section 3; "How To Corrupt", section 1.4.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import BinaryIO

from annotator.domain.errors import UserError

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_HEADER = 28
_ALL = 0xFFFFFFFF
"""The number of records that says: as many as the file has."""

_LOOKS = 5
_PAUSE_S = 0.02


def is_filled(path: Path) -> bool:
    """Whether there is such a file, with anything in it."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


def require_own_journal(path: Path) -> None:
    """Raise UserError("project-journal-foreign") where the journal is of another file.

    Called before any connection. What is no whole journal is left to SQLite, which passes it
    over. Looks again before it refuses, for another program may be writing just now.
    """
    journal = path.with_name(path.name + "-journal")
    for _ in range(_LOOKS):
        if not journal.is_file() or _is_own(journal, path):
            return
        time.sleep(_PAUSE_S)
    raise UserError("project-journal-foreign", path=str(path), journal=str(journal))


def _is_own(journal: Path, path: Path) -> bool:
    with journal.open("rb") as file, path.open("rb") as database:
        header = file.read(_HEADER)
        if len(header) < _HEADER or not header.startswith(_MAGIC) or not _number(header, 8):
            return True
        now = database.read(100)
        before = _first_page(file, journal.stat().st_size, _number(header, 20), _number(header, 24)) or now
    is_counted = before[24:28] == before[92:96]
    steps = (_number(now, 24) - _number(before, 24)) % 2**32
    is_as_long = _number(before, 28) == _number(header, 16) or not is_counted
    return before[68:72] == now[68:72] and is_as_long and steps <= 1


def _first_page(file: BinaryIO, length: int, sector: int, page_size: int) -> bytes | None:
    """The start of the first page in the journal's records; None where the transaction left it alone."""
    if sector < _HEADER or page_size < 512:
        return None
    at = 0
    while at + _HEADER <= length:
        file.seek(at)
        header = file.read(_HEADER)
        if not header.startswith(_MAGIC):
            return None
        at += sector
        records = _number(header, 8)
        if records == _ALL:
            records = max(0, length - at) // (page_size + 8)
        for _ in range(records):
            file.seek(at)
            if _number(file.read(4), 0) == 1:
                return file.read(100)
            at += page_size + 8
        at += -at % sector
    return None


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")
