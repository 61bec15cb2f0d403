"""The mentions and links of our own exports that no .ann can hold: a table beside the documents."""

from __future__ import annotations

import codecs
from collections.abc import Collection, Generator, Iterator, Mapping, Sequence, Set
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, NamedTuple

from annotator.domain import runs
from annotator.domain.errors import UserError
from annotator.domain.model import Link, Mention, Proposition, Record, Ref
from annotator.domain.runs import PAUSE, Run
from annotator.formats.brat_types import MENTION, RELATION_COLUMNS, RELATIONS
from annotator.formats.csv_table import csv_rows
from annotator.formats.files import reading
from annotator.formats.kept import Kept, KeptSet, Ordered
from annotator.formats.registry import Report
from annotator.formats.sources import NamedSources

_BETWEEN = "\t"
"""Between ids of marks; none holds one, as it ends the id in a line."""
_LONGEST_HEAD = 1000
"""Characters of the first line that are looked at."""
_CLAIM = "proposition:"
"""Before the id of a claim at which a row ends."""
_SOURCE = "source:"
"""Before that of a source, of which the folder tells the name."""


class Row(NamedTuple):
    """What is read of the columns."""

    id: str
    kind: str
    origin: str
    target: str
    words: str
    """Those of the target."""
    how: str
    inferred: str
    note: str
    line: int

    @property
    def claim(self) -> str:
        """The claim at which it ends; nothing where it ends elsewhere."""
        return self.target.removeprefix(_CLAIM) if self.target.startswith(_CLAIM) else ""

    @property
    def source(self) -> str:
        """The name of the source at which it ends; nothing where it ends elsewhere."""
        return self.words.strip() if self.target.startswith(_SOURCE) else ""

    @property
    def is_mention(self) -> bool:
        """Whether it is what a mark does to a claim, and no link."""
        return self.kind == MENTION and bool(self.claim)


