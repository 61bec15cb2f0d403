"""Tables as CSV files, in a form for statistics and in one for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula, also in full width."""


Put = Callable[[Iterable[str]], object]
"""Writes a row."""


@contextmanager
def csv_table(path: Path, for_spreadsheets: bool) -> Iterator[Put]:
    """A table as UTF-8 after RFC 4180, row by row; for spreadsheets guarded and with a byte order mark."""
    with path.open("w", encoding="utf-8-sig" if for_spreadsheets else "utf-8", newline="") as file:
        put = csv.writer(file).writerow
        yield (lambda row: put(map(guarded, row))) if for_spreadsheets else put


def write_csv(path: Path, rows: Iterable[Sequence[str]], for_spreadsheets: bool) -> None:
    """Write a whole table (`csv_table`)."""
    with csv_table(path, for_spreadsheets) as put:
        for row in rows:
            put(row)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: one that looks like it gets an apostrophe before it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
