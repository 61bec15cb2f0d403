"""The links of our own exports that no .ann can hold: a table beside the documents."""

from __future__ import annotations

import csv
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence, Set
from io import TextIOWrapper
from pathlib import Path
from typing import NamedTuple

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.model import Link, Record, Ref
from annotator.domain.runs import PAUSE, Run
from annotator.formats.brat_types import MENTION, RELATION_COLUMNS, RELATIONS
from annotator.formats.files import MAX_BYTES, reading
from annotator.formats.kept import Kept, Ordered
from annotator.formats.registry import Report

_BETWEEN = "\t"
"""Between ids of marks; none holds one, as it ends the id in a line."""


class Row(NamedTuple):
    """What is read of the columns."""

    id: str
    kind: str
    origin: str
    target: str
    how: str
    inferred: str
    note: str


class Beside:
    """The table in a folder; its links, and which marks documents have, are kept on disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RELATIONS
        self._between = Ordered(*Row._fields)
        """The rows of links between marks, by the documents of their origins: so a store reads and
        writes side by side what it has to know and note of those."""
        self._count = 0
        self._others = self._mentions = 0
        self._there = Kept("marks")
        """The marks of each document, which come in order: each end of a link for itself would not."""

    def close(self) -> None:
        self._between.close()
        self._there.close()

    def kinds(self) -> Generator[Run[Record], None, dict[str, None]]:
        """The kinds of the links between marks, which `links` will find; pauses on the way."""
        kinds: dict[str, None] = {}
        for number, row in enumerate(self._rows(), 1):
            if number % runs.AT_ONCE == 0:
                yield PAUSE
            if "/" in row.origin and "/" in row.target:
                kinds[row.kind] = None
                self._between.add(_document(row.origin), *row)
                self._count += 1
            elif row.kind == MENTION:
                self._mentions += 1
            else:
                self._others += 1
        return kinds

    def note(self, document: str, marks: Collection[str]) -> None:
        """Learn which marks a document has; their ids begin with its own and a slash."""
        if self._count and marks:
            start = len(document) + 1
            self._there.add(document, _BETWEEN.join([mark[start:] for mark in marks]))

    def links(self, report: Report) -> Iterator[Run[Record]]:
        """Those of which both ends are marks that are there."""
        found = 0
        for page in self._between.pages(runs.AT_ONCE):
            rows = [*map(Row._make, page)]
            documents = {_document(end) for row in rows for end in (row.origin, row.target)}
            marks = self._marks_of(documents)
            there = [row for row in rows if _is_in(marks, row.origin) and _is_in(marks, row.target)]
            found += len(there)
            if there:
                yield self._run(there)
        if left := self._others + self._count - found:
            report("brat-relations-beside", path=str(self._path), count=left)
        if self._mentions:
            report("brat-mentions-beside", path=str(self._path), count=self._mentions)

    def _marks_of(self, documents: Collection[str]) -> Mapping[str, Set[str]]:
        """The marks of those documents that have any: taken apart once for many ends in a large one."""
        kept = self._there.some(documents)
        return {document: set(marks.split(_BETWEEN)) for document, (marks,) in kept.items()}

    def _run(self, rows: Sequence[Row]) -> Run[Record]:
        return Run(
            Link,
            {
                "id": [row.id for row in rows],
                "kind": [row.kind for row in rows],
                "origin": [Ref("mark", row.origin) for row in rows],
                "target": [Ref("mark", row.target) for row in rows],
                "how": [row.how or None for row in rows],
                "inferred": [row.inferred == "yes" for row in rows],
                "note": [row.note or None for row in rows],
                "path": [str(self._path)] * len(rows),
            },
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
    if len(cells) != columns:
        cells = [*cells, *[""] * columns][:columns]
    row_id, kind, origin, _, target, _, how, inferred, note = cells
    return Row(row_id, kind, origin, target, how, inferred, note)


def _document(mark: str) -> str:
    """The document of a mark; its own name in it has no slash."""
    return mark.rpartition("/")[0]


def _is_in(marks: Mapping[str, Set[str]], mark: str) -> bool:
    document, _, name = mark.rpartition("/")
    return name in marks.get(document, ())
