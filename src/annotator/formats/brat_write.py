"""From records to a folder of brat documents."""

from __future__ import annotations

import csv
import json
import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NamedTuple

from annotator.domain.model import (
    Article,
    Exhibit,
    Link,
    Mark,
    Mention,
    Proposition,
    Record,
    Ref,
    SchemeLine,
    Source,
)
from annotator.domain.spans import Span
from annotator.formats.brat_ann import LINE_ENDS, NOTE
from annotator.formats.brat_beside import RELATION_COLUMNS, RELATIONS
from annotator.formats.brat_read import CONFIGURATION
from annotator.formats.brat_types import TypeNames, configuration
from annotator.formats.files import append
from annotator.formats.kept import AT_ONCE, Kept
from annotator.formats.names import Names
from annotator.formats.registry import Options, reporter

_LINE_END = re.compile(f"[{LINE_ENDS}]")
_RUN = re.compile(f"[^{LINE_ENDS}]+")
_LINE_ENDS = re.compile(f"[{LINE_ENDS}\t]+")
_LETTERS = "T#AR"
"""What the ids of lines begin with; each letter is counted by itself."""
_LINES = 5_000
"""Lines of a document that gather at most."""


class _Place(NamedTuple):
    """Where a mark went: its document and its T id, and its words."""

    document: int
    bound: str
    words: str


_End = tuple[str, str]
"""How an end is named beside the documents, and its words."""


