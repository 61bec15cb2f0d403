"""From records to a folder of brat documents."""

from __future__ import annotations

import json
import re
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from annotator.domain.ids import ArticleId
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
from annotator.formats.brat_types import (
    CONFIGURATION,
    RELATION_COLUMNS,
    RELATIONS,
    TypeNames,
    configuration,
)
from annotator.formats.files import append
from annotator.formats.kept import AT_ONCE, Kept, KeptSet
from annotator.formats.names import Names
from annotator.formats.registry import Options, reporter
from annotator.formats.sheets import csv_file, csv_line

_RUN = re.compile(f"[^{LINE_ENDS}]+")
_LINE_ENDS = re.compile(f"[{LINE_ENDS}\t]+")
_LETTERS = "T#AR"
"""What the ids of lines begin with; each letter is counted by itself."""
_LINES = 5_000
"""Lines of a document that gather at most."""


class _Pair(NamedTuple):
    """An article as two files: which of all it is, from 0, and their name."""

    number: int
    stem: str


class _Place(NamedTuple):
    """Where a mark went: into which document and as which T id, and its words."""

    number: int
    stem: str
    bound: str
    words: str


class _Known(NamedTuple):
    """What is known of the ends of some links and mentions, by id."""

    places: Mapping[str, _Place]
    claims: Mapping[str, str]


_End = tuple[str, str]
"""How an end is named beside the documents, and its words."""


