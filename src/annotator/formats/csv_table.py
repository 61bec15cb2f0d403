"""Tables as people and spreadsheets write them: rows with their lines."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import TextIOBase
from pathlib import Path

from annotator.domain.errors import UserError
from annotator.formats.files import MAX_BYTES


def csv_rows(
    lines: TextIOBase, delimiter: str, path: Path, first: int = 1
) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file that keeps its line ends, cells as long as files may be, each with its line.

    Rows without a word are passed over: spreadsheets leave some. first: the line that comes first.
    Raises UserError("csv-unreadable") with the line at which the row begins that cannot be read.
    """
    csv.field_size_limit(MAX_BYTES)
    rows, line = csv.reader(lines, delimiter=delimiter, strict=True), first
    try:
        for cells in rows:
            if any(cells):
                yield line, cells
            line = first + rows.line_num
    except csv.Error as error:
        raise UserError("csv-unreadable", path=str(path), line=line, reason=str(error)) from None