class BratWriter:
    """Writes one pass of records in file order; where marks went is kept on disk.

    The lines of an .ann gather while records are about it, so that it is opened once for the
    marks and once more for links.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.report = reporter(options)
        self.types = TypeNames()
        self.names = Names(blank="_")
        self.scheme: Mapping[str, Any] | None = None
        self.closed: dict[str, bool] = {}
        """Attributes with a closed list of values: whether several may be given at once."""
        self.documents = Kept("number")
        """The number of the document of each article, from 0."""
        self.stems: list[str] = []
        """The names of their files."""
        self.counts = array("I")
        """How many lines with each of `_LETTERS` their .ann have."""
        self.taken_names: set[str] = set()
        self.words: dict[str, dict[str, str]] = {"source": {}, "exhibit": {}, "proposition": {}}
        self.marks = Kept(*_Place._fields)
        self.waiting: list[Mention | Link] = []
        """What waits until it is looked up where the marks of many went."""
        self.beside: TextIOWrapper | None = None
        self.gathering = 0
        """The document of the lines that gather."""
        self.lines: list[str] = []

    def write(self, records: Iterable[Record]) -> None:
        takers: Mapping[type[Record], Callable[[Any], None]] = {
            SchemeLine: self._scheme,
            Source: self._source,
            Article: self._article,
            Mark: self._mark,
            Exhibit: self._exhibit,
            Proposition: self._proposition,
            Mention: self._wait,
            Link: self._wait,
        }
        with closing(self.documents), closing(self.marks), ExitStack() as stack:
            stack.callback(self._close_beside)
            for record in records:
                take = takers.get(type(record))
                if take:
                    take(record)
            self._write_waiting()
        self._write_lines()
        for document in range(len(self.stems)):
            if not any(self.counts[document * len(_LETTERS) : (document + 1) * len(_LETTERS)]):
                self._write(document, "ann", "")
        conf = configuration(self.types, self.scheme)
        (self.folder / CONFIGURATION).write_text(conf, encoding="utf-8", newline="\n")

    def _scheme(self, record: SchemeLine) -> None:
        self.scheme = record.data
        for group in ("labels", "link_kinds"):
            for row in record.data.get(group, ()):
                self.types.type_of(group, row["id"])
        for row in record.data.get("attributes", ()):
            if row.get("values"):
                self.closed[row["id"]] = bool(row.get("several"))
                self.types.type_of("attributes", row["id"])
                for value in map(str, row["values"]):
                    self.types.type_of(f"values {row['id']}", value)

    def _source(self, record: Source) -> None:
        name = base = " ".join(record.name.split()) or "?"
        number = 1
        while name.casefold() in self.taken_names:
            number += 1
            name = f"{base} ({number})"
        self.taken_names.add(name.casefold())
        self.words["source"][record.id] = name

    def _article(self, record: Article) -> None:
        document = len(self.stems)
        self.documents.add(record.id, document)
        self.stems.append(self.names.unique(record.title or record.id))
        self.counts.extend([0] * len(_LETTERS))
        self._write(document, "txt", record.text)

    def _exhibit(self, record: Exhibit) -> None:
        self.words["exhibit"][record.id] = record.title or record.url or ""

    def _proposition(self, record: Proposition) -> None:
        self.words["proposition"][record.id] = record.text

    def _mark(self, record: Mark) -> None:
        (document,) = self.documents.one(record.article) or ()
        pieces = [piece for span, quote in self._quoted(record, document) for piece in _pieces(span, quote)]
        if not pieces:
            self.report("brat-mark-of-line-ends", id=record.id)
            return
        words = " ".join([words for _, words in pieces])
        places = ";".join([f"{start} {end}" for (start, end), _ in pieces])
        bound = self._line(document, "T", f"{self.types.type_of('labels', record.label)} {places}\t{words}")
        self.marks.add(record.id, document, bound, words)
        kind = "Source"
        for step in record.attribution:
            if step.source is not None:
                self._note(document, kind, bound, self.words["source"][step.source])
            kind = "Relay"
        for name, value in record.attributes.items():
            self._attribute(document, bound, name, value)
        if record.note:
            self._notes(document, bound, record.note)

    def _quoted(self, record: Mark, document: int) -> list[tuple[Span, str]]:
        quotes = record.quotes
        if len(quotes) != len(record.spans):
            text = (self.folder / f"{self.stems[document]}.txt").read_bytes().decode()
            quotes = tuple(text[start:end] for start, end in record.spans)
        return list(zip(record.spans, quotes, strict=True))

    def _attribute(self, document: int, bound: str, name: str, value: Any) -> None:
        """An A line for each value of a closed list, a note for anything else."""
        several = self.closed.get(name)
        values = value if several and isinstance(value, (list, tuple)) else [value]
        if several is None or several is isinstance(value, str) or not values or not _all_texts(values):
            plain = isinstance(value, str) and value == " ".join(value.split())
            self._note(
                document, "Attribute", bound, f"{name}={value}" if plain else f"{name}:={json.dumps(value)}"
            )
            return
        kind = self.types.type_of("attributes", name)
        for one in values:
            self._line(document, "A", f"{kind} {bound} {self.types.type_of(f'values {name}', one)}")

    def _wait(self, record: Mention | Link) -> None:
        self.waiting.append(record)
        if len(self.waiting) == AT_ONCE:
            self._write_waiting()

    def _write_waiting(self) -> None:
        ends = {end.id for record in self.waiting for end in _ends(record) if end.table == "mark"}
        places = {mark: _Place(*row) for mark, row in self.marks.some(ends).items()}
        for record in self.waiting:
            origin, target = _ends(record)
            if isinstance(record, Mention):
                ends_beside = self._end(origin, places), self._end(target, places)
                self._beside(record.id, "mention", ends_beside, record.stance, False, record.note)
            else:
                self._link(record, places)
        self.waiting.clear()

    def _link(self, record: Link, places: Mapping[str, _Place]) -> None:
        origin, target = places.get(record.origin.id), places.get(record.target.id)
        if not origin or not target or origin.document != target.document:
            ends = self._end(record.origin, places), self._end(record.target, places)
            self._beside(record.id, record.kind, ends, record.how or "", record.inferred, record.note)
            return
        kind = self.types.type_of("link_kinds", record.kind)
        name = self._line(origin.document, "R", f"{kind} Arg1:{origin.bound} Arg2:{target.bound}")
        self._notes(origin.document, name, record.note)

    def _notes(self, document: int, target: str, note: str | None) -> None:
        for line in (note or "").split("\n"):
            if line.strip():
                self._note(document, NOTE, target, line)

    def _note(self, document: int, kind: str, target: str, words: str) -> None:
        self._line(document, "#", f"{kind} {target}\t{_LINE_ENDS.sub(' ', words)}")

    def _line(self, document: int, letter: str, columns: str) -> str:
        """Add a line to the .ann of a document; its id is the next one with this letter."""
        if document != self.gathering or len(self.lines) >= _LINES:
            self._write_lines()
            self.gathering = document
        place = document * len(_LETTERS) + _LETTERS.index(letter)
        self.counts[place] += 1
        name = f"{letter}{self.counts[place]}"
        self.lines.append(f"{name}\t{columns}\n")
        return name

    def _write_lines(self) -> None:
        if self.lines:
            self._write(self.gathering, "ann", "".join(self.lines))
            self.lines = []

    def _write(self, document: int, suffix: str, text: str) -> None:
        """Add to a file."""
        append(f"{self.folder}/{self.stems[document]}.{suffix}", text.encode())

    def _beside(
        self, name: str, kind: str, ends: tuple[_End, _End], how: str, inferred: bool, note: str | None
    ) -> None:
        if self.beside is None:
            self.beside = (self.folder / RELATIONS).open("w", encoding="utf-8", newline="")
            csv.writer(self.beside).writerow(RELATION_COLUMNS)
        origin, target = ends
        row = (name, kind, *origin, *target, how, "yes" if inferred else "", note or "")
        csv.writer(self.beside).writerow(row)

    def _end(self, end: Ref, places: Mapping[str, _Place]) -> _End:
        place = places.get(end.id) if end.table == "mark" else None
        if place:
            return f"{self.stems[place.document]}/{place.bound}", place.words
        return f"{end.table}:{end.id}", self.words.get(end.table, {}).get(end.id, "")

    def _close_beside(self) -> None:
        if self.beside:
            self.beside.close()


def _ends(record: Mention | Link) -> tuple[Ref, Ref]:
    if isinstance(record, Mention):
        return Ref("mark", record.mark), Ref("proposition", record.proposition)
    return record.origin, record.target


def _all_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and value for value in values)


def _pieces(span: Span, quote: str) -> list[tuple[Span, str]]:
    """The parts of a span between line ends."""
    if not _LINE_END.search(quote):
        return [(span, quote)] if quote else []
    return [
        (Span(span.start + run.start(), span.start + run.end()), run.group()) for run in _RUN.finditer(quote)
    ]