class BratWriter:
    """Writes one pass of records in file order; what grows with the articles is kept on disk.

    The lines of an .ann gather while records are about it, so that it is opened once for the
    marks and once more for links.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.report = reporter(options)
        self.types = TypeNames()
        self.scheme: Mapping[str, Any] | None = None
        self.closed: dict[str, bool] = {}
        """Attributes with a closed list of values: whether several may be given at once."""
        self.stack = ExitStack()
        taken = self.stack.enter_context(closing(KeptSet()))
        self.names = Names(blank="_", taken=taken)
        self.documents = self.stack.enter_context(closing(Kept(*_Pair._fields)))
        self.counts = {letter: array("I") for letter in _LETTERS}
        """How many lines with each letter there are in an .ann, by the number of its document."""
        self.taken_names: set[str] = set()
        self.words: dict[str, dict[str, str]] = {"source": {}, "exhibit": {}}
        self.claims = self.stack.enter_context(closing(Kept("text")))
        self.marks = self.stack.enter_context(closing(Kept(*_Place._fields)))
        self.waiting: list[Mention | Link] = []
        """What waits until it is looked up where the marks of many went."""
        self.beside: TextIO | None = None
        self.row = csv_line(for_spreadsheets=False)
        self.article: ArticleId | None = None
        """Of which the last mark was."""
        self.document = self.gathering = _Pair(-1, "")
        """The documents of the last mark, and of the lines that gather."""
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
        with self.stack:
            for record in records:
                take = takers.get(type(record))
                if take:
                    take(record)
            self._write_waiting()
            self._write_lines()
            for document in map(_Pair._make, self.documents):
                if not any(counts[document.number] for counts in self.counts.values()):
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
        document = _Pair(len(self.counts["T"]), self.names.unique(record.title or record.id))
        self.documents.add(record.id, *document)
        for counts in self.counts.values():
            counts.append(0)
        self._write(document, "txt", record.text)

    def _exhibit(self, record: Exhibit) -> None:
        self.words["exhibit"][record.id] = record.title or record.url or ""

    def _proposition(self, record: Proposition) -> None:
        self.claims.add(record.id, record.text)

    def _mark(self, record: Mark) -> None:
        document = self._document(record.article)
        spans, quotes = record.spans, self._quotes(record, document)
        words = " ".join(quotes)
        if words.splitlines() != [words]:  # the same ends as `LINE_ENDS`
            spans, words = _without_line_ends(spans, quotes)
            if not spans:
                self.report("brat-mark-of-line-ends", id=record.id)
                return
        places = ";".join([f"{start} {end}" for start, end in spans])
        bound = self._line(document, "T", f"{self.types.type_of('labels', record.label)} {places}\t{words}")
        self.marks.add(record.id, *document, bound, words)
        kind = "Source"
        for step in record.attribution:
            if step.source is not None:
                self._line(document, "#", f"{kind} {bound}\t{self.words['source'][step.source]}")
            kind = "Relay"
        for name, value in record.attributes.items():
            self._attribute(document, bound, name, value)
        if record.note:
            self._notes(document, bound, record.note)

    def _document(self, article: ArticleId) -> _Pair:
        if article != self.article:  # the marks of one mostly follow one another
            self.article, self.document = article, _Pair(*self.documents.one(article) or ())
        return self.document

    def _quotes(self, record: Mark, document: _Pair) -> Sequence[str]:
        if len(record.quotes) == len(record.spans):
            return record.quotes
        text = (self.folder / f"{document.stem}.txt").read_bytes().decode()
        return [text[start:end] for start, end in record.spans]

    def _attribute(self, document: _Pair, bound: str, name: str, value: Any) -> None:
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
        ends = [end for record in self.waiting for end in _ends(record)]
        marks = self.marks.some({end.id for end in ends if end.table == "mark"})
        claims = self.claims.some({end.id for end in ends if end.table == "proposition"})
        known = _Known(
            {mark: _Place._make(row) for mark, row in marks.items()},
            {claim: text for claim, (text,) in claims.items()},
        )
        for record in self.waiting:
            if isinstance(record, Mention):
                self._beside(record, known, "mention", record.stance)
            else:
                self._link(record, known)
        self.waiting.clear()

    def _link(self, record: Link, known: _Known) -> None:
        origin, target = known.places.get(record.origin.id), known.places.get(record.target.id)
        if not origin or not target or origin.number != target.number:
            self._beside(record, known, record.kind, record.how or "", record.inferred)
            return
        document = _Pair(origin.number, origin.stem)
        kind = self.types.type_of("link_kinds", record.kind)
        name = self._line(document, "R", f"{kind} Arg1:{origin.bound} Arg2:{target.bound}")
        self._notes(document, name, record.note)

    def _notes(self, document: _Pair, target: str, note: str | None) -> None:
        for line in (note or "").split("\n"):
            if line.strip():
                self._note(document, NOTE, target, line)

    def _note(self, document: _Pair, kind: str, target: str, words: str) -> None:
        self._line(document, "#", f"{kind} {target}\t{_LINE_ENDS.sub(' ', words)}")

    def _line(self, document: _Pair, letter: str, columns: str) -> str:
        """Add a line to the .ann of a document; its id is the next one with this letter."""
        if document != self.gathering or len(self.lines) >= _LINES:
            self._write_lines()
            self.gathering = document
        counts = self.counts[letter]
        counts[document.number] = number = counts[document.number] + 1
        name = f"{letter}{number}"
        self.lines.append(f"{name}\t{columns}\n")
        return name

    def _write_lines(self) -> None:
        if self.lines:
            self._write(self.gathering, "ann", "".join(self.lines))
            self.lines = []

    def _write(self, document: _Pair, suffix: str, text: str) -> None:
        """Add to a file."""
        append(f"{self.folder}/{document.stem}.{suffix}", text.encode())

    def _beside(
        self, record: Mention | Link, known: _Known, kind: str, how: str, is_inferred: bool = False
    ) -> None:
        if self.beside is None:
            self.beside = self.stack.enter_context(csv_file(self.folder / RELATIONS, for_spreadsheets=False))
            self.beside.write(self.row(RELATION_COLUMNS))
        origin, target = (self._end(end, known) for end in _ends(record))
        row = (record.id, kind, *origin, *target, how, "yes" if is_inferred else "", record.note)
        self.beside.write(self.row(row))

    def _end(self, end: Ref, known: _Known) -> _End:
        place = known.places.get(end.id) if end.table == "mark" else None
        if place:
            return f"{place.stem}/{place.bound}", place.words
        words = known.claims if end.table == "proposition" else self.words.get(end.table, {})
        return f"{end.table}:{end.id}", words.get(end.id, "")


def _ends(record: Mention | Link) -> tuple[Ref, Ref]:
    if isinstance(record, Mention):
        return Ref("mark", record.mark), Ref("proposition", record.proposition)
    return record.origin, record.target


def _all_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and value for value in values)


def _without_line_ends(spans: Sequence[Span], quotes: Sequence[str]) -> tuple[tuple[Span, ...], str]:
    """The parts of spans between line ends, and their words."""
    runs = [
        (span.start, run) for span, quote in zip(spans, quotes, strict=True) for run in _RUN.finditer(quote)
    ]
    parts = tuple([Span(start + run.start(), start + run.end()) for start, run in runs])
    return parts, " ".join([run.group() for _, run in runs])
