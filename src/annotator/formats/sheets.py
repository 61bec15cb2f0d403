"""Tables as CSV files, in a form for statistics and in one for spreadsheets."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

_FORMULA = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")
"""What a spreadsheet takes for the beginning of a formula, also in full width."""


Line = Callable[[Iterable[object]], str]
"""Makes the line of a row, with its end; None is an empty cell."""


class _Handing:
    """What a csv.writer takes for a file: hands each line back to whoever writes the row."""

    def write(self, line: str) -> str:
        return line


def csv_line(for_spreadsheets: bool) -> Line:
    """Lines after RFC 4180; for spreadsheets guarded."""
    line: Line = csv.writer(_Handing()).writerow
    return (lambda row: line(map(guarded, row))) if for_spreadsheets else line


def csv_file(path: Path, for_spreadsheets: bool) -> TextIO:
    """A file for lines of a table, in UTF-8; for spreadsheets with a byte order mark."""
    return path.open("w", encoding="utf-8-sig" if for_spreadsheets else "utf-8", newline="")


def write_csv(path: Path, rows: Iterable[Iterable[object]], for_spreadsheets: bool) -> None:
    """Write a whole table."""
    with csv_file(path, for_spreadsheets) as file:
        file.writelines(map(csv_line(for_spreadsheets), rows))


def guarded(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula: one that looks like it gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
