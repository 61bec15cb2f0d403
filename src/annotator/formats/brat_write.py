"""From records to a folder of brat documents."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
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
from annotator.formats.brat_read import CONFIGURATION, RELATION_COLUMNS, RELATIONS
from annotator.formats.brat_types import TypeNames, configuration
from annotator.formats.kept import Kept
from annotator.formats.names import Names
from annotator.formats.registry import Options, reporter

_RUN = re.compile(f"[^{LINE_ENDS}]+")
_LINE_ENDS = re.compile(f"[{LINE_ENDS}\t]+")


class _Place(NamedTuple):
    """Where a mark went: the stem of its document and its T id, and its words."""

    stem: str
    bound: str
    words: str


class BratWriter:
    """Writes one pass of records in file order; where marks went is kept on disk."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder = folder
        self.report = reporter(options)
        self.types = TypeNames()
        self.names = Names(blank="_")
        self.scheme: Mapping[str, Any] | None = None
        self.closed: dict[str, bool] = {}
        """Attributes with a closed list of values: whether several may be given at once."""
        self.stems: dict[str, str] = {}
        self.taken_names: set[str] = set()
        self.words: dict[Ref, str] = {}
        self.numbers: Counter[tuple[str, str]] = Counter()
        self.marks = Kept()
        self.beside: TextIOWrapper | None = None
        self.file: TextIOWrapper | None = None
        self.file_stem = ""

    def write(self, records: Iterable[Record]) -> None:
        takers: Mapping[type[Record], Callable[[Any], None]] = {
            SchemeLine: self._scheme,
            Source: self._source,
            Article: self._article,
            Mark: self._mark,
            Exhibit: self._exhibit,
            Proposition: self._proposition,
            Mention: self._mention,
            Link: self._link,
        }
        with self.marks, ExitStack() as stack:
            stack.callback(self._close)
            stack.callback(self._close_beside)
            for record in records:
                take = takers.get(type(record))
                if take:
                    take(record)
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
        self.words[Ref("source", record.id)] = name

    def _article(self, record: Article) -> None:
        stem = self.stems[record.id] = self.names.unique(record.title or record.id)
        (self.folder / f"{stem}.txt").write_text(record.text, encoding="utf-8", newline="")
        (self.folder / f"{stem}.ann").touch()

    def _exhibit(self, record: Exhibit) -> None:
        self.words[Ref("exhibit", record.id)] = record.title or record.url or ""

    def _proposition(self, record: Proposition) -> None:
        self.words[Ref("proposition", record.id)] = record.text

    def _mark(self, record: Mark) -> None:
        stem = self.stems[record.article]
        pieces = [piece for span, quote in self._quoted(record, stem) for piece in _pieces(span, quote)]
        if not pieces:
            self.report("brat-mark-of-line-ends", id=record.id)
            return
        words = " ".join(words for _, words in pieces)
        places = ";".join(f"{span.start} {span.end}" for span, _ in pieces)
        bound = self._line(stem, "T", f"{self.types.type_of('labels', record.label)} {places}", words)
        self.marks.add(record.id, _Place(stem, bound, words))
        for kind, step in zip(
            ("Source", *["Relay"] * len(record.attribution)), record.attribution, strict=False
        ):
            if step.source is not None:
                self._note(stem, kind, bound, self.words[Ref("source", step.source)])
        for name, value in record.attributes.items():
            self._attribute(stem, bound, name, value)
        self._notes(stem, bound, record.note)

    def _quoted(self, record: Mark, stem: str) -> list[tuple[Span, str]]:
        quotes = record.quotes
        if len(quotes) != len(record.spans):
            text = (self.folder / f"{stem}.txt").read_bytes().decode("utf-8")
            quotes = tuple(text[start:end] for start, end in record.spans)
        return list(zip(record.spans, quotes, strict=True))

    def _attribute(self, stem: str, bound: str, name: str, value: Any) -> None:
        """An A line for each value of a closed list, a note for anything else."""
        several = self.closed.get(name)
        values = value if several and isinstance(value, (list, tuple)) else [value]
        if several is None or several is isinstance(value, str) or not values or not _all_texts(values):
            plain = isinstance(value, str) and value == " ".join(value.split())
            self._note(
                stem, "Attribute", bound, f"{name}={value}" if plain else f"{name}:={json.dumps(value)}"
            )
            return
        kind = self.types.type_of("attributes", name)
        for one in values:
            self._line(stem, "A", f"{kind} {bound} {self.types.type_of(f'values {name}', one)}")

    def _mention(self, record: Mention) -> None:
        target = Ref("proposition", record.proposition)
        self._beside(
            record.id, "mention", Ref("mark", record.mark), target, record.stance, False, record.note
        )

    def _link(self, record: Link) -> None:
        origin, target = self._place(record.origin), self._place(record.target)
        if not origin or not target or origin.stem != target.stem:
            self._beside(
                record.id,
                record.kind,
                record.origin,
                record.target,
                record.how or "",
                record.inferred,
                record.note,
            )
            return
        kind = self.types.type_of("link_kinds", record.kind)
        name = self._line(origin.stem, "R", f"{kind} Arg1:{origin.bound} Arg2:{target.bound}")
        self._notes(origin.stem, name, record.note)

    def _place(self, end: Ref) -> _Place | None:
        row = self.marks.one(end.id) if end.table == "mark" else None
        return _Place(*row) if row else None

    def _notes(self, stem: str, target: str, note: str | None) -> None:
        for line in (note or "").split("\n"):
            if line.strip():
                self._note(stem, NOTE, target, line)

    def _note(self, stem: str, kind: str, target: str, words: str) -> None:
        self._line(stem, "#", f"{kind} {target}", _LINE_ENDS.sub(" ", words))

    def _line(self, stem: str, letter: str, *columns: str) -> str:
        """Append a line to the .ann of a document; its id is the next one with this letter."""
        if self.file is None or self.file_stem != stem:
            self._close()
            self.file = (self.folder / f"{stem}.ann").open("a", encoding="utf-8", newline="\n")
            self.file_stem = stem
        self.numbers[stem, letter] += 1
        name = f"{letter}{self.numbers[stem, letter]}"
        self.file.write("\t".join([name, *columns]) + "\n")
        return name

    def _close(self) -> None:
        if self.file:
            self.file.close()
            self.file = None

    def _beside(
        self, name: str, kind: str, origin: Ref, target: Ref, how: str, inferred: bool, note: str | None
    ) -> None:
        ends = [column for end in (origin, target) for column in self._end(end)]
        if self.beside is None:
            self.beside = (self.folder / RELATIONS).open("w", encoding="utf-8", newline="")
            csv.writer(self.beside).writerow(RELATION_COLUMNS)
        csv.writer(self.beside).writerow((name, kind, *ends, how, "yes" if inferred else "", note or ""))

    def _end(self, end: Ref) -> tuple[str, str]:
        place = self._place(end)
        if place:
            return f"{place.stem}/{place.bound}", place.words
        return f"{end.table}:{end.id}", self.words.get(end, "")

    def _close_beside(self) -> None:
        if self.beside:
            self.beside.close()


def _all_texts(values: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and value for value in values)


def _pieces(span: Span, quote: str) -> list[tuple[Span, str]]:
    """The parts of a span between line ends."""
    return [
        (Span(span.start + run.start(), span.start + run.end()), run.group()) for run in _RUN.finditer(quote)
    ]
