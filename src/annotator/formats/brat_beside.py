"""The links of our own exports that no .ann can hold: a table beside the documents."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Set
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.ids import LinkId
from annotator.domain.model import Link, Ref
from annotator.formats.files import MAX_BYTES, reading
from annotator.formats.kept import Kept
from annotator.formats.registry import Report
from annotator.formats.spooled import Spooled

RELATIONS = "relations.csv"
RELATION_COLUMNS = ("id", "kind", "from", "from_text", "to", "to_text", "how", "inferred", "note")


class Row(NamedTuple):
    """What the columns hold."""

    id: str
    kind: str
    origin: str
    origin_words: str
    target: str
    target_words: str
    how: str
    inferred: str
    note: str


class Beside:
    """The table in a folder; its links, and which of the marks that they name are there, are kept on disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RELATIONS
        self._awaited = Kept("mark")
        """Marks by the document in which they should stand."""
        self._there = Kept("document")
        self._between = Spooled()
        """The rows of links between marks."""
        self._others = 0

    def close(self) -> None:
        self._awaited.close()
        self._there.close()
        self._between.close()

    def kinds(self) -> dict[str, None]:
        """The kinds of the links between marks, whose ends are awaited from now on."""
        kinds: dict[str, None] = {}
        for row in self._rows():
            if not _is_between_marks(row):
                self._others += 1
                continue
            kinds[row.kind] = None
            self._between.add(*row)
            for end in (row.origin, row.target):
                self._awaited.add(end.rpartition("/")[0], end)
        return kinds

    def note(self, marks: Mapping[str, Set[str]]) -> None:
        """Learn which marks some documents have."""
        for document, awaited in self._awaited.all_of(marks.keys()).items():
            for (mark,) in awaited:
                if mark in marks[document]:
                    self._there.add(mark, document)

    def links(self, report: Report) -> Iterator[Link]:
        """Those of which both ends are marks that are there."""
        left = self._others
        for page in self._between.pages():
            rows = [Row._make(cells) for cells in page]
            there = self._there.some({end for row in rows for end in (row.origin, row.target)})
            found = [row for row in rows if row.origin in there and row.target in there]
            left += len(rows) - len(found)
            yield from map(self._link, found)
        if left:
            report("brat-relations-beside", path=str(self._path), count=left)

    def _link(self, row: Row) -> Link:
        return Link(
            id=LinkId(row.id),
            kind=row.kind,
            origin=Ref("mark", row.origin),
            target=Ref("mark", row.target),
            how=row.how or None,
            inferred=row.inferred == "yes",
            note=row.note or None,
            path=str(self._path),
        )

    def _rows(self) -> Iterator[Row]:
        if not self._path.is_file():
            return
        with reading(self._path) as file, TextIOWrapper(file, "utf-8", "replace", newline="") as text:
            csv.field_size_limit(MAX_BYTES)
            rows, line = csv.reader(text, strict=True), 0
            try:
                if tuple(next(rows, ())) != RELATION_COLUMNS:
                    return
                line = rows.line_num
                for cells in rows:
                    line = rows.line_num
                    if cells:
                        yield _row(cells)
            except csv.Error as error:
                raise UserError(
                    "csv-unreadable", path=str(self._path), line=line, reason=str(error)
                ) from None


def _row(cells: list[str]) -> Row:
    """A row whose last cells may be left out; what stands behind the last column is passed over."""
    columns = len(RELATION_COLUMNS)
    return Row._make(cells if len(cells) == columns else [*cells, *[""] * columns][:columns])


def _is_between_marks(row: Row) -> bool:
    return "/" in row.origin and "/" in row.target