class Beside:
    """The table in a folder; what it says of marks, and which of these documents have, are kept on disk."""

    def __init__(self, folder: Path, sources: NamedSources) -> None:
        self._path = folder / RELATIONS
        self._sources = sources
        self._between = Ordered(*Row._fields)
        """The rows from marks to marks, claims and sources, by the documents of their origins: so a store
        reads and writes side by side what it has to know and note of those."""
        self._count = self._others = 0
        self._is_of_others = False
        """Whether the table is there and its first line is not the one that exports write."""
        self._claims = KeptSet()
        """Those that were given already."""
        self._there = Kept("marks")
        """The marks of each document, which come in order: each end of a link for itself would not."""

    def close(self) -> None:
        self._between.close()
        self._claims.close()
        self._there.close()

    def kinds(self) -> Generator[Run[Record], None, dict[str, None]]:
        """The kinds of the links that `records` will find; pauses on the way."""
        kinds: dict[str, None] = {}
        for number, row in enumerate(self._rows(), 1):
            if number % runs.AT_ONCE == 0:
                yield PAUSE
            ends = row.claim or row.source or "/" in row.target
            if "/" in row.origin and ends and row.origin != row.target:
                if not row.is_mention:
                    kinds[row.kind] = None
                self._between.add(_document(row.origin), *row)
                self._count += 1
            else:
                self._others += 1
        return kinds

    def note(self, document: str, marks: Collection[str]) -> None:
        """Learn which marks a document has; their ids begin with its own and a slash."""
        if self._count and marks:
            start = len(document) + 1
            self._there.add(document, _BETWEEN.join([mark[start:] for mark in marks]))

    def records(self, report: Report) -> Iterator[Run[Record]]:
        """Mentions and links of marks that are there, with the claims and sources at which they end."""
        found = 0
        mentions: list[Row] = []
        links: list[Row] = []
        for page in self._between.pages(runs.AT_ONCE):
            rows = [*map(Row._make, page)]
            marks = self._marks_of({_document(end) for row in rows for end in (row.origin, row.target)})
            there = [
                row
                for row in rows
                if _is_in(marks, row.origin) and (row.claim or row.source or _is_in(marks, row.target))
            ]
            found += len(there)
            yield self._run_of_claims(there)
            for row in there:
                (mentions if row.is_mention else links).append(row)
            if len(mentions) >= runs.AT_ONCE:
                yield self._run_of_mentions(mentions)
                mentions = []
            if len(links) >= runs.AT_ONCE:
                yield from self._runs_of_links(links)
                links = []
        yield self._run_of_mentions(mentions)
        yield from self._runs_of_links(links)
        if self._is_of_others:
            report("brat-relations-unread", path=str(self._path), columns=RELATION_COLUMNS)
        if left := self._others + self._count - found:
            report("brat-relations-beside", path=str(self._path), count=left)

    def _marks_of(self, documents: Collection[str]) -> Mapping[str, Set[str]]:
        """The marks of those documents that have any: taken apart once for many ends in a large one."""
        kept = self._there.some(documents)
        return {document: set(marks.split(_BETWEEN)) for document, (marks,) in kept.items()}

    def _run_of_claims(self, rows: Sequence[Row]) -> Run[Record]:
        new: list[Row] = []
        for row in rows:
            if row.claim and row.claim not in self._claims:
                self._claims.add(row.claim)
                new.append(row)
        ids, texts = [row.claim for row in new], [row.words for row in new]
        return Run(Proposition, {"id": ids, "text": texts, **self._places(new)})

    def _run_of_mentions(self, rows: Sequence[Row]) -> Run[Record]:
        return Run(
            Mention,
            {
                "id": [_id(row) for row in rows],
                "mark": [row.origin for row in rows],
                "proposition": [row.claim for row in rows],
                "stance": [row.how for row in rows],
                "note": [row.note or None for row in rows],
                **self._places(rows),
            },
        )

    def _runs_of_links(self, rows: Sequence[Row]) -> Iterator[Run[Record]]:
        columns: dict[str, Sequence[object]] = {
            "id": [_id(row) for row in rows],
            "kind": [row.kind for row in rows],
            "origin": [Ref("mark", row.origin) for row in rows],
            "target": [self._target(row) for row in rows],
            "how": [row.how or None for row in rows],
            "inferred": [row.inferred == "yes" for row in rows],
            "note": [row.note or None for row in rows],
            **self._places(rows),
        }
        if sources := self._sources.new():
            yield Run.of(sources)
        yield Run(Link, columns)

    def _target(self, row: Row) -> Ref:
        if row.source:
            return Ref("source", self._sources.id_of(row.source))
        return Ref("proposition", row.claim) if row.claim else Ref("mark", row.target)

    def _places(self, rows: Sequence[Row]) -> Mapping[str, Sequence[object]]:
        """Where rows stand."""
        return {"path": [str(self._path)] * len(rows), "line": [row.line for row in rows]}

    def _rows(self) -> Iterator[Row]:
        if not self._path.is_file():
            return
        delimiter = self._delimiter()
        self._is_of_others = delimiter is None
        if delimiter is None:
            return
        line = 2
        with reading(self._path) as file, _as_text(file) as text:
            try:
                text.readline(_LONGEST_HEAD)
                for line, cells in csv_rows(text, delimiter, self._path, first=2):
                    if any(cells[len(RELATION_COLUMNS) :]):
                        raise UserError("csv-row-too-long", path=str(self._path), line=line)
                    yield _row(cells, line)
            except UnicodeDecodeError:
                # A guess at what a spreadsheet wrote would be wrong in some letters of claims.
                raise UserError("table-not-utf8", path=str(self._path), line=self._odd_line(line)) from None

    def _delimiter(self) -> str | None:
        """What stands between the columns that the first line names; None where it names others.

        A spreadsheet writes commas, semicolons or tabs, as the language of the system has it.
        """
        with reading(self._path) as file, _as_text(file, "replace") as text:
            names = text.readline(_LONGEST_HEAD).strip().replace('"', "")
        return next((one for one in ",;\t" if tuple(names.rstrip(one).split(one)) == RELATION_COLUMNS), None)

    def _odd_line(self, least: int) -> int:
        """The first line that is not UTF-8; text is decoded far ahead of the line that is read."""
        with reading(self._path) as file:
            for number, line in enumerate(file, 1):
                if number >= least and not _is_utf8(line):
                    return number
        return least


def _as_text(file: BinaryIO, errors: str = "strict") -> TextIOWrapper:
    """The table as exports write it, or as a spreadsheet saved it: with a mark before it, or in UTF-16."""
    is_wide = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    file.seek(0)
    return TextIOWrapper(file, "utf-16" if is_wide else "utf-8-sig", errors, newline="")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _row(cells: list[str], line: int) -> Row:
    """A row whose last cells may be left out, or empty ones follow."""
    columns = len(RELATION_COLUMNS)
    if len(cells) != columns:
        cells = [*cells, *[""] * columns][:columns]
    row_id, kind, origin, _, target, words, how, inferred, note = cells
    return Row(row_id, kind, origin, target, words, how, inferred, note, line)


def _id(row: Row) -> str:
    """An id that is none of the project from which the row came: its mark is another one there, too."""
    return row.id and f"{row.origin}/{row.id}"


def _document(mark: str) -> str:
    """The document of a mark; its own name in it has no slash."""
    return mark.rpartition("/")[0]


def _is_in(marks: Mapping[str, Set[str]], mark: str) -> bool:
    document, _, name = mark.rpartition("/")
    return name in marks.get(document, ())
